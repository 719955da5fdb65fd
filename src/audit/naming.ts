import { comma, inBrackets, listMark, periodText } from '../language/index.ts';
import { type Language, type Localized, periodBounds, type Workspace } from '../model/index.ts';

/** What the codes of records are called: a reader is told of areas and indicators, not of their codes. */
export interface Naming {
  area(id: string, language: Language): string;
  indicator(id: string, language: Language): string;
  /** A dimension, or one of its values: `sex=f`. */
  part(code: string, language: Language): string;
}

/** Columns of a record, as findings quote them. */
const columns: Readonly<Record<string, Localized>> = {
  value: { en: 'value', zh: '数值' },
  period: { en: 'period', zh: '时期' },
  area: { en: 'area', zh: '区域' },
};

const known = new WeakMap<Workspace, Naming>();

/** The names that a workspace gives; what it does not know keeps its code. */
export function namesOf(workspace: Workspace): Naming {
  const before = known.get(workspace);
  if (before !== undefined) return before;
  const { areas, dimensions } = workspace.city;
  const byArea = new Map(areas.map(({ id, name }) => [id, name]));
  const byIndicator = new Map(workspace.indicators.map(({ id, name }) => [id, name]));
  const byPart = new Map<string, Localized>();
  for (const { id, name, values } of dimensions) {
    byPart.set(id, name);
    for (const value of values) byPart.set(`${id}=${value.id}`, value.name);
  }
  const of = (names: ReadonlyMap<string, Localized>) => (code: string, language: Language) => {
    const name = names.get(code);
    const other = language === 'en' ? name?.zh : name?.en;
    return name?.[language] || other || code;
  };
  const naming = { area: of(byArea), indicator: of(byIndicator), part: of(byPart) };
  known.set(workspace, naming);
  return naming;
}

/** `Framework agreements, industry (Shanghai, 2017)`, `框架协议数，工业（上海市，2017年）`; without a period: a series. */
function recordName(
  { area, indicator, period, parts }: RecordCodes,
  naming: Naming,
  language: Language,
): string {
  const parting = comma(language);
  const what = [
    naming.indicator(indicator, language),
    ...parts.map((part) => naming.part(part, language)),
  ].join(parting);
  const where = [
    naming.area(area, language),
    ...(period === undefined ? [] : [periodName(period, language)]),
  ].join(parting);
  return `${what}${inBrackets(where, language)}`;
}

/** A period in words; what is none stays as it is written. */
function periodName(period: string, language: Language): string {
  return periodBounds(period) === null ? period : periodText(period, language);
}

interface RecordCodes {
  readonly area: string;
  readonly indicator: string;
  readonly period?: string;
  readonly parts: readonly string[];
}

/** What a finding on records quotes: `310000 gdp 2017 sector=industry: value 0.46`. */
const quoted = /^(\S+) (\S+) (\S+)((?: [^\s=:]+=[^\s:]+)*): (\w+) ?(.*)$/s;

/** The area, indicator and period of a record that a finding quotes; null for words of a text. */
export function quotedRecord(
  text: string,
): { readonly area: string; readonly indicator: string; readonly period: string } | null {
  const match = quoted.exec(text);
  return match === null ? null : { area: match[1] ?? '', indicator: match[2] ?? '', period: match[3] ?? '' };
}

/** A quoted record in words. */
export function namedQuote(text: string, naming: Naming, language: Language): string {
  const match = quoted.exec(text);
  if (match === null) return text;
  const [, area = '', indicator = '', period = '', parts = '', column = '', value = ''] = match;
  const name = recordName({ area, indicator, period, parts: partsOf(parts) }, naming, language);
  // Area and period are in the name already.
  if ((column === 'period' && value === period) || (column === 'area' && value === area)) return name;
  const head = columns[column]?.[language] ?? column;
  return language === 'zh' ? `${name}：${head} ${value}`.trimEnd() : `${name}: ${head} ${value}`.trimEnd();
}

const partsOf = (text: string): readonly string[] => text.split(' ').filter((part) => part !== '');

/** The values of a finding on records, its codes replaced by names; `quote` is the first record that it quotes. */
export function namedValues(
  values: Readonly<Record<string, string>>,
  quote: string,
  naming: Naming,
  language: Language,
): Readonly<Record<string, string>> {
  const parts = partsOf(quoted.exec(quote)?.[4] ?? '');
  const parting = listMark(language);
  const list = (text: string, name: (each: string) => string): string =>
    text.split(', ').map(name).join(parting);
  const rewritten: Readonly<Record<string, (value: string) => string>> = {
    cell: (value) => {
      const [area = '', indicator = '', period = ''] = value.split(' ');
      return recordName({ area, indicator, period, parts }, naming, language);
    },
    series: (value) => {
      const [area = '', indicator = ''] = value.split(' ');
      return recordName({ area, indicator, parts }, naming, language);
    },
    indicator: (value) => naming.indicator(value, language),
    period: (value) => periodName(value, language),
    years: (value) => list(value, (year) => periodName(year, language)),
    areas: (value) => list(value, (area) => naming.area(area, language)),
    likely: (value) => {
      const name = naming.area(value, language);
      // The code is what has to be written.
      return name === value ? value : `${value}${inBrackets(name, language)}`;
    },
    dimension: (value) =>
      value === 'area' ? { en: 'area', zh: '区域' }[language] : naming.part(value, language),
  };
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      value.startsWith('@') ? value : (rewritten[name]?.(value) ?? value),
    ]),
  );
}
