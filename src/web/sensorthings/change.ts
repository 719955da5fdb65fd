import {
  type Entity,
  type EntityType,
  type JsonObject,
  type JsonValue,
  linkOf,
  rules,
  StaError,
} from './model.ts';
import { isObject, type Kept, type Things } from './things.ts';
import { readMoment, readSpan, timeText } from './times.ts';

/** Entities made in one request at the most, deep inserts included. */
const mostAtOnce = 10_000;
const deepest = 12;

/**
 * What a request changes, worked out against the entities as they are and told as a list of new states; nothing is
 * stored until all of it holds.
 */
export class Change {
  readonly #things: Things;
  readonly #now: string;
  readonly #area: string;
  readonly #made = new Map<string, Kept>();
  readonly #next = new Map<EntityType, number>();
  /** Features of interest made or found in this change, by the location that they copy. */
  readonly #features = new Map<number, number>();

  constructor(things: Things, now: string, area: string) {
    this.#things = things;
    this.#now = now;
    this.#area = area;
  }

  /** The new states, in the order in which they came to be. */
  get states(): readonly Kept[] {
    return [...this.#made.values()];
  }

  /** Makes an entity with what is deep inside it. `given`: links that the address already says. */
  create(
    type: EntityType,
    body: JsonObject,
    given: Readonly<Record<string, readonly number[]>> = {},
    depth = 0,
  ): number {
    if (depth > deepest) throw new StaError(400, `entities are inserted at most ${deepest} deep`);
    if (this.#made.size >= mostAtOnce)
      throw new StaError(413, `one request makes at most ${mostAtOnce} entities`);
    const id = this.#next.get(type) ?? this.#things.next(type);
    this.#next.set(type, id + 1);
    const values = this.#values(type, body, {});
    const links: Record<string, readonly number[]> = {};
    const inner: [string, JsonObject][] = [];
    for (const [name, rule] of Object.entries(rules[type].links)) {
      const said = body[name];
      const fixed = given[name];
      if (rule.kept) {
        const ids = [
          ...(fixed ?? []),
          ...listOf(said, name).map((each) => this.#resolve(rule.to, each, depth)),
        ];
        if (!rule.many && ids.length > 1) throw new StaError(400, `${type} has one ${name}`);
        links[name] = [...new Set(ids)];
      } else for (const each of listOf(said, name)) inner.push([name, each]);
    }
    if (type === 'Observation') this.#placeObservation(links);
    for (const [name, rule] of Object.entries(rules[type].links))
      if (rule.required && rule.kept && (links[name] ?? []).length === 0)
        throw new StaError(400, `${type} needs a ${name}`);
    for (const [name, rule] of Object.entries(rules[type].properties))
      if (rule.required && values[name] === undefined) throw new StaError(400, `${type} needs ${name}`);
    this.#put({ type, id, values, links }, undefined);
    for (const [name, each] of inner) {
      const rule = linkOf(type, name);
      if (rule === undefined) continue;
      if ('@iot.id' in each) this.#attach(rule.to, idOf(each), rule.back, id);
      else this.create(rule.to, each, { [rule.back]: [id] }, depth + 1);
    }
    if (type === 'Thing' && (links.Locations ?? []).length > 0) this.#remember(id, links.Locations ?? []);
    if (type === 'HistoricalLocation') this.#moveThing({ type, id, values, links });
    return id;
  }

  /** Changes what the body names (PATCH), or everything else falls back to nothing (PUT). */
  update(kept: Kept, body: JsonObject, whole: boolean): void {
    const { type, id } = kept.entity;
    const links: Record<string, readonly number[]> = { ...kept.entity.links };
    for (const [name, rule] of Object.entries(rules[type].links)) {
      if (body[name] === undefined) continue;
      const ids = listOf(body[name], name).map((each) => {
        if (!('@iot.id' in each))
          throw new StaError(400, `a change ties ${name} by @iot.id; it makes no entities`);
        const other = idOf(each);
        if (this.#find(rule.to, other) === undefined)
          throw new StaError(400, `there is no ${rule.to} ${other}`);
        return other;
      });
      if (rule.kept) {
        if (!rule.many && ids.length !== 1) throw new StaError(400, `${type} has one ${name}`);
        links[name] = rule.many && type !== 'Thing' ? [...new Set([...(links[name] ?? []), ...ids])] : ids;
      } else for (const other of ids) this.#attach(rule.to, other, rule.back, id);
    }
    const values = this.#values(type, body, whole ? {} : kept.entity.values);
    for (const [name, rule] of Object.entries(rules[type].properties))
      if (rule.required && values[name] === undefined) {
        const before = kept.entity.values[name];
        if (before === undefined) throw new StaError(400, `${type} needs ${name}`);
        Object.assign(values, { [name]: before });
      }
    this.#put({ type, id, values, links }, kept);
    if (type === 'Thing' && body.Locations !== undefined) this.#remember(id, links.Locations ?? []);
  }

  /** Removes an entity and what can't be without it (table 26 of the standard). */
  remove(kept: Kept): void {
    const { type, id } = kept.entity;
    this.#made.set(`${type} ${id}`, { ...kept, seq: kept.seq + 1, kind: 'removed' });
    for (const [name, rule] of Object.entries(rules[type].links)) {
      const back = linkOf(rule.to, rule.back);
      for (const other of this.#things.linked(kept.entity, name)) {
        const there = this.#find(rule.to, other);
        if (there === undefined) continue;
        const goesToo = back?.required === true || (type === 'Location' && rule.to === 'HistoricalLocation');
        if (goesToo && !rule.kept) this.remove(there);
        else if (back?.kept === true && !goesToo) this.#untie(there, rule.back, id);
      }
    }
  }

  #values(type: EntityType, body: JsonObject, before: JsonObject): Record<string, JsonValue> {
    const values: Record<string, JsonValue> = { ...before };
    for (const [name, rule] of Object.entries(rules[type].properties)) {
      if (!Object.hasOwn(body, name)) continue;
      const value = body[name];
      if (value === undefined) continue;
      if (value === null && !rule.required) {
        delete values[name];
        continue;
      }
      if (rule.kind === 'text' && (typeof value !== 'string' || value.length > 100_000))
        throw new StaError(400, `${name} of ${type} is a text`);
      if (rule.kind === 'object' && !isObject(value))
        throw new StaError(400, `${name} of ${type} is an object`);
      values[name] =
        rule.kind === 'time' || rule.kind === 'instant' ? timeOf(type, name, value, rule.kind) : value;
    }
    for (const name of Object.keys(body))
      if (
        !Object.hasOwn(rules[type].properties, name) &&
        linkOf(type, name) === undefined &&
        !name.startsWith('@iot.') &&
        !name.includes('@iot.') &&
        name !== 'id'
      )
        throw new StaError(400, `${type} has no ${name.slice(0, 60)}`);
    if (type === 'Observation') {
      values.phenomenonTime ??= this.#now;
      const at = readSpan(String(values.phenomenonTime));
      if (at !== null && at.start > Date.parse(this.#now) + 86_400_000)
        throw new StaError(400, 'phenomenonTime lies in the future');
    }
    return values;
  }

  /** Where nothing is said, an observation is of the place where its thing is. */
  #placeObservation(links: Record<string, readonly number[]>): void {
    if ((links.FeatureOfInterest ?? []).length > 0) return;
    const [datastream = 0] = links.Datastream ?? [];
    const [thing = 0] = this.#find('Datastream', datastream)?.entity.links.Thing ?? [];
    const [location] = this.#find('Thing', thing)?.entity.links.Locations ?? [];
    const place = location === undefined ? undefined : this.#find('Location', location);
    if (place === undefined)
      throw new StaError(
        400,
        'Observation needs a FeatureOfInterest, or its Thing a Location to make one from',
      );
    links.FeatureOfInterest = [this.#featureOf(place)];
  }

  #featureOf({ entity: { id: location, values } }: Kept): number {
    const known = this.#features.get(location);
    if (known !== undefined) return known;
    const { name, description, encodingType, location: where } = values;
    const same = this.#things.ids('FeatureOfInterest').find((id) => {
      const feature = this.#things.get('FeatureOfInterest', id)?.entity.values;
      return feature?.name === name && JSON.stringify(feature?.feature) === JSON.stringify(where);
    });
    const feature =
      same ??
      this.create('FeatureOfInterest', {
        name: name ?? '',
        description: description ?? '',
        encodingType: encodingType ?? '',
        feature: where ?? null,
      });
    this.#features.set(location, feature);
    return feature;
  }

  /** When a thing gets other locations, that is remembered with the time. */
  #remember(thing: number, locations: readonly number[]): void {
    const id = this.#next.get('HistoricalLocation') ?? this.#things.next('HistoricalLocation');
    this.#next.set('HistoricalLocation', id + 1);
    this.#put(
      {
        type: 'HistoricalLocation',
        id,
        values: { time: this.#now },
        links: { Thing: [thing], Locations: locations },
      },
      undefined,
    );
  }

  /** A historical location newer than all others says where the thing is now. */
  #moveThing({ values, links }: Entity): void {
    const [thing = 0] = links.Thing ?? [];
    const kept = this.#find('Thing', thing);
    const locations = links.Locations ?? [];
    if (kept === undefined || locations.length === 0) return;
    const at = readMoment(String(values.time)) ?? 0;
    const later = this.#things.linked(kept.entity, 'HistoricalLocations').some((id) => {
      const time = this.#things.get('HistoricalLocation', id)?.entity.values.time;
      return (readMoment(String(time)) ?? 0) > at;
    });
    if (!later) this.#put({ ...kept.entity, links: { ...kept.entity.links, Locations: locations } }, kept);
  }

  #resolve(type: EntityType, said: JsonObject, depth: number): number {
    if (!('@iot.id' in said)) return this.create(type, said, {}, depth + 1);
    const id = idOf(said);
    if (this.#find(type, id) === undefined) throw new StaError(400, `there is no ${type} ${id}`);
    return id;
  }

  /** Adds a tie that is kept at the other side. */
  #attach(type: EntityType, id: number, link: string, to: number): void {
    const kept = this.#find(type, id);
    if (kept === undefined) throw new StaError(400, `there is no ${type} ${id}`);
    const isMany = linkOf(type, link)?.many === true;
    const ids = isMany ? [...new Set([...(kept.entity.links[link] ?? []), to])] : [to];
    this.#put({ ...kept.entity, links: { ...kept.entity.links, [link]: ids } }, kept);
    if (type === 'Thing' && link === 'Locations') this.#remember(id, ids);
  }

  #untie(kept: Kept, link: string, from: number): void {
    const ids = (kept.entity.links[link] ?? []).filter((each) => each !== from);
    this.#put({ ...kept.entity, links: { ...kept.entity.links, [link]: ids } }, kept);
  }

  #find(type: EntityType, id: number): Kept | undefined {
    const made = this.#made.get(`${type} ${id}`);
    if (made !== undefined) return made.kind === 'removed' ? undefined : made;
    return this.#things.get(type, id);
  }

  /** A new state; several changes of one entity in one request are one event. */
  #put(entity: Entity, before: Kept | undefined): void {
    const stored = this.#things.get(entity.type, entity.id);
    this.#made.set(`${entity.type} ${entity.id}`, {
      entity,
      seq: (stored?.seq ?? 0) + 1,
      kind: stored === undefined ? 'created' : 'changed',
      area: before?.area ?? this.#area,
    });
  }
}

function timeOf(type: EntityType, name: string, value: JsonValue, kind: 'time' | 'instant'): string {
  const span = typeof value === 'string' ? readSpan(value) : null;
  if (span === null || (kind === 'instant' && span.end !== span.start))
    throw new StaError(400, `${name} of ${type} is a time such as 2021-03-01T08:00:00Z`);
  return timeText(span);
}

function listOf(said: JsonValue | undefined, name: string): readonly JsonObject[] {
  if (said === undefined || said === null) return [];
  const list = Array.isArray(said) ? said : [said];
  return list.map((each) => {
    if (!isObject(each)) throw new StaError(400, `${name} is told as an object`);
    // Version 1.0 of the standard first wrote `id` for what it now calls `@iot.id`.
    return each.id !== undefined && Object.keys(each).length === 1 ? { '@iot.id': each.id } : each;
  });
}

function idOf(said: JsonObject): number {
  const id = said['@iot.id'];
  if (typeof id !== 'number' || !Number.isSafeInteger(id) || id < 1)
    throw new StaError(400, '@iot.id is a whole number from 1');
  return id;
}
