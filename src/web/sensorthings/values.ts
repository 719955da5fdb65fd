import {
  type EntityType,
  isObject,
  type JsonObject,
  type JsonValue,
  linkOf,
  rules,
  StaError,
} from './model.ts';
import { readSpan, timeText } from './times.ts';

/** What a body says about an entity, checked, over what was said before. Links are left to others. */
export function valuesIn(type: EntityType, body: JsonObject, before: JsonObject): Record<string, JsonValue> {
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
    if (rule.kind === 'list' && !Array.isArray(value))
      throw new StaError(400, `${name} of ${type} is a list`);
    values[name] =
      rule.kind === 'time' || rule.kind === 'instant' ? timeOf(type, name, value, rule.kind) : value;
  }
  for (const name of Object.keys(body))
    if (
      !Object.hasOwn(rules[type].properties, name) &&
      linkOf(type, name) === undefined &&
      !name.includes('@iot.') &&
      name !== 'id'
    )
      throw new StaError(400, `${type} has no ${name.slice(0, 60)}`);
  return values;
}

/** Throws when something that the type needs was not said. */
export function checkComplete(type: EntityType, values: JsonObject): void {
  for (const [name, rule] of Object.entries(rules[type].properties))
    if (rule.required && values[name] === undefined) throw new StaError(400, `${type} needs ${name}`);
  if (type !== 'MultiDatastream') return;
  const [types, units] = [values.multiObservationDataTypes, values.unitOfMeasurements];
  if (!Array.isArray(types) || !Array.isArray(units) || types.length !== units.length || types.length === 0)
    throw new StaError(400, 'multiObservationDataTypes and unitOfMeasurements are lists of one length');
}

function timeOf(type: EntityType, name: string, value: JsonValue, kind: 'time' | 'instant'): string {
  const span = typeof value === 'string' ? readSpan(value) : null;
  if (span === null || (kind === 'instant' && span.end !== span.start))
    throw new StaError(400, `${name} of ${type} is a time such as 2021-03-01T08:00:00Z`);
  return timeText(span);
}

/** What a body says about a link, as a list of entities or of references to them. */
export function linkedIn(said: JsonValue | undefined, name: string): readonly JsonObject[] {
  if (said === undefined || said === null) return [];
  const list = Array.isArray(said) ? said : [said];
  return list.map((each) => {
    if (!isObject(each)) throw new StaError(400, `${name} is told as an object`);
    // Version 1.0 of the standard first wrote `id` for what it now calls `@iot.id`.
    return each.id !== undefined && Object.keys(each).length === 1 ? { '@iot.id': each.id } : each;
  });
}

export function isReference(said: JsonObject): boolean {
  return '@iot.id' in said;
}

export function idIn(said: JsonObject): number {
  const id = said['@iot.id'];
  if (typeof id !== 'number' || !Number.isSafeInteger(id) || id < 1)
    throw new StaError(400, '@iot.id is a whole number from 1');
  return id;
}
