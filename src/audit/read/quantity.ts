import type { Rational } from '../../model/index.ts';

/** How a text hedges a number. */
export type Hedge = 'exact' | 'about' | 'over' | 'nearly' | 'upto';

/** A number of a text with its unit, read but not judged. */
export interface Quantity {
  readonly kind: 'quantity';
  /** Value with its magnitude word, in the unit as written. */
  readonly value: Rational;
  /** Half of the last place that the writer gave: 18.4 → 0.05; 8.13 billion → 5 million; 304,000 → 500. */
  readonly slack: Rational;
  readonly hedge: Hedge;
  /** Code of the unit, `` for a bare count; a rate holds its base: `tce/10000 CNY`, `t/day`. */
  readonly unit: string;
  readonly dimension: string;
  /** Turns `value` into the base unit of its dimension. */
  readonly factor: Rational;
  /** The number as written, without its unit. */
  readonly written: string;
  /** Upper end when the text gives a range such as `12 to 15 km`. */
  readonly upper?: Rational;
  /** Token indices [from, to) and character offsets [start, end). */
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly end: number;
}

/** A year, a span of years or a point in a year. */
export interface TimeMark {
  readonly kind: 'time';
  readonly first: number;
  readonly last: number;
  /** Months 1–12 where given. */
  readonly month?: number;
  readonly day?: number;
  /** `by the end of`, `since` and the like change what a value means. */
  readonly sense: 'in' | 'end' | 'since' | 'by';
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly end: number;
}

export type Mark = Quantity | TimeMark;
