import {
  type Contribution,
  type DerivedCell,
  decimal,
  divide,
  parseUnit,
  toDecimal,
} from '../model/index.ts';

/** The value of a cell in the unit of its indicator, exact where it ends: for tables that need no figure. */
export function cellValue({ numerator, denominator }: DerivedCell, unit: string): string | null {
  const total = (list: readonly Contribution[]) =>
    list.reduce(
      (sum, { quantity, unit: code }) => {
        const factor = parseUnit(code)?.factor ?? decimal('1');
        const value = decimal(quantity ?? '0');
        return { n: sum.n * value.d * factor.d + value.n * factor.n * sum.d, d: sum.d * value.d * factor.d };
      },
      { n: 0n, d: 1n },
    );
  const [above, below] = [total(numerator), denominator === null ? { n: 1n, d: 1n } : total(denominator)];
  if (below.n === 0n) return null;
  return toDecimal(divide(divide(above, below), parseUnit(unit)?.factor ?? decimal('1')));
}
