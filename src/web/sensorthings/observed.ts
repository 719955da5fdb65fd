import type { SensedChange, SensedDay, SensedQuery, Store, StoredReadingDay } from '../../store/index.ts';
import {
  type Beat,
  beatLink,
  beatOf,
  dayAfter,
  dayOf,
  momentOf,
  numberOf,
  observationId,
  observedLink,
  placeOf,
  seriesBehind,
  startOf,
  streamAndNumber,
} from './beat.ts';
import type { Entity, EntityType, JsonObject, StreamType } from './model.ts';
import { readSpan, type Span, timeText } from './times.ts';

/** Which observations are meant; nothing named: all of the city. */
export interface Scope {
  readonly streams?: readonly number[];
  readonly feature?: number;
  /** First and last day, `2021-09-01`. */
  readonly from?: string;
  readonly to?: string;
}

/** The entities that observations belong to, as they are read. */
interface Entities {
  readonly store: Store;
  readonly city: string;
  readonly asOf: { readonly asOf?: number };
  load(type: EntityType, ids: readonly number[]): Promise<void>;
  known(type: EntityType, id: number): Entity | undefined;
  beat(stream: number): Promise<Beat | null>;
}

/** Parts of days, and days of a stream with a beat, that are read at once. */
const partsAtOnce = 200;
const daysAtOnce = 31;

/** Observations, read from the blocks they are kept in a few at a time: memory does not grow with their number. */
export class Observed {
  readonly #sensors: Entities;
  readonly #changes = new Map<number, Map<number, SensedChange>>();

  constructor(sensors: Entities) {
    this.#sensors = sensors;
  }

  async byId(ids: readonly number[]): Promise<readonly Entity[]> {
    const wanted = new Map<number, number[]>();
    for (const id of ids) {
      const { stream, number } = streamAndNumber(id);
      wanted.set(stream, [...(wanted.get(stream) ?? []), number]);
    }
    const found: Entity[] = [];
    for (const [stream, numbers] of wanted) {
      const beat = await this.#sensors.beat(stream);
      const entities =
        beat === null
          ? await this.#ofParts(await this.#parts({ streams: [stream], numbers }))
          : await this.#placed(stream, beat, numbers);
      found.push(...entities.filter(({ id }) => numbers.includes(streamAndNumber(id).number)));
    }
    return found;
  }

  /** Chunks in the order of ids, from after one on. */
  async *inOrder(scope: Scope, after = 0): AsyncGenerator<readonly Entity[]> {
    const moved = scope.feature === undefined ? [] : await this.#movedTo(scope.feature, scope.streams);
    for await (const chunk of this.#unmoved(scope, after)) {
      const last = chunk.at(-1)?.id ?? 0;
      const before = moved.filter(({ id }) => id > after && id <= last);
      if (before.length > 0) moved.splice(0, moved.length, ...moved.filter(({ id }) => id > last));
      yield before.length === 0 ? chunk : [...chunk, ...before].sort((a, b) => a.id - b.id);
    }
    const rest = moved.filter(({ id }) => id > after);
    if (rest.length > 0) yield rest;
  }

  /** Days in their order, or from the last to the first; within a day by time. */
  async *inTime(scope: Scope, down: boolean): AsyncGenerator<readonly Entity[]> {
    const { store, city, asOf } = this.#sensors;
    const beats = await this.#beats(scope);
    const series = seriesOfAll(beats);
    const end = down ? 'last' : 'first';
    for (let bounds: Pick<Scope, 'from' | 'to'> = scope; ; ) {
      const days = [
        await store.sensedDay(city, { ...asOf, ...scope, ...bounds, end }),
        series.length === 0 ? null : await store.readingDay(city, { ...asOf, ...bounds, series, end }),
      ].filter((day) => day !== null);
      const day = down ? days.sort().at(-1) : days.sort()[0];
      if (day === undefined) return;
      const sparse = await this.#dayOfParts({ ...scope, from: day, to: day });
      const read =
        series.length === 0 ? [] : await store.readings(city, { ...asOf, series, from: day, to: day });
      const all = [...sparse, ...this.#ofReadings(read, beats)];
      const keyed = all.map((entity) => ({
        entity,
        start: readSpan(String(entity.values.phenomenonTime))?.start ?? 0,
      }));
      keyed.sort((a, b) => (down ? b.start - a.start : a.start - b.start) || a.entity.id - b.entity.id);
      if (keyed.length > 0) yield keyed.map(({ entity }) => entity);
      bounds = down ? { ...scope, to: dayAfter(day, -1) } : { ...scope, from: dayAfter(day) };
      if (bounds.from !== undefined && bounds.to !== undefined && bounds.from > bounds.to) return;
    }
  }

  /** How many there are, counted without reading them. */
  async count(scope: Scope): Promise<number> {
    const { store, city, asOf } = this.#sensors;
    if (scope.feature !== undefined || scope.from !== undefined || scope.to !== undefined) {
      let count = 0;
      for await (const chunk of this.inOrder(scope))
        count += chunk.filter((each) => inDays(each, scope)).length;
      return count;
    }
    const streams = await this.#there(scope.streams);
    if (streams.length === 0) return 0;
    const all = await this.#beats(scope);
    const beats = new Map([...all].filter(([, { of }]) => of === undefined));
    const totals = [...all].filter(([, { of }]) => of !== undefined);
    const withdrawn = (await store.sensedChanges(city, { ...asOf, streams })).filter(
      ({ now }) => now === null,
    );
    const series = seriesOfAll(beats);
    const placed = series.length === 0 ? 0 : await store.readingCount(city, { ...asOf, series });
    let days = 0;
    for (const [stream, beat] of totals)
      for await (const chunk of this.#ofBeat(stream, beat, scope, 0)) days += chunk.length;
    return (await store.sensedCount(city, { ...asOf, streams })) - withdrawn.length + placed + days;
  }

  /** From the first to the last time of each stream's observations; streams without any are left out. */
  async spans(streams: readonly Entity[]): Promise<ReadonlyMap<number, Span>> {
    const { store, city, asOf } = this.#sensors;
    const found = new Map<number, Span>();
    const add = ({ links, values }: Entity): void => {
      const stream = links.Datastream?.[0] ?? links.MultiDatastream?.[0] ?? 0;
      const span = readSpan(String(values.phenomenonTime));
      const known = found.get(stream) ?? span;
      if (span === null || known === null) return;
      found.set(stream, { start: Math.min(known.start, span.start), end: Math.max(known.end, span.end) });
    };
    const ids = streams.map(({ id }) => id);
    const beats = await this.#beats({ streams: ids });
    if (beats.size > 0) {
      const series = seriesOfAll(beats);
      this.#ofReadings(await store.readingEnds(city, { ...asOf, series }), beats).forEach(add);
    }
    const sparse = ids.filter((id) => !beats.has(id));
    const parts = await store.sensedEnds(city, { ...asOf, streams: sparse });
    await this.#loadChanges(sparse);
    const corrected = new Set(sparse.filter((id) => (this.#changes.get(id)?.size ?? 0) > 0));
    (await this.#ofParts(parts.filter(({ stream }) => !corrected.has(stream)))).forEach(add);
    // What was moved or withdrawn may have been the first or the last: those are looked for.
    const withdrawn = [...beats.keys()].filter((id) => !found.has(id));
    for (const id of [...corrected, ...withdrawn])
      for (const down of [false, true])
        for await (const chunk of this.inTime({ streams: [id] }, down)) {
          chunk.forEach(add);
          break;
        }
    return found;
  }

  async *#unmoved(scope: Scope, after: number): AsyncGenerator<readonly Entity[]> {
    const beats = [...(await this.#beats(scope))].sort(([a], [b]) => a - b);
    let buffer: SensedDay[] = [];
    let [cursor, more] = [streamAndNumber(after), true];
    const fill = async (): Promise<void> => {
      if (buffer.length > 0 || !more) return;
      buffer = [...(await this.#parts({ ...scope, after: cursor, limit: partsAtOnce }))];
      more = buffer.length === partsAtOnce;
      const last = buffer.at(-1);
      if (last !== undefined) cursor = { stream: last.stream, number: last.first + last.at.length - 1 };
    };
    const upTo = async function* (this: Observed, stream: number): AsyncGenerator<readonly Entity[]> {
      for (await fill(); buffer.length > 0; await fill()) {
        const next = buffer.findIndex((part) => part.stream >= stream);
        const parts = buffer.splice(0, next === -1 ? buffer.length : next);
        const entities = (await this.#ofParts(parts)).filter(
          (each) => each.id > after && isOf(each, scope.feature),
        );
        if (entities.length > 0) yield entities;
        if (next !== -1) return;
      }
    }.bind(this);
    for (const [stream, beat] of beats) {
      yield* upTo(stream);
      yield* this.#ofBeat(stream, beat, scope, after);
    }
    yield* upTo(Number.POSITIVE_INFINITY);
  }

  async *#ofBeat(stream: number, beat: Beat, scope: Scope, after: number): AsyncGenerator<readonly Entity[]> {
    const { store, city, asOf } = this.#sensors;
    const series = [seriesBehind(stream, beat)];
    const begin = streamAndNumber(after);
    if (begin.stream > stream) return;
    const first = begin.stream === stream ? placeOf(beat, begin.number + 1).day : undefined;
    const from = [scope.from, first]
      .filter((day) => day !== undefined)
      .sort()
      .at(-1);
    const to = scope.to;
    for (let day = from; ; ) {
      const bounds = { ...(day === undefined ? {} : { from: day }), ...(to === undefined ? {} : { to }) };
      const next = await store.readingDay(city, { ...asOf, ...bounds, series, end: 'first' });
      if (next === null) return;
      const until =
        [dayAfter(next, daysAtOnce - 1), to].filter((each) => each !== undefined).sort()[0] ?? next;
      const read = await store.readings(city, { ...asOf, series, from: next, to: until });
      const entities = this.#ofReadings(read, new Map([[stream, beat]])).filter(({ id }) => id > after);
      if (entities.length > 0) yield entities;
      day = dayAfter(until);
      if (to !== undefined && day > to) return;
    }
  }

  async #placed(stream: number, beat: Beat, numbers: readonly number[]): Promise<readonly Entity[]> {
    const { store, city, asOf } = this.#sensors;
    await this.#sensors.load('Datastream', [beat.of ?? stream]);
    const found: Entity[] = [];
    for (const day of new Set(numbers.map((number) => placeOf(beat, number).day)))
      found.push(
        ...this.#ofReadings(
          await store.readings(city, { ...asOf, series: [seriesBehind(stream, beat)], from: day, to: day }),
          new Map([[stream, beat]]),
        ),
      );
    return found;
  }

  #ofReadings(days: readonly StoredReadingDay[], beats: ReadonlyMap<number, Beat>): readonly Entity[] {
    const bySeries = new Map<string, [number, Beat][]>();
    for (const [stream, beat] of beats) {
      const series = seriesBehind(stream, beat);
      bySeries.set(series, [...(bySeries.get(series) ?? []), [stream, beat]]);
    }
    return days.flatMap((read) =>
      (bySeries.get(read.series) ?? []).flatMap(([stream, beat]) => this.#ofDay(read, stream, beat)),
    );
  }

  /** The readings of a day block, or its total as an observation of the whole day. */
  #ofDay(
    { day, readings, total, position, area }: StoredReadingDay,
    stream: number,
    beat: Beat,
  ): readonly Entity[] {
    const feature = this.#sensors.known('Datastream', beat.of ?? stream)?.links[observedLink];
    if (feature === undefined) return [];
    return (beat.of === undefined ? readings : [total]).flatMap((text, place): Entity[] => {
      if (text === null) return [];
      const start = momentOf(beat, day, place);
      const end = beat.of === undefined ? start : startOf(dayAfter(day));
      return [
        {
          type: 'Observation',
          id: observationId(stream, numberOf(beat, day, place)),
          values: { phenomenonTime: timeText({ start, end }), result: Number(text) },
          links: { Datastream: [stream], FeatureOfInterest: feature },
          version: position,
          area,
        },
      ];
    });
  }

  #parts(query: SensedQuery): Promise<readonly SensedDay[]> {
    const { store, city, asOf } = this.#sensors;
    return store.sensedDays(city, { ...asOf, ...query });
  }

  /** The observations of parts as corrections leave them, in the order of the parts. */
  async #ofParts(parts: readonly SensedDay[]): Promise<readonly Entity[]> {
    const types = await this.#types(parts.map(({ stream }) => stream));
    await this.#loadChanges(parts.map(({ stream }) => stream));
    return parts.flatMap((part) => {
      const type = types.get(part.stream);
      if (type === undefined) return [];
      const changes = this.#changes.get(part.stream);
      return part.at.flatMap((_, place) => {
        const change = changes?.get(part.first + place);
        if (change !== undefined) return changedObservation(change, type);
        return [partObservation(part, place, type)];
      });
    });
  }

  /** One day's observations, with those that a correction moved there. */
  async #dayOfParts(scope: Scope): Promise<readonly Entity[]> {
    const { store, city, asOf } = this.#sensors;
    const parts = await this.#parts(scope);
    const stayed = (await this.#ofParts(parts)).filter(
      (each) => each.version === 0 && isOf(each, scope.feature),
    );
    const changes = await store.sensedChanges(city, { ...asOf, ...scope });
    const types = await this.#types(changes.map(({ stream }) => stream));
    return [
      ...stayed,
      ...changes.flatMap((change) => {
        const type = types.get(change.stream);
        return type === undefined ? [] : changedObservation(change, type);
      }),
    ];
  }

  /** Observations that a correction gave to a feature that their part does not name. */
  async #movedTo(feature: number, streams: readonly number[] | undefined): Promise<Entity[]> {
    const { store, city, asOf } = this.#sensors;
    const scope = streams === undefined ? {} : { streams };
    const changes = await store.sensedChanges(city, { ...asOf, ...scope, feature });
    const types = await this.#types(changes.map(({ stream }) => stream));
    const moved: Entity[] = [];
    for (const change of changes) {
      const [part] = await this.#parts({ streams: [change.stream], numbers: [change.number] });
      const type = types.get(change.stream);
      if (part?.feature !== feature && type !== undefined) moved.push(...changedObservation(change, type));
    }
    return moved.sort((a, b) => a.id - b.id);
  }

  async #loadChanges(streams: readonly number[]): Promise<void> {
    const { store, city, asOf } = this.#sensors;
    const open = [...new Set(streams)].filter((stream) => !this.#changes.has(stream));
    if (open.length === 0) return;
    for (const stream of open) this.#changes.set(stream, new Map());
    for (const change of await store.sensedChanges(city, { ...asOf, streams: open }))
      this.#changes.get(change.stream)?.set(change.number, change);
  }

  async #types(streams: readonly number[]): Promise<ReadonlyMap<number, StreamType>> {
    await this.#sensors.load('Datastream', streams);
    const others = streams.filter((id) => this.#sensors.known('Datastream', id) === undefined);
    await this.#sensors.load('MultiDatastream', others);
    const types = new Map<number, StreamType>();
    for (const id of streams)
      if (this.#sensors.known('Datastream', id) !== undefined) types.set(id, 'Datastream');
      else if (this.#sensors.known('MultiDatastream', id) !== undefined) types.set(id, 'MultiDatastream');
    return types;
  }

  /** Streams that are there, of those named or of all. */
  async #there(streams: readonly number[] | undefined): Promise<readonly number[]> {
    if (streams !== undefined) return [...(await this.#types(streams)).keys()];
    const { store, city, asOf } = this.#sensors;
    const found = await Promise.all(
      ['Datastream', 'MultiDatastream'].map((type) => store.sensorEntities(city, { ...asOf, type })),
    );
    return found.flat().map(({ id }) => id);
  }

  async #beats({ streams, feature }: Scope): Promise<ReadonlyMap<number, Beat>> {
    const { store, city, asOf } = this.#sensors;
    const ids =
      streams ??
      (await store.sensorLinks(city, { ...asOf, type: 'Datastream', link: beatLink, others: [1] })).map(
        ({ id }) => id,
      );
    await this.#sensors.load('Datastream', ids);
    const beats = new Map<number, Beat>();
    for (const id of ids) {
      const entity = this.#sensors.known('Datastream', id);
      const beat = entity === undefined ? null : beatOf(entity);
      if (beat !== null) beats.set(id, beat);
    }
    const sources = [...beats].map(([id, { of }]) => of ?? id);
    await this.#sensors.load('Datastream', sources);
    if (feature === undefined) return beats;
    return new Map(
      [...beats].filter(([id, { of }]) =>
        this.#sensors.known('Datastream', of ?? id)?.links[observedLink]?.includes(feature),
      ),
    );
  }
}

/** Each series once: totals are read from the days of their source. */
function seriesOfAll(beats: ReadonlyMap<number, Beat>): readonly string[] {
  return [...new Set([...beats].map(([stream, beat]) => seriesBehind(stream, beat)))];
}

function isOf({ links }: Entity, feature: number | undefined): boolean {
  return feature === undefined || links.FeatureOfInterest?.includes(feature) === true;
}

function inDays({ values }: Entity, { from, to }: Scope): boolean {
  const day = dayOf(readSpan(String(values.phenomenonTime))?.start ?? 0).day;
  return (from === undefined || day >= from) && (to === undefined || day <= to);
}

function partObservation(part: SensedDay, place: number, type: StreamType): Entity {
  const start = startOf(part.day) + (part.at[place] ?? 0);
  const values: JsonObject = {
    phenomenonTime: timeText({ start, end: start }),
    result: part.results[place] ?? null,
    ...part.details?.[String(place)],
  };
  return {
    type: 'Observation',
    id: observationId(part.stream, part.first + place),
    values,
    links: { [type]: [part.stream], FeatureOfInterest: [part.feature] },
    version: 0,
    area: part.area,
  };
}

function changedObservation(
  { stream, number, version, area, now }: SensedChange,
  type: StreamType,
): readonly Entity[] {
  if (now === null) return [];
  return [
    {
      type: 'Observation',
      id: observationId(stream, number),
      values: now.body,
      links: { [type]: [stream], FeatureOfInterest: [now.feature] },
      version,
      area,
    },
  ];
}
