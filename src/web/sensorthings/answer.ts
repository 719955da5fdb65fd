import { type Entity, type JsonObject, type JsonValue, linkOf, rules } from './model.ts';
import type { Query } from './query.ts';
import { type Collection, selectPage } from './select.ts';
import { isStream, type Sensors } from './sensors.ts';

/** How entities are written: with their addresses, what is selected, and what is expanded. */
export class Answers {
  readonly #sensors: Sensors;
  readonly #root: string;
  readonly #now: number;

  constructor(sensors: Sensors, root: string, now: number) {
    this.#sensors = sensors;
    this.#root = root;
    this.#now = now;
  }

  selfLink({ type, id }: Pick<Entity, 'type' | 'id'>): string {
    return `${this.#root}/${rules[type].set}(${id})`;
  }

  async entity(entity: Entity, query: Query): Promise<JsonObject> {
    return (await this.entities([entity], query))[0] ?? {};
  }

  /** Entities of one type, written. What they are linked to is read for all of them at once. */
  async entities(entities: readonly Entity[], query: Query): Promise<readonly JsonObject[]> {
    const [first] = entities;
    if (first === undefined) return [];
    if (isStream(first.type) && shows(query, 'phenomenonTime')) await this.#sensors.timeSpans(entities);
    const written = entities.map((entity) => this.#plain(entity, query));
    for (const { link, query: inner } of query.expand) {
      const rule = linkOf(first.type, link);
      if (rule === undefined) continue;
      if (rule.many) await this.#expandMany(entities, written, link, inner);
      else {
        await this.#sensors.follow(entities, link);
        const ids = entities.map((entity) => this.#sensors.linked(entity, link)[0] ?? 0);
        const others = [...new Set(ids)].flatMap((id) => this.#sensors.known(rule.to, id) ?? []);
        const texts = await this.entities(others, inner);
        const byId = new Map(others.map(({ id }, at) => [id, texts[at]]));
        for (const [at, id] of ids.entries()) {
          const said = byId.get(id);
          if (said !== undefined) Object.assign(written[at] ?? {}, { [link]: said });
        }
      }
    }
    return written;
  }

  /** One page of a collection, and the address of the next. */
  async page(
    of: Collection,
    query: Query,
    address: string,
  ): Promise<{
    readonly entities: readonly Entity[];
    readonly count: number | null;
    readonly next: string | null;
  }> {
    const { entities, count, next } = await selectPage(this.#sensors, of, query, this.#now);
    return { entities, count, next: next === null ? null : nextAddress(address, next, query.top) };
  }

  async #expandMany(
    entities: readonly Entity[],
    written: readonly Record<string, JsonValue>[],
    link: string,
    inner: Query,
  ): Promise<void> {
    const [first] = entities;
    if (first === undefined) return;
    const all: Entity[] = [];
    const shares: { readonly said: Record<string, JsonValue>; readonly from: number; readonly to: number }[] =
      [];
    await followMany(this.#sensors, entities, link);
    for (const [at, entity] of entities.entries()) {
      const said = written[at] ?? {};
      const page = await this.page(
        await collectionOf(this.#sensors, entity, link),
        inner,
        `${this.selfLink(entity)}/${link}`,
      );
      if (page.count !== null) said[`${link}@iot.count`] = page.count;
      shares.push({ said, from: all.length, to: all.length + page.entities.length });
      all.push(...page.entities);
      said[link] = [];
      if (page.next !== null) said[`${link}@iot.nextLink`] = page.next;
    }
    const texts = await this.entities(all, inner);
    for (const { said, from, to } of shares) said[link] = texts.slice(from, to);
  }

  #plain(entity: Entity, query: Query): Record<string, JsonValue> {
    const { type, id } = entity;
    const said: Record<string, JsonValue> = {};
    if (shows(query, 'id') || shows(query, '@iot.id')) said['@iot.id'] = id;
    if (shows(query, '@iot.selfLink')) said['@iot.selfLink'] = this.selfLink(entity);
    const values = this.#sensors.values(entity);
    for (const name of Object.keys(rules[type].properties)) {
      const value = values[name];
      if (!shows(query, name)) continue;
      if (value !== undefined) said[name] = value;
      else if (type === 'Observation' && name === 'resultTime') said[name] = null;
    }
    for (const link of Object.keys(rules[type].links))
      if (shows(query, link) && !query.expand.some((each) => each.link === link))
        said[`${link}@iot.navigationLink`] = `${this.selfLink(entity)}/${link}`;
    return said;
  }
}

/** What an entity is linked to, as a collection. */
export async function collectionOf(sensors: Sensors, entity: Entity, link: string): Promise<Collection> {
  const to = linkOf(entity.type, link)?.to ?? entity.type;
  if (to === 'Observation')
    return {
      type: 'Observation',
      scope: isStream(entity.type) ? { streams: [entity.id] } : { feature: entity.id },
    };
  return { type: to, ids: await sensors.linkedNow(entity, link) };
}

async function followMany(sensors: Sensors, entities: readonly Entity[], link: string): Promise<void> {
  const [first] = entities;
  if (first !== undefined && linkOf(first.type, link)?.to !== 'Observation')
    await sensors.follow(entities, link);
}

function shows({ select }: Query, name: string): boolean {
  return select === null || select.includes(name);
}

/** The address of the next page: what was asked, with another place to begin. */
function nextAddress(
  address: string,
  { option, at }: { readonly option: string; readonly at: number },
  top: number | null,
): string {
  const [path = '', query = ''] = address.split('?');
  const kept = query
    .split('&')
    .filter((pair) => pair !== '' && !/^(?:\$|%24)(?:skip|skiptoken)=/i.test(pair));
  if (top !== null && !kept.some((pair) => /^(?:\$|%24)top=/i.test(pair))) kept.push(`$top=${top}`);
  return `${path}?${[...kept, `${option}=${at}`].join('&')}`;
}
