import { type Connection, type Engine, exchange, transaction } from '../engine.ts';
import { endGrant, type GivenGrant, giveGrant, readGrants } from './grant.ts';
import { endKey, findKey, type KeyUse, keyOwner, makeKey, readKeys, type StoredKey } from './key.ts';
import { type LinkTerms, makeLink, type OneTimeLink, readLink, spendLink } from './link.ts';
import {
  addLinkMail,
  chooseMail,
  type LinkMail,
  type MailChoice,
  type MailStanding,
  type MailTold,
  mailStanding,
  readMailChoice,
  type TakenMail,
  takeMail,
  tellMail,
} from './mail.ts';
import { addNotice, type Notice, readNotices, seeNotices } from './notice.ts';
import { meet, type Present } from './presence.ts';
import { readTrail, type TrailEntry, type TrailQuery } from './trail.ts';
import { trailLine } from './trail-line.ts';
import { clearTries, countTries, noteTry } from './try.ts';

/** Someone who can sign in. */
export interface KnownPerson {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly secondFactor: boolean;
}

/**
 * People: how they sign in, what they may do, what they did. Every method runs in the role that keeps people; the city
 * `*` stands for all cities of the store.
 */
export interface People {
  /**
   * One statement on the tables of sign-in, for the library that signs people in: a transaction of its own in the role that
   * keeps people, which has no right to any record of a city.
   */
  statement<Row extends object>(
    sql: string,
    values: readonly unknown[],
  ): Promise<{ readonly rows: readonly Row[]; readonly affected: number }>;
  everyone(): Promise<readonly KnownPerson[]>;
  person(id: string): Promise<KnownPerson | null>;
  /** Makes somebody known without a way to sign in: they act by keys, or through a provider. */
  addPerson(person: Pick<KnownPerson, 'id' | 'name' | 'email'>, at: string): Promise<void>;
  /** Roles held now, in this city and in all. */
  grants(city: string, person?: string): Promise<readonly GivenGrant[]>;
  grant(grant: GivenGrant): Promise<void>;
  endGrant(city: string, id: string, by: string, at: string): Promise<boolean>;

  makeLink(link: OneTimeLink): Promise<void>;
  /** What a link that is not used and not out of date is for; null otherwise. */
  link(sha256: string, now: string): Promise<LinkTerms | null>;
  /** Uses a link up; false when somebody else just has. */
  spendLink(sha256: string, now: string): Promise<boolean>;

  makeKey(key: StoredKey): Promise<void>;
  keys(person: string): Promise<readonly StoredKey[]>;
  /** All that a use of a key is judged by, read at once: the failed tries at it since a time, the key, its owner's roles. */
  keyUse(city: string, id: string, now: string, since: string): Promise<KeyUse>;
  endKey(id: string, person: string, now: string): Promise<boolean>;

  noteTry(subject: string, at: string, id: string): Promise<void>;
  tries(subject: string, since: string): Promise<number>;
  clearTries(subject: string): Promise<void>;

  note(entry: TrailEntry): Promise<void>;
  trail(city: string, query: TrailQuery): Promise<readonly (TrailEntry & { readonly id: number })[]>;

  notify(notice: Notice): Promise<void>;
  notices(city: string, person: string): Promise<readonly Notice[]>;
  seeNotices(city: string, person: string, at: string): Promise<void>;

  /** Puts a link on its way. Only where mail is set up: it is kept, sealed, until it is sent. */
  mailLink(mail: LinkMail): Promise<void>;
  /** Takes what is due and keeps it from other senders until a time. */
  takeMail(now: string, until: string): Promise<readonly TakenMail[]>;
  tellMail(told: readonly MailTold[]): Promise<void>;
  mailChoice(person: string): Promise<MailChoice>;
  chooseMail(person: string, choice: MailChoice): Promise<void>;
  /** How the mail of a city stands, of all for `*`. */
  mailStanding(city: string): Promise<MailStanding>;
  /** Notes somebody as being in a section of a text, and tells who else is in that text, on whatever server. */
  meet(city: string, place: string, person: Present, now: Date): Promise<readonly Present[]>;
}

export function peopleOn(engine: Engine): People {
  const run = <T>(city: string, work: (connection: Connection) => Promise<T>): Promise<T> =>
    transaction(engine, { role: 'keeper', city, areas: [] }, work);
  /** For what is asked in one go, and often. */
  const once = <T>(city: string, work: (connection: Connection) => Promise<T>): Promise<T> =>
    exchange(engine, { role: 'keeper', city, areas: [] }, work);
  return {
    statement: <Row extends object>(sql: string, values: readonly unknown[]) =>
      exchange(engine, { role: 'keeper', city: '', areas: [] }, (connection) =>
        connection.query<Row>(sql, values),
      ),
    everyone: () =>
      run('*', async (connection) => {
        const { rows } = await connection.query<KnownPerson>(
          `SELECT id, name, email, coalesce("twoFactorEnabled", false) AS "secondFactor" FROM person ORDER BY email`,
        );
        return rows;
      }),
    person: (id) =>
      run('*', async (connection) => {
        const { rows } = await connection.query<KnownPerson>(
          `SELECT id, name, email, coalesce("twoFactorEnabled", false) AS "secondFactor" FROM person WHERE id = $1`,
          [id],
        );
        return rows[0] ?? null;
      }),
    addPerson: ({ id, name, email }, at) =>
      run('*', async (connection) => {
        await connection.query(
          `INSERT INTO person (id, name, email, "emailVerified", "createdAt", "updatedAt") VALUES ($1, $2, $3, true, $4, $4)`,
          [id, name, email, at],
        );
      }),
    grants: (city, person) =>
      once(city, (connection) => readGrants(connection, person === undefined ? {} : { person })),
    grant: (grant) => run(grant.city, (connection) => giveGrant(connection, grant)),
    endGrant: (city, id, by, at) => run(city, (connection) => endGrant(connection, city, id, by, at)),
    makeLink: (link) => run(link.city, (connection) => makeLink(connection, link)),
    link: (sha256, now) => run('*', (connection) => readLink(connection, sha256, now)),
    spendLink: (sha256, now) => run('*', (connection) => spendLink(connection, sha256, now)),
    makeKey: (key) => run('*', (connection) => makeKey(connection, key)),
    keys: (person) => run('*', (connection) => readKeys(connection, person)),
    keyUse: (city, id, now, since) =>
      once(city, async (connection) => {
        const [tries, key, owner, grants] = await Promise.all([
          countTries(connection, `key:${id}`, since),
          findKey(connection, id, now),
          keyOwner(connection, id),
          readGrants(connection, { key: id }),
        ]);
        return { tries, key, owner, grants };
      }),
    endKey: (id, person, now) => run('*', (connection) => endKey(connection, id, person, now)),
    noteTry: (subject, at, id) => run('*', (connection) => noteTry(connection, subject, at, id)),
    tries: (subject, since) => once('*', (connection) => countTries(connection, subject, since)),
    clearTries: (subject) => run('*', (connection) => clearTries(connection, subject)),
    note: trailLine(engine),
    trail: (city, query) => run(city, (connection) => readTrail(connection, city, query)),
    notify: (notice) => run(notice.city, (connection) => addNotice(connection, notice)),
    notices: (city, person) => run(city, (connection) => readNotices(connection, city, person)),
    seeNotices: (city, person, at) => run(city, (connection) => seeNotices(connection, city, person, at)),
    mailLink: (mail) => run(mail.city, (connection) => addLinkMail(connection, mail)),
    takeMail: (now, until) => run('*', (connection) => takeMail(connection, now, until)),
    tellMail: (told) => run('*', (connection) => tellMail(connection, told)),
    mailChoice: (person) => run('*', (connection) => readMailChoice(connection, person)),
    chooseMail: (person, choice) => run('*', (connection) => chooseMail(connection, person, choice)),
    mailStanding: (city) => run(city, (connection) => mailStanding(connection)),
    meet: (city, place, person, now) => run(city, (connection) => meet(connection, city, place, person, now)),
  };
}
