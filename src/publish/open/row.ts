import type { Breakdown, ObservationStatus, Qualifier } from '../../model/index.ts';

/** One value as open data: an observation as it was handed in, or the value of a computed indicator. */
export interface OpenRow {
  readonly indicator: string;
  readonly area: string;
  readonly period: string;
  readonly breakdown: Breakdown;
  /** Exact decimal; null when missing. */
  readonly value: string | null;
  readonly unit: string;
  readonly status: ObservationStatus;
  readonly qualifier: Qualifier | null;
  /** Why there is no value, or what the source adds. */
  readonly comment: string | null;
  /** Document and place in it; the formula for a computed value. */
  readonly source: string;
  readonly locator: string;
}
