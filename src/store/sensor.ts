import { storableJson } from './copy-text.ts';
import { insertJson } from './declaration.ts';
import type { Connection } from './engine.ts';
import { type Context, type Pending, Refused, recordError } from './pending.ts';
import type { Records, SensorEntity } from './records.ts';
import { pendingSensed } from './sensed.ts';
import type { AsOf, SensorLinkQuery, SensorQuery } from './store.ts';

/** What a submission says about things that observe, and what they observed. */
export async function pendingSensors(context: Context, records: Records): Promise<readonly Pending[]> {
  return [
    await pendingEntities(context, records.sensorEntities ?? []),
    ...(await pendingSensed(context, records.sensedDays ?? [], records.sensedChanges ?? [])),
  ];
}

async function pendingEntities(
  { connection, city }: Context,
  entities: readonly SensorEntity[],
): Promise<Pending> {
  const rows = entities.map(({ values, links, ...rest }, at) => ({
    ...rest,
    at,
    body: JSON.parse(storableJson({ values, links })),
  }));
  const { rows: known } =
    rows.length === 0
      ? { rows: [] }
      : await connection.query<{ at: number; newest: number; same: boolean }>(
          `SELECT i.at, coalesce(n.version, 0) AS newest,
            EXISTS (SELECT FROM sensor_entity e WHERE e.city = $1 AND e.type = i.type AND e.id = i.id AND e.version = i.version
              AND e.area = i.area AND e.removed = i.removed AND e.body = i.body) AS same
          FROM jsonb_to_recordset($2::jsonb) AS i(at integer, area text, type text, id bigint, version integer, removed boolean, body jsonb)
          LEFT JOIN LATERAL (SELECT version FROM sensor_entity e WHERE e.city = $1 AND e.type = i.type AND e.id = i.id
            ORDER BY version DESC LIMIT 1) n ON true ORDER BY i.at`,
          [city, JSON.stringify(rows)],
        );
  const fresh = known.flatMap(({ at, newest, same }) => {
    const row = rows[at];
    if (row === undefined || same) return [];
    if (row.version !== newest + 1)
      throw new Refused([
        recordError(
          `sensor/${row.type}/${row.id}`,
          'sensor.taken',
          `version ${newest} of this entity is the newest; this is version ${row.version}`,
          'versions follow each other, so that nobody overwrites what they have not seen',
          'read the entity again and send its next version',
        ),
      ]);
    return [row];
  });
  const links = fresh.flatMap(({ area, type, id, body }) =>
    Object.entries<number[]>(body.links).flatMap(([name, others]) =>
      others.map((other) => ({ area, link: `${type}.${name}`, other, id })),
    ),
  );
  return {
    changes: {
      added: fresh.filter(({ version }) => version === 1).length,
      changed: fresh.filter(({ version, removed }) => version > 1 && !removed).length,
      withdrawn: fresh.filter(({ removed }) => removed).length,
    },
    areas: new Set(fresh.map(({ area }) => area)),
    async write(writer, position) {
      await insertJson(
        writer,
        'sensor_entity',
        ['area text', 'type text', 'id bigint', 'version integer', 'removed boolean', 'body jsonb'],
        fresh,
        city,
        position,
      );
      await insertJson(
        writer,
        'sensor_link',
        ['area text', 'link text', 'other bigint', 'id bigint'],
        links,
        city,
        position,
      );
    },
  };
}

interface EntityRow {
  readonly area: string;
  readonly type: string;
  readonly id: number;
  readonly version: number;
  readonly removed: boolean;
  readonly body: Pick<SensorEntity, 'values' | 'links'>;
}

const newest = Number.MAX_SAFE_INTEGER;

/** Entities by id, or a page of them by key. A page looks past removed ones, so it is full unless there are no more. */
export async function readSensorEntities(
  connection: Connection,
  city: string,
  { type, ids, after = 0, limit, asOf = newest }: SensorQuery,
): Promise<SensorEntity[]> {
  if (ids !== undefined) {
    const { rows } = await connection.query<EntityRow>(
      `SELECT e.* FROM unnest($3::bigint[]) AS wanted(id), LATERAL (SELECT area, type, e.id, version, removed, body FROM sensor_entity e
        WHERE e.city = $1 AND e.type = $2 AND e.id = wanted.id AND e.position <= $4 ORDER BY version DESC LIMIT 1) e ORDER BY e.id`,
      [city, type, [...new Set(ids)], asOf],
    );
    return rows.map(entityOf);
  }
  const { rows } = await connection.query<EntityRow>(
    `SELECT * FROM (SELECT DISTINCT ON (id) area, type, id, version, removed, body FROM sensor_entity
      WHERE city = $1 AND type = $2 AND id > $3 AND position <= $4 ORDER BY id, version DESC) e
    WHERE NOT removed ORDER BY id LIMIT $5`,
    [city, type, after, asOf, limit ?? null],
  );
  return rows.map(entityOf);
}

function entityOf({ body: { values, links }, ...row }: EntityRow): SensorEntity {
  return { ...row, values, links };
}

export async function readSensorLinks(
  connection: Connection,
  city: string,
  { type, link, others, asOf = newest }: SensorLinkQuery,
): Promise<{ other: number; id: number }[]> {
  const { rows } = await connection.query<{ other: number; id: number }>(
    `SELECT l.other, l.id FROM (SELECT DISTINCT other, id FROM sensor_link
        WHERE city = $1 AND link = $2 AND other = ANY ($3::bigint[]) AND position <= $4) l,
      LATERAL (SELECT removed, body FROM sensor_entity e WHERE e.city = $1 AND e.type = $5 AND e.id = l.id AND e.position <= $4
        ORDER BY version DESC LIMIT 1) e
    WHERE NOT e.removed AND e.body->'links'->$6 @> to_jsonb(l.other) ORDER BY l.other, l.id`,
    [city, `${type}.${link}`, [...new Set(others)], asOf, type, link],
  );
  return [...rows];
}

export async function countSensorEntities(
  connection: Connection,
  city: string,
  { type, asOf = newest }: AsOf & { readonly type: string },
): Promise<number> {
  const { rows } = await connection.query<{ count: number }>(
    `SELECT count(*) FILTER (WHERE NOT removed) AS count FROM (
      SELECT DISTINCT ON (id) id, removed FROM sensor_entity WHERE city = $1 AND type = $2 AND position <= $3
      ORDER BY id, version DESC) e`,
    [city, type, asOf],
  );
  return rows[0]?.count ?? 0;
}

export async function lastSensorEntity(
  connection: Connection,
  city: string,
  types: readonly string[],
): Promise<number> {
  const { rows } = await connection.query<{ last: number }>(
    `SELECT coalesce(max(last), 0) AS last FROM unnest($2::text[]) AS t(type),
      LATERAL (SELECT max(id) AS last FROM sensor_entity e WHERE e.city = $1 AND e.type = t.type) m`,
    [city, types],
  );
  return rows[0]?.last ?? 0;
}
