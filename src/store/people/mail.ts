import type { Connection } from '../engine.ts';
import type { Notice } from './notice.ts';

/** What somebody wants by mail. `links-only`: only what lets them sign in. */
export interface MailChoice {
  readonly language: 'both' | 'en' | 'zh';
  readonly wanted: 'all' | 'no-reminders' | 'links-only';
}
export const everyMail: MailChoice = { language: 'both', wanted: 'all' };

/** A link that works once, to be sent to somebody who may have no account yet. */
export interface LinkMail {
  readonly city: string;
  readonly id: string;
  readonly kind: 'join' | 'recover';
  readonly address: string;
  /** What it says, sealed by the caller; kept until it is sent. */
  readonly sealed: string;
  /** ISO 8601. */
  readonly at: string;
}

/** Mail that a sender has taken: nobody else takes it until `due`. */
export interface TakenMail {
  readonly city: string;
  readonly id: string;
  readonly kind: 'notice' | 'reminder' | 'join' | 'recover';
  readonly person: string | null;
  readonly address: string;
  readonly sealed: string | null;
  readonly made: string;
  /** Which try this is, from 1. */
  readonly tries: number;
  readonly choice: MailChoice;
  /** What it tells of; null for a link. */
  readonly notice: Pick<Notice, 'body' | 'href' | 'seen'> | null;
}

export type MailOutcome = 'sent' | 'refused' | 'given-up' | 'not-wanted';

/** What became of a try: an end, or another try at a time. */
export interface MailTold {
  readonly city: string;
  readonly id: string;
  readonly try: number;
  readonly at: string;
  /** A word or two for who looks for the fault, such as `ECONNREFUSED` or `550`; no address, no text. */
  readonly detail: string;
  readonly end: MailOutcome | null;
  /** ISO 8601; where `end` is null. */
  readonly next: string | null;
}

/** How mail of a city stands. */
export interface MailStanding {
  readonly waiting: number;
  readonly failing: number;
  readonly sent: number;
  readonly givenUp: number;
  /** Of the newest try that failed; empty when none did. */
  readonly lastFault: string;
}

export async function addLinkMail(connection: Connection, mail: LinkMail): Promise<void> {
  const { city, id, kind, address, sealed, at } = mail;
  await connection.query(
    `INSERT INTO mail (city, id, kind, address, sealed, made, due) VALUES ($1, $2, $3, $4, $5, $6, $6)`,
    [city, id, kind, address, sealed, at],
  );
}

/**
 * Takes what is due, of at most `most` people, all that waits for a person together. Rows that another sender holds are passed
 * over, so any number of processes may ask at once; what a sender that died had taken is due again at `until`.
 */
export async function takeMail(
  connection: Connection,
  now: string,
  until: string,
  most = 50,
): Promise<readonly TakenMail[]> {
  const { rows } = await connection.query<
    Omit<TakenMail, 'choice' | 'notice'> &
      MailChoice &
      Partial<Pick<Notice, 'href' | 'seen'>> & { body: Notice['body'] | null }
  >(
    `WITH whose AS (SELECT city, coalesce(person, id) AS who FROM mail WHERE outcome IS NULL AND due <= $1
        GROUP BY 1, 2 ORDER BY min(due) LIMIT $3),
      free AS (SELECT m.city, m.id FROM mail m JOIN whose w ON w.city = m.city AND w.who = coalesce(m.person, m.id)
        WHERE m.outcome IS NULL AND m.due <= $1 FOR UPDATE OF m SKIP LOCKED),
      taken AS (UPDATE mail m SET due = $2, tries = m.tries + 1 FROM free f WHERE m.city = f.city AND m.id = f.id
        RETURNING m.city, m.id, m.kind, m.person, m.address, m.sealed, m.made, m.tries)
      SELECT t.city, t.id, t.kind, t.person, coalesce(p.email, t.address) AS address, t.sealed,
        to_char(t.made AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS made, t.tries,
        coalesce(c.language, 'both') AS language, coalesce(c.wanted, 'all') AS wanted, n.body, n.href, n.seen::text AS seen
      FROM taken t LEFT JOIN person p ON p.id = t.person LEFT JOIN mail_choice c ON c.person = t.person
        LEFT JOIN notice n ON t.kind IN ('notice', 'reminder') AND n.city = t.city AND n.id = t.id
      ORDER BY t.made, t.city, t.id`,
    [now, until, most],
  );
  return rows.map(({ language, wanted, body, href, seen, ...row }) => ({
    ...row,
    choice: { language, wanted },
    notice: body === null ? null : { body, href: href ?? '', seen: seen ?? null },
  }));
}

/** Notes a try and what follows from it. What has ended forgets whom it went to and what it said. */
export async function tellMail(connection: Connection, told: readonly MailTold[]): Promise<void> {
  await connection.query(
    `WITH told AS (SELECT * FROM jsonb_to_recordset($1::jsonb) AS t(city text, id text, try integer, at timestamptz,
        detail text, "end" text, next timestamptz)),
      moved AS (UPDATE mail m SET outcome = t."end", due = coalesce(t.next, m.due),
          address = CASE WHEN t."end" IS NULL THEN m.address END, sealed = CASE WHEN t."end" IS NULL THEN m.sealed END
        FROM told t WHERE m.city = t.city AND m.id = t.id AND m.outcome IS NULL RETURNING m.city)
      INSERT INTO mail_try (city, id, try, at, outcome, detail)
        SELECT city, id, try, at, coalesce("end", 'failed'), detail FROM told ON CONFLICT DO NOTHING`,
    [JSON.stringify(told)],
  );
}

export async function readMailChoice(connection: Connection, person: string): Promise<MailChoice> {
  const { rows } = await connection.query<MailChoice>(
    'SELECT language, wanted FROM mail_choice WHERE person = $1',
    [person],
  );
  return rows[0] ?? everyMail;
}

export async function chooseMail(
  connection: Connection,
  person: string,
  { language, wanted }: MailChoice,
): Promise<void> {
  await connection.query(
    `INSERT INTO mail_choice (person, language, wanted) SELECT id, $2, $3 FROM person WHERE id = $1
      ON CONFLICT (person) DO UPDATE SET language = $2, wanted = $3`,
    [person, language, wanted],
  );
}

export async function mailStanding(connection: Connection): Promise<MailStanding> {
  const { rows } = await connection.query<MailStanding>(
    `SELECT (count(*) FILTER (WHERE outcome IS NULL))::integer AS waiting,
      (count(*) FILTER (WHERE outcome IS NULL AND tries > 0))::integer AS failing,
      (count(*) FILTER (WHERE outcome = 'sent'))::integer AS sent,
      (count(*) FILTER (WHERE outcome IN ('refused', 'given-up')))::integer AS "givenUp",
      coalesce((SELECT detail FROM mail_try WHERE outcome IN ('failed', 'refused', 'given-up') ORDER BY at DESC LIMIT 1), '') AS "lastFault"
      FROM mail`,
    [],
  );
  return rows[0] ?? { waiting: 0, failing: 0, sent: 0, givenUp: 0, lastFault: '' };
}
