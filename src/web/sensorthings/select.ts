import { holds, valuesOf } from './evaluate.ts';
import { pathsOf, type Value } from './filter.ts';
import { lookFrom, readAlong } from './looking.ts';
import { type Entity, type EntityType, StaError } from './model.ts';
import { narrowed } from './narrow.ts';
import type { Scope } from './observed.ts';
import { type Query, usualOnPage } from './query.ts';
import type { Sensors } from './sensors.ts';

/** A collection that an address names: all of a type, or what an entity is linked to. */
export type Collection =
  | { readonly type: EntityType; readonly ids: 'all' | readonly number[] }
  | { readonly type: 'Observation'; readonly scope: Scope };

export interface Selected {
  readonly entities: readonly Entity[];
  readonly count: number | null;
  /** Where the next page begins; null when there is none. */
  readonly next: { readonly option: '$skiptoken' | '$skip'; readonly at: number } | null;
}

/** Entities read from the database at once. */
const atOnce = 1000;
/** Entities looked at in one request at the most. */
const mostLooked = 2_000_000;

/** Finds one page of a collection: reads as far as it must, and keeps no more than the page. */
export async function selectPage(
  sensors: Sensors,
  of: Collection,
  query: Query,
  now: number,
): Promise<Selected> {
  const { filter, orderby, skip, after, count: wantsCount } = query;
  const size = query.top ?? usualOnPage;
  const paths = [...(filter === null ? [] : pathsOf(filter)), ...orderby.flatMap(({ by }) => pathsOf(by))];
  const counts = wantsCount && filter !== null;
  const byKey = orderby.length === 0;
  const byTime = of.type === 'Observation' && isTimeOrder(query);
  const limit = (byKey && after !== null ? 0 : skip) + size + 1;
  const keep: Keyed[] = [];
  let [matched, looked] = [0, 0];
  for await (const chunk of candidates(sensors, of, query, byKey && !counts ? (after ?? 0) : 0, byTime)) {
    looked += chunk.length;
    if (looked > mostLooked)
      throw new StaError(
        400,
        `this would look at more than ${mostLooked}: name a Datastream or a span of phenomenonTime`,
      );
    await readAlong(sensors, chunk, paths);
    const found = chunk.filter((each) => filter === null || holds(filter, lookFrom(sensors, each), now));
    matched += found.length;
    for (const entity of found)
      if (!byKey || after === null || entity.id > after)
        keep.push({
          entity,
          keys: orderby.map(({ by }) => valuesOf(by, lookFrom(sensors, entity), now)[0] ?? null),
        });
    if (byKey || byTime) {
      if (keep.length >= limit && !counts) break;
      if (byKey) keep.splice(limit);
    } else if (keep.length > 4 * limit + atOnce) keep.sort(inOrderOf(query)).splice(limit);
  }
  if (!byKey) keep.sort(inOrderOf(query));
  const from = byKey && after !== null ? 0 : skip;
  const entities = keep.slice(from, from + size).map(({ entity }) => entity);
  const last = entities.at(-1);
  const more = keep.length > from + size;
  const at = inGivenOrder(of) || !byKey ? ({ option: '$skip', at: from + size } as const) : null;
  return {
    entities,
    count: !wantsCount ? null : filter === null ? await countOf(sensors, of) : matched,
    next: !more ? null : (at ?? { option: '$skiptoken', at: last?.id ?? after ?? 0 }),
  };
}

interface Keyed {
  readonly entity: Entity;
  readonly keys: readonly Value[];
}

/** Chunks of a collection by key, or by time where that is asked for. */
async function* candidates(
  sensors: Sensors,
  of: Collection,
  { filter, orderby }: Query,
  after: number,
  byTime: boolean,
): AsyncGenerator<readonly Entity[]> {
  if ('scope' in of || (of.type === 'Observation' && of.ids === 'all')) {
    const scope = narrowed('scope' in of ? of.scope : {}, filter);
    if (scope.streams?.length === 0) return;
    if (byTime) yield* sensors.observed.inTime(scope, orderby[0]?.down ?? false);
    else yield* sensors.observed.inOrder(scope, after);
  } else if (of.ids === 'all')
    for (let at = after; ; ) {
      const chunk = await sensors.page(of.type, at, atOnce);
      if (chunk.length > 0) yield chunk;
      if (chunk.length < atOnce) return;
      at = chunk.at(-1)?.id ?? at;
    }
  else {
    await sensors.load(of.type, of.ids);
    yield of.ids.flatMap((id) => sensors.known(of.type, id) ?? []).filter(({ id }) => id > after);
  }
}

async function countOf(sensors: Sensors, of: Collection): Promise<number> {
  if ('scope' in of) return sensors.observed.count(of.scope);
  if (of.ids !== 'all') {
    await sensors.load(of.type, of.ids);
    return of.ids.filter((id) => sensors.known(of.type, id) !== undefined).length;
  }
  if (of.type === 'Observation') return sensors.observed.count({});
  return sensors.store.sensorCount(sensors.city, { ...sensors.asOf, type: of.type });
}

/** Whether ids that were given stand in an order of their own, as the properties of several results do. */
function inGivenOrder(of: Collection): boolean {
  if ('scope' in of || of.ids === 'all') return false;
  const { ids } = of;
  return ids.some((id, at) => at > 0 && id < (ids[at - 1] ?? 0));
}

function isTimeOrder({ orderby: [first] }: Query): boolean {
  return first?.by.kind === 'path' && first.by.steps.length === 1 && first.by.steps[0] === 'phenomenonTime';
}

const inOrderOf =
  ({ orderby }: Query) =>
  (a: Keyed, b: Keyed): number => {
    for (const [at, { down }] of orderby.entries()) {
      const order = inOrder(a.keys[at] ?? null, b.keys[at] ?? null);
      if (order !== 0) return down ? -order : order;
    }
    return a.entity.id - b.entity.id;
  };

/** Missing first; times by their start; others by their kind and value. */
function inOrder(a: Value, b: Value): number {
  const [x, y] = [sortable(a), sortable(b)];
  if (x === null || y === null) return Number(x !== null) - Number(y !== null);
  if (typeof x === 'number' && typeof y === 'number') return x - y;
  const [p, q] = [String(x), String(y)];
  return p < q ? -1 : p > q ? 1 : 0;
}

function sortable(value: Value): number | string | null {
  if (value === null || typeof value === 'number' || typeof value === 'string') return value;
  if (typeof value === 'boolean') return Number(value);
  if ('start' in value) return value.start;
  return 'milliseconds' in value ? value.milliseconds : JSON.stringify(value);
}
