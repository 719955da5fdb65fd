import type { Localized, Project } from '../../model/index.ts';
import type { FormFields } from '../sign-in/form.ts';

/** The parts of a project of which a form shows several rows, with their columns. */
export const projectParts = {
  stages: ['stage', 'date', 'note_en', 'note_zh', 'source', 'locator'],
  milestones: ['id', 'name_en', 'name_zh', 'due', 'done', 'weight', 'cost', 'unit', 'source', 'locator'],
  partners: ['name_en', 'name_zh', 'role_en', 'role_zh'],
  money: ['fund_en', 'fund_zh', 'unit', 'planned', 'paid', 'note_en', 'note_zh', 'source', 'locator'],
  results: ['indicator', 'area', 'note_en', 'note_zh'],
} as const;
export type ProjectPart = keyof typeof projectParts;

/** Fields that a project has once. */
export const headFields = [
  'name_en',
  'name_zh',
  'note_en',
  'note_zh',
  'area',
  'longitude',
  'latitude',
  'commitment',
  'candidate',
  'source',
  'locator',
] as const;
export type HeadField = (typeof headFields)[number];

type Row = Readonly<Record<string, string>>;

/** What a form of a project shows. */
export interface ProjectFields {
  readonly head: Row;
  readonly parts: Readonly<Record<ProjectPart, readonly Row[]>>;
}

/** Most rows of a part that are read from a form. */
const mostRows = 500;

/** A project as the fields of its form. */
export function fieldsOf(project: Project): ProjectFields {
  const { name, note, area, point, commitment, candidate, citation } = project;
  return {
    head: row({
      ...both('name', name),
      ...both('note', note),
      area,
      longitude: point?.longitude,
      latitude: point?.latitude,
      commitment: commitment === undefined ? undefined : `${commitment.plan} ${commitment.id}`,
      candidate: candidate === undefined ? undefined : `${candidate.selection} ${candidate.id}`,
      ...citation,
    }),
    parts: {
      stages: project.stages.map(({ stage, date, note: said, citation: from }) =>
        row({ stage, date, ...both('note', said), ...from }),
      ),
      milestones: project.milestones.map(({ id, name: called, due, done, weight, cost, citation: from }) =>
        row({
          id,
          ...both('name', called),
          due,
          done,
          weight,
          cost: cost?.amount,
          unit: cost?.unit,
          ...from,
        }),
      ),
      partners: project.partners.map(({ name: called, role }) =>
        row({ ...both('name', called), ...both('role', role) }),
      ),
      money: project.money.map(({ source, unit, planned, paid, note: said, citation: from }) =>
        row({ ...both('fund', source), unit, planned, paid: paidText(paid), ...both('note', said), ...from }),
      ),
      results: project.results.map(({ indicator, area: of, note: said }) =>
        row({ indicator, area: of, ...both('note', said) }),
      ),
    },
  };
}

/** What was typed, as the fields of the form: rows without a word are left out. */
export function typedFields(form: FormFields): ProjectFields {
  const clean = (text: string | undefined): string => (text ?? '').replace(/\r\n?/g, '\n').trim();
  const rowsOf = (part: ProjectPart): readonly Row[] => {
    const columns = projectParts[part].map((column) => [column, form.all(`${part}.${column}`)] as const);
    const count = Math.min(mostRows, Math.max(0, ...columns.map(([, values]) => values.length)));
    return Array.from({ length: count }, (_, at) =>
      row(Object.fromEntries(columns.map(([column, values]) => [column, clean(values[at])]))),
    ).filter((each) => Object.keys(each).length > 0);
  };
  return {
    head: row(Object.fromEntries(headFields.map((field) => [field, clean(form.text(field))]))),
    parts: {
      stages: rowsOf('stages'),
      milestones: rowsOf('milestones'),
      partners: rowsOf('partners'),
      money: rowsOf('money'),
      results: rowsOf('results'),
    },
  };
}

/**
 * What the fields say, as an object still to be checked: nothing here is known to be right. Blank is not told, and is left
 * out. Of payments `2010-03 1.2; 2010-04 3` are two, `0` says that nothing was paid.
 */
export function givenProject(id: string, { head, parts }: ProjectFields): Readonly<Record<string, unknown>> {
  const pair = (text: string | undefined, keys: readonly [string, string]) => {
    if (text === undefined) return undefined;
    const [first = '', ...rest] = text.split(' ');
    return { [keys[0]]: first, [keys[1]]: rest.join(' ') };
  };
  return tidy({
    id,
    name: localized(head, 'name') ?? {},
    note: localized(head, 'note'),
    area: head.area,
    point:
      head.longitude === undefined && head.latitude === undefined
        ? undefined
        : tidy({ longitude: degrees(head.longitude), latitude: degrees(head.latitude) }),
    commitment: pair(head.commitment, ['plan', 'id']),
    candidate: pair(head.candidate, ['selection', 'id']),
    citation: citation(head),
    stages: parts.stages.map((each) =>
      tidy({ stage: each.stage, date: each.date, note: localized(each, 'note'), citation: citation(each) }),
    ),
    milestones: parts.milestones.map((each) =>
      tidy({
        id: each.id,
        name: localized(each, 'name') ?? {},
        due: each.due,
        done: each.done,
        weight: each.weight,
        cost:
          each.cost === undefined && each.unit === undefined
            ? undefined
            : tidy({ amount: each.cost, unit: each.unit }),
        citation: citation(each),
      }),
    ),
    partners: parts.partners.map((each) =>
      tidy({ name: localized(each, 'name') ?? {}, role: localized(each, 'role') }),
    ),
    money: parts.money.map((each) =>
      tidy({
        source: localized(each, 'fund') ?? {},
        unit: each.unit,
        planned: each.planned,
        paid: paidOf(each.paid),
        note: localized(each, 'note'),
        citation: citation(each),
      }),
    ),
    results: parts.results.map((each) =>
      tidy({ indicator: each.indicator, area: each.area, note: localized(each, 'note') }),
    ),
  });
}

type Payments = Project['money'][number]['paid'];

const paidText = (paid: Payments): string | undefined =>
  paid === undefined
    ? undefined
    : paid.length === 0
      ? '0'
      : paid.map(({ date, amount }) => `${date} ${amount}`).join('; ');

function paidOf(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  if (text === '0') return [];
  return text.split(/[;；\n]/).flatMap((each) => {
    const [date = '', ...amount] = each.trim().split(/\s+/);
    return date === '' ? [] : [{ date, amount: amount.join(' ') }];
  });
}

/** A number where it is one: what is none is told by the check, as it was typed. */
const degrees = (text: string | undefined): unknown =>
  text !== undefined && /^-?\d{1,3}(?:\.\d{1,12})?$/.test(text) ? Number(text) : text;

const localized = (from: Row, key: string): unknown => {
  const said = { en: from[`${key}_en`], zh: from[`${key}_zh`] };
  return said.en === undefined && said.zh === undefined ? undefined : tidy(said);
};
const citation = ({ source, locator }: Row): unknown =>
  source === undefined && locator === undefined ? undefined : tidy({ source, locator });

const both = (key: string, text: Localized | undefined): Record<string, string | undefined> =>
  text === undefined ? {} : { [`${key}_en`]: text.en, [`${key}_zh`]: text.zh };

const row = (cells: Readonly<Record<string, string | number | undefined>>): Row =>
  Object.fromEntries(
    Object.entries(cells).flatMap(([column, text]) =>
      text === undefined || text === '' ? [] : [[column, String(text)]],
    ),
  );

const tidy = (from: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(from).filter(([, value]) => value !== undefined));
