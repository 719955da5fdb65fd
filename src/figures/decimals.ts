import {
  type Contribution,
  type FigureKey,
  type Indicator,
  type Rational,
  toNumber,
} from '../model/index.ts';

/** Decimals shown for measures that have a habit of their own. */
const usual: Partial<Record<FigureKey['measure']['kind'], number>> = {
  relative: 2,
  growth: 1,
  ratio: 2,
  share: 1,
  rank: 0,
  count: 0,
};

/**
 * How many decimals a figure shows: what the indicator says; else as many as its sources printed, as far as a
 * reader takes them in; for what is computed, the measure's habit or three significant digits. The value itself is never rounded.
 */
export function shownDecimals(
  { measure }: FigureKey,
  indicator: Indicator | undefined,
  contributions: readonly Contribution[],
  value: Rational | null,
): number {
  const habit = usual[measure.kind];
  if (habit !== undefined) return habit;
  if (indicator?.decimals !== undefined) return indicator.decimals;
  const printed = contributions.map(({ quantity }) => printedDecimals(quantity));
  const asPrinted = contributions.every(({ unit }) => unit === indicator?.unit);
  const kept =
    measure.kind === 'value'
      ? contributions.length === 1
      : measure.kind === 'points' || measure.kind === 'absolute';
  if (kept && asPrinted) return Math.min(Math.max(0, ...printed), readablePlaces(value));
  return value === null || value.n === 0n ? 0 : significantPlaces(Math.abs(toNumber(value)));
}

/** Decimals that a reader still takes in: three, or for small values as many as show four significant digits. */
function readablePlaces(value: Rational | null): number {
  if (value === null || value.n === 0n) return 3;
  return Math.max(3, Math.min(12, 3 - Math.floor(Math.log10(Math.abs(toNumber(value))))));
}

function printedDecimals(quantity: string | null): number {
  const [plain = ''] = (quantity ?? '').split(/e/i);
  const point = plain.indexOf('.');
  return point === -1 ? 0 : plain.length - point - 1;
}

/** Decimals that show three significant digits, from 0 to 12. */
function significantPlaces(magnitude: number): number {
  return Math.min(12, Math.max(0, 2 - Math.floor(Math.log10(magnitude))));
}
