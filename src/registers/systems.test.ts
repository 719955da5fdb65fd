import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { z } from 'zod';
import type { RegisterDeclaration } from '../model/index.ts';
import { readDeclaration } from './read-declaration.ts';
import { shippedRegister, shippedRegisters } from './shipped.ts';

const file = new URL('../../../shared/data/systems.csv', import.meta.url);
const rowSchema = z.object({
  id: z.string(),
  name: z.string(),
  name_zh: z.string(),
  family: z.string(),
  shape: z.string(),
  how: z.string(),
});
type Row = z.infer<typeof rowSchema>;

const both = (en: string, zh = en) => ({ en, zh });
const field = (id: string, type: string, more: object = {}) => ({
  id,
  name: both(id),
  type,
  public: true,
  ...more,
});
const step = (kind: string, after: readonly string[], more: object = {}) => ({
  kind,
  name: both(kind),
  after,
  by: ['reporter', 'administrator'],
  state: 'open',
  ...more,
});
const entity = {
  id: 'thing',
  name: both('thing'),
  title: 'name',
  fields: [field('code', 'text'), field('name', 'text')],
};
const naming = field('thing', 'entity', { of: 'thing', required: true });

/** What each shape of system comes to as a declaration: the least that a city would write first. */
const shapes: Readonly<Record<string, object>> = {
  case: {
    entities: [entity],
    forms: [{ id: 'opening', fields: [naming] }],
    steps: [step('opened', [], { form: 'opening' }), step('done', ['opened'], { state: 'closed' })],
    deadlines: [{ id: 'time', name: both('time'), from: 'opened', until: ['done'], workingDays: 20 }],
  },
  list: {
    entities: [entity],
    forms: [{ id: 'noting', fields: [naming] }],
    steps: [step('noted', [], { form: 'noting', state: 'closed' })],
  },
  flow: {
    entities: [entity],
    items: [{ id: 'item', name: both('item'), unit: 't' }],
    holders: [{ id: 'outside', name: both('outside'), boundary: true }],
    forms: [
      {
        id: 'moving',
        fields: [naming, field('amount', 'number', { unit: 't', least: '0', required: true })],
      },
    ],
    steps: [
      step('moved', [], {
        form: 'moving',
        state: 'closed',
        flows: [{ item: 'item', quantity: 'amount', from: { holder: 'outside' }, to: { field: 'thing' } }],
      }),
    ],
  },
  series: {
    entities: [entity],
    forms: [{ id: 'noting', fields: [naming] }],
    steps: [step('noted', [], { form: 'noting', state: 'closed' })],
    series: [
      { id: 'reading', name: both('reading'), unit: 'kW.h', decimals: 3, perDay: 96, entity: 'thing' },
    ],
  },
  calculation: {
    parameters: [{ id: 'rate', name: both('rate'), values: { '2022': '0.5' }, source: 'the city' }],
    forms: [
      {
        id: 'figures',
        fields: [
          field('year', 'year', { required: true }),
          field('base', 'number', { unit: 't', required: true }),
          field('result', 'number', { unit: 't', compute: "base * param('rate', year)" }),
        ],
      },
    ],
    steps: [step('worked-out', [], { form: 'figures', state: 'closed' })],
  },
};

function declarationOf({ id, name, name_zh, family, shape }: Row): string | null {
  const parts = shapes[shape];
  if (parts === undefined) return null;
  const named = both(name, name_zh === '' ? name : name_zh);
  return stringify(
    { id: id.toLowerCase(), version: 1, name: named, description: named, family, ...parts },
    { aliasDuplicateObjects: false },
  );
}

/** Whether a shipped register does what a shape asks. */
const does: Readonly<Record<string, (of: RegisterDeclaration) => boolean>> = {
  case: ({ steps }) => steps.some(({ after }) => after.length > 0),
  list: ({ entities }) => entities.length > 0,
  flow: ({ steps }) => steps.some(({ flows }) => flows.length > 0),
  series: ({ series }) => series.length > 0,
  calculation: ({ forms, indicators, steps }) =>
    indicators.length > 0 ||
    steps.some(({ opens }) => opens.length > 0) ||
    forms.some(({ fields }) => fields.some(({ compute }) => compute !== undefined)),
};

describe.runIf(existsSync(file))('the systems that the cities name', () => {
  const rows = existsSync(file)
    ? rowSchema
        .array()
        .parse(parse(readFileSync(file), { columns: true, bom: true, relax_column_count: true }))
        .filter(({ how }) => how === 'register')
    : [];

  it('can all be declared, but for one that is a model', () => {
    const not = rows.flatMap((row) => {
      const text = declarationOf(row);
      const findings = text === null ? null : readDeclaration(`${row.id}.yaml`, text).findings;
      return findings?.length === 0 ? [] : [[row.id, row.shape, findings?.[0]?.what]];
    });
    expect([rows.length, not]).toEqual([303, [['SJ-26', 'model', undefined]]]);
  });

  it('have a shipped register in each of their 24 families', () => {
    const shipped = shippedRegisters().map((id) => shippedRegister(id));
    const families = [...new Set(rows.map(({ family }) => family))].sort();
    expect([
      families.length,
      families.filter((each) => !shipped.some(({ family }) => family === each)),
    ]).toEqual([24, []]);
    // Not every shape of a family is shipped: those are for the city to declare.
    const open = families.flatMap((each) => {
      const own = shipped.filter(({ family }) => family === each);
      const wanting = [
        ...new Set(rows.filter(({ family }) => family === each).map(({ shape }) => shape)),
      ].filter((shape) => !own.some((of) => does[shape]?.(of) === true));
      return wanting.length === 0 ? [] : [`${each}: ${wanting.sort().join(', ')}`];
    });
    const count = rows.filter(({ family, shape }) =>
      shipped.some((of) => of.family === family && does[shape]?.(of) === true),
    ).length;
    process.stderr.write(
      `${count} of ${rows.length} systems have a shipped register of their family and shape; to declare: ${open.join('; ')}\n`,
    );
    expect(count).toBeGreaterThan(200);
  });
});

if (!existsSync(file))
  console.log('left out: the systems that the cities name (shared/data/systems.csv is absent)');
