import type { Look } from './evaluate.ts';
import type { Value } from './filter.ts';
import { type Entity, type EntityType, isObject, type JsonValue, linkOf, rules } from './model.ts';
import { isStream, type Sensors } from './sensors.ts';
import { shapeOf } from './shape.ts';
import { readSpan } from './times.ts';

/** Reads what paths lead to from some entities, so that looking along them needs no waiting. */
export async function readAlong(
  sensors: Sensors,
  entities: readonly Entity[],
  paths: readonly (readonly string[])[],
): Promise<void> {
  const [first] = entities;
  if (first === undefined) return;
  const further = new Map<string, (readonly string[])[]>();
  for (const [step = '', ...rest] of paths)
    if (linkOf(first.type, step) !== undefined) further.set(step, [...(further.get(step) ?? []), rest]);
    else if (step === 'phenomenonTime' && isStream(first.type)) await sensors.timeSpans(entities);
  for (const [link, rest] of further) {
    await sensors.follow(entities, link);
    const to = linkOf(first.type, link)?.to ?? first.type;
    const others = new Set(entities.flatMap((entity) => sensors.linked(entity, link)));
    const found = [...others].flatMap((id) => sensors.known(to, id) ?? []);
    await readAlong(sensors, found, rest);
  }
}

/** The values at the end of a path of links and properties, of what was read. */
export function lookFrom(sensors: Sensors, entity: Entity): Look {
  return (steps) => along(sensors, entity, steps);
}

function along(sensors: Sensors, entity: Entity, steps: readonly string[]): readonly Value[] {
  const [first = '', ...rest] = steps;
  if (first === 'id' || first === '@iot.id') return [entity.id];
  const link = linkOf(entity.type, first);
  if (link !== undefined)
    return sensors.linked(entity, first).flatMap((id) => {
      const other = sensors.known(link.to, id);
      return other === undefined ? [] : along(sensors, other, rest);
    });
  const kind = propertyKind(entity.type, first);
  let value: JsonValue | undefined = sensors.values(entity)[first];
  for (const step of rest) value = isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  return [plainValue(value, kind === 'time' || kind === 'instant')];
}

function propertyKind(type: EntityType, name: string) {
  const { properties } = rules[type];
  return Object.hasOwn(properties, name) ? properties[name]?.kind : undefined;
}

function plainValue(value: JsonValue | undefined, isTime: boolean): Value {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string') return isTime ? readSpan(value) : value;
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  return shapeOf(value) ?? JSON.stringify(value);
}
