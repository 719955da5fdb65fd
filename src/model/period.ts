/**
 * When a value holds. Codes: a year `2021`, half `2021-S1`, quarter `2021-Q3`, month `2021-09`, day `2021-09-30`; a span
 * `2015/2021` for what accumulates or is an average over it; `undated` when the document gives no date, which is
 * kept as a fact of the source and never guessed.
 */
export type Period = string;

export const undated = 'undated';

/** Years that a statistic or plan of a city can be about; 20205 is a slip of the hand. */
const firstYear = 1000;
const lastYear = 2200;

/** The first and last day of a period, as ISO dates; null for `undated`. */
export interface PeriodBounds {
  readonly start: string;
  readonly end: string;
}

/** Reads a period code; null when it is not one. */
export function periodBounds(code: string): PeriodBounds | 'undated' | null {
  if (code === undated) return 'undated';
  if (code.length > 40) return null;
  const parts = code.split('/');
  if (parts.length > 2) return null;
  const from = simpleBounds(parts[0] ?? '');
  const to = parts.length === 2 ? simpleBounds(parts[1] ?? '') : from;
  if (from === null || to === null || from.start > to.end) return null;
  if (parts.length === 2 && from.start === to.start) return null;
  return { start: from.start, end: to.end };
}

export function isPeriod(code: string): boolean {
  return periodBounds(code) !== null;
}

function simpleBounds(code: string): PeriodBounds | null {
  const match = /^(\d{4})(?:-(?:S([12])|Q([1-4])|(\d{2})(?:-(\d{2}))?))?$/.exec(code);
  if (match === null) return null;
  const [, yearText = '', half, quarter, month, day] = match;
  const year = Number(yearText);
  if (year < firstYear || year > lastYear) return null;
  if (half !== undefined) return monthSpan(year, half === '1' ? 1 : 7, 6);
  if (quarter !== undefined) return monthSpan(year, 3 * Number(quarter) - 2, 3);
  if (month === undefined) return monthSpan(year, 1, 12);
  const monthNumber = Number(month);
  if (monthNumber < 1 || monthNumber > 12) return null;
  if (day === undefined) return monthSpan(year, monthNumber, 1);
  const dayNumber = Number(day);
  if (dayNumber < 1 || dayNumber > daysIn(year, monthNumber)) return null;
  return { start: code, end: code };
}

function monthSpan(year: number, first: number, months: number): PeriodBounds {
  const last = first + months - 1;
  return { start: date(year, first, 1), end: date(year, last, daysIn(year, last)) };
}

function date(year: number, month: number, day: number): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** The year of a yearly period, or null for any other: changes per year are computed between years only. */
export function yearOf(code: Period): number | null {
  return /^\d{4}$/.test(code) ? Number(code) : null;
}

/** Order of two periods: by end, then by start; undated last. For sorting. */
export function comparePeriods(a: Period, b: Period): number {
  // Years, by far the most frequent, are in order as text.
  if (a.length === 4 && b.length === 4) return a < b ? -1 : a > b ? 1 : 0;
  const [left, right] = [periodBounds(a), periodBounds(b)];
  if (left === null || right === null || left === 'undated' || right === 'undated')
    return Number(a === undated) - Number(b === undated) || (a < b ? -1 : a > b ? 1 : 0);
  if (left.end !== right.end) return left.end < right.end ? -1 : 1;
  return left.start === right.start ? 0 : left.start < right.start ? -1 : 1;
}
