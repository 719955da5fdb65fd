import {
  decimal,
  type Language,
  multiply,
  power,
  type Rational,
  toDecimal,
  toNumber,
} from '../model/index.ts';
import { formatNumber } from './number-format.ts';
import { printedUnit, scaleWord, unitHead, unitSuffix } from './unit-text.ts';
import { trimmedPlaces } from './value-format.ts';

/** A value of a table's row with the decimals it is shown with. */
interface RowValue {
  readonly value: string;
  readonly decimals: number;
}

/** The unit in which a row of a table is printed, and its numbers in it. */
export interface RowUnit {
  /** The unit code that the values come in. */
  readonly unit: string;
  /** What stands in the column of units: `million people`, `万人`. */
  readonly head: string;
  number(shown: RowValue): string;
}

/** Most decimals that moving the point may bring. */
const mostPlaces = 4;

/**
 * One power of ten for all values of a row, as a reader of the language counts: million and billion, 万 and 亿. The largest
 * that the greatest value reaches, where the least is still a hundredth of it and no digit that is shown gets lost.
 */
export function rowUnit(values: readonly RowValue[], unit: string, language: Language): RowUnit {
  const parts = printedUnit(unit);
  const raised = values
    .map(({ value, decimals }) => ({
      absolute: multiply(decimal(value), power(decimal('10'), parts.scale)),
      decimals,
    }))
    .filter(({ absolute }) => absolute.n !== 0n);
  const sizes = raised.map(({ absolute }) => Math.abs(toNumber(absolute)));
  const [most, least] = [Math.max(...sizes), Math.min(...sizes)];
  const placesAt = (absolute: Rational, decimals: number, scale: number): number =>
    trimmedPlaces(absolute, scale, Math.max(0, decimals - parts.scale + scale));
  const fits = (scale: number): boolean =>
    most >= (language === 'zh' && scale === 4 ? 1e5 : 10 ** scale) &&
    least >= 10 ** (scale - 2) &&
    (parts.scale > 0 ||
      raised.every(({ absolute, decimals }) => placesAt(absolute, decimals, scale) <= mostPlaces));
  const plain = {
    unit,
    head: unitHead(unit, language),
    number: ({ value, decimals }: RowValue) => formatNumber(value, { decimals, language }),
  };
  if (raised.length === 0 || unit === '{rank}' || parts.over.length === 0) return plain;
  const scale = (language === 'zh' ? [12, 8, 4] : [12, 9, 6]).find(fits);
  if (scale === undefined || (scale === parts.scale && scaleWord(scale, language) !== undefined))
    return plain;
  const suffix = unitSuffix(parts, language);
  const word = scaleWord(scale, language) ?? '';
  return {
    unit,
    head: language === 'zh' ? word + suffix : `${word} ${suffix}`,
    number({ value, decimals }) {
      const absolute = multiply(decimal(value), power(decimal('10'), parts.scale));
      return formatNumber(toDecimal(multiply(absolute, power(decimal('10'), -scale))), {
        decimals: absolute.n === 0n ? 0 : placesAt(absolute, decimals, scale),
        language,
      });
    },
  };
}
