import type { Finding, SubmittedFile, Workspace } from '../model/index.ts';
import type { RecordAddress } from './address.ts';
import type { Records } from './records.ts';
import type { Turn } from './turn.ts';

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
  /** The head of the log that this was worked out from: refused (`log.moved`) when the log has gone on. */
  readonly basedOn?: number;
  /** The turn of the city that it is handed in within ({@link Store.inTurn}). */
  readonly turn?: Turn;
  readonly files: readonly SubmittedFile[];
  /** With kind `workspace`: everything the folder says. What it no longer says is withdrawn. */
  readonly workspace?: Workspace;
  /** File and row of records, for the trace. */
  readonly origins?: ReadonlyMap<RecordAddress, Origin>;
  /** With kind `record`. They are kept as a file of the submission of their own, {@link recordsPath}. */
  readonly records?: Records;
}

export interface Origin {
  readonly file: string;
  readonly row: number;
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

/** The path under which the records of a `record` submission are kept among its files. */
export const recordsPath = '.records.json';
