import { resolve } from './address.ts';
import type { Answer } from './batch.ts';
import { readDataArray } from './data-array.ts';
import { isObject, type JsonObject, type JsonValue, rules, StaError } from './model.ts';
import type { Asked, Reply } from './reply.ts';
import type { Sender, SensorService, Work } from './service.ts';

/** A request that changes something, as work on a change. */
interface Task {
  /** It only adds observations. */
  readonly adds: boolean;
  readonly work: Work<Reply>;
}

/** Answers a request that changes something. It is stored before the answer. */
export function write(service: SensorService, asked: Asked, body: unknown, sender: Sender): Promise<Reply> {
  const { adds, work } = taskOf(asked, body);
  return service.write({ ...sender, adds }, work);
}

/** Answers requests that are stored together or not at all. */
export function writeTogether<Result>(
  service: SensorService,
  sender: Sender,
  work: (change: Answer) => Promise<Result>,
): Promise<Result> {
  return service.write(sender, (change, sensors) =>
    work((asked, body) => taskOf(asked, body).work(change, sensors)),
  );
}

function taskOf(asked: Asked, body: unknown): Task {
  const { method, path, root } = asked;
  if (method === 'POST' && path === 'CreateObservations') return createMany(root, body);
  if (method === 'DELETE')
    return {
      adds: false,
      work: async (change, sensors) => {
        const target = await resolve(path, sensors, change);
        if (target.kind !== 'entity' || target.refs)
          throw new StaError(405, 'only one entity is removed at a time');
        await change.remove(target.entity);
        return { status: 200 };
      },
    };
  if (!isObject(body)) throw new StaError(400, 'the body is a JSON object');
  if (method === 'POST') return create(asked, body);
  return {
    adds: false,
    work: async (change, sensors) => {
      const target = await resolve(path, sensors, change);
      if (target.kind !== 'entity' || target.refs) throw new StaError(405, 'one entity is changed at a time');
      const { type, id } = target.entity;
      await change.update(target.entity, body, method === 'PUT');
      const now = type === 'Observation' ? { ...target.entity.values, ...plain(body) } : undefined;
      const made = await change.find(type, id);
      return { status: 200, json: written(type, id, now ?? made?.values ?? {}, root) };
    },
  };
}

function create({ path, root }: Asked, body: JsonObject): Task {
  return {
    adds: /(?:^|\/)Observations$/.test(path),
    work: async (change, sensors) => {
      const target = await resolve(path, sensors, change);
      if (target.kind !== 'set' || target.refs) throw new StaError(405, 'entities are added to a collection');
      const { type } = target.of;
      const id = await change.create(type, body, target.given);
      const made = type === 'Observation' ? undefined : await change.find(type, id);
      return {
        status: 201,
        location: `${root}/${rules[type].set}(${id})`,
        json: written(type, id, made?.values ?? { phenomenonTime: change.now, ...plain(body) }, root),
      };
    },
  };
}

/** Rows for several datastreams: what can't be taken is told as `error` in its place, the rest is stored. */
function createMany(root: string, body: unknown): Task {
  const rows = readDataArray(body);
  return {
    adds: true,
    work: async (change) => {
      const links: string[] = [];
      for (const { stream, id, observation } of rows)
        try {
          const made = await change.attempt(async (on) => {
            if ((await on.find(stream, id)) === undefined)
              throw new StaError(400, `there is no ${stream} ${id}`);
            return on.create('Observation', observation, { [stream]: [id] });
          });
          links.push(`${root}/Observations(${made})`);
        } catch (error) {
          if (!(error instanceof StaError)) throw error;
          links.push('error');
        }
      return { status: 201, json: links };
    },
  };
}

function plain(body: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(body).filter(([name]) => Object.hasOwn(rules.Observation.properties, name)),
  );
}

function written(
  type: keyof typeof rules,
  id: number,
  values: JsonObject,
  root: string,
): Record<string, JsonValue> {
  const self = `${root}/${rules[type].set}(${id})`;
  const links = Object.keys(rules[type].links).map((link) => [
    `${link}@iot.navigationLink`,
    `${self}/${link}`,
  ]);
  // As when it is read: an observation always has a resultTime, told as null where there is none.
  const always = type === 'Observation' ? { resultTime: null } : {};
  return { '@iot.id': id, '@iot.selfLink': self, ...always, ...values, ...Object.fromEntries(links) };
}
