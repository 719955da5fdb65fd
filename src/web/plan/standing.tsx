import { raw } from 'hono/html';
import { formatValue, inARow, labelled, periodText } from '../../language/index.ts';
import { breakdownKey, decimal, type Plan, toFixed, yearOf } from '../../model/index.ts';
import { type StagedTarget, type Standing, standingOf } from '../../plan/index.ts';
import { escaped } from '../escaped.ts';
import { figureLink } from '../parts/figure.tsx';
import type { PlaceView } from '../view.ts';
import { fill } from '../words.ts';
import { figureOf, figuresAt, knownValue } from './values.ts';

/** Where a target stands against the values of its indicator and the path that its stages ask for. */
export function standingAt(
  target: Pick<StagedTarget, 'indicator' | 'area' | 'period' | 'comparator' | 'value' | 'unit'>,
  view: PlaceView,
  base: number | null,
): Standing {
  const { here } = view;
  const area = target.area ?? here.place.workspace.city.area;
  const series = figuresAt(here, target.indicator, area).flatMap(knownValue);
  const stages = (here.entries.get(target.indicator)?.targets ?? []).filter(
    (each) =>
      each.area === area &&
      each.unit === target.unit &&
      each.period !== target.period &&
      breakdownKey(each.breakdown) === '',
  );
  return standingOf(target, series, stages, base);
}

/** Shape and word first: ● met, ○ not met, ↗ on the path, ↘ behind it, ◌ nothing to compare. */
const standingShape = {
  met: '●',
  missed: '○',
  'on-track': '↗',
  behind: '↘',
  'no-number': '–',
  'not-reported': '◌',
} as const;

export function StandingMark({ standing, view }: { readonly standing: Standing; readonly view: PlaceView }) {
  const w = standingWords[view.language];
  const { kind, observed, required, reaches } = standing;
  if (kind === 'no-number') return null;
  const figure = observed === null ? null : figureOf(view.here, observed);
  const seen =
    figure === null || figure.value === null || observed === null
      ? null
      : { link: figureLink({ figure, view }), when: periodText(observed.period, view.language) };
  const parts: string[] = [escaped(w[kind])];
  if (seen !== null) parts.push(fill(w.observed, { value: seen.link, when: escaped(seen.when) }));
  if (required !== null && (kind === 'on-track' || kind === 'behind')) {
    const decimals = Math.max(1, figure?.decimals ?? 0);
    // In the unit of the target beside it, so that both are read on one scale.
    const value = formatValue(
      { value: toFixed(decimal(required), decimals), unit: observed?.unit ?? '', decimals },
      view.language,
    );
    parts.push(escaped(fill(w.required, { value })));
  }
  if (reaches !== null && kind !== 'met' && kind !== 'missed')
    parts.push(escaped(fill(w.chance, { n: Math.round(reaches * 100) })));
  return (
    <span class={`standing standing-${kind}`}>
      <span aria-hidden="true">{standingShape[kind]}</span>{' '}
      {raw(parts.join(view.language === 'zh' ? '；' : '; '))}
    </span>
  );
}

const standingWords = {
  en: {
    met: 'met',
    missed: 'not met',
    'on-track': 'on the required path',
    behind: 'behind the required path',
    'not-reported': 'no value to compare',
    observed: '{value} in {when}',
    required: 'the path asks for {value}',
    chance: 'chance of reaching it on the line so far: {n} %',
    one_targets: '1 staged target',
    targets: '{n} staged targets',
    count: '{n} {standing}',
    'no-number': 'in words only',
    end: '.',
  },
  zh: {
    met: '已达标',
    missed: '未达标',
    'on-track': '符合所需进度',
    behind: '落后于所需进度',
    'not-reported': '无可比数值',
    observed: '{when}为{value}',
    required: '所需进度为{value}',
    chance: '按现有趋势达标的可能性：{n}%',
    one_targets: '分阶段目标1项',
    targets: '分阶段目标{n}项',
    count: '{standing}{n}项',
    'no-number': '仅有文字表述',
    end: '。',
  },
} as const;

const kindsInOrder = ['met', 'missed', 'on-track', 'behind', 'not-reported', 'no-number'] as const;

/** How many targets of a plan stand where, in one sentence; nothing where it has none. */
export function PlanSummary({ plan, view }: { readonly plan: Plan; readonly view: PlaceView }) {
  const w = standingWords[view.language];
  const kinds = plan.commitments.flatMap(({ targets, start, withdrawn }) =>
    withdrawn !== undefined
      ? []
      : targets.map((target) => standingAt(target, view, start === undefined ? null : yearOf(start)).kind),
  );
  if (kinds.length === 0) return null;
  const told = kindsInOrder.flatMap((kind) => {
    const n = kinds.filter((each) => each === kind).length;
    return n === 0 ? [] : [fill(w.count, { n, standing: w[kind] })];
  });
  return (
    <p>
      {labelled(fill(kinds.length === 1 ? w.one_targets : w.targets, { n: kinds.length }), view.language)}
      {inARow(told, view.language)}
      {w.end}
    </p>
  );
}
