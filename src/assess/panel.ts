import type { Finding } from '../model/index.ts';
import type { Indicator } from './indicator.ts';
import type { Observation } from './observation.ts';

/** The observations by unit and indicator, each series in the order of time. */
export interface Panel {
  readonly units: readonly string[];
  readonly groupOf: ReadonlyMap<string, string | null>;
  readonly series: (unit: string, indicator: string) => readonly Observation[];
}

/** Orders two observations of a series: by year, then by the text of the period. */
export function byTime(a: Observation, b: Observation): number {
  return (
    (a.year ?? Number.NEGATIVE_INFINITY) - (b.year ?? Number.NEGATIVE_INFINITY) ||
    compareText(a.period, b.period)
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Arranges observations; units stand in the order of their first appearance. */
export function panelOf(observations: readonly Observation[]): Panel {
  const units: string[] = [];
  const groupOf = new Map<string, string | null>();
  const cells = new Map<string, Map<string, Observation[]>>();
  for (const observation of observations) {
    const { unit, group, indicator } = observation;
    let row = cells.get(unit);
    if (row === undefined) {
      row = new Map();
      cells.set(unit, row);
      units.push(unit);
      groupOf.set(unit, group);
    }
    if (group !== null && groupOf.get(unit) === null) groupOf.set(unit, group);
    const series = row.get(indicator);
    if (series === undefined) row.set(indicator, [observation]);
    else series.push(observation);
  }
  for (const row of cells.values()) for (const series of row.values()) series.sort(byTime);
  return { units, groupOf, series: (unit, indicator) => cells.get(unit)?.get(indicator) ?? [] };
}

/** Observations whose indicator the codebook does not know (told once an indicator), and indicators without any value. */
export function checkMatch(
  indicators: readonly Indicator[],
  observations: readonly Observation[],
): Finding[] {
  const known = new Set(indicators.map(({ code }) => code));
  const parents = new Set(indicators.flatMap(({ parent }) => (parent === null ? [] : [parent])));
  const denominators = new Set(
    indicators.flatMap(({ denominator }) => (denominator === null ? [] : [denominator])),
  );
  const strangers = new Map<string, Observation>();
  const valued = new Set<string>();
  for (const observation of observations) {
    if (observation.value !== null || observation.standing === 'not_applicable')
      valued.add(observation.indicator);
    if (!known.has(observation.indicator) && !denominators.has(observation.indicator))
      if (!strangers.has(observation.indicator)) strangers.set(observation.indicator, observation);
  }
  const findings: Finding[] = [...strangers.values()].map((observation) => ({
    rule: 'data.unknown-indicator',
    severity: 'warning',
    where: observation.where,
    what: `indicator '${observation.indicator}' does not stand in the codebook; its values are not used`,
    why: 'only what the codebook defines can be judged',
    mend: 'add it to the codebook, or correct the code',
  }));
  for (const { code, where } of indicators)
    if (!valued.has(code) && !parents.has(code))
      findings.push({
        rule: 'data.all-missing',
        severity: 'warning',
        where,
        what: `indicator '${code}' has no value for any unit`,
        why: 'it adds nothing to a score and lowers every coverage',
        mend: 'hand in values, or take the indicator out of the codebook',
      });
  return findings;
}

/** Findings without repetition: the same is said of an indicator once, not once a unit. */
export function once(findings: readonly Finding[]): Finding[] {
  const seen = new Map(findings.map((finding) => [JSON.stringify(finding), finding]));
  return [...seen.values()];
}
