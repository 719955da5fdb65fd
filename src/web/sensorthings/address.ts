import { collectionOf } from './answer.ts';
import { type Entity, type EntityType, linkOf, rules, StaError, typeOfSet } from './model.ts';
import type { Collection } from './select.ts';
import type { Sensors } from './sensors.ts';

/** What an address leads to. */
export type Target =
  | { readonly kind: 'root' }
  | {
      readonly kind: 'set';
      readonly of: Collection;
      /** Links that what is added here has. */
      readonly given: Readonly<Record<string, readonly number[]>>;
      readonly refs: boolean;
    }
  | { readonly kind: 'entity'; readonly entity: Entity; readonly refs: boolean }
  | {
      readonly kind: 'property';
      readonly entity: Entity;
      /** The property, and what is named inside it. */
      readonly names: readonly string[];
      readonly bare: boolean;
    };

/** Entities as whoever asks sees them: as they are stored, or as the requests of one group before this one left them. */
interface Seen {
  find(type: EntityType, id: number): Promise<Entity | undefined>;
  linkedNow(entity: Entity, link: string): Promise<readonly number[]>;
}

/** Walks an address, part by part. Throws a StaError of 404 where nothing is. */
export async function resolve(path: string, sensors: Sensors, seen: Seen = sensors): Promise<Target> {
  let at: Target = { kind: 'root' };
  if (path === '') return at;
  for (const part of path.split('/')) at = await step(at, part, sensors, seen);
  return at;
}

const absentAt = (part: string): StaError => new StaError(404, `there is nothing at ${part.slice(0, 80)}`);

async function step(at: Target, part: string, sensors: Sensors, seen: Seen): Promise<Target> {
  const match = /^([\w$@.-]+)(?:\((\d{1,19})\))?$/.exec(part);
  const [, name = '', digits] = match ?? [];
  if (match === null) throw absentAt(part);
  const id = digits === undefined ? null : Number(digits);
  switch (at.kind) {
    case 'root': {
      const type = typeOfSet(name);
      if (type === undefined) throw absentAt(part);
      if (id !== null) return entityAt(await seen.find(type, id), part);
      return { kind: 'set', of: { type, ids: 'all' }, given: {}, refs: false };
    }
    case 'set':
      if (name !== '$ref' || at.refs || id !== null) throw absentAt(part);
      return { ...at, refs: true };
    case 'property':
      if (at.bare || id !== null) throw absentAt(part);
      return name === '$value' ? { ...at, bare: true } : { ...at, names: [...at.names, name] };
    case 'entity':
      return fromEntity(at.entity, at.refs, name, id, part, { sensors, seen });
  }
}

async function fromEntity(
  entity: Entity,
  refs: boolean,
  name: string,
  id: number | null,
  part: string,
  { sensors, seen }: { readonly sensors: Sensors; readonly seen: Seen },
): Promise<Target> {
  if (refs) throw absentAt(part);
  if (name === '$ref' && id === null) return { kind: 'entity', entity, refs: true };
  const link = linkOf(entity.type, name);
  if (link === undefined) {
    if (!Object.hasOwn(rules[entity.type].properties, name) || id !== null) throw absentAt(part);
    return { kind: 'property', entity, names: [name], bare: false };
  }
  if (!link.many) {
    if (id !== null) throw absentAt(part);
    const [other = 0] = await seen.linkedNow(entity, name);
    return entityAt(await seen.find(link.to, other), part);
  }
  const of = await collectionOf(sensors, entity, name);
  if (id === null) return { kind: 'set', of, given: { [link.back]: [entity.id] }, refs: false };
  const found = await seen.find(link.to, id);
  const isThere =
    'scope' in of
      ? found?.links[link.back]?.includes(entity.id) === true
      : (await seen.linkedNow(entity, name)).includes(id);
  return entityAt(isThere ? found : undefined, part);
}

function entityAt(entity: Entity | undefined, part: string): Target {
  if (entity === undefined) throw absentAt(part);
  return { kind: 'entity', entity, refs: false };
}
