import { unitHead } from '../../language/index.ts';
import {
  compare,
  convert,
  decimal,
  type Indicator,
  type Localized,
  type Observation,
  type ObservationStatus,
  observationKey,
  parseUnit,
  type SourceDocument,
  type Workspace,
} from '../../model/index.ts';
import type { ForeignSeries } from './as-repository.ts';
import { periodReader } from './period-text.ts';
import { isWhole, withoutOf } from './table-head.ts';
import { type RawTable, type TableMapping, tablePlace, withoutUnit } from './table-place.ts';
import { readUnit } from './unit-text.ts';
import { valueReader } from './value-text.ts';

/** Which indicator, and which area, a text of the table means: the text → its id; empty: it is left out. */
export interface TableChoices {
  readonly indicators: Readonly<Record<string, string>>;
  readonly areas: Readonly<Record<string, string>>;
}

/** One value of a table beside what the place holds. */
export interface TableCell {
  /** Line of the table, from 1. */
  readonly row: number;
  /** Head of the column that it stands in. */
  readonly column: string;
  readonly text: string;
  readonly outcome: 'new' | 'same' | 'changed' | 'blank' | 'left';
  /** What it becomes; null where it is left. */
  readonly observation: Observation | null;
  /** What is held of the same indicator, area, period and group. */
  readonly held: Observation | null;
  /** Why it is left, and how to mend it. */
  readonly reason: Localized | null;
}

/** A text of the table with what it was taken for; empty: nothing here is called so. */
export interface Meant {
  readonly text: string;
  readonly id: string;
}

/** An indicator of the table, with the unit that it is mostly told in there; empty: none is told. */
export interface MeantIndicator extends Meant {
  readonly unit: string;
}

export interface TableCells {
  readonly cells: readonly TableCell[];
  readonly indicators: readonly MeantIndicator[];
  readonly areas: readonly Meant[];
}

/** Values of one table that are taken in at once. */
export const mostTableCells = 50_000;

export interface TableInto {
  readonly place: Pick<Workspace, 'city' | 'indicators'>;
  /** What is held, by {@link observationKey}. */
  readonly held: ReadonlyMap<string, Observation>;
  readonly choices: TableChoices;
  readonly source: Pick<SourceDocument, 'id'>;
  /** The status of values whose row tells none. */
  readonly status: 'A' | 'P';
}

/**
 * Reads a table by its mapping into a place that is there: every value becomes an observation of an indicator and area of the
 * place, or is left with the reason. The text of what is wrong with the mapping otherwise.
 */
export function tableCells(
  table: RawTable,
  mapping: TableMapping,
  title: string,
  into: TableInto,
): TableCells | string {
  const wide = Object.values(mapping.columns).filter((role) => role.startsWith('value-of-')).length;
  const atMost = (table.rows.length - mapping.header) * Math.max(1, wide);
  if (atMost > mostTableCells)
    return `the table may have ${atMost} values; ${mostTableCells} are taken in at once: split it`;
  const read = tablePlace(table, mapping, title);
  if (typeof read === 'string') return read;
  const { series } = read;
  // A line of words alone, such as the heading of a part, names no indicator and no area.
  const said = series
    .map((each) => ({ ...each, rows: each.rows.filter((row) => (row[valueAt(each)] ?? '') !== '') }))
    .filter(({ rows }) => rows.length > 0);
  const texts = (column: string) => [...new Set(said.flatMap((each) => columnOf(each, column)))];
  const names = indicatorNames(into.place);
  const indicators = said.map((each) => ({
    ...meant(each.id, into.choices.indicators, names),
    unit: commonest(columnOf(each, 'Units')),
  }));
  const areas = [...new Set([...texts('GeoCode'), ...texts('Area name')])]
    .filter((text) => text !== '')
    .map((text) => meant(text, into.choices.areas, areaNames(into.place)));
  const reading: Reading = {
    ...into,
    indicatorOf: new Map(indicators.map(({ text, id }) => [text, id])),
    areaOf: new Map(areas.map(({ text, id }) => [text, id])),
    periodOf: periodReader(texts('Year')),
    valueOf: valueReader(series.flatMap((each) => columnOf(each, 'Value'))),
    valueColumn: Object.entries(mapping.columns).find(([, role]) => role === 'value')?.[0] ?? '',
    columnOfIndicator: new Map(
      Object.entries(mapping.columns).flatMap(([name, role]) =>
        role === 'value-of-indicator'
          ? [
              [
                mapping.unit === undefined ? withoutUnit(withoutOf(name)).name : withoutOf(name),
                name,
              ] as const,
            ]
          : [],
      ),
    ),
    seen: new Map(),
  };
  const cells = series.flatMap((each) => each.rows.map((row) => cellOf(each, row, reading)));
  return { cells: cells.sort((a, b) => a.row - b.row), indicators, areas: areas.filter(isAsked(said)) };
}

interface Reading extends TableInto {
  readonly indicatorOf: ReadonlyMap<string, string>;
  readonly areaOf: ReadonlyMap<string, string>;
  readonly periodOf: ReturnType<typeof periodReader>;
  readonly valueOf: ReturnType<typeof valueReader>;
  readonly valueColumn: string;
  /** The column of each indicator, where they stand side by side. */
  readonly columnOfIndicator: ReadonlyMap<string, string>;
  /** Cells that came already, by key. */
  readonly seen: Map<string, { readonly row: number; readonly value: string | null }>;
}

const valueAt = ({ columns }: ForeignSeries): number => columns.indexOf('Value');

const columnOf = ({ columns, rows }: ForeignSeries, name: string): readonly string[] => {
  const at = columns.indexOf(name);
  return at < 0 ? [] : rows.map((row) => row[at] ?? '');
};

function commonest(texts: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const text of texts) if (text !== '') counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '';
}

/** Of an area that is named by code and by word, the code is asked about alone. */
const isAsked =
  (series: readonly ForeignSeries[]) =>
  ({ text }: Meant): boolean =>
    series.some((each) => columnOf(each, 'GeoCode').includes(text));

/** Letters and digits alone, so that `Energy use (total)` is `energy use total`. */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

function meant(
  text: string,
  chosen: Readonly<Record<string, string>>,
  names: ReadonlyMap<string, string>,
): Meant {
  const id = Object.hasOwn(chosen, text) ? chosen[text] : names.get(plain(text));
  return { text, id: id ?? '' };
}

/** Names that are told apart; one that two things have means neither. */
function namesOf(entries: readonly (readonly [name: string, id: string])[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [name, id] of entries) {
    const key = plain(name);
    if (key === '') continue;
    found.set(key, found.has(key) && found.get(key) !== id ? '' : id);
  }
  return found;
}

const indicatorNames = ({ indicators }: Pick<Workspace, 'indicators'>) =>
  namesOf(
    indicators
      .filter(({ formula }) => formula === undefined)
      .flatMap(({ id, name }) => [id, name.en, name.zh].map((each) => [each, id] as const)),
  );

const areaNames = ({ city }: Pick<Workspace, 'city'>) =>
  namesOf(
    city.areas.flatMap(({ id, name }) =>
      [
        id,
        name.en,
        name.zh,
        name.en.replace(/ (?:District|City|County)$/, ''),
        name.zh.replace(/(?<=..)[市区县]$/u, ''),
      ].map((each) => [each, id] as const),
    ),
  );

const fixed = new Set(['Year', 'Value', 'Units', 'GeoCode', 'Area name', 'Observation status', 'SOURCE_ROW']);

function cellOf(series: ForeignSeries, row: readonly string[], reading: Reading): TableCell {
  const get = (name: string): string => row[series.columns.indexOf(name)] ?? '';
  const text = get('Value');
  const base = {
    row: Number(get('SOURCE_ROW')),
    column: reading.columnOfIndicator.get(series.id) ?? (reading.valueColumn || get('Year')),
    text,
    observation: null,
    held: null,
    reason: null,
  };
  const left = (en: string, zh: string): TableCell => ({ ...base, outcome: 'left', reason: { en, zh } });
  const shown = (said: string): string => said.slice(0, 60);

  const value = reading.valueOf(text);
  if (value.kind === 'missing' && value.says === '') return { ...base, outcome: 'blank' };
  if (value.kind === 'fault')
    return left(
      `'${shown(text)}' is no number: write the number alone`,
      `“${shown(text)}”不是数字：请只写数字`,
    );
  const indicator = indicatorIn(reading, series.id);
  if (indicator === null)
    return left(
      `'${shown(series.id)}' is no indicator of this place: choose the one that is meant, or define it first`,
      `“${shown(series.id)}”不是本地指标：请选择对应的指标，或先定义该指标`,
    );
  const place = get('GeoCode') || get('Area name');
  const area = place === '' || isWhole(place) ? reading.place.city.area : (reading.areaOf.get(place) ?? '');
  if (area === '')
    return left(
      `'${shown(place)}' is no area of this place: choose the one that is meant, or leave it out`,
      `“${shown(place)}”不是本地区域：请选择对应的区域，或不予采用`,
    );
  const period = reading.periodOf(get('Year'));
  if (!('period' in period))
    return left(
      `'${shown(get('Year'))}' is no period: ${period.reason.en}`,
      `“${shown(get('Year'))}”不是时期：${period.reason.zh}`,
    );
  const unit = unitOf(get('Units'), indicator);
  if (unit === null)
    return left(
      `the unit '${shown(get('Units'))}' does not convert into ${unitHead(indicator.unit, 'en')}, that of the indicator`,
      `单位“${shown(get('Units'))}”不能换算为该指标的单位“${unitHead(indicator.unit, 'zh')}”`,
    );
  const breakdown: Record<string, string> = {};
  for (const [at, column] of series.columns.entries()) {
    const group = row[at] ?? '';
    if (fixed.has(column) || column.startsWith('COMMENT_') || group === '' || isWhole(group)) continue;
    const found = groupOf(reading.place, column, group);
    if (found === null)
      return left(
        `'${shown(group)}' of the column '${shown(column)}' is no group of this place: say that the column is to be ignored, or add the group`,
        `“${shown(column)}”列的“${shown(group)}”不是本地分组：请将该列设为忽略，或先添加该分组`,
      );
    breakdown[found.dimension] = found.value;
  }
  const notes = series.columns.flatMap((column, at) =>
    column.startsWith('COMMENT_') && (row[at] ?? '') !== '' ? [row[at] ?? ''] : [],
  );
  const observation: Observation = {
    indicator: indicator.id,
    area,
    period: period.period,
    breakdown,
    value: value.kind === 'value' ? value.value : null,
    unit,
    status:
      value.kind === 'missing'
        ? value.status
        : statusOf(get('Observation status'), value.status ?? reading.status),
    reason:
      value.kind === 'value'
        ? null
        : { en: `the source prints '${shown(value.says)}'`, zh: `来源中为“${shown(value.says)}”` },
    qualifier: value.kind === 'value' ? value.qualifier : null,
    source: reading.source.id,
    locator: `row ${base.row}, column ${base.column.slice(0, 80)}`,
    ref: null,
    note: notes.length === 0 ? null : notes.join('; ').slice(0, 2000),
  };
  const key = observationKey(observation);
  const twin = reading.seen.get(key);
  if (twin !== undefined)
    return twin.value === observation.value
      ? left(`the same value as row ${twin.row}: one stands for both`, `与第${twin.row}行相同，只取其一`)
      : left(
          `row ${twin.row} gives another value for the same cell: strike one, or say in which column they differ`,
          `第${twin.row}行对同一单元给出另一数值：请删去其一，或指明二者在哪一列不同`,
        );
  reading.seen.set(key, { row: base.row, value: observation.value });
  const held = reading.held.get(key) ?? null;
  const same = held !== null && isSame(held, observation);
  return { ...base, outcome: held === null ? 'new' : same ? 'same' : 'changed', observation, held };
}

/** Whether two say the same amount, in whatever unit and with however many zeros. */
function isSame(a: Observation, b: Observation): boolean {
  if (a.value === null || b.value === null) return a.value === b.value;
  const [from, to] = [parseUnit(a.unit), parseUnit(b.unit)];
  const inB = from === null || to === null ? null : convert(decimal(a.value), from, to);
  return inB !== null && compare(inB, decimal(b.value)) === 0;
}

function indicatorIn({ place, indicatorOf }: Reading, text: string): Indicator | null {
  const id = indicatorOf.get(text) ?? '';
  const found = place.indicators.find((each) => each.id === id);
  // What is computed is never entered.
  return found === undefined || found.formula !== undefined ? null : found;
}

/** The unit as told, where it measures what the indicator does; the indicator's own where none is told; else null. */
function unitOf(told: string, { unit }: Indicator): string | null {
  // Also as pages print it: 吨标准煤/万元 is no code that a table would have.
  const isOwn =
    told === '' || (['en', 'zh'] as const).some((each) => closed(unitHead(unit, each)) === closed(told));
  if (isOwn) return unit;
  const { code } = readUnit(told);
  // `Number` and 个 say that something is counted; what it is, the indicator says.
  if (code === unit || (code === '{count}' && /^\{(?!per )[^{}]+\}$/.test(unit))) return unit;
  const [from, to] = [parseUnit(code), parseUnit(unit)];
  return from === null || to === null || convert(decimal('1'), from, to) === null ? null : code;
}

const closed = (text: string): string => text.normalize('NFKC').replaceAll(/\s/g, '').toLowerCase();

function groupOf(
  { city }: Pick<Workspace, 'city'>,
  column: string,
  text: string,
): { readonly dimension: string; readonly value: string } | null {
  const isCalled =
    (wanted: string) =>
    ({ id, name }: { readonly id: string; readonly name: Localized }): boolean =>
      [id, name.en, name.zh].some((each) => plain(each) === plain(wanted));
  const dimension = city.dimensions.find(isCalled(column));
  const value = dimension?.values.find(isCalled(text));
  return dimension === undefined || value === undefined ? null : { dimension: dimension.id, value: value.id };
}

/** Status codes of SDMX (CL_OBS_STATUS) that a table may tell by their letter or in words. */
const statuses: readonly (readonly [RegExp, ObservationStatus])[] = [
  [/^(?:a|final|normal|最终|正式)$/i, 'A'],
  [/^(?:p|prov(?:isional)?|初步数?)$/i, 'P'],
  [/^(?:e|est(?:imated)?|估计数?)$/i, 'E'],
  [/^(?:f|forecast|预测数?)$/i, 'F'],
  [/^(?:b|break|序列中断)$/i, 'B'],
];

const statusOf = (told: string, otherwise: ObservationStatus): ObservationStatus =>
  statuses.find(([pattern]) => pattern.test(told.trim()))?.[1] ?? otherwise;
