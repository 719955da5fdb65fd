import type { Context } from 'hono';
import type { People } from '../../store/index.ts';
import type { Grant, Person } from '../who.ts';
import { cityOf } from './asked-from.ts';
import { hasHash, randomToken, sha256Of } from './secret.ts';
import { limits, type Note, type Tries } from './tries.ts';

/** How long a process goes by what it last read about a key: one that was ended may work that much longer. */
const keySeconds = 5;

interface KeyOptions {
  readonly people: People;
  readonly tries: Tries;
  readonly note: Note;
  readonly now: () => Date;
  /** Which of somebody's grants count. */
  readonly counted: (
    grants: readonly { role: string; area: string; department: string }[],
    secondFactor: boolean,
  ) => readonly Grant[];
}

/** Keys by which programs act for somebody, in some of their roles and in one area or all. */
export function makeKeys({ people, tries, note, now, counted }: KeyOptions) {
  const recent = new Map<string, { readonly at: number; readonly person: Person }>();

  async function keyHolder(c: Context, key: string): Promise<Person | null> {
    const [, id, secretPart] = /^mck_([A-Za-z0-9_-]{16})_([A-Za-z0-9_-]{43})$/.exec(key) ?? [];
    if (id === undefined || secretPart === undefined) return null;
    const {
      tries: failures,
      key: found,
      owner,
      grants,
    } = await people.keyUse(cityOf(c), id, now().toISOString(), tries.since());
    if (failures >= limits.account) return null;
    if (found === null || !hasHash(secretPart, found.sha256)) {
      await tries.failed(c, `key:${id}`);
      return null;
    }
    if (owner === null) return null;
    const held = counted(grants, owner.secondFactor);
    return {
      id: owner.id,
      name: owner.name,
      key: found.label,
      grants: held.flatMap((grant) => {
        if (!found.roles.includes(grant.role)) return [];
        if (found.area === '*' || found.area === grant.area) return [grant];
        return grant.area === '*' ? [{ ...grant, area: found.area }] : [];
      }),
    };
  }

  return {
    /** Who a request's key acts for; undefined where it has none, null where it counts for nothing. */
    async holder(c: Context): Promise<Person | null | undefined> {
      const bearer = /^Bearer (mck_\S{1,100})$/.exec(c.req.header('authorization') ?? '')?.[1];
      if (bearer === undefined) return undefined;
      const name = `${cityOf(c)} ${sha256Of(bearer)}`;
      const seen = recent.get(name);
      if (seen !== undefined && now().getTime() - seen.at < keySeconds * 1000) return seen.person;
      const person = await keyHolder(c, bearer);
      if (recent.size > 2000) recent.clear();
      if (person !== null) recent.set(name, { at: now().getTime(), person });
      return person;
    },

    /** Makes a key for a program; gives the whole key, which is shown once. */
    async makeKey(
      person: { readonly id: string; readonly name: string },
      wanted: {
        readonly label: string;
        readonly roles: readonly string[];
        readonly area: string;
        readonly days: number;
      },
    ): Promise<string> {
      const id = randomToken(12);
      const part = randomToken();
      const made = now();
      await people.makeKey({
        id,
        sha256: sha256Of(part),
        person: person.id,
        label: wanted.label,
        roles: wanted.roles,
        area: wanted.area,
        made: made.toISOString(),
        expires: new Date(made.getTime() + wanted.days * 86_400_000).toISOString(),
        ended: null,
      });
      await note(null, person, 'key.make', wanted.label, 'done', { roles: wanted.roles.join(' ') });
      return `mck_${id}_${part}`;
    },
  };
}
