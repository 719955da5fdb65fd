import { z } from 'zod';
import { type Dhis2Metadata, type Dhis2Values, dhis2MetadataSchema, dhis2ValuesSchema } from './dhis2.ts';

const item = z.looseObject({ name: z.string().optional(), code: z.string().optional() });

/** An answer of `/api/analytics.json`: rows of ids under their headers, the ids named in `metaData.items`. */
export const dhis2AnalyticsSchema = z.looseObject({
  headers: z.array(z.looseObject({ name: z.string(), column: z.string().optional() })),
  rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]).transform((cell) => String(cell ?? '')))),
  metaData: z.looseObject({ items: z.record(z.string(), item).default({}) }).default({ items: {} }),
});

/** The columns that an answer must have: what is measured, when, where. */
const needed = ['dx', 'pe', 'ou', 'value'] as const;

/** Analytics as values with their metadata; further dimensions are one category together. The text of what is missing otherwise. */
export function dhis2Analytics({
  headers,
  rows,
  metaData: { items },
}: z.infer<typeof dhis2AnalyticsSchema>):
  | { readonly metadata: Dhis2Metadata; readonly values: Dhis2Values }
  | string {
  const at = new Map(headers.map(({ name }, place) => [name, place]));
  const missing = needed.filter((name) => !at.has(name));
  if (missing.length > 0)
    return `the analytics have no column ${missing.join(', ')}: ask for the dimensions dx, pe and ou, not as a table layout`;
  const calculated = /^(?:numerator|denominator|factor|multiplier|divisor|co|ao)$/;
  const others = headers.filter(
    ({ name }) => !needed.some((each) => each === name) && !calculated.test(name),
  );
  const cell = (row: readonly string[], name: string): string => row[at.get(name) ?? -1] ?? '';
  const called = (id: string): string => items[id]?.name ?? id;
  const combos = new Map<string, string>();
  const dataValues = rows.map((row) => {
    const names = others.map(({ name }) => called(cell(row, name))).filter((each) => each !== '');
    const own = cell(row, 'co');
    const combo = names.length === 0 ? own : names.join(', ');
    if (combo !== '') combos.set(combo, names.length === 0 ? called(own) : combo);
    return {
      dataElement: cell(row, 'dx'),
      period: cell(row, 'pe'),
      orgUnit: cell(row, 'ou'),
      value: cell(row, 'value'),
      ...(combo === '' ? {} : { categoryOptionCombo: combo }),
    };
  });
  const namedAs = (ids: ReadonlySet<string>) =>
    [...ids].map((id) => ({
      id,
      name: called(id),
      ...(items[id]?.code === undefined ? {} : { code: items[id].code }),
    }));
  return {
    metadata: dhis2MetadataSchema.parse({
      dataElements: namedAs(new Set(dataValues.map(({ dataElement }) => dataElement))),
      organisationUnits: namedAs(new Set(dataValues.map(({ orgUnit }) => orgUnit))),
      categoryOptionCombos: [...combos].map(([id, name]) => ({ id, name })),
    }),
    values: dhis2ValuesSchema.parse({ dataValues }),
  };
}
