import { decimal, type Language, toFixed } from '../model/index.ts';

/** How a number is written; the value is rounded here and nowhere earlier, half to even. */
export interface NumberStyle {
  readonly language: Language;
  /** Decimals shown. */
  readonly decimals: number;
  /** Whether a rise carries its plus sign. */
  readonly signed?: boolean;
}

/** Decimals of a decimal text as it was typed: `14.60` has two. */
export const decimalsOf = (value: string): number => value.split('.')[1]?.length ?? 0;

const minus = '−';

/** An exact decimal as text: `1,683,000`, `−39.13`, `+3.7`. Thousands are set off by commas from five digits on. */
export function formatNumber(value: string, { decimals, signed }: NumberStyle): string {
  const fixed = toFixed(decimal(value), decimals);
  const negative = fixed.startsWith('-');
  const [whole = '0', fraction] = (negative ? fixed.slice(1) : fixed).split('.');
  const isZero = !/[1-9]/.test(fixed);
  const grouped = whole.length >= 5 ? whole.replace(/\B(?=(\d{3})+$)/g, ',') : whole;
  const sign = isZero ? '' : negative ? minus : signed === true ? '+' : '';
  return `${sign}${grouped}${fraction === undefined ? '' : `.${fraction}`}`;
}
