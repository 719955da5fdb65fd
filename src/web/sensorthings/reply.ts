import type { JsonValue } from './model.ts';

/** What a request comes to, before it is put into HTTP, into a part of a batch, or back into a message. */
export interface Reply {
  readonly status: number;
  readonly location?: string;
  /** JSON; absent: no body. */
  readonly json?: JsonValue;
  /** Plain text, for `$value`. */
  readonly text?: string;
  /** Content type of the text where it is not plain. */
  readonly type?: string;
}

/** One request for a service: over HTTP, or as a part of a batch. */
export interface Asked {
  readonly method: string;
  /** Address below the root, decoded, without slashes at its ends. */
  readonly path: string;
  readonly options: readonly (readonly [name: string, value: string])[];
  /** What was asked after the path, as it came: the next page repeats it. */
  readonly search: string;
  readonly root: string;
}
