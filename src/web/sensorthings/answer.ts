import { holds, type Look, valuesOf } from './evaluate.ts';
import type { Value } from './filter.ts';
import { type Entity, type EntityType, type JsonObject, type JsonValue, linkOf, rules } from './model.ts';
import { type Query, usualOnPage } from './query.ts';
import { isObject, type Things } from './things.ts';
import { readSpan } from './times.ts';

/** How entities are written: with their addresses, what is selected, and what is expanded. */
export class Answers {
  readonly #things: Things;
  readonly #root: string;
  readonly #now: number;

  constructor(things: Things, root: string, now: number) {
    this.#things = things;
    this.#root = root;
    this.#now = now;
  }

  selfLink({ type, id }: Pick<Entity, 'type' | 'id'>): string {
    return `${this.#root}/${rules[type].set}(${id})`;
  }

  entity(entity: Entity, query: Query): JsonObject {
    const { type, id } = entity;
    const wanted = query.select;
    const shows = (name: string): boolean => wanted === null || wanted.includes(name);
    const said: Record<string, JsonValue> = {};
    if (shows('id') || shows('@iot.id')) said['@iot.id'] = id;
    if (wanted === null || wanted.includes('@iot.selfLink')) said['@iot.selfLink'] = this.selfLink(entity);
    const values = this.values(entity);
    for (const name of Object.keys(rules[type].properties)) {
      const value = values[name];
      if (!shows(name)) continue;
      if (value !== undefined) said[name] = value;
      else if (type === 'Observation' && name === 'resultTime') said[name] = null;
    }
    for (const [link, rule] of Object.entries(rules[type].links)) {
      const expanded = query.expand.find((each) => each.link === link);
      if (expanded === undefined) {
        if (shows(link)) said[`${link}@iot.navigationLink`] = `${this.selfLink(entity)}/${link}`;
        continue;
      }
      const ids = this.#things.linked(entity, link);
      if (rule.many) {
        const page = this.page(rule.to, ids, expanded.query, `${this.selfLink(entity)}/${link}`);
        if (page.count !== null) said[`${link}@iot.count`] = page.count;
        said[link] = page.value;
        if (page.next !== null) said[`${link}@iot.nextLink`] = page.next;
      } else {
        const other = this.#things.get(rule.to, ids[0] ?? 0);
        if (other !== undefined) said[link] = this.entity(other.entity, expanded.query);
      }
    }
    return said;
  }

  /** What an entity says, with the span of time that a datastream's observations have. */
  values(entity: Entity): JsonObject {
    if (entity.type !== 'Datastream') return entity.values;
    const span = this.#things.observed(entity.id);
    return span === null ? entity.values : { ...entity.values, phenomenonTime: span };
  }

  /** One page of a collection, and the address of the next. */
  page(
    type: EntityType,
    ids: readonly number[],
    query: Query,
    address: string,
  ): { readonly value: JsonObject[]; readonly count: number | null; readonly next: string | null } {
    const found = this.#found(type, ids, query);
    const size = query.top ?? usualOnPage;
    const from = query.after === null ? query.skip : 0;
    const rest = query.after === null ? found : found.filter(({ id }) => id > (query.after ?? 0));
    const shown = rest.slice(from, from + size);
    const last = shown.at(-1);
    const more = rest.length > from + size && last !== undefined;
    const byKey = query.orderby.length === 0 && query.skip === 0;
    return {
      value: shown.map((entity) => this.entity(entity, query)),
      count: query.count ? found.length : null,
      next: more
        ? nextAddress(address, byKey ? ['$skiptoken', last.id] : ['$skip', from + size], query.top)
        : null,
    };
  }

  #found(type: EntityType, ids: readonly number[], { filter, orderby }: Query): readonly Entity[] {
    let found = ids.flatMap((id) => this.#things.get(type, id)?.entity ?? []);
    if (filter !== null) found = found.filter((entity) => holds(filter, this.#look(entity), this.#now));
    if (orderby.length === 0) return found;
    const keyed = found.map((entity) => ({
      entity,
      keys: orderby.map(({ by }) => valuesOf(by, this.#look(entity), this.#now)[0] ?? null),
    }));
    keyed.sort((a, b) => {
      for (const [at, { down }] of orderby.entries()) {
        const order = inOrder(a.keys[at] ?? null, b.keys[at] ?? null);
        if (order !== 0) return down ? -order : order;
      }
      return a.entity.id - b.entity.id;
    });
    return keyed.map(({ entity }) => entity);
  }

  #look(entity: Entity): Look {
    return (steps) => this.#along(entity, steps);
  }

  /** The values at the end of a path of links and properties. */
  #along(entity: Entity, steps: readonly string[]): readonly Value[] {
    const [first = '', ...rest] = steps;
    if (first === 'id' || first === '@iot.id') return [entity.id];
    const link = linkOf(entity.type, first);
    if (link !== undefined)
      return this.#things.linked(entity, first).flatMap((id) => {
        const other = this.#things.get(link.to, id)?.entity;
        return other === undefined ? [] : this.#along(other, rest);
      });
    if (!Object.hasOwn(rules[entity.type].properties, first)) return [null];
    const kind = rules[entity.type].properties[first]?.kind;
    let value: JsonValue | undefined = this.values(entity)[first];
    for (const step of rest) value = isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
    return [plainValue(value, kind === 'time' || kind === 'instant')];
  }
}

function plainValue(value: JsonValue | undefined, isTime: boolean): Value {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string') return isTime ? readSpan(value) : value;
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  const shape = isObject(value) ? geoJson(value) : null;
  return shape ?? JSON.stringify(value);
}

/** A GeoJSON geometry or feature as a shape for the functions of space. */
function geoJson(value: JsonObject): Value {
  const geometry = isObject(value.geometry) ? value.geometry : value;
  const pairs = (list: JsonValue | undefined): [number, number][] =>
    Array.isArray(list)
      ? list.flatMap((pair): [number, number][] => {
          const [x, y] = Array.isArray(pair) ? pair : [];
          return typeof x === 'number' && typeof y === 'number' ? [[x, y]] : [];
        })
      : [];
  const { type, coordinates } = geometry;
  if (type === 'Point') return { shape: 'POINT', points: pairs([coordinates ?? null]) };
  if (type === 'LineString') return { shape: 'LINESTRING', points: pairs(coordinates) };
  if (type === 'Polygon' && Array.isArray(coordinates))
    return { shape: 'POLYGON', points: pairs(coordinates[0]) };
  return null;
}

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
  return 'start' in value ? value.start : JSON.stringify(value.points);
}

/** The address of the next page: what was asked, with another place to begin. */
function nextAddress(address: string, [name, at]: readonly [string, number], top: number | null): string {
  const [path = '', query = ''] = address.split('?');
  const kept = query
    .split('&')
    .filter((pair) => pair !== '' && !/^(?:\$|%24)(?:skip|skiptoken)=/i.test(pair));
  if (top !== null && !kept.some((pair) => /^(?:\$|%24)top=/i.test(pair))) kept.push(`$top=${top}`);
  return `${path}?${[...kept, `${name}=${at}`].join('&')}`;
}
