import type { Finding } from '../model/index.ts';
import type { Indicator } from './indicator.ts';
import type { MethodInput } from './method.ts';
import type { Observation } from './observation.ts';
import { checkMatch, once, panelOf } from './panel.ts';
import { type Outcome, type Reasoning, type Result, result, type Trend } from './result.ts';
import { type Node, treeOf } from './tree.ts';

/** What a progress method says about one series. */
export interface Judged {
  readonly value: number | null;
  readonly score: number | null;
  readonly status: string;
  readonly trend?: Trend;
  /** Whether the target is reached. */
  readonly reached: boolean;
  readonly period: string;
  readonly reasoning?: Reasoning;
}

/** What a progress method says about a group, from the parts that have a score. */
export interface GroupVerdict {
  /** A measure of the group beside its score, where the method has one. */
  readonly value?: number | null;
  readonly score: number | null;
  readonly status: string;
}

export interface ProgressRule {
  /** Judges the valued observations of one series, in the order of time. */
  readonly judge: (series: readonly Timed[], indicator: Indicator, findings: Finding[]) => Judged;
  readonly group: (parts: readonly GroupPart[]) => GroupVerdict;
}

/** A part of a group that has a score. */
export interface GroupPart {
  readonly value: number | null;
  readonly score: number;
  readonly reached: boolean;
}

/** An observation with a value and a year. */
export interface Timed {
  readonly year: number;
  readonly value: number;
  readonly observation: Observation;
}

/** The observations of a series that have a value and a year, one a year. */
export function timed(series: readonly Observation[]): Timed[] {
  const byYear = new Map<number, Timed>();
  for (const observation of series) {
    const { year, value } = observation;
    if (year !== null && value !== null) byYear.set(year, { year, value, observation });
  }
  return [...byYear.values()];
}

/** Runs a progress method over every unit and rolls its scores up the tree: a group is judged from its parts. */
export function runProgress(input: MethodInput, rule: ProgressRule): Outcome {
  const findings = checkMatch(input.indicators, input.observations);
  const tree = treeOf(input.indicators);
  findings.push(...tree.findings, ...checkTargets(input.indicators), ...checkPeriods(input.observations));
  const panel = panelOf(input.observations);
  const results: Result[] = [];
  for (const unit of panel.units) {
    const visit = (node: Node): Judged => {
      if (node.indicator !== null) {
        const series = panel.series(unit, node.code);
        const judged = finite(rule.judge(timed(series), node.indicator, findings), node.indicator, findings);
        const applies = series.length === 0 || series.at(-1)?.standing !== 'not_applicable';
        results.push(
          result({
            level: 'indicator',
            unit,
            code: node.code,
            period: judged.period,
            value: judged.value,
            score: judged.score,
            trend: judged.trend ?? null,
            status: applies ? judged.status : 'not_applicable',
            coverage: applies ? (judged.score === null ? 0 : 1) : null,
            ...(judged.reasoning === undefined ? {} : { reasoning: judged.reasoning }),
          }),
        );
        return judged;
      }
      const parts = node.parts.map(visit);
      const scored = parts.flatMap(({ value, score, reached }): GroupPart[] =>
        score === null ? [] : [{ value, score, reached }],
      );
      const verdict = rule.group(scored);
      const reached = scored.length > 0 && scored.every((part) => part.reached);
      const period =
        parts
          .map((part) => part.period)
          .toSorted()
          .at(-1) ?? '';
      results.push(
        result({
          level: node.level,
          unit,
          code: node.code,
          period,
          value: verdict.value ?? null,
          score: verdict.score,
          status: verdict.status,
          coverage: parts.length === 0 ? null : scored.length / parts.length,
        }),
      );
      return { value: verdict.value ?? null, score: verdict.score, status: verdict.status, reached, period };
    };
    tree.tops.forEach(visit);
  }
  return { results, findings: once(findings) };
}

/** A measure beyond the range of doubles is no measure. */
function finite(judged: Judged, { code, where }: Indicator, findings: Finding[]): Judged {
  if ([judged.value, judged.score].every((one) => one === null || Number.isFinite(one))) return judged;
  findings.push({
    rule: 'progress.out-of-range',
    severity: 'error',
    where,
    what: `the progress of '${code}' goes beyond every number`,
    why: 'a rate of growth over so large a change cannot be carried forward',
    mend: 'check the values and their units',
  });
  return {
    value: null,
    score: null,
    status: 'not_available',
    reached: judged.reached,
    period: judged.period,
  };
}

function checkPeriods(observations: readonly Observation[]): Finding[] {
  const first = observations.find(({ year, value }) => year === null && value !== null);
  if (first === undefined) return [];
  const count = observations.filter(({ year, value }) => year === null && value !== null).length;
  return [
    {
      rule: 'data.no-year',
      severity: 'error',
      where: first.where,
      what: `${count} values have no year in their period (here: '${first.period.slice(0, 40)}'); they are not used`,
      why: 'progress is measured over time',
      mend: 'write the period as 2021, 2021-Q3 or 2021-09',
    },
  ];
}

function checkTargets(indicators: readonly Indicator[]): Finding[] {
  return indicators.flatMap(({ code, target, targetYear, baseYear, where }): Finding[] => {
    if (target === null || targetYear === null || baseYear === null || targetYear > baseYear) return [];
    return [
      {
        rule: 'target.before-base',
        severity: 'error',
        where,
        what: `the target year ${targetYear} of '${code}' is not after its base year ${baseYear}`,
        why: 'a pace needs time between its base and its target',
        mend: 'correct target_year or base_year',
      },
    ];
  });
}

/** The finding for a target whose year has passed by the last value; the judgement stands and is about the past. */
export function targetInPast(indicator: Indicator, targetYear: number, lastYear: number): Finding | null {
  if (indicator.target === null || targetYear >= lastYear) return null;
  return {
    rule: 'target.in-the-past',
    severity: 'warning',
    where: indicator.where,
    what: `the target year ${targetYear} of '${indicator.code}' lies before its latest value (${lastYear})`,
    why: 'the pace that was needed can be compared, but nothing can be on track to a year that has passed',
    mend: 'set the target of the current period',
  };
}

/** First year for a method that starts at the base year, or at the next later year that has a value. */
export function baseOf(series: readonly Timed[], baseYear: number): Timed | undefined {
  return series.find(({ year }) => year >= baseYear);
}

/** Compound yearly growth from `base` to `value` over `years`, as a share (0.02 is 2 %). NaN when signs differ: test before. */
export function compoundGrowth(value: number, base: number, years: number): number {
  return (value / base) ** (1 / years) - 1;
}
