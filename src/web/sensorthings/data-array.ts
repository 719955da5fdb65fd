import { type JsonObject, type JsonValue, StaError } from './model.ts';
import { isObject } from './things.ts';

/** Observations of one request at the most. */
const mostRows = 10_000;

/** Reads the data-array extension (clause 12): observations of several datastreams as rows without names. */
export function readDataArray(
  body: unknown,
): readonly { readonly datastream: number; readonly observation: JsonObject }[] {
  if (!Array.isArray(body)) throw new StaError(400, 'CreateObservations takes a list');
  const found: { datastream: number; observation: JsonObject }[] = [];
  for (const block of body) {
    const stream: unknown = isObject(block) ? block.Datastream : undefined;
    const id = isObject(stream) ? stream['@iot.id'] : undefined;
    if (!isObject(block) || typeof id !== 'number')
      throw new StaError(400, 'each block names its Datastream by @iot.id');
    const { components, dataArray } = block;
    if (!Array.isArray(components) || !Array.isArray(dataArray))
      throw new StaError(400, 'each block has components and dataArray');
    for (const row of dataArray) {
      if (!Array.isArray(row) || row.length !== components.length)
        throw new StaError(400, `a row of dataArray has ${components.length} cells, one a component`);
      if (found.length >= mostRows)
        throw new StaError(413, `one request brings at most ${mostRows} observations`);
      const observation: Record<string, JsonValue> = {};
      for (const [at, name] of components.entries()) {
        const value: JsonValue = row[at] ?? null;
        if (name === 'FeatureOfInterest/id') observation.FeatureOfInterest = { '@iot.id': value };
        else if (typeof name === 'string' && name !== '__proto__') observation[name] = value;
      }
      found.push({ datastream: id, observation });
    }
  }
  return found;
}
