import { z } from 'zod';
import {
  boundarySchema,
  type City,
  type Claim,
  citySchema,
  claimSchema,
  examinationSchema,
  frameworkSchema,
  type Indicator,
  indicatorSchema,
  narrativeSchema,
  placeModelSchema,
  planSchema,
  portfolioSchema,
  projectSelectionSchema,
  registerSchema,
  reviewSchema,
  type SourceDocument,
  type Target,
  targetSchema,
  type Workspace,
} from '../model/index.ts';
import { claimAddress, type RecordAddress, targetAddress } from './address.ts';
import { copyText, type Field, storableJson } from './copy-text.ts';
import { refuseChanged } from './declaration.ts';
import type { Connection } from './engine.ts';
import { withNarratives } from './narrative.ts';
import { ofOfficeActs, withOfficeActs } from './office-acts.ts';
import type { Context, Pending } from './pending.ts';
import type { Origin } from './submission.ts';

/** A record that is kept as one JSON body; `area` is null for those that belong to the whole city. */
interface BodyRecord {
  readonly kind: string;
  readonly id: string;
  readonly area: string | null;
  readonly body: unknown;
}

/** Everything of a workspace but its observations. */
function* recordsOf(workspace: Workspace): Generator<BodyRecord> {
  const { areas, sources, ...city } = workspace.city;
  yield { kind: 'city', id: city.id, area: null, body: city };
  for (const area of areas) yield { kind: 'area', id: area.id, area: null, body: area };
  for (const source of sources) yield { kind: 'source', id: source.id, area: null, body: source };
  for (const each of workspace.indicators) yield { kind: 'indicator', id: each.id, area: null, body: each };
  for (const each of workspace.frameworks) yield { kind: 'framework', id: each.id, area: null, body: each };
  for (const each of workspace.plans) yield { kind: 'plan', id: each.id, area: null, body: each };
  for (const each of workspace.reviews) yield { kind: 'review', id: each.head.id, area: null, body: each };
  for (const each of workspace.registers ?? [])
    yield { kind: 'register', id: each.id, area: null, body: each };
  for (const each of workspace.selections ?? [])
    yield { kind: 'selection', id: each.id, area: null, body: each };
  for (const each of workspace.portfolios ?? [])
    yield { kind: 'portfolio', id: each.id, area: null, body: each };
  for (const each of workspace.examinations ?? [])
    yield { kind: 'examination', id: each.id, area: null, body: each };
  if (workspace.model !== undefined)
    yield { kind: 'model', id: workspace.model.id, area: null, body: workspace.model };
  for (const each of workspace.boundaries ?? [])
    yield { kind: 'boundary', id: each.id, area: null, body: each };
  for (const each of workspace.targets)
    yield { kind: 'target', id: idOf(targetAddress(each)), area: each.area, body: each };
  for (const each of workspace.claims)
    yield { kind: 'claim', id: idOf(claimAddress(each)), area: each.area, body: each };
}

const idOf = (address: RecordAddress): string => address.slice(address.indexOf('/') + 1);

const headOfCity = `SELECT DISTINCT ON (kind, id) kind, id, '' AS area, position, withdrawn, body
    FROM definition WHERE city = $1 ORDER BY kind, id, position DESC`;
const headOfAreas = `SELECT DISTINCT ON (kind, id, area) kind, id, area, position, withdrawn, body
    FROM statement WHERE city = $1 ORDER BY kind, id, area, position DESC`;
const head = `(${headOfCity}) UNION ALL (${headOfAreas})`;

/** Compares what a workspace declares and states with what is stored and says what is to be written. */
export async function pendingDefinitions(
  { connection, city }: Context,
  workspace: Workspace,
  origins: ReadonlyMap<RecordAddress, Origin>,
): Promise<Pending> {
  await connection.script(
    `CREATE TEMP TABLE staged_body (kind text COLLATE "C", id text COLLATE "C", area text COLLATE "C", body jsonb,
      file text, file_row integer) ON COMMIT DROP;
     CREATE TEMP TABLE changed_body (LIKE staged_body, was bigint, gone boolean) ON COMMIT DROP`,
  );
  await connection.copy('staged_body', copyText(rowsOf(workspace, origins)));
  await connection.query(
    `INSERT INTO changed_body
      SELECT coalesce(s.kind, h.kind), coalesce(s.id, h.id), coalesce(s.area, h.area), s.body, s.file, s.file_row,
        CASE WHEN NOT h.withdrawn THEN h.position END, s.kind IS NULL
      FROM staged_body s FULL JOIN (${head}) h USING (kind, id, area)
      WHERE CASE WHEN s.kind IS NULL THEN NOT h.withdrawn AND h.position IN
          (SELECT position FROM submission WHERE city = $1 AND kind = 'workspace')
        ELSE h.position IS NULL OR h.withdrawn OR s.body <> h.body END`,
    [city],
  );
  const { rows } = await connection.query<{
    area: string;
    added: number;
    changed: number;
    withdrawn: number;
  }>(
    `SELECT area, count(*) FILTER (WHERE was IS NULL) AS added, count(*) FILTER (WHERE NOT gone AND was IS NOT NULL) AS changed,
      count(*) FILTER (WHERE gone) AS withdrawn FROM changed_body GROUP BY area`,
  );
  const total = (pick: 'added' | 'changed' | 'withdrawn'): number =>
    rows.reduce((sum, row) => sum + row[pick], 0);
  return {
    changes: { added: total('added'), changed: total('changed'), withdrawn: total('withdrawn') },
    areas: new Set(rows.flatMap(({ area }) => (area === '' ? [] : [area]))),
    async write(writer, position) {
      await writer.query(
        `INSERT INTO definition (city, position, kind, id, withdrawn, body, file, file_row)
          SELECT $1, $2, kind, id, gone, body, file, file_row FROM changed_body WHERE area = ''`,
        [city, position],
      );
      await writer.query(
        `INSERT INTO statement (city, position, kind, id, area, withdrawn, body, file, file_row)
          SELECT $1, $2, kind, id, area, gone, body, file, file_row FROM changed_body WHERE area <> ''`,
        [city, position],
      );
    },
  };
}

function* rowsOf(
  workspace: Workspace,
  origins: ReadonlyMap<RecordAddress, Origin>,
): Generator<readonly Field[]> {
  for (const { kind, id, area, body } of recordsOf(workspace)) {
    const origin = origins.get(`${kind}/${id}`);
    yield [kind, id, area ?? '', storableJson(body), origin?.file ?? null, origin?.row ?? null];
  }
}

/** Documents and indicators declared with single records. A snapshot that lacks them does not withdraw them. */
export async function pendingDeclared(
  { connection, city }: Context,
  kind: 'source' | 'indicator',
  declared: readonly (SourceDocument | Indicator)[],
): Promise<Pending> {
  const fresh = new Map<string, SourceDocument | Indicator>();
  for (const each of declared) {
    const { rows } = await connection.query<{ same: boolean }>(
      `SELECT NOT withdrawn AND body = $4::jsonb AS same FROM definition WHERE city = $1 AND kind = $2 AND id = $3
        ORDER BY position DESC LIMIT 1`,
      [city, kind, each.id, storableJson(each)],
    );
    const [known] = rows;
    const twin = fresh.get(each.id);
    const isOther = twin !== undefined && storableJson(twin) !== storableJson(each);
    if (isOther || (known !== undefined && !known.same)) refuseChanged([`${kind}/${each.id}`]);
    if (known === undefined) fresh.set(each.id, each);
  }
  return {
    changes: { added: fresh.size, changed: 0, withdrawn: 0 },
    areas: new Set(),
    async write(writer, position) {
      for (const [id, each] of fresh)
        await writer.query(
          `INSERT INTO definition (city, position, kind, id, withdrawn, body) VALUES ($1, $2, $3, $4, false, $5::jsonb)`,
          [city, position, kind, id, storableJson(each)],
        );
    },
  };
}

const bodies = {
  indicator: z.array(indicatorSchema),
  framework: z.array(frameworkSchema),
  plan: z.array(planSchema),
  register: z.array(registerSchema),
  selection: z.array(projectSelectionSchema),
  portfolio: z.array(portfolioSchema),
  examination: z.array(examinationSchema),
  boundary: z.array(boundarySchema),
  model: z.array(placeModelSchema).max(1),
  review: z.array(
    z.strictObject({
      head: reviewSchema,
      chapters: z.array(z.strictObject({ id: z.string(), language: z.enum(['en', 'zh']), text: z.string() })),
    }),
  ),
};
const statements = {
  target: z.array(targetSchema),
  claim: z.array(claimSchema),
  narrative: z.array(narrativeSchema),
};

/** A workspace without its observations as of a position; null when none was loaded up to there. */
export async function readDefinitions(
  connection: Connection,
  city: string,
  asOf: number,
): Promise<Omit<Workspace, 'observations'> | null> {
  const known = await newest(
    connection,
    `SELECT DISTINCT ON (kind, id) kind, withdrawn, body FROM definition
      WHERE city = $1 AND position <= $2 ORDER BY kind, id, position DESC`,
    [city, asOf],
  );
  const [base] = known('city');
  if (base === undefined) return null;
  const stated = await newest(
    connection,
    `SELECT DISTINCT ON (kind, id, area) kind, withdrawn, body FROM statement
      WHERE city = $1 AND position <= $2 ORDER BY kind, id, area, position DESC`,
    [city, asOf],
  );
  const whole: City = citySchema.parse(
    Object.assign({}, base, { areas: known('area'), sources: known('source') }),
  );
  const registers = bodies.register.parse(known('register'));
  const targets: Target[] = statements.target.parse(stated('target'));
  const claims: Claim[] = statements.claim.parse(stated('claim'));
  const examinations = bodies.examination.parse(known('examination'));
  const { plans, portfolios, selections } = await withOfficeActs(
    connection,
    city,
    whole.area,
    {
      plans: bodies.plan.parse(known('plan')),
      portfolios: bodies.portfolio.parse(known('portfolio')),
      selections: bodies.selection.parse(known('selection')),
    },
    asOf,
  );
  const boundaries = bodies.boundary.parse(known('boundary'));
  const [model] = bodies.model.parse(known('model'));
  return {
    city: whole,
    indicators: bodies.indicator.parse(known('indicator')),
    frameworks: bodies.framework.parse(known('framework')),
    plans,
    reviews: withNarratives(
      bodies.review.parse(known('review')),
      statements.narrative.parse(stated('narrative')),
    ),
    ...(registers.length === 0 ? {} : { registers }),
    targets,
    claims,
    ...(selections.length === 0 ? {} : { selections }),
    ...(portfolios.length === 0 ? {} : { portfolios }),
    ...(examinations.length === 0 ? {} : { examinations }),
    ...(boundaries.length === 0 ? {} : { boundaries }),
    ...(model === undefined ? {} : { model }),
  };
}

async function newest(
  connection: Connection,
  sql: string,
  parameters: readonly unknown[],
): Promise<(kind: string) => unknown[]> {
  const { rows } = await connection.query<{ kind: string; withdrawn: boolean; body: unknown }>(
    sql,
    parameters,
  );
  const byKind = new Map<string, unknown[]>();
  for (const { kind, withdrawn, body } of rows) {
    if (withdrawn) continue;
    const list = byKind.get(kind);
    if (list === undefined) byKind.set(kind, [body]);
    else list.push(body);
  }
  return (kind) => byKind.get(kind) ?? [];
}

/** Whether anything that a workspace declares or states was written after one position up to another. */
export async function definitionsChanged(
  connection: Connection,
  city: string,
  after: number,
  upTo: number,
): Promise<boolean> {
  const { rows } = await connection.query<{ changed: boolean }>(
    `SELECT EXISTS (SELECT FROM definition WHERE city = $1 AND position > $2 AND position <= $3)
      OR EXISTS (SELECT FROM statement WHERE city = $1 AND position > $2 AND position <= $3)
      OR EXISTS (SELECT FROM event_detail d
        WHERE d.city = $1 AND d.position > $2 AND d.position <= $3 AND ${ofOfficeActs('d')}) AS changed`,
    [city, after, upTo],
  );
  return rows[0]?.changed === true;
}
