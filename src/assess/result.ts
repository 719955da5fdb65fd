import type { Finding, Localized } from '../model/index.ts';

export type Level = 'indicator' | 'goal' | 'index';

/** What a method says about one indicator, goal or index of one unit. A null is "says nothing"; no number is ever NaN. */
export interface Result {
  readonly level: Level;
  readonly unit: string;
  /** The indicator's or goal's code; `index` for the whole unless the codebook names its root. */
  readonly code: string;
  readonly period: string;
  /** The value that was judged; for progress methods the measure of progress. */
  readonly value: number | null;
  readonly score: number | null;
  readonly rank: number | null;
  readonly colour: Colour | null;
  readonly trend: Trend | null;
  readonly status: string | null;
  /** Share (0–1) of the applicable parts that had a value; null where nothing applies. */
  readonly coverage: number | null;
  readonly reasoning?: Reasoning;
}

export type Colour = 'green' | 'yellow' | 'orange' | 'red' | 'grey';
export type Trend = '↑' | '➚' | '→' | '↓';

/** How a verdict came about and what would change it. */
export interface Reasoning {
  /** The numbers and settings that went in, by name. */
  readonly inputs: Readonly<Record<string, number | string | null>>;
  readonly formula: string;
  readonly reason: Localized;
  /** What would change the verdict; null where nothing could. */
  readonly change: Localized | null;
}

/** What one run of a method gives. */
export interface Outcome {
  readonly results: readonly Result[];
  readonly findings: readonly Finding[];
}

type Bare = Pick<Result, 'level' | 'unit' | 'code' | 'period'>;

/** A result with nulls for what is not given. Written out: spreading takes ten times as long, for a million of them. */
export function result(given: Bare & Partial<Result>): Result {
  const made = {
    level: given.level,
    unit: given.unit,
    code: given.code,
    period: given.period,
    value: given.value ?? null,
    score: given.score ?? null,
    rank: given.rank ?? null,
    colour: given.colour ?? null,
    trend: given.trend ?? null,
    status: given.status ?? null,
    coverage: given.coverage ?? null,
  };
  return given.reasoning === undefined ? made : { ...made, reasoning: given.reasoning };
}
