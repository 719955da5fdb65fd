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

const plainDecimal = /^-?(?:0|[1-9]\d*)(?:\.(\d+))?$/;

/** A decimal that has no more decimals than are shown needs no arithmetic; null for one that must be rounded. */
function padded(value: string, decimals: number): string | null {
  const match = plainDecimal.exec(value);
  if (match === null) return null;
  const has = match[1]?.length ?? 0;
  if (has > decimals) return null;
  if (has === decimals) return value;
  return `${has === 0 ? `${value}.` : value}${'0'.repeat(decimals - has)}`;
}

/** Whole digits set off in threes by commas, from five digits on: years and numbers like them keep together. */
export function groupThousands(whole: string): string {
  return whole.length < 5 ? whole : whole.replace(/\B(?=(\d{3})+$)/g, ',');
}

/** An exact decimal as text: `1,683,000`, `−39.13`, `+3.7`. Thousands are set off by commas from five digits on. */
export function formatNumber(value: string, { decimals, signed }: NumberStyle): string {
  const fixed = padded(value, decimals) ?? toFixed(decimal(value), decimals);
  const negative = fixed.startsWith('-');
  const plain = negative ? fixed.slice(1) : fixed;
  const point = plain.indexOf('.');
  const whole = point < 0 ? plain.length : point;
  const grouped = groupThousands(plain.slice(0, whole)) + plain.slice(whole);
  if (!negative && signed !== true) return grouped;
  const isZero = !/[1-9]/.test(fixed);
  return `${isZero ? '' : negative ? minus : '+'}${grouped}`;
}
