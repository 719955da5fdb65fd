import { raw } from 'hono/html';
import { formatValue, periodText } from '../../language/index.ts';
import { type Commitment, decimal, type Plan, toFixed, yearOf } from '../../model/index.ts';
import { type Standing, standingOf } from '../../plan/index.ts';
import { escaped } from '../escaped.ts';
import { figureLink } from '../parts/figure.tsx';
import type { PlaceView } from '../view.ts';
import { fill } from '../words.ts';
import { figureOf, figuresAt, knownValue } from './values.ts';

/** Where a target stands against the values of its indicator and the path that its stages ask for. */
export function standingAt(
  target: Commitment['targets'][number],
  view: PlaceView,
  base: number | null,
): Standing {
  const { workspace } = view.here.place;
  const area = target.area ?? workspace.city.area;
  const series = figuresAt(view.here, target.indicator, area).flatMap(knownValue);
  const stages = workspace.plans
    .flatMap(({ commitments }) => commitments.flatMap(({ targets }) => targets))
    .filter(
      (each) =>
        each !== target && each.indicator === target.indicator && (each.area ?? workspace.city.area) === area,
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
      <span aria-hidden="true">{standingShape[kind]}</span> {raw(parts.join(view.language === 'zh' ? '；' : '; '))}
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
    summary:
      '{targets} staged targets: {met} met, {missed} not met, {on} on the required path, {behind} behind it, {none} without a value to compare, {words} in words only.',
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
    summary:
      '分阶段目标{targets}项：已达标{met}项，未达标{missed}项，符合所需进度{on}项，落后{behind}项，无可比数值{none}项，仅有文字表述{words}项。',
  },
} as const;

/** How many targets of a plan stand where, in one sentence. */
export function PlanSummary({ plan, view }: { readonly plan: Plan; readonly view: PlaceView }) {
  const kinds = plan.commitments.flatMap(({ targets, start, withdrawn }) =>
    withdrawn !== undefined
      ? []
      : targets.map((target) => standingAt(target, view, start === undefined ? null : yearOf(start)).kind),
  );
  const n = (kind: Standing['kind']): number => kinds.filter((each) => each === kind).length;
  return (
    <p>
      {fill(standingWords[view.language].summary, {
        targets: kinds.length,
        met: n('met'),
        missed: n('missed'),
        on: n('on-track'),
        behind: n('behind'),
        none: n('not-reported'),
        words: n('no-number'),
      })}
    </p>
  );
}
