import { resolve, type Target } from './address.ts';
import { Answers } from './answer.ts';
import { dataArrayOf } from './data-array.ts';
import { entityTypes, isObject, type JsonValue, rules, StaError } from './model.ts';
import { type Query, readQuery } from './query.ts';
import type { Asked, Reply } from './reply.ts';
import type { Sensors } from './sensors.ts';

const spec = 'http://www.opengis.net/spec/iot_sensing/1.1/req';
const conformance = [
  `${spec}/datamodel`,
  `${spec}/resource-path/resource-path-to-entities`,
  `${spec}/request-data`,
  `${spec}/create-update-delete`,
  `${spec}/batch-request/batch-request`,
  `${spec}/multi-datastream`,
  `${spec}/data-array/data-array`,
];
const mqtt = [`${spec}/create-observations-via-mqtt/observations-creation`];

/** The root: which collections there are, what the service holds to, and where it listens. */
export function rootReply(root: string, endpoints: readonly string[]): Reply {
  return {
    status: 200,
    json: {
      value: entityTypes.map((type) => ({ name: rules[type].set, url: `${root}/${rules[type].set}` })),
      serverSettings: {
        conformance: endpoints.length === 0 ? conformance : [...conformance, ...mqtt],
        ...(endpoints.length === 0 ? {} : { [`${mqtt[0]}`]: { endpoints: [...endpoints] } }),
      },
    },
  };
}

/** Answers a GET of anything but the root. */
export async function read(
  sensors: Sensors,
  { path, options, search, root }: Asked,
  now: number,
): Promise<Reply> {
  const target = await resolve(path, sensors);
  const answers = new Answers(sensors, root, now);
  switch (target.kind) {
    case 'root':
      return rootReply(root, []);
    case 'property':
      return property(sensors, target);
    case 'entity': {
      const query = readQuery(target.entity.type, options);
      if (target.refs) return { status: 200, json: { '@iot.selfLink': answers.selfLink(target.entity) } };
      return { status: 200, json: await answers.entity(target.entity, query) };
    }
    case 'set': {
      const query: Query = readQuery(target.of.type, options);
      const { entities, count, next } = await answers.page(target.of, query, `${root}/${path}${search}`);
      const value: readonly JsonValue[] = target.refs
        ? entities.map((each) => ({ '@iot.selfLink': answers.selfLink(each) }))
        : query.dataArray
          ? dataArrayOf(entities, query.select, root)
          : await answers.entities(entities, query);
      return {
        status: 200,
        json: {
          ...(count === null ? {} : { '@iot.count': count }),
          ...(next === null ? {} : { '@iot.nextLink': next }),
          value: [...value],
        },
      };
    }
  }
}

async function property(
  sensors: Sensors,
  { entity, names, bare }: Extract<Target, { kind: 'property' }>,
): Promise<Reply> {
  await sensors.timeSpans([entity]);
  const [name = '', ...inside] = names;
  let value: JsonValue | undefined = sensors.values(entity)[name];
  for (const step of inside) {
    if (!isObject(value) || !Object.hasOwn(value, step))
      throw new StaError(404, `there is no ${step.slice(0, 60)}`);
    value = value[step];
  }
  if (value === undefined && name !== 'resultTime') return { status: 204 };
  // Every observation has a resultTime; one that is null is told so, as in the observation itself.
  const told = value ?? null;
  if (!bare) return { status: 200, json: { [names.at(-1) ?? name]: told } };
  return { status: 200, text: typeof told === 'string' ? told : JSON.stringify(told) };
}
