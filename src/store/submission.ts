import type { Finding, Observation, SubmittedFile, Workspace } from '../model/index.ts';
import type { RecordAddress } from './address.ts';

/** One entry for a city's log: what came in together and is stored together or not at all. */
export interface Submission {
  readonly city: string;
  /** `workspace`: the whole folder, as a snapshot. `record`: a form, a call, a batch that adds or corrects records. */
  readonly kind: 'workspace' | 'record';
  /** Who handed it in. */
  readonly agent: string;
  /** When it was received, ISO 8601 with a time zone. */
  readonly received: string;
  /** Position of the submission whose records this one corrects or withdraws. */
  readonly corrects?: number;
  readonly files: readonly SubmittedFile[];
  /** With kind `workspace`: everything the folder says. What it no longer says is withdrawn. */
  readonly workspace?: Workspace;
  /** File and row of records, for the trace. */
  readonly origins?: ReadonlyMap<RecordAddress, Origin>;
  /** With kind `record`. */
  readonly records?: Records;
}

export interface Origin {
  readonly file: string;
  readonly row: number;
}

/**
 * Records that come in one by one. A record that is stored already with the same content is passed over, so sending
 * twice is harmless; one with other content needs `corrects` to name the submission it was last written by.
 */
export interface Records {
  readonly registers?: readonly RegisterSteps[];
  readonly items?: readonly Item[];
  readonly holders?: readonly Holder[];
  readonly series?: readonly Series[];
  readonly observations?: readonly Observation[];
  readonly events?: readonly CaseEvent[];
  readonly flows?: readonly Flow[];
  readonly readings?: readonly ReadingDay[];
  /** Addresses of observations and flows that are void from here on. */
  readonly withdraw?: readonly RecordAddress[];
}

/** The steps that cases of a register may take. `from` is empty for the first step of a case. */
export interface RegisterSteps {
  readonly register: string;
  /** A version never changes; other steps are a new version. */
  readonly version: number;
  readonly steps: readonly { readonly from: string; readonly to: string }[];
}

/** Something that flows, counted in one unit for ever. */
export interface Item {
  readonly item: string;
  readonly unit: string;
}

/** Who holds quantities. A boundary holder stands for the world outside: its balance may be negative. */
export interface Holder {
  readonly area: string;
  readonly holder: string;
  readonly boundary: boolean;
}

/** A property of one entity that is read `perDay` times a day (1–1440), with `decimals` (0–9) digits kept. */
export interface Series {
  readonly area: string;
  readonly series: string;
  readonly property: string;
  readonly unit: string;
  readonly decimals: number;
  readonly perDay: number;
}

/** A step in the life of a case. `stream` names the case; `seq` counts its events from 1. */
export interface CaseEvent {
  readonly area: string;
  readonly stream: string;
  readonly seq: number;
  readonly register: string;
  readonly version: number;
  readonly kind: string;
  /** The kind of the event before; empty for the first. */
  readonly from: string;
  /** ISO 8601 with a time zone. */
  readonly occurred: string;
  readonly actor: string | null;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A quantity of one item leaves one holder and enters another. */
export interface Flow {
  /** Unique in the area it leaves: the number of the weighing ticket, the manifest line. */
  readonly id: string;
  readonly occurred: string;
  readonly item: string;
  readonly unit: string;
  /** Exact decimal greater than zero. */
  readonly quantity: string;
  readonly from: { readonly area: string; readonly holder: string };
  readonly to: { readonly area: string; readonly holder: string };
  /** The event it belongs to, in the area it leaves. */
  readonly event: { readonly stream: string; readonly seq: number } | null;
}

/** One day of a series: `perDay` exact decimals in the series' unit, null where nothing was read. */
export interface ReadingDay {
  readonly area: string;
  readonly series: string;
  /** `2021-09-01`. */
  readonly day: string;
  readonly readings: readonly (string | null)[];
}

export interface Changes {
  readonly added: number;
  readonly changed: number;
  readonly withdrawn: number;
}

/** What became of a submission. */
export type Receipt =
  /** Everything is stored, at this position of the city's log, and on disk. */
  | {
      readonly outcome: 'stored';
      readonly city: string;
      readonly position: number;
      readonly changes: Changes;
    }
  /** It says what is known already: nothing is stored. `position` is the head. */
  | { readonly outcome: 'unchanged'; readonly city: string; readonly position: number }
  /** Nothing is stored, for the reasons found. */
  | {
      readonly outcome: 'refused';
      readonly city: string;
      readonly position: number;
      readonly findings: readonly Finding[];
    };

/** A submission as the log remembers it. */
export interface SubmissionEntry {
  readonly city: string;
  readonly position: number;
  readonly kind: 'workspace' | 'record';
  readonly agent: string;
  readonly received: string;
  readonly corrects: number | null;
  readonly files: readonly { readonly path: string; readonly sha256: string; readonly size: number }[];
}
