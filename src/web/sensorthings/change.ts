import type { Records } from '../../store/index.ts';
import { beatOf, observedLink } from './beat.ts';
import { type Entity, type EntityType, type JsonObject, linkOf, rules, StaError } from './model.ts';
import type { Sensors } from './sensors.ts';
import { readMoment } from './times.ts';
import { checkComplete, idIn, isReference, linkedIn, valuesIn } from './values.ts';
import { beatOfNew, checkObserved, refuseTotal, Writing } from './writing.ts';

/** Entities made in one request at the most, deep inserts included. */
const mostAtOnce = 10_000;
const deepest = 12;
/** Observations that are withdrawn with their feature of interest at the most. */
const mostWithdrawn = 100_000;
/** The location that a feature of interest was made from: a link of our own. */
const madeFrom = 'Of';

/** What a change is worked out for. */
export interface Moment {
  readonly now: string;
  /** The area that entities are kept under, and all areas that readings may count for. */
  readonly area: string;
  readonly areas: ReadonlySet<string>;
  /** A reading that was sent before is not stored again. */
  readonly once: boolean;
}

interface Made {
  readonly entity: Entity;
  readonly removed: boolean;
}

/**
 * What requests change, worked out against the entities as they are and told as a list of new states; nothing is stored
 * until all of it holds. Of one request that fails nothing is left, so several can share a submission.
 */
export class Change {
  readonly #sensors: Sensors;
  readonly #moment: Moment;
  readonly #made = new Map<string, Made>();
  readonly #next = new Map<string, number>();
  readonly #series: NonNullable<Records['series']> = [];
  readonly #undo: (() => void)[] = [];
  readonly #writing: Writing;

  constructor(sensors: Sensors, moment: Moment, last: Map<number, number>) {
    this.#sensors = sensors;
    this.#moment = moment;
    this.#writing = new Writing(sensors, last, this.#undo);
  }

  /** Does some work; when it throws, everything that it changed is taken back. */
  async attempt<Result>(work: (change: Change) => Promise<Result>): Promise<Result> {
    const mark = this.#undo.length;
    try {
      return await work(this);
    } catch (error) {
      while (this.#undo.length > mark) this.#undo.pop()?.();
      throw error;
    }
  }

  /** What is to be stored. */
  records(): Records {
    return {
      series: this.#series,
      sensorEntities: [...this.#made.values()].map(({ entity, removed }) => ({
        area: entity.area,
        type: entity.type,
        id: entity.id,
        version: entity.version,
        removed,
        values: removed ? {} : { ...entity.values },
        links: removed
          ? {}
          : Object.fromEntries(Object.entries(entity.links).map(([name, ids]) => [name, [...ids]])),
      })),
      ...this.#writing.records(),
    };
  }

  /** The moment of the change: what an observation without a phenomenonTime was observed at. */
  get now(): string {
    return this.#moment.now;
  }

  get corrects(): number | null {
    return this.#writing.corrects;
  }

  /** An entity as this change leaves it. */
  async find(type: EntityType, id: number): Promise<Entity | undefined> {
    const made = this.#made.get(`${type} ${id}`);
    if (made !== undefined) return made.removed ? undefined : made.entity;
    return this.#sensors.get(type, id);
  }

  /** Ids at the other end of a link as this change leaves it. */
  async linkedNow(of: Entity, name: string): Promise<readonly number[]> {
    const { type, id, links } = of;
    const rule = linkOf(type, name);
    if (rule === undefined) return [];
    const found = new Set(rule.kept ? (links[name] ?? []) : await this.#sensors.linkedNow(of, name));
    for (const { entity, removed } of this.#made.values()) {
      if (entity.type !== rule.to) continue;
      if (removed || (!rule.kept && entity.links[rule.back]?.includes(id) !== true)) found.delete(entity.id);
      else if (!rule.kept) found.add(entity.id);
    }
    return [...found];
  }

  /** Makes an entity with what is deep inside it. `given`: links that the address already says. */
  async create(
    type: EntityType,
    body: JsonObject,
    given: Readonly<Record<string, readonly number[]>> = {},
    depth = 0,
  ): Promise<number> {
    if (depth > deepest) throw new StaError(400, `entities are inserted at most ${deepest} deep`);
    if (this.#made.size >= mostAtOnce)
      throw new StaError(413, `one request makes at most ${mostAtOnce} entities`);
    const { links, inner } = await this.#linksIn(type, body, given, depth);
    if (type === 'Observation') return this.#observe(body, links);
    const values = valuesIn(type, body, {});
    for (const [name, rule] of Object.entries(rules[type].links))
      if (rule.required && rule.kept && (links[name] ?? []).length === 0)
        throw new StaError(400, `${type} needs a ${name}`);
    checkComplete(type, values);
    const id = await this.#nextId(type);
    const entity: Entity = { type, id, values, links, version: 1, area: this.#moment.area };
    if (type === 'MultiDatastream') checkProperties(entity);
    await this.#checkTotal(entity);
    const beat = beatOfNew(entity);
    for (const series of beat.series) this.#declare(series);
    this.#put({ ...entity, links: beat.links });
    for (const [name, each] of inner) {
      const rule = linkOf(type, name);
      if (rule === undefined) continue;
      if (isReference(each)) await this.#attach(rule.to, idIn(each), rule.back, id);
      else await this.create(rule.to, each, { [rule.back]: [id] }, depth + 1);
    }
    // What the address says is tied at the other side where this side keeps no such link: a location added to a thing.
    for (const [name, others] of Object.entries(given)) {
      const rule = linkOf(type, name);
      if (rule !== undefined && !rule.kept)
        for (const other of others) await this.#attach(rule.to, other, rule.back, id);
    }
    if (type === 'Thing' && (links.Locations ?? []).length > 0)
      await this.#remember(id, links.Locations ?? []);
    if (type === 'HistoricalLocation') await this.#moveThing(entity);
    return id;
  }

  /** Changes what the body names (PATCH), or everything else falls back to nothing (PUT). */
  async update(before: Entity, body: JsonObject, whole: boolean): Promise<void> {
    const { type, id } = before;
    const links: Record<string, readonly number[]> = { ...before.links };
    for (const [name, rule] of Object.entries(rules[type].links)) {
      if (body[name] === undefined) continue;
      const ids: number[] = [];
      for (const each of linkedIn(body[name], name)) {
        if (!isReference(each))
          throw new StaError(400, `a change ties ${name} by @iot.id; it makes no entities`);
        ids.push(await this.#there(rule.to, idIn(each)));
      }
      if (rule.kept) {
        if (!rule.many && ids.length !== 1) throw new StaError(400, `${type} has one ${name}`);
        links[name] =
          rule.many && type !== 'Thing' && type !== 'MultiDatastream'
            ? [...new Set([...(links[name] ?? []), ...ids])]
            : ids;
      } else if (rule.to === 'Observation') throw new StaError(400, 'an observation stays where it was made');
      else for (const other of ids) await this.#attach(rule.to, other, rule.back, id);
    }
    const values = valuesIn(type, body, whole ? {} : before.values);
    for (const [name, rule] of Object.entries(rules[type].properties))
      if ((rule.required || name === 'phenomenonTime') && values[name] === undefined) {
        const said = before.values[name];
        if (said !== undefined) values[name] = said;
      }
    checkComplete(type, values);
    if (type === 'Observation') return this.#reobserve(before, links, values);
    const entity = { ...before, values, links };
    if (type === 'MultiDatastream') checkProperties(entity);
    if (JSON.stringify(beatOf(entity)) !== JSON.stringify(beatOf(before)))
      throw new StaError(409, 'beat, decimals, area and unit of a datastream stay: make another datastream');
    this.#put(entity, before);
    if (type === 'Thing' && body.Locations !== undefined) await this.#remember(id, links.Locations ?? []);
  }

  /** Removes an entity and what can't be without it (table 26 of the standard). */
  async remove(entity: Entity): Promise<void> {
    const { type, id } = entity;
    if (type === 'Observation') return this.#writing.withdraw(entity);
    if (type === 'FeatureOfInterest') await this.#withdrawOf(entity);
    this.#put(entity, entity, true);
    for (const [name, rule] of Object.entries(rules[type].links)) {
      // The observations of a stream are not there when the stream is not.
      if (rule.to === 'Observation') continue;
      const back = linkOf(rule.to, rule.back);
      for (const other of await this.linkedNow(entity, name)) {
        const there = await this.find(rule.to, other);
        if (there === undefined) continue;
        const goesToo =
          back?.required === true ||
          (type === 'Location' && rule.to === 'HistoricalLocation') ||
          (type === 'ObservedProperty' && rule.to === 'MultiDatastream');
        if (goesToo && !rule.kept) await this.remove(there);
        else if (back?.kept === true && !goesToo) {
          const ids = (there.links[rule.back] ?? []).filter((each) => each !== id);
          this.#put({ ...there, links: { ...there.links, [rule.back]: ids } }, there);
        }
      }
    }
  }

  async #linksIn(
    type: EntityType,
    body: JsonObject,
    given: Readonly<Record<string, readonly number[]>>,
    depth: number,
  ): Promise<{
    readonly links: Record<string, readonly number[]>;
    readonly inner: readonly [string, JsonObject][];
  }> {
    const links: Record<string, readonly number[]> = {};
    const inner: [string, JsonObject][] = [];
    for (const [name, rule] of Object.entries(rules[type].links)) {
      const said = linkedIn(body[name], name);
      if (!rule.kept) {
        for (const each of said) inner.push([name, each]);
        continue;
      }
      const ids = [...(given[name] ?? [])];
      for (const each of said)
        ids.push(
          isReference(each)
            ? await this.#there(rule.to, idIn(each))
            : await this.create(rule.to, each, {}, depth + 1),
        );
      if (!rule.many && ids.length > 1) throw new StaError(400, `${type} has one ${name}`);
      if (ids.length > 0 || rule.many || rule.required) links[name] = [...new Set(ids)];
    }
    return { links, inner };
  }

  async #observe(body: JsonObject, links: Record<string, readonly number[]>): Promise<number> {
    const [datastream] = links.Datastream ?? [];
    const [several] = links.MultiDatastream ?? [];
    if ((datastream === undefined) === (several === undefined))
      throw new StaError(400, 'Observation needs a Datastream, or a MultiDatastream');
    const stream = await this.find(
      datastream === undefined ? 'MultiDatastream' : 'Datastream',
      datastream ?? several ?? 0,
    );
    if (stream === undefined) throw new StaError(400, `there is no Datastream ${datastream ?? several}`);
    const beat = beatOf(stream);
    if (beat !== null) refuseTotal(beat);
    const values = valuesIn('Observation', body, {});
    values.phenomenonTime ??= this.#moment.now;
    checkComplete('Observation', values);
    checkObserved(stream, values, this.#moment.now);
    const feature =
      links.FeatureOfInterest?.[0] ?? stream.links[observedLink]?.[0] ?? (await this.#placeOf(stream));
    const id = await this.#writing.add(stream, feature, values, this.#moment.once);
    if (beat !== null && stream.links[observedLink] === undefined)
      this.#put({ ...stream, links: { ...stream.links, [observedLink]: [feature] } }, stream);
    return id;
  }

  /** Totals are of a datastream with a beat of its own, in its unit. */
  async #checkTotal(entity: Entity): Promise<void> {
    const total = beatOf(entity);
    if (total?.of === undefined) return;
    const source = await this.find('Datastream', total.of);
    const beat = source === undefined ? null : beatOf(source);
    if (beat === null || beat.of !== undefined)
      throw new StaError(400, `there is no Datastream ${total.of} with a beat to add up`);
    if (beat.unit !== total.unit)
      throw new StaError(
        400,
        `Datastream ${total.of} reads in ${beat.unit}, its day totals say ${total.unit}`,
      );
  }

  async #reobserve(before: Entity, links: Entity['links'], values: JsonObject): Promise<void> {
    for (const name of ['Datastream', 'MultiDatastream'])
      if (links[name]?.[0] !== before.links[name]?.[0])
        throw new StaError(400, `an observation stays with its ${name}`);
    const stream = await this.#sensors.streamOf(before.id);
    if (stream !== undefined) checkObserved(stream, values, this.#moment.now);
    const [feature = 0] = links.FeatureOfInterest ?? [];
    await this.#writing.correct(before, feature, values);
  }

  async #withdrawOf(feature: Entity): Promise<void> {
    if (this.#writing.addedOf(feature.id))
      throw new StaError(409, `FeatureOfInterest ${feature.id} has readings that come with this change`);
    let count = 0;
    for await (const chunk of this.#sensors.observed.inOrder({ feature: feature.id }))
      for (const observation of chunk) {
        const [stream = 0] = observation.links.Datastream ?? [];
        count += 1;
        if (count > mostWithdrawn || (await this.#sensors.beat(stream)) !== null)
          throw new StaError(409, `Datastream ${stream} has its readings of this feature: remove that first`);
        await this.#writing.withdraw(observation);
      }
  }

  /** Where nothing is said, an observation is of the place where its thing is. */
  async #placeOf(stream: Entity): Promise<number> {
    const thing = await this.find('Thing', stream.links.Thing?.[0] ?? 0);
    const place = await this.find('Location', thing?.links.Locations?.[0] ?? 0);
    if (place === undefined)
      throw new StaError(
        400,
        'Observation needs a FeatureOfInterest, or its Thing a Location to make one from',
      );
    const { name = '', description = '', encodingType = '', location = null } = place.values;
    const values = { name, description, encodingType, feature: location };
    const told = JSON.stringify(values);
    const { store, city } = this.#sensors;
    const made = [...this.#made.values()].flatMap(({ entity, removed }) =>
      !removed && entity.type === 'FeatureOfInterest' && entity.links[madeFrom]?.includes(place.id) === true
        ? [entity.id]
        : [],
    );
    const kept = await store.sensorLinks(city, {
      type: 'FeatureOfInterest',
      link: madeFrom,
      others: [place.id],
    });
    for (const id of [...made, ...kept.map((each) => each.id)]) {
      const known = await this.find('FeatureOfInterest', id);
      if (known !== undefined && JSON.stringify({ ...values, ...known.values }) === told) return id;
    }
    const id = await this.#nextId('FeatureOfInterest');
    this.#put({
      type: 'FeatureOfInterest',
      id,
      values,
      links: { [madeFrom]: [place.id] },
      version: 1,
      area: this.#moment.area,
    });
    return id;
  }

  /** When a thing gets other locations, that is remembered with the time. */
  async #remember(thing: number, locations: readonly number[]): Promise<void> {
    const id = await this.#nextId('HistoricalLocation');
    this.#put({
      type: 'HistoricalLocation',
      id,
      values: { time: this.#moment.now },
      links: { Thing: [thing], Locations: locations },
      version: 1,
      area: this.#moment.area,
    });
  }

  /** A historical location newer than all others says where the thing is now. */
  async #moveThing({ values, links }: Entity): Promise<void> {
    const thing = await this.find('Thing', links.Thing?.[0] ?? 0);
    const locations = links.Locations ?? [];
    if (thing === undefined || locations.length === 0) return;
    const at = readMoment(String(values.time)) ?? 0;
    for (const id of await this.linkedNow(thing, 'HistoricalLocations')) {
      const time = (await this.find('HistoricalLocation', id))?.values.time;
      if ((readMoment(String(time)) ?? 0) > at) return;
    }
    this.#put({ ...thing, links: { ...thing.links, Locations: locations } }, thing);
  }

  /** Adds a tie that is kept at the other side. */
  async #attach(type: EntityType, id: number, link: string, to: number): Promise<void> {
    const entity = await this.find(type, await this.#there(type, id));
    if (entity === undefined) return;
    // A thing is where it was told to be last: a place that is told of it takes the place of those before, which its
    // history keeps. Several at once are said in the thing itself.
    const moves = type === 'Thing' && link === 'Locations';
    const isMany = linkOf(type, link)?.many === true && !moves;
    const ids = isMany ? [...new Set([...(entity.links[link] ?? []), to])] : [to];
    const tied = { ...entity, links: { ...entity.links, [link]: ids } };
    if (type === 'MultiDatastream') checkProperties(tied);
    this.#put(tied, entity);
    if (moves) await this.#remember(id, ids);
  }

  async #there(type: EntityType, id: number): Promise<number> {
    if ((await this.find(type, id)) === undefined) throw new StaError(400, `there is no ${type} ${id}`);
    return id;
  }

  /** The id that the next entity gets: never one that was used. The two kinds of streams share theirs. */
  async #nextId(type: EntityType): Promise<number> {
    const types =
      type === 'Datastream' || type === 'MultiDatastream' ? ['Datastream', 'MultiDatastream'] : [type];
    const key = types.join(' ');
    const { store, city } = this.#sensors;
    const id = this.#next.get(key) ?? (await store.sensorLast(city, types)) + 1;
    this.#next.set(key, id + 1);
    return id;
  }

  #declare(series: NonNullable<Records['series']>[number]): void {
    if (!this.#moment.areas.has(series.area))
      throw new StaError(
        400,
        `properties.area is ${series.area.slice(0, 40)}, which is no area of this place`,
      );
    this.#series.push(series);
    this.#undo.push(() => {
      this.#series.pop();
    });
  }

  /** A new state; several changes of one entity in one submission are one version. */
  #put(entity: Entity, before?: Entity, removed = false): void {
    const key = `${entity.type} ${entity.id}`;
    const made = this.#made.get(key);
    const version = made?.entity.version ?? (before === undefined ? 1 : before.version + 1);
    this.#made.set(key, { entity: { ...entity, version }, removed });
    this.#undo.push(() => {
      if (made === undefined) this.#made.delete(key);
      else this.#made.set(key, made);
    });
  }
}

/** Results of several kinds stand in the order of the properties that they are of. */
function checkProperties({ values, links }: Entity): void {
  const types = values.multiObservationDataTypes;
  if (!Array.isArray(types) || types.length !== (links.ObservedProperties ?? []).length)
    throw new StaError(
      400,
      'MultiDatastream has one ObservedProperty for each of its multiObservationDataTypes',
    );
}
