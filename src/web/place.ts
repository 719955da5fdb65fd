import type { Answer, Locate } from '../audit/index.ts';
import type { FigureSet, Reads } from '../figures/index.ts';
import type { Workspace } from '../model/index.ts';

/** One version of a record in the log: where and when it came in. */
export interface LoggedVersion {
  readonly position: number;
  readonly file: string | null;
  readonly row: number | null;
  readonly withdrawn: boolean;
  readonly content: unknown;
}

/** One entry of a place's log. */
export interface LoggedSubmission {
  readonly position: number;
  readonly agent: string;
  readonly received: string;
}

/** What the trace asks of the log; the store is one. */
export interface RecordLog {
  history(city: string, record: string): Promise<readonly LoggedVersion[]>;
  submissions(city: string, after?: number): Promise<readonly LoggedSubmission[]>;
}

/** A place whose pages are served: all that it says, and its figures, as of one position of its log. */
export interface Place {
  readonly workspace: Workspace;
  readonly figures: FigureSet;
  readonly asOf: number;
  /** Pages do not say the position: in a portal of files only what changed is made again, so one page is older than the next. */
  readonly unnumbered?: boolean;
  /** Where a portal of files notes what its pages read; its figures and observations note there too. */
  readonly reads?: Reads;
  /** Where records came in. A published site has none: its trace ends at document and line. */
  readonly store?: RecordLog;
  /** Where its records stand in their files, for the audit. */
  readonly locate?: Locate;
  /** Whether another process is auditing what was there at the start: nobody waits for it here. */
  readonly auditComing?: () => boolean;
  /** Answers given to findings of the audit. */
  readonly answers?: readonly Answer[];
}
