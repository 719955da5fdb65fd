import type { Candidate, ProjectSelection } from '../../model/index.ts';
import type { PanelDraft } from '../../plan/index.ts';
import type { FormFields } from '../sign-in/form.ts';

/** What the form that sets a selection up shows: texts as they were typed. */
export interface SetUpFields {
  readonly id: string;
  readonly nameEn: string;
  readonly nameZh: string;
  readonly places: string;
  readonly leastMembers: string;
  readonly shortlist: string;
  readonly criteria: readonly Readonly<Record<(typeof criterionColumns)[number], string>>[];
  readonly members: readonly Readonly<Record<(typeof memberColumns)[number], string>>[];
  /** A line a candidate. */
  readonly candidates: string;
}

export const criterionColumns = ['id', 'name_en', 'name_zh', 'weight', 'most', 'least'] as const;
export const memberColumns = ['id', 'person'] as const;

export const blankSetUp: SetUpFields = {
  id: '',
  nameEn: '',
  nameZh: '',
  places: '',
  leastMembers: '3',
  shortlist: '',
  criteria: [],
  members: [],
  candidates: '',
};

/** A candidate as a line that is read back: id | English | Chinese | field | field in Chinese | amount | unit. */
const lineOf = ({ id, name, field, budget }: Candidate): string =>
  [id, name.en, name.zh, field?.en, field?.zh, budget[0]?.amount, budget[0]?.unit]
    .map((part) => (part ?? '').replaceAll('|', '/').replace(/\s+/g, ' '))
    .join(' | ')
    .replace(/[ |]+$/, '');

/** A selection, as the fields of the form; what members said is not among them. */
export function setUpOf(
  selection: Pick<ProjectSelection, 'id' | 'name' | 'places' | 'leastMembers' | 'criteria' | 'candidates'>,
  persons: PanelDraft['persons'],
  shortlist: number,
): SetUpFields {
  return {
    id: selection.id,
    nameEn: selection.name.en,
    nameZh: selection.name.zh,
    places: String(selection.places),
    leastMembers: String(selection.leastMembers),
    shortlist: String(shortlist),
    criteria: selection.criteria.map(({ id, name, weight, most, least }) => ({
      id,
      name_en: name.en,
      name_zh: name.zh,
      weight,
      most,
      least: least ?? '',
    })),
    members: Object.entries(persons).map(([id, person]) => ({ id, person })),
    candidates: selection.candidates.map(lineOf).join('\n'),
  };
}

export function typedSetUp(form: FormFields, id: string): SetUpFields {
  const text = (name: string): string => form.text(name).trim();
  const rows = <Column extends string>(prefix: string, columns: readonly Column[]) => {
    const lists = columns.map((column) => form.all(`${prefix}.${column}`));
    const count = Math.min(200, Math.max(0, ...lists.map((list) => list.length)));
    return Array.from({ length: count }, (_, at) => lists.map((list) => (list[at] ?? '').trim())).filter(
      (cells) => cells.some((cell) => cell !== ''),
    );
  };
  return {
    id,
    nameEn: text('name_en'),
    nameZh: text('name_zh'),
    places: text('places'),
    leastMembers: text('leastMembers'),
    shortlist: text('shortlist'),
    criteria: rows('criteria', criterionColumns).map(
      ([key = '', en = '', zh = '', weight = '', most = '', least = '']) => ({
        id: key,
        name_en: en,
        name_zh: zh,
        weight,
        most,
        least,
      }),
    ),
    members: rows('members', memberColumns).map(([key = '', person = '']) => ({ id: key, person })),
    candidates: form.text('candidates').replace(/\r\n?/g, '\n'),
  };
}

/**
 * What the fields say, as an object still to be checked by the rules of a file of `selection/`. What a form does not show of a
 * candidate that is known (its document, further money) is kept; a new one is entered by whoever writes it.
 */
export function givenSelection(
  fields: SetUpFields,
  names: ReadonlyMap<string, string>,
  known: readonly Candidate[],
  entered: { readonly on: string; readonly by: string },
): Readonly<Record<string, unknown>> {
  const before = new Map(known.map((each) => [each.id, each]));
  return {
    id: fields.id,
    name: { en: fields.nameEn, zh: fields.nameZh },
    places: whole(fields.places),
    leastMembers: whole(fields.leastMembers),
    criteria: fields.criteria.map(({ id, name_en, name_zh, weight, most, least }) => ({
      id,
      name: { en: name_en, zh: name_zh },
      weight,
      most,
      ...(least === '' ? {} : { least }),
    })),
    panel: fields.members.map(({ id, person }) => {
      const name = names.get(person) ?? '';
      return { id, name: { en: name, zh: name } };
    }),
    candidates: fields.candidates
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => {
        const [id = '', en = '', zh = '', fieldEn = '', fieldZh = '', amount = '', unit = ''] = line
          .split(/\t|\|/)
          .map((part) => part.trim());
        const old = before.get(id);
        const first = amount === '' && unit === '' ? [] : [{ amount, unit }];
        return {
          id,
          name: { en, zh },
          ...(fieldEn === '' && fieldZh === '' ? {} : { field: { en: fieldEn, zh: fieldZh } }),
          budget: [...first, ...(old?.budget.slice(1) ?? [])],
          ...(old?.citation === undefined ? {} : { citation: old.citation }),
          ...(old?.generated === true ? { generated: true } : {}),
          ...(old?.citation === undefined && old?.generated !== true
            ? { entered: old?.entered ?? entered }
            : {}),
        };
      }),
  };
}

/** A whole number where it is one; anything else is told by the check. */
export const whole = (text: string): unknown => (/^\d{1,6}$/.test(text) ? Number(text) : text);
