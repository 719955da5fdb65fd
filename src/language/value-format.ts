import {
  decimal,
  divide,
  isShare,
  isZero,
  type Language,
  magnitude,
  multiply,
  parseUnit,
  power,
  type Qualifier,
  type Rational,
  toDecimal,
  toNumber,
} from '../model/index.ts';
import { formatNumber } from './number-format.ts';
import { inBrackets } from './punctuation.ts';
import { type PrintedUnit, printedUnit, scaleWord, unitSuffix } from './unit-text.ts';

/** A value as it is to be said in a sentence. */
export interface ShownValue {
  /** Exact decimal. */
  readonly value: string;
  readonly unit: string;
  readonly decimals: number;
  readonly qualifier?: Qualifier | null;
}

export interface ValueStyle {
  /** `signed` writes the plus of a rise, `plain` the amount without any sign, for `fell by 39.13 %`. */
  readonly form?: 'signed' | 'plain';
}

const qualifiers: Readonly<Record<Language, Readonly<Record<Qualifier, string>>>> = {
  en: {
    over: 'over',
    nearly: 'nearly',
    about: 'about',
    under: 'under',
    'at-least': 'at least',
    'at-most': 'at most',
  },
  zh: { over: '超过', nearly: '近', about: '约', under: '不到', 'at-least': '至少', 'at-most': '至多' },
};

/** The word that a source puts before a number. */
export function qualifierText(qualifier: Qualifier, language: Language): string {
  return qualifiers[language][qualifier];
}

/** No break between a number and its unit. */
const space = '\u00a0';

/**
 * A value with its unit as a reader of the language expects it: `11.33 billion yuan` and `113.3亿元`, `over 4 %` and
 * `超过4%`, `3.7 percentage points` and `3.7个百分点`. The digits shown are the same in both languages.
 */
export function formatValue(
  { value, unit, decimals, qualifier }: ShownValue,
  language: Language,
  { form }: ValueStyle = {},
): string {
  const before =
    qualifier == null ? '' : `${qualifierText(qualifier, language)}${language === 'zh' ? '' : space}`;
  const exact = decimal(value);
  const amount = form === 'plain' ? magnitude(exact) : exact;
  return before + amountText(amount, unit, decimals, language, form === 'signed');
}

/**
 * A difference of two values of one unit: `3.7 percentage points` for shares, whose difference is no percentage (of shares in
 * per mille a tenth as many), and what the unit says for all others.
 */
export function formatDifference(difference: ShownValue, language: Language, style: ValueStyle = {}): string {
  const { value, unit, decimals } = difference;
  const parsed = parseUnit(unit);
  if (parsed === null || !isShare(parsed)) return formatValue(difference, language, style);
  const isPerMille = parsed.code === '[ppth]';
  const points = isPerMille ? toDecimal(divide(decimal(value), decimal('10'))) : value;
  return formatValue(
    { ...difference, value: points, unit: 'pp', decimals: isPerMille ? decimals + 1 : decimals },
    language,
    style,
  );
}

function amountText(
  amount: Rational,
  unit: string,
  decimals: number,
  language: Language,
  signed: boolean,
): string {
  if (unit === '{rank}')
    return language === 'zh'
      ? `第${formatNumber(toDecimal(amount), { language, decimals: 0 })}位`
      : ordinal(toNumber(amount));
  const parts = printedUnit(unit);
  const { scale, places, shown } = scaled(amount, parts, decimals, language);
  const number = formatNumber(shown, { language, decimals: places, signed });
  const word = scale === 0 ? '' : (scaleWord(scale, language) ?? '');
  const suffix = suffixText(unit, parts, language, number);
  // What names a measure is nothing that there can be 1.3 of.
  if (/^\{.*(?:\b(?:rate|ratio|proportion|percentage|share|index|growth)\b|not stated)/i.test(unit))
    return `${[number, word].filter((text) => text !== '').join(language === 'zh' ? '' : space)}${inBrackets(suffix, language)}`;
  // Words of another language that stand as they were written keep their distance; signs such as kWh do not.
  const isForeign = /^[A-Za-z][A-Za-z\d]*[ ,]|^[A-Za-z]{6}/.test(suffix);
  if (language === 'zh') return `${number}${word}${isForeign ? space : ''}${suffix}`;
  return [number, word, suffix].filter((text) => text !== '').join(space);
}

function suffixText(unit: string, parts: PrintedUnit, language: Language, number: string): string {
  const isOne = /^[−+]?1(\.0+)?$/.test(number);
  if (unit === 'pp') return language === 'zh' ? '个百分点' : isOne ? 'percentage point' : 'percentage points';
  if (unit === '%/a') return language === 'zh' ? '%/年' : '% a year';
  return unitSuffix(parts, language, isOne);
}

/**
 * Moves a value to the power of ten that a reader expects: what the unit carries (`10*9.CNY`) or, from a million (万
 * from a hundred thousand) on, where that loses no digit that is shown.
 */
function scaled(
  amount: Rational,
  parts: PrintedUnit,
  decimals: number,
  language: Language,
): { scale: number; places: number; shown: string } {
  const absolute = multiply(amount, power(decimal('10'), parts.scale));
  const plainPlaces = Math.max(0, decimals - parts.scale);
  const step = (scale: number) => ({
    scale,
    places: trimmedPlaces(absolute, scale, Math.max(0, decimals - parts.scale + scale)),
    shown: toDecimal(multiply(absolute, power(decimal('10'), -scale))),
  });
  if (isZero(amount)) return { scale: 0, places: plainPlaces, shown: '0' };
  const size = Math.abs(toNumber(absolute));
  const ladder = language === 'zh' ? [12, 8, 4] : [12, 9, 6];
  for (const scale of ladder) {
    const least = language === 'zh' && scale === 4 ? 1e5 : 10 ** scale;
    if (size < least) continue;
    const candidate = step(scale);
    if (parts.scale > 0 || candidate.places <= 4) return candidate;
  }
  return { scale: 0, places: plainPlaces, shown: toDecimal(absolute) };
}

/** Decimals without the zeros that moving the point would add to a whole number: 7.841 million, not 7.841000. */
export function trimmedPlaces(absolute: Rational, scale: number, places: number): number {
  let needed = places;
  while (needed > 0) {
    const one = power(decimal('10'), scale - needed + 1);
    const quotient = multiply(absolute, { n: one.d, d: one.n });
    if (quotient.n % quotient.d !== 0n) break;
    needed -= 1;
  }
  return needed;
}

function ordinal(n: number): string {
  const tens = n % 100;
  const ending = tens >= 11 && tens <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${n}${ending}`;
}
