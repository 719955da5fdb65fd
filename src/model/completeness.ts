import type { Completeness } from './figure.ts';
import { compare, decimal, multiply, rational } from './rational.ts';

/** Whether so much of what belongs to a value is missing that the value is an estimate. */
export function isPartial(completeness: Completeness | null): boolean {
  if (completeness === null || completeness.present >= completeness.expected) return false;
  const { present, expected, least = '1' } = completeness;
  return compare(rational(BigInt(present)), multiply(rational(BigInt(expected)), decimal(least))) < 0;
}
