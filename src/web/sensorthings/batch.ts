import { type JsonValue, StaError } from './model.ts';
import type { Asked, Reply } from './reply.ts';

/** Requests in one batch at the most. */
export const mostInBatch = 1000;

/** One request of a batch, however the batch was written. */
export interface Part {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  /** Those of one group hold together or not at all; null: it stands alone. */
  readonly group: string | null;
  /** Requests or groups without which it is not tried. */
  readonly dependsOn: readonly string[];
  readonly body: JsonValue | undefined;
}

export interface Answered {
  readonly part: Part;
  readonly reply: Reply;
}

/** Answers one request; throws a StaError where it can't. */
export type Answer = (asked: Asked, body: JsonValue | undefined) => Promise<Reply>;

export interface Doors {
  /** A request by itself: what is wrong with it is its reply. */
  readonly alone: Answer;
  /** Some changes that are stored together or not at all. `work` may run more than once. */
  readonly together: <Result>(work: (change: Answer) => Promise<Result>) => Promise<Result>;
}

/** Which request of a group failed, and why. */
class GroupFailed extends Error {
  readonly at: number;
  readonly reason: StaError;

  constructor(at: number, reason: StaError) {
    super(reason.message);
    [this.at, this.reason] = [at, reason];
  }
}

const notTried: Reply = {
  status: 424,
  json: { code: 424, type: 'error', message: 'a request that this one depends on failed' },
};

/**
 * Answers the requests of a batch in order (SensorThings 1.1, clause 11; OData 4.01 part 1, 11.7). A later request names what
 * an earlier one made by `$id`. Of a group that fails nothing is stored: the request that failed says why, the others of
 * the group answer 424.
 */
export async function answerParts(
  parts: readonly Part[],
  root: string,
  { alone, together }: Doors,
): Promise<readonly Answered[]> {
  checkParts(parts);
  const made = new Map<string, string>();
  const failed = new Set<string>();
  const answered: Answered[] = [];
  for (const run of runs(parts)) {
    const [first] = run;
    const waits = run.some(({ dependsOn }) => dependsOn.some((each) => failed.has(each)));
    const replies =
      first === undefined || waits
        ? run.map(() => notTried)
        : first.group === null
          ? [await alone(askedOf(first, root, made), withReferences(first.body, made))]
          : await answerGroup(run, root, made, together);
    for (const [at, part] of run.entries()) {
      const reply = replies[at] ?? notTried;
      answered.push({ part, reply });
      if (reply.status < 400) made.set(part.id, placeOf(reply, root));
      else for (const name of [part.id, ...(part.group === null ? [] : [part.group])]) failed.add(name);
    }
  }
  return answered;
}

async function answerGroup(
  run: readonly Part[],
  root: string,
  madeBefore: ReadonlyMap<string, string>,
  together: Doors['together'],
): Promise<readonly Reply[]> {
  try {
    return await together(async (change) => {
      const made = new Map(madeBefore);
      const replies: Reply[] = [];
      for (const [at, part] of run.entries())
        try {
          const reply = await change(askedOf(part, root, made), withReferences(part.body, made));
          replies.push(reply);
          made.set(part.id, placeOf(reply, root));
        } catch (error) {
          throw error instanceof StaError ? new GroupFailed(at, error) : error;
        }
      return replies;
    });
  } catch (error) {
    // What only the log refuses is of no one request: it is told at the first.
    const { at, reason } =
      error instanceof StaError
        ? { at: 0, reason: error }
        : error instanceof GroupFailed
          ? error
          : { at: 0, reason: null };
    if (reason === null) throw error;
    return run.map((_, place) => (place === at ? refusal(reason) : notTried));
  }
}

export function refusal({ status, message }: StaError): Reply {
  return { status, json: { code: status, type: 'error', message } };
}

function checkParts(parts: readonly Part[]): void {
  if (parts.length > mostInBatch) throw new StaError(413, `a batch has at most ${mostInBatch} requests`);
  const names = new Set<string>();
  const groups = new Set<string>();
  for (const [at, { id, group, method }] of parts.entries()) {
    if (names.has(id)) throw new StaError(400, `two requests have the id ${id.slice(0, 60)}`);
    names.add(id);
    if (group === null) continue;
    if (!['POST', 'PATCH', 'PUT', 'DELETE'].includes(method))
      throw new StaError(400, `request ${id.slice(0, 60)} only reads: it stands outside of a group`);
    if (parts[at - 1]?.group === group) continue;
    if (groups.has(group))
      throw new StaError(400, `the requests of group ${group.slice(0, 60)} stand one after another`);
    groups.add(group);
  }
}

/** Requests that stand alone, and groups. */
function runs(parts: readonly Part[]): readonly (readonly Part[])[] {
  const found: Part[][] = [];
  for (const part of parts) {
    const last = found.at(-1);
    if (part.group !== null && last?.[0]?.group === part.group) last.push(part);
    else found.push([part]);
  }
  return found;
}

const placeOf = ({ location }: Reply, root: string): string => location?.slice(root.length + 1) ?? '';

/** Addresses may be whole, begin at the server or at the version, or be relative to the batch. */
function askedOf({ method, url }: Part, root: string, made: ReadonlyMap<string, string>): Asked {
  const base = new URL(root).pathname;
  const begin = [root, base].find((each) => url === each || url.startsWith(`${each}/`));
  const below = begin === undefined ? url.replace(/^\/?v1\.[01]\//, '') : url.slice(begin.length);
  const [path = '', search = ''] = below.replace(/^\/+/, '').split(/\?(.*)/s);
  const [first = '', ...rest] = path.split('/');
  const known = first.startsWith('$') ? made.get(first.slice(1)) : undefined;
  return {
    method,
    path: decoded([known ?? first, ...rest].join('/')),
    options: [...new URLSearchParams(search)],
    search: search === '' ? '' : `?${search}`,
    root,
  };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw new StaError(400, `${path.slice(0, 60)} is no address`);
  }
}

/** `{"@iot.id": "$1"}` is the entity that request 1 made. */
function withReferences(
  said: JsonValue | undefined,
  made: ReadonlyMap<string, string>,
): JsonValue | undefined {
  if (Array.isArray(said)) return said.map((each) => withReferences(each, made) ?? null);
  if (typeof said !== 'object' || said === null) return said;
  return Object.fromEntries(
    Object.entries(said).map(([name, value]) => {
      const id =
        name === '@iot.id' && typeof value === 'string' && value.startsWith('$') ? value.slice(1) : null;
      const entity = id === null ? undefined : /\((\d+)\)$/.exec(made.get(id) ?? '')?.[1];
      return [name, entity === undefined ? (withReferences(value, made) ?? null) : Number(entity)];
    }),
  );
}
