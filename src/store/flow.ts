import type { Finding } from '../model/index.ts';
import type { RecordAddress } from './address.ts';
import { plainDecimal } from './decimal-text.ts';
import { insertJson } from './declaration.ts';
import type { Connection } from './engine.ts';
import { type Context, type Pending, Refused, recordError } from './pending.ts';
import type { CaseEvent, Flow } from './records.ts';
import type { Balance, FlowQuery, StoredFlow } from './store.ts';

/** One side of an entry: what a holder gains, or loses when negative. */
interface Leg {
  readonly area: string;
  readonly holder: string;
  readonly item: string;
  readonly quantity: string;
}

interface FlowRow {
  readonly area: string;
  readonly id: string;
  readonly position: number;
  readonly occurred: string;
  readonly item: string;
  readonly unit: string;
  readonly quantity: string;
  readonly from_holder: string;
  readonly to_area: string;
  readonly to_holder: string;
  readonly stream: string | null;
  readonly seq: number | null;
}

const versions = `area, id, position, withdrawn, to_char(occurred AT TIME ZONE 'UTC',
    'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS occurred, item, unit, quantity, from_holder, to_area, to_holder, stream, seq
  FROM flow WHERE city = $1`;
const newest = `SELECT DISTINCT ON (area, id) ${versions}`;
const inOrder = 'ORDER BY area, id, position DESC';

const columns = [
  'area text',
  'id text',
  'withdrawn boolean',
  'occurred timestamptz',
  'item text',
  'unit text',
  'quantity numeric',
  'from_holder text',
  'to_area text',
  'to_holder text',
  'stream text',
  'seq integer',
];

const flowAddress = (area: string, id: string): RecordAddress => `flow/${area}/${id}`;

/**
 * Compares flows with those stored: new ones, corrected ones, withdrawn ones. What they do to balances is netted per
 * area, holder and item, a correction counting as the old flow undone and the new one done, so the order of the flows
 * in a submission can't matter.
 */
export async function pendingFlows(
  { connection, city, corrects }: Context,
  flows: readonly Flow[],
  withdraw: readonly RecordAddress[],
  events: readonly Pick<CaseEvent, 'area' | 'stream' | 'seq'>[] = [],
): Promise<Pending> {
  const rows = new Map<RecordAddress, object>();
  const legs: Leg[] = [];
  const areas = new Set<string>();
  let [added, changed] = [0, 0];
  const known = await knownFlows(connection, city, [
    ...flows.map(({ from, id }) => [from.area, id] as const),
    ...withdraw.map(partsOf),
  ]);
  for (const flow of flows) {
    const row = rowOf(flow);
    const address = flowAddress(row.area, row.id);
    const before = known.get(address);
    if (rows.has(address)) throw new Refused([twice(address)]);
    if (before !== undefined && isSame(before, row)) continue;
    if (before !== undefined && !mayCorrect(before, corrects, events))
      throw new Refused([exists(address, before.position)]);
    if (before === undefined) added += 1;
    else {
      changed += 1;
      legs.push(...legsOf(before, true));
    }
    legs.push(...legsOf(row, false));
    rows.set(address, { ...row, withdrawn: false });
    areas.add(row.area);
  }
  for (const address of withdraw) {
    const [area, id] = partsOf(address);
    const before = known.get(address);
    if (rows.has(address)) throw new Refused([twice(address)]);
    if (before === undefined) throw new Refused([unknown(address)]);
    if (!mayCorrect(before, corrects, events)) throw new Refused([exists(address, before.position)]);
    legs.push(...legsOf(before, true));
    rows.set(address, { area, id, withdrawn: true });
    areas.add(area);
  }
  return {
    changes: { added, changed, withdrawn: withdraw.length },
    areas,
    async write(writer, position) {
      if (rows.size === 0) return;
      await insertJson(writer, 'flow', columns, [...rows.values()], city, position);
      await applyNet(writer, city, legs, changed + withdraw.length > 0);
    },
  };
}

/**
 * A flow is corrected with the submission that wrote it, or with the event that it belongs to: a correction of that event
 * may have left the flow as it was, so that the event's newest version is younger than the flow's. A flow whose event lies
 * in another area belongs to it by its id, `<case>:<number>:…`.
 */
function mayCorrect(
  { position, id, stream, seq }: FlowRow,
  corrects: number | null,
  events: readonly Pick<CaseEvent, 'stream' | 'seq'>[],
): boolean {
  if (position === corrects) return true;
  if (corrects === null || position > corrects) return false;
  return events.some((event) =>
    stream === null
      ? id.startsWith(`${event.stream}:${event.seq}:`)
      : event.stream === stream && event.seq === seq,
  );
}

function rowOf({ id, occurred, item, unit, quantity, from, to, event }: Flow): FlowRow {
  return {
    area: from.area,
    id,
    position: 0,
    occurred: new Date(occurred).toISOString(),
    item,
    unit,
    quantity: plainDecimal(quantity),
    from_holder: from.holder,
    to_area: to.area,
    to_holder: to.holder,
    stream: event?.stream ?? null,
    seq: event?.seq ?? null,
  };
}

function isSame(a: FlowRow, b: FlowRow): boolean {
  const { position: _a, ...left } = a;
  const { position: _b, ...right } = b;
  const text = (row: object): string =>
    JSON.stringify(Object.entries(row).sort(([x], [y]) => (x < y ? -1 : 1)));
  return text(left) === text(right);
}

function legsOf(row: FlowRow, undone: boolean): readonly Leg[] {
  const { item, quantity } = row;
  const [gain, loss] = undone ? [`-${quantity}`, quantity] : [quantity, `-${quantity}`];
  return [
    { area: row.area, holder: row.from_holder, item, quantity: loss },
    { area: row.to_area, holder: row.to_holder, item, quantity: gain },
  ];
}

function partsOf(address: RecordAddress): readonly [area: string, id: string] {
  const match = /^flow\/([^/]+)\/([^/]+)$/.exec(address);
  if (match === null) throw new Refused([unknown(address)]);
  return [match[1] ?? '', match[2] ?? ''];
}

/** Flows as they stand now, by address; withdrawn ones are not there. */
async function knownFlows(
  connection: Connection,
  city: string,
  wanted: readonly (readonly [string, string])[],
): Promise<ReadonlyMap<RecordAddress, FlowRow>> {
  if (wanted.length === 0) return new Map();
  const { rows } = await connection.query<FlowRow & { withdrawn: boolean }>(
    `${newest} AND (area, id) IN (SELECT area, id FROM unnest($2::text[], $3::text[]) AS wanted(area, id)) ${inOrder}`,
    [city, wanted.map(([area]) => area), wanted.map(([, id]) => id)],
  );
  return new Map(
    rows.filter((row) => !row.withdrawn).map(({ withdrawn, ...row }) => [flowAddress(row.area, row.id), row]),
  );
}

interface Net extends Leg {
  readonly boundary: boolean | null;
  readonly held: string | null;
  readonly after: string;
  readonly negative: boolean;
}

/**
 * Applies netted legs to the running balances in the order of their keys, area by area: what is gained by an upsert,
 * what is lost by an UPDATE that must hit as many rows as there are losers. The city's counter row is locked by then, so
 * nobody else is at these balances; CHECK (quantity >= 0) stands behind the sums worked out here.
 */
async function applyNet(
  connection: Connection,
  city: string,
  legs: readonly Leg[],
  correction: boolean,
): Promise<void> {
  const { rows: nets } = await connection.query<Net>(
    `SELECT n.area, n.holder, n.item, n.quantity::text AS quantity, h.boundary, b.quantity::text AS held,
      (coalesce(b.quantity, 0) + n.quantity)::text AS after, coalesce(b.quantity, 0) + n.quantity < 0 AS negative
    FROM (SELECT area, holder, item, sum(quantity) AS quantity
      FROM jsonb_to_recordset($2::jsonb) AS leg(area text, holder text, item text, quantity numeric)
      GROUP BY area, holder, item) n
    LEFT JOIN holder h ON h.city = $1 AND h.area = n.area AND h.holder = n.holder
    LEFT JOIN balance b ON b.city = $1 AND b.area = n.area AND b.holder = n.holder AND b.item = n.item
    WHERE n.quantity <> 0 OR h.city IS NULL
    ORDER BY n.area COLLATE "C", n.holder COLLATE "C", n.item COLLATE "C"`,
    [city, JSON.stringify(legs)],
  );
  const findings = nets.flatMap((net) => {
    if (net.boundary === null) return [undeclared(net)];
    return net.negative && !net.boundary ? [uncovered(net, correction)] : [];
  });
  if (findings.length > 0) throw new Refused(findings.slice(0, 20));
  for (const area of new Set(nets.map((net) => net.area))) {
    const ofArea = nets.filter((net) => net.area === area);
    const losers = ofArea.filter(({ boundary, quantity }) => boundary === false && quantity.startsWith('-'));
    const gainers = ofArea.filter((net) => !losers.includes(net));
    if (gainers.length > 0)
      await connection.query(
        `INSERT INTO balance AS b (city, area, holder, item, boundary, quantity)
          SELECT $1, $2, holder, item, boundary, quantity
          FROM jsonb_to_recordset($3::jsonb) AS n(holder text, item text, boundary boolean, quantity numeric)
          ORDER BY holder COLLATE "C", item COLLATE "C"
          ON CONFLICT (city, area, holder, item) DO UPDATE SET quantity = b.quantity + excluded.quantity`,
        [city, area, JSON.stringify(gainers)],
      );
    if (losers.length === 0) continue;
    const { affected } = await connection.query(
      `UPDATE balance b SET quantity = b.quantity + n.quantity
        FROM jsonb_to_recordset($3::jsonb) AS n(holder text, item text, quantity numeric)
        WHERE b.city = $1 AND b.area = $2 AND b.holder = n.holder AND b.item = n.item`,
      [city, area, JSON.stringify(losers)],
    );
    if (affected !== losers.length)
      throw new Error(`${losers.length} balances of ${area} were to be lowered, ${affected} were`);
  }
}

const undeclared = ({ area, holder, item }: Net): Finding =>
  recordError(
    `holder/${area}/${holder}`,
    'flow.holder',
    `${item} flows from or to a holder that is not declared here`,
    'a quantity is always somewhere; a holder outside the sender’s areas can’t be reached either',
    'declare the holder, or correct its name or area',
  );

const uncovered = ({ area, holder, item, held, quantity, after }: Net, correction: boolean): Finding =>
  recordError(
    `holder/${area}/${holder}`,
    'flow.uncovered',
    `${holder} would hold ${after} of ${item}: it holds ${held ?? 'none'} and changes by ${quantity}`,
    correction
      ? 'no holder goes below zero: what the correction takes away has been passed on already'
      : 'no holder goes below zero',
    correction
      ? 'correct the flows that passed it on in the same submission, or first'
      : 'enter what the holder received first, or correct the quantity',
  );

const unknown = (address: RecordAddress): Finding =>
  recordError(
    address,
    'record.unknown',
    'there is no such record to withdraw',
    'only what is stored and not withdrawn already can be withdrawn',
    'check the address',
  );

const twice = (address: RecordAddress): Finding =>
  recordError(
    address,
    'record.duplicate',
    'one flow stands twice in this submission',
    'an id names one flow of an area',
    'send it once',
  );

const exists = (address: RecordAddress, position: number): Finding =>
  recordError(
    address,
    'record.exists',
    'a flow with this id says something else already',
    `it was written by submission ${position}, which this submission does not correct`,
    `send it as a correction of submission ${position}, or under its own id`,
  );

/** Flows as of a position, by area and id. */
export async function readFlows(
  connection: Connection,
  city: string,
  { asOf = Number.MAX_SAFE_INTEGER, after, areas, items, every = false }: FlowQuery,
): Promise<StoredFlow[]> {
  const { rows } = await connection.query<FlowRow & { withdrawn: boolean }>(
    `SELECT * FROM (${every ? `SELECT ${versions}` : newest} AND position <= $2 AND ($3::text[] IS NULL OR area = ANY ($3))
        AND position > $5 ${every ? 'ORDER BY position, area, id' : inOrder}) AS found
      WHERE CASE WHEN withdrawn THEN $6::boolean ELSE $4::text[] IS NULL OR item = ANY ($4) END`,
    [city, asOf, areas ?? null, items ?? null, after ?? 0, after !== undefined],
  );
  return rows.map((row) => ({
    id: row.id,
    occurred: row.occurred,
    item: row.item,
    unit: row.unit,
    quantity: row.quantity,
    from: { area: row.area, holder: row.from_holder },
    to: { area: row.to_area, holder: row.to_holder },
    event: row.stream === null || row.seq === null ? null : { stream: row.stream, seq: row.seq },
    position: row.position,
    ...(row.withdrawn ? { withdrawn: true as const } : {}),
  }));
}

/**
 * What each holder has: at the head from the running balances, as of an earlier position summed from its flows. A
 * holder that never touched an item has no row.
 */
export async function readBalances(
  connection: Connection,
  city: string,
  { asOf, areas, items }: FlowQuery,
): Promise<Balance[]> {
  const summed = `SELECT l.area, l.holder, h.boundary, l.item, sum(l.quantity) AS quantity
    FROM (${newest} AND position <= $4 ${inOrder}) f
    CROSS JOIN LATERAL (VALUES (f.area, f.from_holder, -f.quantity, f.item), (f.to_area, f.to_holder, f.quantity, f.item))
      AS l(area, holder, quantity, item)
    JOIN holder h ON h.city = $1 AND h.area = l.area AND h.holder = l.holder
    WHERE NOT f.withdrawn GROUP BY l.area, l.holder, h.boundary, l.item`;
  const running = 'SELECT area, holder, boundary, item, quantity FROM balance WHERE city = $1';
  const { rows } = await connection.query<Balance>(
    `SELECT b.area, b.holder, b.boundary, b.item, i.unit, b.quantity
    FROM (${asOf === undefined ? running : summed}) b JOIN item i ON i.city = $1 AND i.item = b.item
    WHERE ($2::text[] IS NULL OR b.area = ANY ($2)) AND ($3::text[] IS NULL OR b.item = ANY ($3))
    ORDER BY b.area, b.holder, b.item`,
    [city, areas ?? null, items ?? null, ...(asOf === undefined ? [] : [asOf])],
  );
  return [...rows];
}
