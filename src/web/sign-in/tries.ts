import type { Context } from 'hono';
import type { People } from '../../store/index.ts';
import { addressOf } from './asked-from.ts';
import { randomToken } from './secret.ts';

/** How many failed tries, in how many minutes, close the door for an account, an address, a key. */
export const limits = { minutes: 15, account: 5, address: 60 } as const;

/** Puts what somebody did, or tried, into the trail. */
export type Note = (
  c: Context | null,
  person: { readonly id: string; readonly name: string } | null,
  action: string,
  object: string,
  outcome: 'done' | 'refused' | 'failed',
  detail?: Readonly<Record<string, string | number>>,
  city?: string,
) => Promise<void>;

export type Tries = ReturnType<typeof makeTries>;

/** Counts of failed tries, kept in the database: the same on every server. */
export function makeTries(people: People, now: () => Date, behindProxy: boolean) {
  const since = (): string => new Date(now().getTime() - limits.minutes * 60_000).toISOString();
  return {
    /** From when on tries count. */
    since,
    async isLocked(subject: string, most: number): Promise<boolean> {
      return (await people.tries(subject, since())) >= most;
    },
    /** A try that failed, of an account or a key, and of the address it came from. */
    async failed(c: Context, subject: string): Promise<void> {
      const at = now().toISOString();
      await people.noteTry(subject, at, randomToken(8));
      await people.noteTry(`address:${addressOf(c, behindProxy)}`, at, randomToken(8));
    },
  };
}
