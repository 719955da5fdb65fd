import type { Finding } from '../model/index.ts';
import { directionOf, type Indicator } from './indicator.ts';
import { meanOfTop, quantile } from './statistics.ts';

/** Values that score 100 and 0. */
export interface Bounds {
  readonly best: number;
  readonly worst: number;
}

/** How bounds that a codebook leaves open are taken from the data. */
export interface BoundsRule {
  /** Share of values beyond the worst bound. */
  readonly tail: number;
  readonly quantileType: 2 | 7;
  /** How many of the best values make the best bound. */
  readonly top: number;
}

/**
 * The bounds of an indicator: as the codebook gives them; where it leaves one open, by the rule of the SDG Index 2019
 * (worst: the 2.5th percentile of the bad tail, quantile type 2; best: the mean of the five best units). Null with a
 * finding where there are none to be had.
 */
export function boundsOf(
  indicator: Indicator,
  values: readonly number[],
  rule: BoundsRule,
  findings: Finding[],
): Bounds | null {
  const { code, where } = indicator;
  const declared = indicator.best !== null && indicator.worst !== null;
  const direction = directionOf(indicator);
  if (!declared && (direction === null || direction === 0)) {
    // A direction that could not be read has its own finding already.
    if (indicator.unknownDirection === null)
      findings.push({
        rule: 'codebook.no-direction',
        severity: 'error',
        where,
        what: `indicator '${code}' has neither both bounds nor a direction`,
        why: 'without either it is not known which values are good',
        mend: 'fill best and worst, or direction',
      });
    return null;
  }
  const sense = direction === -1 ? -1 : 1;
  const best = indicator.best ?? meanOfTop(values, rule.top, sense);
  const worst =
    indicator.worst ?? quantile(values, sense === 1 ? rule.tail : 1 - rule.tail, rule.quantileType);
  if (best === null || worst === null) {
    if (values.length > 0)
      findings.push({
        rule: 'bounds.too-few-units',
        severity: 'error',
        where,
        what: `${values.length} units are too few to take the bounds of '${code}' from the data (${rule.top} are needed)`,
        why: 'the best value is the mean of the best units',
        mend: 'fill best and worst in the codebook',
      });
    return null;
  }
  if (best === worst) {
    findings.push({
      rule: 'bounds.zero-range',
      severity: 'error',
      where,
      what: `best and worst of '${code}' are the same (${best}); it is left out`,
      why: 'a scale of no length cannot hold a score',
      mend: 'correct the bounds, or take the indicator out',
    });
    return null;
  }
  if (
    indicator.direction !== null &&
    indicator.direction !== 0 &&
    indicator.direction !== Math.sign(best - worst)
  )
    findings.push({
      rule: 'bounds.against-direction',
      severity: 'warning',
      where,
      what: `the direction of '${code}' says ${indicator.direction === 1 ? 'more' : 'less'} is better, its bounds say the opposite; the bounds are followed`,
      why: 'the order of best and worst carries the direction',
      mend: 'correct the direction or exchange the bounds',
    });
  return { best, worst };
}

/** Score on the scale of 0 at worst to 100 at best, not held within it. The order of operations gives the published doubles. */
export function distanceScore(value: number, { best, worst }: Bounds): number {
  return ((value - worst) / (best - worst)) * 100;
}
