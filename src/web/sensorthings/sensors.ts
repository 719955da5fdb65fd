import type { SensorEntity, Store } from '../../store/index.ts';
import { type Beat, beatOf, streamAndNumber } from './beat.ts';
import {
  type Entity,
  type EntityType,
  entityTypes,
  isObject,
  type JsonObject,
  linkOf,
  StaError,
} from './model.ts';
import { Observed } from './observed.ts';
import { timeText } from './times.ts';

/** Observations of one entity that a path in a filter is followed to at the most. */
const mostFollowed = 100_000;

/**
 * What a city's sensors are as of a position, read from the database as it is asked for, for one request: nothing is
 * kept after it. Entities that were seen once are not read twice.
 */
export class Sensors {
  readonly store: Store;
  readonly city: string;
  readonly asOf: { readonly asOf?: number };
  readonly observed: Observed;
  readonly #seen = new Map<string, Entity | null>();
  readonly #linked = new Map<string, readonly number[]>();
  readonly #spans = new Map<number, string | null>();

  constructor(store: Store, city: string, asOf?: number) {
    this.store = store;
    this.city = city;
    this.asOf = asOf === undefined ? {} : { asOf };
    this.observed = new Observed(this);
  }

  /** Reads entities so that {@link Sensors.known} has them. */
  async load(type: EntityType, ids: readonly number[]): Promise<void> {
    const missing = [...new Set(ids)].filter((id) => !this.#seen.has(`${type} ${id}`));
    if (missing.length === 0) return;
    for (const id of missing) this.#seen.set(`${type} ${id}`, null);
    const found =
      type === 'Observation'
        ? await this.observed.byId(missing)
        : (await this.store.sensorEntities(this.city, { ...this.asOf, type, ids: missing })).flatMap(
            (each) => (each.removed ? [] : entityOf(each)),
          );
    for (const entity of found) this.keep(entity);
  }

  keep(entity: Entity): void {
    this.#seen.set(`${entity.type} ${entity.id}`, entity);
  }

  /** An entity that was read; undefined when it is not there. */
  known(type: EntityType, id: number): Entity | undefined {
    return this.#seen.get(`${type} ${id}`) ?? undefined;
  }

  async get(type: EntityType, id: number): Promise<Entity | undefined> {
    if (!Number.isSafeInteger(id)) return undefined;
    await this.load(type, [id]);
    return this.known(type, id);
  }

  /** As {@link Sensors.get}: what is stored is what there is. */
  find(type: EntityType, id: number): Promise<Entity | undefined> {
    return this.get(type, id);
  }

  /** Version of an entity as it was last written, removed or not; 0 when it never was. */
  async lastVersion(type: EntityType, id: number): Promise<number> {
    const [found] = await this.store.sensorEntities(this.city, { type, ids: [id] });
    return found?.version ?? 0;
  }

  /** Entities of a type after an id, in order. */
  async page(type: EntityType, after: number, limit: number): Promise<readonly Entity[]> {
    const found = await this.store.sensorEntities(this.city, { ...this.asOf, type, after, limit });
    const entities = found.flatMap(entityOf);
    for (const entity of entities) this.keep(entity);
    return entities;
  }

  /** Finds the ends of a link of many entities at once, and reads them. Links to observations are scanned, not read. */
  async follow(entities: readonly Entity[], link: string): Promise<void> {
    const open = entities.filter(({ type, id }) => !this.#linked.has(`${type}.${link}.${id}`));
    const [first] = open;
    if (first === undefined) return;
    const rule = linkOf(first.type, link);
    if (rule === undefined) return;
    for (const entity of open)
      if (rule.kept) this.#linked.set(`${entity.type}.${link}.${entity.id}`, entity.links[link] ?? []);
    if (rule.to === 'Observation' && !rule.kept) {
      for (const entity of open) await this.#followObservations(entity, link);
      return;
    }
    if (!rule.kept) {
      const others = open.map(({ id }) => id);
      const pairs = await this.store.sensorLinks(this.city, {
        ...this.asOf,
        type: rule.to,
        link: rule.back,
        others,
      });
      const found = new Map<number, number[]>(others.map((id) => [id, []]));
      for (const { other, id } of pairs) found.get(other)?.push(id);
      for (const [id, ids] of found) this.#linked.set(`${first.type}.${link}.${id}`, ids);
    }
    await this.load(
      rule.to,
      open.flatMap((entity) => this.#linked.get(`${entity.type}.${link}.${entity.id}`) ?? []),
    );
  }

  async #followObservations(entity: Entity, link: string): Promise<void> {
    const ids: number[] = [];
    const scope = isStream(entity.type) ? { streams: [entity.id] } : { feature: entity.id };
    for await (const chunk of this.observed.inOrder(scope)) {
      for (const each of chunk) {
        this.keep(each);
        ids.push(each.id);
      }
      if (ids.length > mostFollowed)
        throw new StaError(
          400,
          `this would read more than ${mostFollowed} observations of one ${entity.type}: ask its Observations`,
        );
    }
    this.#linked.set(`${entity.type}.${link}.${entity.id}`, ids);
  }

  /** Ids at the other end of a link that was followed, of entities that are there. */
  linked({ type, id }: Pick<Entity, 'type' | 'id'>, link: string): readonly number[] {
    const to = linkOf(type, link)?.to;
    return (this.#linked.get(`${type}.${link}.${id}`) ?? []).filter(
      (each) => to !== undefined && this.known(to, each) !== undefined,
    );
  }

  async linkedNow(entity: Entity, link: string): Promise<readonly number[]> {
    await this.follow([entity], link);
    return this.linked(entity, link);
  }

  async beat(stream: number): Promise<Beat | null> {
    const entity = await this.get('Datastream', stream);
    return entity === undefined ? null : beatOf(entity);
  }

  /** Which type a stream has: both count their ids together. */
  async streamOf(observation: number): Promise<Entity | undefined> {
    const { stream } = streamAndNumber(observation);
    return (await this.get('Datastream', stream)) ?? (await this.get('MultiDatastream', stream));
  }

  /** Works out when the observations of streams were, so that {@link Sensors.values} can tell it. */
  async timeSpans(entities: readonly Entity[]): Promise<void> {
    const open = entities.filter(({ type, id }) => isStream(type) && !this.#spans.has(id));
    if (open.length === 0) return;
    const spans = await this.observed.spans(open);
    for (const { id } of open) {
      const span = spans.get(id);
      this.#spans.set(
        id,
        span === undefined ? null : span.start === span.end ? both(span.start) : timeText(span),
      );
    }
  }

  /** What an entity says, with the span of time that a stream's observations have. */
  values(entity: Entity): JsonObject {
    const span = isStream(entity.type) ? (this.#spans.get(entity.id) ?? null) : null;
    return span === null ? entity.values : { ...entity.values, phenomenonTime: span };
  }
}

const both = (moment: number): string =>
  `${timeText({ start: moment, end: moment })}/${timeText({ start: moment, end: moment })}`;

export function isStream(type: EntityType): boolean {
  return type === 'Datastream' || type === 'MultiDatastream';
}

function entityOf({ type: said, id, version, area, values, links }: SensorEntity): readonly Entity[] {
  const type = entityTypes.find((each) => each === said);
  return type === undefined || !isObject(values) ? [] : [{ type, id, version, area, values, links }];
}
