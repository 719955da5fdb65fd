import type { Localized } from './localized.ts';
import type { Breakdown, ObservationStatus, Qualifier } from './observation.ts';

/** What is computed from the values of an indicator. */
export type Measure =
  /** The value in one period. */
  | { readonly kind: 'value'; readonly period: string }
  /** Between two periods. `relative` in %, `points` in pp, `growth` in % a year (compound), `ratio` as a multiple. */
  | {
      readonly kind: 'absolute' | 'relative' | 'points' | 'growth' | 'ratio';
      readonly from: string;
      readonly to: string;
    }
  /** The value as a share (%) of another indicator's value in the same area and period. */
  | { readonly kind: 'share'; readonly period: string; readonly of: string }
  /** Mean of the yearly values from … to. */
  | { readonly kind: 'mean'; readonly from: string; readonly to: string }
  /** Place among the sibling areas, 1 is best by the indicator's direction. */
  | { readonly kind: 'rank'; readonly period: string }
  /** How many things of one kind the workspace lists; the figure's indicator is then `count`. */
  | { readonly kind: 'count'; readonly of: Countable; readonly goal: string | null };

/** What a workspace lists and a text may count. */
export type Countable =
  | 'areas'
  | 'cases'
  | 'commitments'
  | 'criteria'
  | 'goals'
  | 'indicators'
  | 'key-indicators'
  | 'measures'
  | 'practices';

/** Names one figure of a city. */
export interface FigureKey {
  readonly city: string;
  readonly indicator: string;
  readonly area: string;
  readonly breakdown: Breakdown;
  readonly measure: Measure;
}

/** The part a record plays in a figure. */
export type ContributionRole = 'value' | 'num' | 'den' | 'weight' | 'from' | 'to' | 'term';

/** One record that a figure was computed from. Everything a stranger needs to recompute it. */
export interface Contribution {
  /** `observation/<area>/<indicator>/<period>/<breakdown>` or another record's stable address; free of file and row. */
  readonly record: string;
  readonly role: ContributionRole;
  /** Exact decimal, in `unit`. Null: the record says that the value is missing. */
  readonly quantity: string | null;
  readonly unit: string;
  readonly status: ObservationStatus;
  readonly source: string;
  readonly locator: string;
}

/** Which part of what belongs to a value is in it: of the areas of a total, or of what `of` names. */
export interface Completeness {
  readonly present: number;
  readonly expected: number;
  /** Areas without a value; of anything else names as far as they are told. */
  readonly missing: readonly string[];
  /** What is counted, where it is not areas: enterprises, readings. */
  readonly of?: Localized | undefined;
  /** The share of what is expected from which a value is no estimate, a decimal from 0 to 1; absent: all of it. */
  readonly least?: string | undefined;
  readonly reasons?: readonly MissingReason[] | undefined;
}

/** Why some of what is expected is missing. */
export interface MissingReason {
  readonly reason: Localized;
  readonly count: number;
  /** The first of them by name, as far as anyone may read it. */
  readonly names: readonly string[];
}

/** How a figure is computed. */
export interface FigureFormula {
  /** In words of the workspace: `energy / gdp`, `relative(energy_per_gdp, 2015, 2021)`. */
  readonly text: string;
  /** Version of the indicator's definition. */
  readonly version: number;
  /** The same over this figure's contributions, `#0` the first: `(#1 - #0) / #0`. Empty when the value is missing. */
  readonly expression: string;
  /** sha-256 of text, version and unit in canonical JSON. */
  readonly sha256: string;
}

/** A computed value with all that is needed to check it. */
export interface Figure {
  readonly key: FigureKey;
  /** Short stable code from the key, such as `7K2QM4XRB3ZD`: printed in margins, opened at /f/<code>. */
  readonly code: string;
  /** Exact decimal, or 34 significant digits where it does not end; null when missing. */
  readonly value: string | null;
  /** The value as an exact fraction `a/b` where the decimal was cut; null otherwise. */
  readonly fraction: string | null;
  /** Why there is no value; null exactly when there is one. */
  readonly missing: Localized | null;
  readonly unit: string;
  readonly status: ObservationStatus;
  readonly qualifier: Qualifier | null;
  /** Decimals to show. */
  readonly decimals: number;
  readonly formula: FigureFormula;
  readonly contributions: readonly Contribution[];
  readonly completeness: Completeness | null;
  /** Log position of the newest source that the computation could see. */
  readonly asOf: number;
  /** RFC 6962 Merkle tree hash over the contributions, in hex. */
  readonly root: string;
}

/** The records of a register behind one value of an indicator that it gives. */
export interface DerivedCell {
  readonly indicator: string;
  readonly area: string;
  readonly period: string;
  readonly numerator: readonly Contribution[];
  /** Null when the value is the sum of the numerator alone. */
  readonly denominator: readonly Contribution[] | null;
  readonly completeness: Completeness | null;
}
