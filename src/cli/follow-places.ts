import { isDeepStrictEqual } from 'node:util';
import { type Answer, loggedAnswers, mergedAnswers } from '../audit/index.ts';
import { dependentsOf, FigureSet } from '../figures/index.ts';
import { compareCells, type Observation, packedOf, type Workspace } from '../model/index.ts';
import { changedIndicators, withRegisters } from '../registers/index.ts';
import type { PlaceChanges, Store } from '../store/index.ts';
import { type LivePlaces, meteredDerived, type PlaceChange } from '../web/index.ts';
import type { OpenPlace } from './open-places.ts';

export interface FollowOptions {
  readonly store: Store;
  /** With what their folders say for the audit, where that is known: it is kept. */
  readonly places: readonly (OpenPlace & { readonly fromFile?: readonly Answer[] })[];
  readonly live: Pick<LivePlaces, 'replace'>;
  /** Told of each place that was put in anew, and of what went wrong. */
  readonly onChange?: (city: string, asOf: number) => void;
  readonly onFault?: (error: unknown) => void;
  /** Wait after a submission for others that come with it, ms. */
  readonly settle?: number;
  /** How often the log of a server is looked at for submissions of other processes, ms. */
  readonly every?: number;
}

export interface Following {
  /** Reads what the log has gained and puts it in; resolves when it is served. */
  refresh(): Promise<void>;
  stop(): Promise<void>;
}

/** Registers of the office whose steps show nowhere but in the office. */
const idle: ReadonlySet<string> = new Set(['cell', 'talk']);

/** No look is waited for longer than nine times this, ms. */
const longest = 80;

/**
 * Keeps served places at the head of their logs. What this process stores is heard of at once; what another process
 * stores on a server is found by looking at the heads, one small row a city: PostgreSQL's notifications would need a
 * connection of their own, and not every distributed PostgreSQL has them. Only what changed is read again.
 */
export function followPlaces({
  store,
  places,
  live,
  onChange = () => undefined,
  onFault = () => undefined,
  settle = 100,
  every = 700,
}: FollowOptions): Following {
  let current = places;
  const answersSeen = new Map<string, number>();
  // Up to where each log was looked through: further than its place where steps of cases moved no figure.
  const looked = new Map(places.map(({ workspace, asOf }) => [workspace.city.id, asOf]));
  let running: Promise<void> | null = null;
  let stopped = false;
  /** How long the last look took, ms. */
  let took = 0;
  let waiting: NodeJS.Timeout | null = null;

  /** Answers to findings change what the audit shows, and no figure. */
  const readAnswers = async (heads: ReadonlyMap<string, number>): Promise<void> => {
    const changes: PlaceChange[] = [];
    const next: (typeof current)[number][] = [];
    for (const place of current) {
      const { id } = place.workspace.city;
      const seen = answersSeen.get(id) ?? place.asOf;
      const head = heads.get(id) ?? 0;
      const isNew = head > seen && (await store.events(id, { register: 'answer', after: seen })).length > 0;
      answersSeen.set(id, Math.max(seen, head));
      if (!isNew) {
        next.push(place);
        continue;
      }
      const logged = loggedAnswers(await store.events(id, { register: 'answer' }));
      const fresh = { ...place, logged, answers: mergedAnswers(place.fromFile ?? [], logged) };
      changes.push({ place: { ...fresh, store }, indicators: new Set() });
      next.push(fresh);
    }
    current = next;
    if (!stopped) live.replace(changes);
  };

  const readNew = async (): Promise<void> => {
    const heads = new Map((await store.cities()).map(({ id, head }) => [id, head]));
    await readAnswers(heads);
    const moved = new Map<string, Moved>();
    for (const place of current) {
      const { id } = place.workspace.city;
      const head = heads.get(id) ?? 0;
      const before = looked.get(id) ?? place.asOf;
      if (head <= before) continue;
      // Steps of cases, such as cells being entered, move the log and no figure: pages stay as they are.
      const now = await readMoved(store, place, before, head);
      if (now.indicators === 'all' || now.indicators.size > 0) moved.set(id, now);
      else looked.set(id, head);
    }
    if (moved.size === 0 || stopped) return;
    const changes: PlaceChange[] = [];
    const workspaceOf = (place: OpenPlace): Workspace =>
      moved.get(place.workspace.city.id)?.workspace ?? place.workspace;
    const next = current.map((place) => {
      const workspace = workspaceOf(place);
      const parts = current.filter((other) => workspaceOf(other).city.partOf === workspace.city.id);
      const own = moved.get(workspace.city.id);
      const touched = [own, ...parts.map((part) => moved.get(part.workspace.city.id))].filter(
        (each) => each !== undefined,
      );
      if (touched.length === 0) return place;
      const asOf = own?.asOf ?? place.asOf;
      const figures = new FigureSet(workspace, { asOf, related: parts.map(workspaceOf) });
      const fresh = { ...place, workspace, figures, asOf };
      looked.set(workspace.city.id, Math.max(asOf, looked.get(workspace.city.id) ?? 0));
      const indicators = touched.some((each) => each.indicators === 'all')
        ? 'all'
        : dependentsOf(
            touched.flatMap((each) => (each.indicators === 'all' ? [] : [...each.indicators])),
            figures.definitions,
          );
      changes.push({ place: { ...fresh, store }, indicators });
      return fresh;
    });
    current = next;
    live.replace(changes);
    for (const { place } of changes) onChange(place.workspace.city.id, place.asOf);
  };

  /** One reading at a time; what comes while one runs is read by the next. */
  const refresh = async (): Promise<void> => {
    while (running !== null) await running;
    if (stopped) return;
    const begun = performance.now();
    running = readNew().catch(onFault);
    await running;
    running = null;
    took = Math.min(performance.now() - begun, longest);
  };

  const unwatch = store.watch((_city, _head, registers) => {
    // Cells that are entered and talked about move no figure before a release: not worth a look of their own.
    if (registers !== null && [...registers].every((register) => idle.has(register))) return;
    if (waiting !== null || stopped) return;
    // Under a stream of submissions looking takes a tenth of the time at most.
    waiting = setTimeout(
      () => {
        waiting = null;
        void refresh();
      },
      Math.max(settle, 9 * took),
    );
  });
  const look =
    store.engine === 'pglite'
      ? null
      : setInterval(() => {
          if (running === null) void refresh();
        }, every);
  look?.unref();
  return {
    refresh,
    async stop() {
      stopped = true;
      unwatch();
      if (waiting !== null) clearTimeout(waiting);
      if (look !== null) clearInterval(look);
      await running;
    },
  };
}

interface Moved {
  readonly workspace: Workspace;
  readonly asOf: number;
  /** Whose values changed; all when the definitions did. */
  readonly indicators: ReadonlySet<string> | 'all';
}

async function readMoved(
  store: Store,
  { workspace }: OpenPlace,
  after: number,
  head: number,
): Promise<Moved> {
  const city = workspace.city.id;
  const changes = await store.changes(city, after, head);
  const definitions = changes.definitions ? await store.definitions(city, head) : workspace;
  const read = {
    ...(definitions ?? workspace),
    observations: withChanges(workspace.observations, changes.observations),
  };
  const fresh = await withRegisters(read, store, head, [await meteredDerived(read, store, head)]);
  const counted = fresh.derived?.indicators ?? [];
  const sameCounted = isDeepStrictEqual(counted, workspace.derived?.indicators ?? []);
  return {
    workspace: fresh,
    asOf: head,
    indicators:
      changes.definitions || !sameCounted
        ? 'all'
        : new Set([
            ...changes.observations.map(({ cell }) => cell.indicator),
            ...changedIndicators(workspace.derived?.cells ?? [], fresh.derived?.cells ?? []),
          ]),
  };
}

/** Observations in their order with changes in the same order merged in; packed ones stay packed. */
export function withChanges(
  observations: readonly Observation[],
  changes: PlaceChanges['observations'],
): readonly Observation[] {
  if (changes.length === 0) return observations;
  const packed = packedOf(observations);
  if (packed === null) return merged(observations, changes);
  const touched = new Map<string, PlaceChanges['observations'][number][]>();
  for (const change of changes) {
    const those = touched.get(change.cell.indicator);
    if (those === undefined) touched.set(change.cell.indicator, [change]);
    else those.push(change);
  }
  const rows = new Map(
    [...touched].map(([id, those]) => {
      const before = packed.runs.flatMap((run) => (run.indicator === id ? [...run] : []));
      return [id, merged(before, those)];
    }),
  );
  return packed.withRows(rows).list();
}

function merged(
  observations: readonly Observation[],
  changes: PlaceChanges['observations'],
): readonly Observation[] {
  const all: Observation[] = [];
  let at = 0;
  for (const { cell, observation } of changes) {
    for (let next = observations[at]; next !== undefined; next = observations[at]) {
      const order = compareCells(next, cell);
      if (order > 0) break;
      at += 1;
      if (order < 0) all.push(next);
    }
    if (observation !== null) all.push(observation);
  }
  for (; at < observations.length; at += 1) {
    const next = observations[at];
    if (next !== undefined) all.push(next);
  }
  return all;
}
