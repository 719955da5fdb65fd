import { outlook, robustLine } from '../../assess/index.ts';
import type { ChartPoint, ProjectionChart } from '../../chart/index.ts';
import { decimalsOf, formatDifference, formatNumber, periodText, unitHead } from '../../language/index.ts';
import {
  type Commitment,
  decimal,
  isShare,
  type Language,
  type Plan,
  parseUnit,
  toNumber,
  yearOf,
} from '../../model/index.ts';
import { neededPace, requiredPath } from '../../plan/index.ts';
import { ChartFigure } from '../parts/chart.tsx';
import { ChartValues } from '../parts/chart-values.tsx';
import { named, type PlaceView, sourceLink } from '../view.ts';
import { fill } from '../words.ts';
import { targetLine } from './lines.ts';
import { figuresAt } from './values.ts';
import { planWords } from './words.ts';

type Target = Commitment['targets'][number];
type Known = readonly {
  readonly year: number;
  readonly value: string;
  readonly sources: readonly string[];
}[];

/** The values of a target's indicator and area by year, in the target's unit. */
function knownOf(target: Target, view: PlaceView): Known {
  const { here } = view;
  return figuresAt(here, target.indicator, target.area ?? here.place.workspace.city.area)
    .filter(({ unit }) => unit === target.unit)
    .flatMap(({ key: { measure }, value, contributions }) => {
      const period = 'period' in measure ? measure.period : '';
      const year = period.includes('/') ? null : yearOf(period);
      return year === null || value === null
        ? []
        : [{ year, value, sources: [...new Set(contributions.map(({ source }) => source))] }];
    })
    .sort((a, b) => a.year - b.year);
}

/** All staged targets of the same indicator and area in the plans of the place: they bend the path. */
function stagesOf(target: Target, plans: readonly Plan[], view: PlaceView): readonly Target[] {
  const { city } = view.here.place.workspace;
  const found = new Map<string, Target>();
  for (const { targets, withdrawn } of plans.flatMap(({ commitments }) => commitments))
    for (const each of withdrawn === undefined ? targets : [])
      if (
        each.indicator === target.indicator &&
        (each.area ?? city.area) === (target.area ?? city.area) &&
        each.unit === target.unit
      )
        found.set(each.period, each);
  return [...found.values()].sort((a, b) => (a.period < b.period ? -1 : 1));
}

/** Required, observed and projected values of one staged target in one drawing, with the pace that is needed and the chance. */
export function PathPart({
  target,
  base,
  plans: given,
  view,
}: {
  readonly target: Target;
  /** The year that the plan starts from. */
  readonly base: number | null;
  /** Plans whose stages bend the path; default: those of the place as it is shown. */
  readonly plans?: readonly Plan[];
  readonly view: PlaceView;
}) {
  const w = planWords[view.language];
  const plans = given ?? view.here.place.workspace.plans;
  const year = yearOf(target.period);
  if (target.value === null || year === null) return null;
  const known = knownOf(target, view);
  const newest = known.at(-1);
  const heading = <h3>{targetLine(target, view)}</h3>;
  if (newest === undefined)
    return (
      <>
        {heading}
        <WithoutValues target={target} base={base} plans={plans} view={view} />
      </>
    );
  const before = known.filter((each) => each.year <= year);
  const line = robustLine(before.map((each) => ({ year: each.year, value: toNumber(decimal(each.value)) })));
  const direction = target.comparator === '>=' || target.comparator === '>' ? 1 : -1;
  const goal = toNumber(decimal(target.value));
  const seen = line === null || target.comparator === '=' ? null : outlook(line, year, goal, direction, 0.8);
  const pace = neededPace(newest, target);
  const decimals = Math.max(2, decimalsOf(target.value));
  const shown = (value: number | string): string =>
    paceText(
      typeof value === 'number' ? value.toFixed(decimals) : value,
      target.unit,
      decimals,
      view.language,
    );
  const words = { from: newest.year, to: year, pace: pace === null ? '' : shown(pace) };
  const state = chartOf(target, known, line, base, plans, view);
  return (
    <>
      {heading}
      <ChartFigure state={state} view={view} headless />
      <ChartValues state={state} view={view} />
      {pace === null ? null : (
        <p>{line === null ? fill(w.paceOnly, words) : fill(w.pace, { ...words, so: shown(line.slope) })}</p>
      )}
      {newest.year >= year ? null : (
        <p>
          {seen?.reaches == null
            ? fill(w.chanceNone, { n: before.length })
            : fill(w.chance, { year, n: Math.round(seen.reaches * 100) })}
        </p>
      )}
    </>
  );
}

/** How much a value moves, in the unit as the head of a column gives it; a share moves by points. */
function paceText(value: string, unit: string, decimals: number, language: Language): string {
  const parsed = parseUnit(unit);
  if (parsed !== null && isShare(parsed)) return formatDifference({ value, unit, decimals }, language);
  const number = formatNumber(value, { language, decimals });
  return [number, unitHead(unit, language)].filter((part) => part !== '').join(language === 'zh' ? '' : ' ');
}

/** Nothing is observed: says why, and draws what the stages ask for among themselves, which needs no observed value. */
function WithoutValues({
  target,
  base,
  plans,
  view,
}: {
  readonly target: Target;
  readonly base: number | null;
  readonly plans: readonly Plan[];
  readonly view: PlaceView;
}) {
  const { language, here } = view;
  const w = planWords[language];
  const { city, observations } = here.place.workspace;
  const asked = observations.findLast(
    ({ indicator, area, value }) =>
      indicator === target.indicator && area === (target.area ?? city.area) && value === null,
  );
  const stages = numbered(stagesOf(target, plans, view));
  const [from, to] = [stages[0], stages.at(-1)];
  const pace = from === undefined || to === undefined ? null : neededPace(from, to.target);
  const state = pace === null ? null : chartOf(target, [], null, base, plans, view);
  const decimals = Math.max(2, ...stages.map(({ value }) => decimalsOf(value)));
  const shown = (value: string, places: number): string =>
    formatNumber(value, { language, decimals: places });
  return (
    <>
      <p class="quiet">{w.pathNone}</p>
      {asked?.reason == null ? null : (
        <p class="quiet">
          {fill(w.pathAsked, {
            when: periodText(asked.period, language),
            why: named(asked.reason, view),
          })}
        </p>
      )}
      {state === null || from === undefined || to === undefined || pace === null ? null : (
        <>
          <ChartFigure state={state} view={view} headless />
          <p>
            {fill(w.paceOfStages, {
              from: from.year,
              to: to.year,
              start: shown(from.value, decimalsOf(from.value)),
              end: shown(to.value, decimalsOf(to.value)),
              pace: paceText(pace, target.unit, decimals + 1, language),
            })}
          </p>
        </>
      )}
    </>
  );
}

/** The stages that have a year and a number. */
function numbered(
  stages: readonly Target[],
): readonly { readonly year: number; readonly value: string; readonly target: Target }[] {
  return stages.flatMap((target) => {
    const year = yearOf(target.period);
    return year === null || target.value === null ? [] : [{ year, value: target.value, target }];
  });
}

function chartOf(
  target: Target,
  known: Known,
  line: ReturnType<typeof robustLine>,
  base: number | null,
  plans: readonly Plan[],
  view: PlaceView,
): ProjectionChart {
  const { language, here } = view;
  const w = planWords[language];
  const stages = stagesOf(target, plans, view);
  const decimals = Math.max(
    1,
    ...stages.map(({ value }) => decimalsOf(value ?? '')),
    ...known.map(({ value }) => decimalsOf(value)),
  );
  const point = (year: number, value: string, status: 'A' | 'F'): ChartPoint => ({
    period: String(year),
    value,
    label: formatNumber(value, { language, decimals: Math.min(decimals, 4) }),
    status,
  });
  const last = Math.max(...stages.flatMap(({ period }) => yearOf(period) ?? []), known.at(-1)?.year ?? 0);
  const begin = known.length > 0 ? known : numbered(stages).slice(0, 1);
  const first = begin[0]?.year ?? last;
  const years = Array.from({ length: Math.max(0, last - first) + 1 }, (_, at) => first + at);
  const required = (requiredPath(begin, stages, known.length > 0 ? base : null) ?? []).map(
    ({ year, value }) => point(year, value, 'F'),
  );
  const ahead = line === null ? [] : years.filter((year) => year >= (known.at(-1)?.year ?? last));
  const text = (value: number): string => String(Number(value.toPrecision(12)));
  const projected = line === null ? [] : ahead.map((year) => point(year, text(line.at(year)), 'F'));
  const bounds = line === null ? [] : ahead.map((year) => outlook(line, year, 0, 1, 0.8));
  const entry = here.entries.get(target.indicator);
  return {
    kind: 'projection',
    language,
    title: entry === undefined ? target.indicator : named(entry.indicator.name, view),
    subtitle: unitHead(target.unit, language),
    source: [
      ...new Set(
        (known.length > 0
          ? known.flatMap(({ sources }) => sources)
          : stages.flatMap(({ citation }) => citation?.source ?? [])
        ).map((source) => sourceLink(view, source).name),
      ),
    ].join(language === 'zh' ? '；' : '; '),
    unit: unitHead(target.unit, language),
    lines: [
      ...(required.length > 1
        ? [{ name: w.required, style: 'required' as const, mark: '', points: required }]
        : []),
      ...(projected.length > 1
        ? [{ name: w.projected, style: 'a' as const, mark: '', points: projected }]
        : []),
    ],
    observedName: w.observed,
    observed: known.map(({ year, value }) => point(year, value, 'A')),
    targets: stages.flatMap(({ period, value }) =>
      value === null || yearOf(period) === null
        ? []
        : [{ period, value, label: formatNumber(value, { language, decimals: decimalsOf(value) }) }],
    ),
    ...(bounds.length > 1 && bounds.every(({ low }) => low !== null)
      ? {
          band: {
            name: w.range,
            periods: ahead.map(String),
            percentiles: (['10', '10', '50', '90', '90'] as const).map((percentile, at) => ({
              name: `${percentile} %`,
              values: bounds.map(({ low, high, expected }) =>
                ((at < 2 ? low : at > 2 ? high : expected) ?? expected).toFixed(decimals + 1),
              ),
            })),
          },
        }
      : {}),
    hold: [],
    longest: projected.at(-1)?.label ?? '',
  };
}
