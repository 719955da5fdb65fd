import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';

/** Where a request comes from, for counting; requests without a socket (tests) count together. */
export function callerOf(c: Context): string {
  try {
    return getConnInfo(c).remote.address ?? 'unknown';
  } catch {
    return 'unknown';
  }
}

/** Lets each caller do something `most` times in `span` ms. Callers not seen for a span are forgotten. */
export class Limit {
  readonly #most: number;
  readonly #span: number;
  readonly #seen = new Map<string, number[]>();

  constructor(most: number, span: number) {
    this.#most = most;
    this.#span = span;
  }

  /** Counts one more at the moment `now` (ms); false when it is one too many. */
  allows(caller: string, now: number): boolean {
    if (this.#seen.size > 50_000)
      for (const [each, times] of this.#seen)
        if ((times.at(-1) ?? 0) < now - this.#span) this.#seen.delete(each);
    const times = (this.#seen.get(caller) ?? []).filter((time) => time > now - this.#span);
    if (times.length >= this.#most) return false;
    this.#seen.set(caller, [...times, now]);
    return true;
  }
}
