import type { Answered, Part } from './batch.ts';
import { type JsonValue, StaError } from './model.ts';
import type { Reply } from './reply.ts';

/** The boundary that a Content-Type of multipart/mixed names; null when it is another type. */
export function boundaryOf(type: string): string | null {
  const match =
    /^\s*multipart\/mixed\s*;(?:.*;)?\s*boundary\s*=\s*(?:"([^"\r\n]{1,70})"|([^\s;"]{1,70}))/i.exec(type);
  return match?.[1] ?? match?.[2] ?? null;
}

/**
 * A batch as multipart/mixed (SensorThings 1.1, clause 11.2; OData 4.0 part 1, 11.7): each part is a request of
 * application/http, or a change set, multipart/mixed itself, whose requests hold together. A request of a change set
 * has a Content-ID, by which later ones name what it made.
 */
export function partsInMultipart(text: string, boundary: string): readonly Part[] {
  const found: Part[] = [];
  for (const [at, { headers, body }] of split(text, boundary, 'the batch').entries()) {
    const inner = boundaryOf(headers.get('content-type') ?? '');
    if (inner === null) found.push(requestIn(headers, body, `part ${at + 1}`, null));
    else
      for (const [each, part] of split(body, inner, `change set ${at + 1}`).entries()) {
        if (boundaryOf(part.headers.get('content-type') ?? '') !== null)
          throw new StaError(400, `change set ${at + 1} holds another change set`);
        found.push(requestIn(part.headers, part.body, `part ${at + 1}.${each + 1}`, `changeset ${at + 1}`));
      }
  }
  return found;
}

interface Section {
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** What stands between the lines of a boundary: RFC 2046, 5.1.1; a bare line feed ends a line too. */
function split(text: string, boundary: string, name: string): readonly Section[] {
  const lines = text.split('\n');
  const found: string[][] = [];
  let isOpen = false;
  for (const line of lines) {
    const plain = line.replace(/\s+$/, '');
    if (plain === `--${boundary}--`) {
      if (found.length === 0) break;
      return found.map((each) => sectionOf(each.join('\n').replace(/\r$/, '')));
    }
    if (plain === `--${boundary}`) {
      found.push([]);
      isOpen = true;
    } else if (isOpen) found.at(-1)?.push(line);
  }
  throw new StaError(400, `${name} has no parts that end with its boundary --${boundary}--`);
}

function sectionOf(text: string): Section {
  const [head = '', ...rest] = text.split(/\r?\n\r?\n/);
  const gap = /\r?\n\r?\n/.exec(text);
  const body = gap === null ? '' : text.slice(gap.index + gap[0].length);
  const headers = new Map<string, string>();
  for (const line of (rest.length === 0 ? text : head).split(/\r?\n/)) {
    const at = line.indexOf(':');
    if (at > 0) headers.set(line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim());
  }
  return { headers, body };
}

function requestIn(
  headers: ReadonlyMap<string, string>,
  body: string,
  name: string,
  group: string | null,
): Part {
  if (!/^application\/http\b/i.test(headers.get('content-type') ?? ''))
    throw new StaError(400, `${name} is no application/http`);
  const from = body.replace(/^(?:\r?\n)+/, '');
  const [line = ''] = from.split(/\r?\n/, 1);
  const [, method, url] = /^([A-Za-z]{3,10}) (\S{1,8000}) HTTP\/1\.[01]\s*$/i.exec(line) ?? [];
  if (method === undefined || url === undefined)
    throw new StaError(400, `${name} does not begin with a line such as POST Things HTTP/1.1`);
  const { body: said } = sectionOf(from.slice(line.length).replace(/^\r?\n/, '\n'));
  return {
    id: headers.get('content-id') ?? name,
    method: method.toUpperCase(),
    url,
    group,
    dependsOn: [],
    body: jsonIn(said, name),
  };
}

function jsonIn(text: string, name: string): JsonValue | undefined {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new StaError(400, `the body of ${name} is no JSON`);
  }
}

/** Answers in the order of their requests; a change set that failed is one answer, that of the request that failed. */
export function answersInMultipart(answered: readonly Answered[]): Reply {
  const batch = 'batch_modelcity';
  const lines: string[] = [];
  for (let at = 0; at < answered.length; ) {
    const group = answered[at]?.part.group ?? null;
    let end = at + 1;
    while (group !== null && answered[end]?.part.group === group) end += 1;
    const run = answered.slice(at, end);
    at = end;
    lines.push(`--${batch}`);
    const wrong = run.find(({ reply: { status } }) => status >= 400 && status !== 424) ?? run[0];
    if (group === null || run.some(({ reply: { status } }) => status >= 400)) {
      if (wrong !== undefined) lines.push(...answerLines(wrong));
      continue;
    }
    const inner = `changeset_${lines.length}`;
    lines.push(`Content-Type: multipart/mixed; boundary=${inner}`, '');
    for (const each of run) lines.push(`--${inner}`, ...answerLines(each));
    lines.push(`--${inner}--`);
  }
  lines.push(`--${batch}--`, '');
  return { status: 200, type: `multipart/mixed; boundary=${batch}`, text: lines.join('\r\n') };
}

const reasons: Readonly<Record<number, string>> = { 200: 'OK', 201: 'Created', 204: 'No Content' };

function answerLines({ part: { id, group }, reply }: Answered): readonly string[] {
  const { status, location, json, text } = reply;
  const body = json === undefined ? text : JSON.stringify(json);
  const type = json === undefined ? 'text/plain' : 'application/json';
  return [
    'Content-Type: application/http',
    ...(group === null && id.startsWith('part ') ? [] : [`Content-ID: ${id}`]),
    '',
    `HTTP/1.1 ${status} ${reasons[status] ?? 'Refused'}`,
    ...(location === undefined ? [] : [`Location: ${location}`]),
    ...(body === undefined ? [] : [`Content-Type: ${type}; charset=utf-8`]),
    '',
    body ?? '',
  ];
}
