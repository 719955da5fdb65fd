import type { StoredEvent } from '../../store/index.ts';
import { type Entity, type EntityType, entityTypes, type JsonObject, linkOf, rules } from './model.ts';
import { readSpan } from './times.ts';

/** The register under which entities are kept: one case an entity, one event a change. */
export const register = {
  register: 'sensorthings',
  version: 1,
  steps: [
    { from: '', to: 'created' },
    { from: 'created', to: 'changed' },
    { from: 'changed', to: 'changed' },
    { from: 'created', to: 'removed' },
    { from: 'changed', to: 'removed' },
  ],
} as const;

export interface Kept {
  readonly entity: Entity;
  /** Its last event in the log. */
  readonly seq: number;
  readonly kind: 'created' | 'changed' | 'removed';
  readonly area: string;
}

/** All entities of a city, in memory, with the way back along every link; what the log says is what is here. */
export class Things {
  readonly #kept = new Map<EntityType, Map<number, Kept>>(entityTypes.map((type) => [type, new Map()]));
  /** `Thing.Datastreams.3` → ids: both sides of every link. */
  readonly #ends = new Map<string, Set<number>>();
  readonly #last = new Map<EntityType, number>();
  /** Spans of time already worked out; an observation that comes or goes takes its datastream's away. */
  readonly #spans = new Map<number, string | null>();

  /** Reads the log's events; later ones win. */
  static from(events: readonly StoredEvent[]): Things {
    const things = new Things();
    const newest = new Map<string, StoredEvent>();
    for (const event of events) {
      const known = newest.get(event.stream);
      if (known === undefined || event.seq > known.seq) newest.set(event.stream, event);
    }
    for (const event of newest.values()) {
      const { type, id, values, links } = readBody(event);
      things.put({
        entity: { type, id, values, links },
        seq: event.seq,
        kind: kindOf(event.kind),
        area: event.area,
      });
    }
    return things;
  }

  get(type: EntityType, id: number): Kept | undefined {
    const kept = this.#kept.get(type)?.get(id);
    return kept?.kind === 'removed' ? undefined : kept;
  }

  /** The kind of an entity's last event; undefined when it never was. */
  kindOf(type: EntityType, id: number): Kept['kind'] | undefined {
    return this.#kept.get(type)?.get(id)?.kind;
  }

  /** Ids in order of creation. */
  ids(type: EntityType): readonly number[] {
    return [...(this.#kept.get(type)?.values() ?? [])]
      .filter(({ kind }) => kind !== 'removed')
      .map(({ entity }) => entity.id)
      .sort((a, b) => a - b);
  }

  /** From the first to the last phenomenonTime of a datastream's observations; null when it has none. */
  observed(datastream: number): string | null {
    const known = this.#spans.get(datastream);
    if (known !== undefined) return known;
    let [start, end] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const id of this.linked({ type: 'Datastream', id: datastream }, 'Observations')) {
      const span = readSpan(String(this.get('Observation', id)?.entity.values.phenomenonTime));
      if (span === null) continue;
      start = Math.min(start, span.start);
      end = Math.max(end, span.end);
    }
    const text = end < start ? null : `${new Date(start).toISOString()}/${new Date(end).toISOString()}`;
    this.#spans.set(datastream, text);
    return text;
  }

  /** Ids at the other end of a link, in order. */
  linked({ type, id }: Pick<Entity, 'type' | 'id'>, link: string): readonly number[] {
    return [...(this.#ends.get(`${type}.${link}.${id}`) ?? [])].sort((a, b) => a - b);
  }

  /** The id that the next entity of a type gets: never one that was used. */
  next(type: EntityType): number {
    return (this.#last.get(type) ?? 0) + 1;
  }

  put(kept: Kept): void {
    const { entity } = kept;
    if (entity.type === 'Observation') for (const id of entity.links.Datastream ?? []) this.#spans.delete(id);
    const before = this.#kept.get(entity.type)?.get(entity.id);
    if (before !== undefined && before.kind !== 'removed') this.#tie(before.entity, false);
    this.#kept.get(entity.type)?.set(entity.id, kept);
    this.#last.set(entity.type, Math.max(this.#last.get(entity.type) ?? 0, entity.id));
    if (kept.kind !== 'removed') this.#tie(entity, true);
  }

  #tie(entity: Entity, tied: boolean): void {
    for (const [link, ids] of Object.entries(entity.links)) {
      const rule = linkOf(entity.type, link);
      if (rule === undefined) continue;
      for (const other of ids) {
        this.#end(`${entity.type}.${link}.${entity.id}`, other, tied);
        this.#end(`${rule.to}.${rule.back}.${other}`, entity.id, tied);
      }
    }
  }

  #end(name: string, id: number, tied: boolean): void {
    const ends = this.#ends.get(name) ?? new Set<number>();
    if (tied) ends.add(id);
    else ends.delete(id);
    this.#ends.set(name, ends);
  }
}

export function streamOf({ type, id }: Pick<Entity, 'type' | 'id'>): string {
  return `sta.${rules[type].set}.${id}`;
}

function readBody({ stream, body }: StoredEvent): Entity {
  const [, set, id] = stream.split('.');
  const type = entityTypes.find((each) => rules[each].set === set);
  if (type === undefined || !/^\d+$/.test(id ?? '')) throw new Error(`no entity is kept as ${stream}`);
  const { values, links } = body;
  return {
    type,
    id: Number(id),
    values: isObject(values) ? values : {},
    links: Object.fromEntries(
      Object.entries(isObject(links) ? links : {}).map(([name, ids]) => [
        name,
        Array.isArray(ids) ? ids.filter((each) => typeof each === 'number') : [],
      ]),
    ),
  };
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function kindOf(kind: string): Kept['kind'] {
  return kind === 'removed' || kind === 'changed' ? kind : 'created';
}
