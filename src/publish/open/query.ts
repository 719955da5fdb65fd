import { periodBounds } from '../../model/index.ts';
import { frequencyOf, periodOfSdmx } from './codes.ts';
import type { OpenRow } from './row.ts';
import { keyReader, type Structure } from './structure.ts';

/** What a query of the SDMX REST interface (version 2) asks of the data. */
export interface DataQuery {
  /** Whether a row is asked for. */
  fits(row: OpenRow): boolean;
  /** The series asked for when the query names them; null for all: only these indicators need be read. */
  readonly series: ReadonlySet<string> | null;
  readonly firstN: number | null;
  readonly lastN: number | null;
}

/** Longest key and longest list that are read. */
const longest = 20_000;

type Test = (code: string) => boolean;

/**
 * Reads the key (`A.POP..T+T1`, keys with `,` between them, `*` for any) and the parameters `c[DIMENSION]`,
 * `startPeriod`, `endPeriod`, `firstNObservations`, `lastNObservations`; the text of what is wrong otherwise.
 */
export function readDataQuery(
  structure: Structure,
  key: string,
  parameters: readonly (readonly [name: string, value: string])[],
): DataQuery | string {
  const ids = structure.dimensions.map(({ id }) => id);
  if (key.length > longest) return `a key has at most ${longest} letters`;
  const keys: (Test | null)[][] = [];
  const series = new Set<string>();
  let anySeries = false;
  if (key === '' || key === '*' || key === 'all') anySeries = true;
  else
    for (const one of key.split(',')) {
      const positions = one.split('.');
      if (positions.length !== ids.length)
        return `the key '${one.slice(0, 100)}' has ${positions.length} positions; the structure has ${ids.length}: ${ids.join('.')}`;
      keys.push(
        positions.map((text, at) => {
          if (text === '' || text === '*') {
            if (at === 1) anySeries = true;
            return null;
          }
          const codes = new Set(text.split('+'));
          if (at === 1) for (const code of codes) series.add(code);
          return (code: string) => codes.has(code);
        }),
      );
    }
  const components = new Map<number, Test>();
  const times: ((period: string) => boolean)[] = [];
  let firstN: number | null = null;
  let lastN: number | null = null;
  for (const [name, value] of parameters) {
    if (value.length > longest) return `the parameter ${name} is too long`;
    const component = /^c\[([A-Za-z][A-Za-z0-9_-]*)\]$/.exec(name)?.[1];
    if (component === 'TIME_PERIOD') {
      const test = timeTest(value);
      if (typeof test === 'string') return test;
      times.push(test);
    } else if (component !== undefined) {
      const at = ids.indexOf(component);
      if (at < 0)
        return `there is no dimension ${component}; the structure has ${ids.join(', ')} and TIME_PERIOD`;
      const test = codeTest(value);
      if (typeof test === 'string') return test;
      components.set(at, test);
    } else if (name === 'startPeriod' || name === 'endPeriod') {
      const test = timeTest(`${name === 'startPeriod' ? 'ge' : 'le'}:${value}`);
      if (typeof test === 'string') return test;
      times.push(test);
    } else if (name === 'firstNObservations' || name === 'lastNObservations') {
      if (!/^[1-9]\d{0,5}$/.test(value))
        return `${name} takes a whole number from 1, not '${value.slice(0, 40)}'`;
      if (name === 'firstNObservations') firstN = Number(value);
      else lastN = Number(value);
    }
  }
  const keyOf = keyReader(structure);
  return {
    series: anySeries || keys.length === 0 ? null : series,
    firstN,
    lastN,
    fits(row) {
      if (times.some((test) => !test(row.period))) return false;
      if (keys.length === 0 && components.size === 0) return true;
      const codes = keyOf(row, frequencyOf(row.period));
      for (const [at, test] of components) if (!test(codes[at] ?? '')) return false;
      return (
        keys.length === 0 ||
        keys.some((one) => one.every((test, at) => test === null || test(codes[at] ?? '')))
      );
    },
  };
}

/** `A,B` any of; `ne:A+ne:B` all of; operators eq ne co nc sw ew. */
function codeTest(text: string): Test | string {
  const all: Test[] = [];
  for (const part of text.split(/[+ ]/)) {
    const any: Test[] = [];
    for (const one of part.split(',')) {
      const match = /^(?:(eq|ne|co|nc|sw|ew):)?([A-Za-z0-9_@$-]+|\*)$/.exec(one);
      if (match === null)
        return `'${one.slice(0, 60)}' is no code with an operator (eq, ne, co, nc, sw, ew) before it`;
      const [, operator = 'eq', wanted = ''] = match;
      any.push((code) => {
        if (wanted === '*') return true;
        if (operator === 'ne') return code !== wanted;
        if (operator === 'co') return code.includes(wanted);
        if (operator === 'nc') return !code.includes(wanted);
        if (operator === 'sw') return code.startsWith(wanted);
        return operator === 'ew' ? code.endsWith(wanted) : code === wanted;
      });
    }
    all.push((code) => any.some((test) => test(code)));
  }
  return (code) => all.every((test) => test(code));
}

/** `ge:2015+le:2020`, `2015,2017`: a period fits `ge` when it begins no earlier, `le` when it ends no later. */
function timeTest(text: string): ((period: string) => boolean) | string {
  const all: ((period: string) => boolean)[] = [];
  for (const part of text.split(/[+ ]/)) {
    const any: ((period: string) => boolean)[] = [];
    for (const one of part.split(',')) {
      const match = /^(?:(eq|ne|lt|le|gt|ge):)?(.+)$/.exec(one);
      const wanted = periodOfSdmx(match?.[2] ?? '');
      const bounds = wanted === null ? null : periodBounds(wanted);
      if (match === null || bounds === null || bounds === 'undated')
        return `'${one.slice(0, 60)}' is no period such as 2021, 2021-Q3 or 2021-09`;
      const operator = match[1] ?? 'eq';
      any.push((period) => {
        const own = periodBounds(period);
        if (own === null || own === 'undated') return false;
        if (operator === 'eq') return period === wanted;
        if (operator === 'ne') return period !== wanted;
        if (operator === 'ge') return own.start >= bounds.start;
        if (operator === 'gt') return own.start > bounds.end;
        return operator === 'le' ? own.end <= bounds.end : own.end < bounds.start;
      });
    }
    all.push((period) => any.some((test) => test(period)));
  }
  return (period) => all.every((test) => test(period));
}

/** The rows that a query asks for, of rows in the order of series: the first or last of each series where it says so. */
export function pick(rows: readonly OpenRow[], query: DataQuery): readonly OpenRow[] {
  const fitting = rows.filter((row) => query.fits(row));
  if (query.firstN === null && query.lastN === null) return fitting;
  const series = new Map<string, OpenRow[]>();
  for (const row of fitting) {
    const key = `${row.area} ${frequencyOf(row.period)} ${JSON.stringify(row.breakdown)}`;
    const list = series.get(key);
    if (list === undefined) series.set(key, [row]);
    else list.push(row);
  }
  return [...series.values()].flatMap((list) => {
    const first = query.firstN === null ? [] : list.slice(0, query.firstN);
    const last = query.lastN === null ? [] : list.slice(-query.lastN);
    return [...new Set([...first, ...last])];
  });
}

/** Which codes of each dimension the rows have: what the availability query answers. */
export function availableCodes(
  structure: Structure,
  rows: Iterable<OpenRow>,
): {
  readonly codes: ReadonlyMap<string, readonly string[]>;
  readonly periods: readonly string[];
  readonly count: number;
} {
  const keyOf = keyReader(structure);
  const codes = new Map<string, Set<string>>(structure.dimensions.map(({ id }) => [id, new Set()]));
  const periods = new Set<string>();
  let count = 0;
  for (const row of rows) {
    keyOf(row, frequencyOf(row.period)).forEach((code, at) => {
      codes.get(structure.dimensions[at]?.id ?? '')?.add(code);
    });
    periods.add(row.period);
    count += 1;
  }
  return {
    codes: new Map([...codes].map(([id, found]) => [id, [...found].sort()])),
    periods: [...periods].sort(),
    count,
  };
}
