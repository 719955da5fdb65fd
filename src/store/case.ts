import { storableJson } from './copy-text.ts';
import { insertJson } from './declaration.ts';
import type { Connection } from './engine.ts';
import { type Context, type Pending, Refused, recordError } from './pending.ts';
import type { CaseEvent } from './records.ts';
import type { EventQuery, StoredEvent } from './store.ts';

const moment = (column: string): string =>
  `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const eventAddress = ({ area, stream, seq }: Pick<CaseEvent, 'area' | 'stream' | 'seq'>): string =>
  `event/${area}/${stream}/${seq}`;

interface Known {
  readonly at: number;
  readonly position: number | null;
  readonly elsewhere: boolean;
  readonly same_step: boolean;
  readonly same_detail: boolean;
}

/**
 * Compares events with those stored. A step once taken stays; what an event says about it can be corrected. Whether a
 * new step is allowed is for the foreign keys of the schema to say. A case is of one area; a cell of a data round is not: each
 * area has one of that name, and whoever rebuilds the log sees all of them where who entered them saw their own.
 */
export async function pendingEvents(
  { connection, city, corrects }: Context,
  events: readonly CaseEvent[],
): Promise<Pending> {
  const steps: object[] = [];
  const details: object[] = [];
  const areas = new Set<string>();
  const rows = events.map((event, at) => ({ ...event, at, body: JSON.parse(storableJson(event.body)) }));
  for (const known of await knownEvents(connection, city, rows)) {
    const event = events[known.at];
    if (event === undefined || (known.same_step && known.same_detail)) continue;
    if (known.position === null && known.elsewhere) throw new Refused([taken(event)]);
    if (known.position !== null && !known.same_step) throw new Refused([taken(event)]);
    if (known.position !== null && known.position !== corrects)
      throw new Refused([exists(event, known.position)]);
    const { area, stream, seq, register, version, kind, from, occurred, actor, body } = event;
    if (known.position === null)
      steps.push({
        area,
        stream,
        seq,
        register,
        version,
        kind,
        prev_seq: seq === 1 ? null : seq - 1,
        from_kind: from,
      });
    details.push({ area, stream, seq, occurred, actor, body });
    areas.add(area);
  }
  return {
    changes: { added: steps.length, changed: details.length - steps.length, withdrawn: 0 },
    areas,
    async write(writer, position) {
      const taken = insertJson(
        writer,
        'event',
        [
          'area text',
          'stream text',
          'seq integer',
          'register text',
          'version integer',
          'kind text',
          'prev_seq integer',
          'from_kind text',
        ],
        [...steps].sort(bySeq),
        city,
        position,
      );
      if (steps.length > 5000) await taken;
      const told = insertJson(
        writer,
        'event_detail',
        ['area text', 'stream text', 'seq integer', 'occurred timestamptz', 'actor text', 'body jsonb'],
        details,
        city,
        position,
      );
      await Promise.all([taken, told]);
    },
  };
}

/** A case may come in any order; the event that another follows has to be there first. */
function bySeq(a: object, b: object): number {
  return ('seq' in a ? Number(a.seq) : 0) - ('seq' in b ? Number(b.seq) : 0);
}

async function knownEvents(
  connection: Connection,
  city: string,
  rows: readonly object[],
): Promise<readonly Known[]> {
  if (rows.length === 0) return [];
  const { rows: known } = await connection.fixed<Known>(
    `SELECT i.at, d.position, i.seq = 1 AND NOT starts_with(i.stream, 'cell:') AND EXISTS (SELECT FROM event o WHERE o.city = $1 AND o.stream = i.stream AND o.seq = 1
        AND o.area <> i.area) AS elsewhere, coalesce((e.register, e.kind, e.from_kind) = (i.register, i.kind, i."from"), false) AS same_step,
      coalesce((d.occurred, d.body) = (i.occurred, i.body) AND d.actor IS NOT DISTINCT FROM i.actor, false) AS same_detail
    FROM jsonb_to_recordset($2::jsonb) AS i(at integer, area text, stream text, seq integer, register text, kind text,
      "from" text, occurred timestamptz, actor text, body jsonb)
    LEFT JOIN event e ON e.city = $1 AND e.area = i.area AND e.stream = i.stream AND e.seq = i.seq
    LEFT JOIN LATERAL (SELECT * FROM event_detail d WHERE d.city = $1 AND d.area = i.area AND d.stream = i.stream
      AND d.seq = i.seq ORDER BY position DESC LIMIT 1) d ON true
    ORDER BY i.at`,
    [city, JSON.stringify(rows)],
  );
  return known;
}

const taken = (event: CaseEvent) =>
  recordError(
    eventAddress(event),
    'case.taken',
    'the case has taken another step here',
    'a case moves forward one event at a time; a step once taken is not undone',
    'read the case again and add the step after its last event',
  );

const exists = (event: CaseEvent, position: number) =>
  recordError(
    eventAddress(event),
    'record.exists',
    'this event says something else already',
    `it was written by submission ${position}, which this submission does not correct`,
    `send it as a correction of submission ${position}`,
  );

/** Events as of a position, each with its newest content up to there, by area, case and order. */
export async function readEvents(
  connection: Connection,
  city: string,
  { asOf = Number.MAX_SAFE_INTEGER, after = 0, areas, register, stream, streams }: EventQuery,
): Promise<StoredEvent[]> {
  const wanted = stream === undefined ? (streams ?? null) : [stream];
  const { rows } = await connection.query<StoredEvent>(wanted === null ? everyEvent : eventsOfCases, [
    city,
    asOf,
    areas ?? null,
    register ?? null,
    wanted,
    after,
  ]);
  return [...rows];
}

const columns = `e.area, e.stream, e.seq, e.register, e.version, e.kind, e.from_kind AS "from", ${moment('d.occurred')} AS occurred,
    d.actor, d.body, d.position`;

const everyEvent = `SELECT DISTINCT ON (e.area, e.stream, e.seq) ${columns}
  FROM event e JOIN event_detail d USING (city, area, stream, seq)
  WHERE e.city = $1 AND d.position <= $2 AND ($3::text[] IS NULL OR e.area = ANY ($3))
    AND ($4::text IS NULL OR e.register = $4) AND $5::text[] IS NULL AND d.position > $6
  ORDER BY e.area, e.stream, e.seq, d.position DESC`;

/** The content of each event is looked up by its key: a database without statistics would read all of them to join. */
const eventsOfCases = `SELECT ${columns}
  FROM event e CROSS JOIN LATERAL (SELECT * FROM event_detail v WHERE v.city = e.city AND v.area = e.area
    AND v.stream = e.stream AND v.seq = e.seq AND v.position <= $2 AND v.position > $6
    ORDER BY v.position DESC LIMIT 1) d
  WHERE e.city = $1 AND ($3::text[] IS NULL OR e.area = ANY ($3)) AND ($4::text IS NULL OR e.register = $4)
    AND e.stream = ANY ($5::text[])
  ORDER BY e.area, e.stream, e.seq`;
