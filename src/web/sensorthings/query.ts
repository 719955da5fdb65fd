import { type Expression, pathsOf, readFilter } from './filter.ts';
import { type EntityType, linkOf, rules, StaError } from './model.ts';

/** What a request asks of a collection or an entity: SensorThings clause 9.3. */
export interface Query {
  readonly select: readonly string[] | null;
  readonly expand: readonly { readonly link: string; readonly query: Query }[];
  readonly orderby: readonly { readonly by: Expression; readonly down: boolean }[];
  readonly top: number | null;
  readonly skip: number;
  /** Id after which a page begins: paging by key costs the same on every page. */
  readonly after: number | null;
  readonly count: boolean;
  readonly filter: Expression | null;
  /** Observations as rows without names (clause 12). */
  readonly dataArray: boolean;
}

/** Entities on one page at the most. */
export const mostOnPage = 1000;
/** Entities on a page when nothing is asked. */
export const usualOnPage = 100;
const deepestExpand = 6;

const options = [
  '$select',
  '$expand',
  '$orderby',
  '$top',
  '$skip',
  '$skiptoken',
  '$count',
  '$filter',
  '$resultFormat',
];

/** Reads what a request asks. A name that the type does not have is told, not taken for something missing. */
export function readQuery(type: EntityType, pairs: Iterable<readonly [string, string]>, depth = 0): Query {
  const asked = new Map<string, string>();
  for (const [name, value] of pairs) {
    // A name without a mark is nobody's option here (OData 4.0 part 2, 5.2).
    if (!name.startsWith('$')) continue;
    if (!options.includes(name)) throw new StaError(400, `there is no option ${name.slice(0, 40)}`);
    if (asked.has(name)) throw new StaError(400, `${name} is given twice`);
    asked.set(name, value);
  }
  const filter = asked.get('$filter');
  const count = asked.get('$count');
  if (count !== undefined && count !== 'true' && count !== 'false')
    throw new StaError(400, '$count is true or false');
  const format = asked.get('$resultFormat');
  if (format !== undefined && format !== 'dataArray' && format !== 'default')
    throw new StaError(400, '$resultFormat is dataArray or default');
  if (format === 'dataArray' && type !== 'Observation')
    throw new StaError(400, '$resultFormat=dataArray is for Observations');
  const top = whole(asked.get('$top'), '$top');
  return {
    select: asked.has('$select') ? selected(type, asked.get('$select') ?? '') : null,
    expand: expansions(type, asked.get('$expand') ?? '', depth),
    orderby: parts(asked.get('$orderby') ?? '', ',').map((each) => {
      const match = /^(.*?)(?:\s+(asc|desc))?$/.exec(each.trim());
      return { by: known(type, readFilter(match?.[1] ?? '')), down: match?.[2] === 'desc' };
    }),
    top: top === null ? null : Math.min(top, mostOnPage),
    skip: whole(asked.get('$skip'), '$skip') ?? 0,
    after: whole(asked.get('$skiptoken'), '$skiptoken', 15),
    count: count === 'true',
    filter: filter === undefined ? null : known(type, readFilter(filter)),
    dataArray: format === 'dataArray',
  };
}

/** An expression whose paths are all of the type. */
function known(type: EntityType, expression: Expression): Expression {
  for (const steps of pathsOf(expression)) {
    let at: EntityType | null = type;
    for (const step of steps) {
      if (at === null) break;
      const link = linkOf(at, step);
      if (link === undefined && step !== 'id' && step !== '@iot.id' && !isProperty(at, step))
        throw new StaError(400, `${at} has no ${step.slice(0, 60)}`);
      // What is inside a property is the sender's own.
      at = link?.to ?? null;
    }
  }
  return expression;
}

function whole(text: string | undefined, name: string, digits = 9): number | null {
  if (text === undefined) return null;
  if (!/^\d+$/.test(text) || text.length > digits)
    throw new StaError(400, `${name} is a whole number from 0`);
  return Number(text);
}

function selected(type: EntityType, text: string): readonly string[] {
  const names = parts(text, ',').map((name) => name.trim());
  for (const name of names)
    if (
      !['id', '@iot.id', '@iot.selfLink'].includes(name) &&
      !isProperty(type, name) &&
      linkOf(type, name) === undefined
    )
      throw new StaError(400, `${type} has no ${name.slice(0, 60)} to select`);
  return names;
}

export function isProperty(type: EntityType, name: string): boolean {
  return Object.hasOwn(rules[type].properties, name);
}

/** `Datastreams($top=1;$expand=Observations),Locations` and `Datastreams/Observations`. */
function expansions(type: EntityType, text: string, depth: number): Query['expand'] {
  if (text.trim() === '') return [];
  if (depth >= deepestExpand) throw new StaError(400, `$expand goes at most ${deepestExpand} deep`);
  const found = new Map<string, { inner: [string, string][]; below: string[] }>();
  for (const part of parts(text, ',')) {
    const match = /^\s*(\w+)(?:\/([^(]+(?:\(.*\))?))?(?:\((.*)\))?\s*$/s.exec(part);
    const link = match?.[1];
    if (link === undefined || linkOf(type, link) === undefined)
      throw new StaError(400, `${type} has no ${part.trim().slice(0, 60)} to expand`);
    const known = found.get(link) ?? { inner: [], below: [] };
    found.set(link, known);
    if (match?.[2] !== undefined) known.below.push(match[2]);
    for (const option of parts(match?.[3] ?? '', ';')) {
      const at = option.indexOf('=');
      known.inner.push([option.slice(0, at).trim(), option.slice(at + 1)]);
    }
  }
  return [...found].map(([link, { inner, below }]) => {
    const to = linkOf(type, link)?.to ?? type;
    const own = inner.filter(([name]) => name === '$expand').map(([, value]) => value);
    const all = [...own, ...below].join(',');
    const rest = inner.filter(([name]) => name !== '$expand');
    return { link, query: readQuery(to, all === '' ? rest : [...rest, ['$expand', all]], depth + 1) };
  });
}

/** Splits at a mark outside of brackets and quotes. */
function parts(text: string, mark: string): readonly string[] {
  if (text.trim() === '') return [];
  const found: string[] = [];
  let [depth, quoted, from] = [0, false, 0];
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === "'") quoted = !quoted;
    else if (quoted) continue;
    else if (character === '(') depth += 1;
    else if (character === ')') depth -= 1;
    else if (character === mark && depth === 0) {
      found.push(text.slice(from, at));
      from = at + 1;
    }
  }
  found.push(text.slice(from));
  return found;
}
