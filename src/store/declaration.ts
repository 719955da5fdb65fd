import type { Connection } from './engine.ts';
import { type Context, type Pending, Refused, recordError } from './pending.ts';
import type { Records } from './records.ts';

interface Kind {
  readonly table: string;
  /** Columns with their types: first those that name the thing, then what is declared about it. */
  readonly key: readonly string[];
  readonly declared: readonly string[];
}

type Row = Readonly<Record<string, string | number | boolean>>;

const kinds = {
  items: { table: 'item', key: ['item text'], declared: ['unit text'] },
  holders: { table: 'holder', key: ['area text', 'holder text'], declared: ['boundary boolean'] },
  series: {
    table: 'series',
    key: ['area text', 'series text'],
    declared: ['property text', 'unit text', 'decimals integer', 'per_day integer'],
  },
} as const satisfies Record<string, Kind>;

const nameOf = (column: string): string => column.slice(0, column.indexOf(' '));

/** What a submission declares: registers' steps, items, holders, series. A declaration never changes. */
export async function pendingDeclarations(context: Context, records: Records): Promise<readonly Pending[]> {
  return [
    await pendingSteps(context, records.registers ?? []),
    await pendingKind(context, kinds.items, records.items ?? []),
    await pendingKind(context, kinds.holders, records.holders ?? []),
    await pendingKind(
      context,
      kinds.series,
      (records.series ?? []).map(({ perDay, ...rest }) => ({ ...rest, per_day: perDay })),
    ),
  ];
}

async function pendingKind(
  { connection, city }: Context,
  kind: Kind,
  rows: readonly Row[],
): Promise<Pending> {
  const { table, key, declared } = kind;
  const columns = [...key, ...declared].map(nameOf);
  const { rows: fresh } =
    rows.length === 0
      ? { rows: [] }
      : await connection.query<Row & { known: boolean; same: boolean }>(
          `SELECT DISTINCT ${columns.map((column) => `i.${column}`)}, d.city IS NOT NULL AS known,
            (${declared.map((each) => `i.${nameOf(each)}`)}) IS NOT DISTINCT FROM (${declared.map((each) => `d.${nameOf(each)}`)}) AS same
          FROM jsonb_to_recordset($2::jsonb) AS i(${[...key, ...declared]})
          LEFT JOIN ${table} d ON d.city = $1 AND ${key.map((each) => `d.${nameOf(each)} = i.${nameOf(each)}`).join(' AND ')}`,
          [city, JSON.stringify(rows)],
        );
  const name = (row: Row): string => `${table}/${key.map((each) => row[nameOf(each)]).join('/')}`;
  refuseChanged(fresh.filter((row) => row.known && !row.same).map(name));
  const added = fresh.filter((row) => !row.known);
  refuseChanged([...new Set(added.map(name).filter((each, at, all) => all.indexOf(each) !== at))]);
  return {
    changes: { added: added.length, changed: 0, withdrawn: 0 },
    areas: new Set(added.flatMap(({ area }) => (typeof area === 'string' ? [area] : []))),
    async write(writer, position) {
      await insertJson(writer, table, [...key, ...declared], added, city, position);
    },
  };
}

async function pendingSteps(
  { connection, city, steps: remembered }: Context,
  registers: NonNullable<Records['registers']>,
): Promise<Pending> {
  const added: { register: string; version: number; from_kind: string; kind: string }[] = [];
  for (const { register, version, steps } of registers) {
    const name = `${register}/${version}`;
    const known = remembered.get(name) ?? (await readSteps(connection, city, register, version));
    if (known.size > 0) remembered.set(name, known);
    const wanted = new Set(steps.map(({ from, to }) => `${from}→${to}`));
    if (known.size === 0)
      for (const { from, to } of new Map(steps.map((step) => [`${step.from}→${step.to}`, step])).values())
        added.push({ register, version, from_kind: from, kind: to });
    else if (known.size !== wanted.size || ![...wanted].every((step) => known.has(step)))
      refuseChanged([`register/${register}/${version}`]);
  }
  return {
    changes: { added: added.length, changed: 0, withdrawn: 0 },
    areas: new Set(),
    async write(writer, position) {
      const columns = ['register text', 'version integer', 'from_kind text', 'kind text'];
      await insertJson(writer, 'transition', columns, added, city, position);
    },
  };
}

async function readSteps(
  connection: Connection,
  city: string,
  register: string,
  version: number,
): Promise<ReadonlySet<string>> {
  const { rows } = await connection.query<{ from_kind: string; kind: string }>(
    'SELECT from_kind, kind FROM transition WHERE city = $1 AND register = $2 AND version = $3',
    [city, register, version],
  );
  return new Set(rows.map((row) => `${row.from_kind}→${row.kind}`));
}

export function refuseChanged(addresses: readonly string[]): void {
  if (addresses.length === 0) return;
  throw new Refused(
    addresses
      .slice(0, 20)
      .map((address) =>
        recordError(
          address,
          'declaration.fixed',
          'this is declared otherwise already',
          'records written under a declaration mean what it says, so it never changes',
          'declare another, or a new version of the register',
        ),
      ),
  );
}

/** Inserts rows given as objects; columns are `name type`. */
export async function insertJson(
  connection: Connection,
  table: string,
  columns: readonly string[],
  rows: readonly object[],
  city: string,
  position: number,
): Promise<void> {
  const names = columns.map(nameOf).join(', ');
  for (let at = 0; at < rows.length; at += 5000)
    await connection.fixed(
      `INSERT INTO ${table} (city, position, ${names}) SELECT $1, $2, ${names}
        FROM jsonb_to_recordset($3::jsonb) AS i(${columns})`,
      [city, position, JSON.stringify(rows.slice(at, at + 5000))],
    );
}
