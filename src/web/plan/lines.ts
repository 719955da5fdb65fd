import { colon, comma, decimalsOf, formatValue, periodText } from '../../language/index.ts';
import type { Commitment, Language } from '../../model/index.ts';
import { locatorText } from '../../review/index.ts';
import { areaName, named, type PlaceView, sourceLink } from '../view.ts';
import { planWords } from './words.ts';

/** The fields of a commitment that a reader is told of, in their order. */
export const fields = [
  'name',
  'kind',
  'parent',
  'description',
  'owner',
  'department',
  'area',
  'start',
  'due',
  'weight',
  'targets',
  'budget',
  'state',
  'sdgTargets',
  'criteria',
  'evidence',
  'note',
  'citation',
  'withdrawn',
] as const;
export type Field = (typeof fields)[number];
export type Content = Omit<Commitment, 'revisions'>;

const sign = { '>=': '≥ ', '<=': '≤ ', '>': '> ', '<': '< ', '=': '' } as const;
const kindWords = {
  goal: 'kindGoal',
  objective: 'kindObjective',
  task: 'kindTask',
  project: 'kindProject',
  mechanism: 'kindMechanism',
} as const;

export const kindName = (kind: Commitment['kind'], view: PlaceView): string => view.t[kindWords[kind]];

/** A staged target of a named indicator in words, without its place. */
export function targetText(
  target: Commitment['targets'][number],
  name: string,
  inWords: string,
  language: Language,
): string {
  const value =
    target.value === null
      ? inWords
      : `${sign[target.comparator]}${formatValue({ value: target.value, unit: target.unit, decimals: decimalsOf(target.value) }, language)}`;
  return `${name}${colon(language)}${value} · ${periodText(target.period, language)}`;
}

/** A staged target in words: `Energy per value added ≤ 0.68 tce (2020)`. */
export function targetLine(target: Commitment['targets'][number], view: PlaceView): string {
  const { language, here, t } = view;
  const entry = here.entries.get(target.indicator);
  const name = entry === undefined ? target.indicator : named(entry.indicator.name, view);
  const place = target.area === undefined ? '' : `${areaName(view, target.area)}${comma(language)}`;
  return `${place}${targetText(target, name, t.noNumber, language)}`;
}

/** What a commitment says in one field, as lines: two versions differ where a line is in one of them only. */
export function linesOf(field: Field, commitment: Content | null, view: PlaceView): readonly string[] {
  if (commitment === null) return [];
  const { language, t } = view;
  const w = planWords[language];
  switch (field) {
    case 'name':
    case 'description':
    case 'owner':
    case 'note': {
      const text = commitment[field];
      return text === undefined ? [] : [[text.en, text.zh].filter((each) => each !== '').join(' / ')];
    }
    case 'kind':
      return [kindName(commitment.kind, view)];
    case 'state':
      return commitment.state === 'unknown' ? [] : [t[`state_${commitment.state}`]];
    case 'start':
    case 'due': {
      const period = commitment[field];
      return period === undefined ? [] : [periodText(period, language)];
    }
    case 'area':
      return commitment.area === undefined ? [] : [areaName(view, commitment.area)];
    case 'parent':
      return commitment.parent === undefined ? [] : [commitmentName(commitment.parent, view)];
    case 'department':
    case 'weight':
      return commitment[field] === undefined ? [] : [commitment[field]];
    case 'targets':
      return commitment.targets.map((target) => targetLine(target, view));
    case 'budget':
      return commitment.budget.map(({ amount, unit, source }) =>
        [
          formatValue({ value: amount, unit, decimals: decimalsOf(amount) }, language),
          ...(source === undefined ? [] : [named(source, view)]),
        ].join(' · '),
      );
    case 'sdgTargets':
      return commitment.sdgTargets;
    case 'criteria':
      return (commitment.criteria ?? []).map(({ framework, criterion }) => `${framework}:${criterion}`);
    case 'evidence':
      return (commitment.evidence ?? []).map(({ text, citation }) =>
        [named(text, view), ...(citation === undefined ? [] : [citedText(citation, view)])].join(' · '),
      );
    case 'citation':
      return commitment.citation === undefined ? [] : [citedText(commitment.citation, view)];
    case 'withdrawn':
      return commitment.withdrawn === undefined
        ? []
        : [
            w.withdrawnOn
              .replace('{when}', commitment.withdrawn.on)
              .replace('{reason}', commitment.withdrawn.reason),
          ];
  }
}

/** A document by its title, and the place in it, as a reader of the language says it. */
const citedText = (
  { source, locator }: { readonly source: string; readonly locator: string },
  view: PlaceView,
): string => [sourceLink(view, source).name, locatorText(locator, view.language)].join(comma(view.language));

/** A commitment by its name; by its id where no plan of the place has it any more. */
function commitmentName(id: string, view: PlaceView): string {
  for (const { commitments } of view.here.place.workspace.plans) {
    const found = commitments.find((each) => each.id === id);
    if (found !== undefined) return named(found.name, view);
  }
  return id;
}

/** The lines by which two versions differ, field by field. */
export function differences(
  was: Content | null,
  is: Content | null,
  view: PlaceView,
): readonly { readonly field: Field; readonly gone: readonly string[]; readonly come: readonly string[] }[] {
  return fields.flatMap((field) => {
    const [before, after] = [linesOf(field, was, view), linesOf(field, is, view)];
    const gone = before.filter((line) => !after.includes(line));
    const come = after.filter((line) => !before.includes(line));
    return gone.length + come.length === 0 ? [] : [{ field, gone, come }];
  });
}
