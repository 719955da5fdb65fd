import {
  type Entity,
  isObject,
  type JsonObject,
  type JsonValue,
  rules,
  StaError,
  type StreamType,
} from './model.ts';

/** Observations of one request at the most. */
const mostRows = 100_000;

/** Reads the data-array extension (clause 12): observations of several streams as rows without names. */
export function readDataArray(
  body: unknown,
): readonly { readonly stream: StreamType; readonly id: number; readonly observation: JsonObject }[] {
  if (!Array.isArray(body)) throw new StaError(400, 'CreateObservations takes a list');
  const found: { stream: StreamType; id: number; observation: JsonObject }[] = [];
  for (const block of body) {
    const [stream, id] = streamOf(block);
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
        if (name === 'FeatureOfInterest/id' || name === 'FeatureOfInterest/@iot.id')
          observation.FeatureOfInterest = { '@iot.id': value };
        else if (typeof name === 'string' && name !== '__proto__') observation[name] = value;
      }
      found.push({ stream, id, observation });
    }
  }
  return found;
}

function streamOf(block: unknown): readonly [StreamType, number] {
  for (const type of ['Datastream', 'MultiDatastream'] as const) {
    const stream: unknown = isObject(block) ? block[type] : undefined;
    const id = isObject(stream) ? stream['@iot.id'] : undefined;
    if (typeof id === 'number') return [type, id];
  }
  throw new StaError(400, 'each block names its Datastream by @iot.id');
}

/** Observations as rows, a block for each stream, in the order in which they came. */
export function dataArrayOf(
  entities: readonly Entity[],
  select: readonly string[] | null,
  root: string,
): readonly JsonObject[] {
  const components = ['id', ...Object.keys(rules.Observation.properties)].filter(
    (name) => select === null || select.includes(name) || (name === 'id' && select.includes('@iot.id')),
  );
  const blocks = new Map<string, JsonValue[]>();
  for (const { id, values, links } of entities) {
    const type: StreamType = links.Datastream === undefined ? 'MultiDatastream' : 'Datastream';
    const key = `${type} ${links[type]?.[0] ?? 0}`;
    const rows = blocks.get(key) ?? [];
    blocks.set(key, rows);
    rows.push(components.map((name) => (name === 'id' ? id : (values[name] ?? null))));
  }
  return [...blocks].map(([key, rows]) => {
    const [type = 'Datastream', id = '0'] = key.split(' ');
    return {
      [`${type}@iot.navigationLink`]: `${root}/${type}s(${id})`,
      components,
      'dataArray@iot.count': rows.length,
      dataArray: rows,
    };
  });
}
