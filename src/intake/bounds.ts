import {
  compare,
  convert,
  decimal,
  type Indicator,
  parseUnit,
  type Rational,
  rational,
} from '../model/index.ts';

/** What a value of some kind can and cannot be. Amounts are in the unit the rule names. */
interface Bound {
  readonly rule: string;
  readonly severity: 'error' | 'warning';
  readonly unit: string;
  readonly least?: string;
  readonly most?: string;
  /** Natures of indicators the rule is about; all when absent. */
  readonly natures?: readonly Indicator['nature'][];
  readonly why: string;
  readonly mend: string;
}

/**
 * The bounds, in order; the first that a value breaks is told. Only what cannot be true is an error: shares of
 * a whole lie between 0 and 100 %, but growth, coverage and debt do pass 100 %, so that is a warning.
 */
export const bounds: readonly Bound[] = [
  {
    rule: 'value.per-cent-impossible',
    severity: 'error',
    unit: '%',
    least: '-10000',
    most: '10000',
    why: 'a per cent beyond ±10,000 is more than a hundredfold: a count that got the unit %, or a lost decimal point',
    mend: 'check the unit and the decimal point against the source',
  },
  {
    rule: 'value.points-impossible',
    severity: 'error',
    unit: 'pp',
    least: '-10000',
    most: '10000',
    why: 'a difference of two percentages beyond ±10,000 points is a count that got the unit pp, or a lost decimal point',
    mend: 'check the unit and the decimal point against the source',
  },
  {
    rule: 'value.per-cent-of-whole',
    severity: 'warning',
    unit: '%',
    least: '0',
    most: '100',
    natures: ['ratio'],
    why: 'a part of a whole lies between 0 % and 100 %',
    mend: 'check it against the source; if the ratio can pass 100 % (a growth, a coverage), nothing is to be done',
  },
];

const rankBound = {
  rule: 'value.rank',
  severity: 'error',
  why: 'a rank is a whole number from 1',
  mend: 'write the place as printed, such as 4',
} as const;

interface Broken {
  readonly rule: string;
  readonly severity: 'error' | 'warning';
  readonly why: string;
  readonly mend: string;
}

/** The first bound that a value breaks, or null. `value` is a decimal in `unit`, a code that parses. */
export function brokenBound(
  value: string,
  unit: string,
  nature: Indicator['nature'],
  indicatorUnit: string,
): Broken | null {
  if (nature === 'rank') return isPlace(decimal(value)) ? null : rankBound;
  for (const bound of bounds) {
    if (indicatorUnit !== bound.unit && unit !== bound.unit) continue;
    if (bound.natures !== undefined && !bound.natures.includes(nature)) continue;
    if (unit === bound.unit && isWellInside(value, bound)) continue;
    const stated = inUnit(value, unit, bound.unit);
    if (stated === null) continue;
    const below = bound.least !== undefined && compare(stated, decimal(bound.least)) < 0;
    const above = bound.most !== undefined && compare(stated, decimal(bound.most)) > 0;
    if (below || above) return bound;
  }
  return null;
}

/**
 * Whether a value lies inside by its nearest double. Rounding to doubles keeps the order, so a value whose double is
 * strictly inside is inside; for those on the edge the exact comparison decides. Saves it for nearly every row.
 */
function isWellInside(value: string, { least, most }: Bound): boolean {
  const near = Number(value);
  return (least === undefined || near > Number(least)) && (most === undefined || near < Number(most));
}

function isPlace(value: Rational): boolean {
  return value.d === 1n && compare(value, rational(1n)) >= 0;
}

function inUnit(value: string, from: string, to: string): Rational | null {
  const [have, want] = [parseUnit(from), parseUnit(to)];
  return have === null || want === null ? null : convert(decimal(value), have, want);
}
