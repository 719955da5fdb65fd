import { z } from 'zod';
import type { ForeignPlace, ForeignSeries } from './as-repository.ts';
import {
  aboveHead,
  between,
  closedHan,
  findHead,
  headAt,
  isPeriodText,
  isWhole,
  nameAndUnit,
  remarkOf,
  withoutOf,
} from './table-head.ts';
import { readUnit } from './unit-text.ts';
import { valueReader } from './value-text.ts';
import type { Merged } from './xlsx.ts';

/** What each column of a table is: the mapping that is shown, kept in a YAML file and used again. */
export const tableMappingSchema = z.strictObject({
  modelcity: z.literal('table mapping 1'),
  sheet: z.string().optional(),
  /** Line of the header, of two rows the lower, from 1. */
  header: z.int().min(1).max(1000),
  /** 2 where merged cells above the header name what several columns have in common. */
  headerRows: z.union([z.literal(1), z.literal(2)]).optional(),
  columns: z.record(
    z.string(),
    z.enum([
      'period',
      'value',
      'unit',
      'area',
      'area-name',
      'indicator',
      'series',
      'status',
      'note',
      'breakdown',
      'ignore',
      'value-of-period',
      'value-of-indicator',
    ]),
  ),
  /** Name and unit of the indicator when no column names them. */
  indicator: z.string().max(200).optional(),
  unit: z.string().max(80).optional(),
  /** Period of all values when no column and no head names one. */
  period: z.string().max(40).optional(),
});
export type TableMapping = z.infer<typeof tableMappingSchema>;
export type ColumnRole = TableMapping['columns'][string];

const named: readonly (readonly [RegExp, ColumnRole])[] = [
  [/^(?:year|time|period|date|jahr|año|année|年份?|年度|时间|时期|time[_ ]?period)$/i, 'period'],
  [/^(?:value|obs_value|wert|valor|valeur|数值|值|数据|指标值)$/i, 'value'],
  [/^(?:unit|units|unit_measure|einheit|unidad|unité|单位|计量单位)$/i, 'unit'],
  [
    /^(?:geocode|ref_area|geo.?area.?code|(?:area|region|country|place|geo).?code|code|geo|行政区划代码|区划代码|地区代码|gebietscode|ags)$/i,
    'area',
  ],
  [
    /^(?:area|region|district|ward|county|city|place|entity|country|location|(?:geo.?)?(?:area|region|country|place).?name|地区|区县|区域|城市|行政区|kreis|gemeinde|bezirk|municipio|commune)$/i,
    'area-name',
  ],
  [/^(?:indicator|indicator.?name|指标|指标名称|indikator|indicador|indicateur)$/i, 'indicator'],
  [/^(?:series|serie|series.?description)$/i, 'series'],
  // What repeats another column, or is the same in every row.
  [/^(?:(?:indicator|series).?code|freq(?:uency)?|goal|target|序号)$/i, 'ignore'],
  [/^(?:status|obs_status|observation status|状态)$/i, 'status'],
  [
    /^(?:note|notes|comment|remark|remarks|footnote|source|nature|reporting.?type|time.?detail|备注|注释?|说明|来源|数据来源|anmerkung|bemerkung)$/i,
    'note',
  ],
];

/** A table's rows as text, the header among them. */
export interface RawTable {
  readonly sheet: string | null;
  readonly rows: readonly (readonly string[])[];
  /** Cells that are one to the eye, of a workbook. */
  readonly merged?: readonly Merged[];
}

/** The rows below the head, a text that is merged over several of them standing in each. */
function bodyOf({ rows, merged = [] }: RawTable, header: number): readonly (readonly string[])[] {
  const body = rows.slice(header);
  for (const { top, bottom, left } of merged) {
    const text = rows[top]?.[left] ?? '';
    if (top < header || bottom === top || text.trim() === '') continue;
    for (let at = top + 1; at <= Math.min(bottom, rows.length - 1); at += 1) {
      const row = [...(body[at - header] ?? [])];
      while (row.length < left) row.push('');
      row[left] = text;
      body[at - header] = row;
    }
  }
  return body;
}

/** Guesses what each column is, from its name and from what stands in it. */
export function guessMapping(table: RawTable): TableMapping {
  const { sheet, rows } = table;
  const head = findHead(rows);
  const { names: header } = head;
  const above = aboveHead(rows, head);
  const body = bodyOf(table, head.header)
    .slice(0, 500)
    .filter((row) => remarkOf(row) === null);
  const columns: Record<string, ColumnRole> = {};
  const years = header.filter((name) => yearOf(name) !== null);
  const numbers = valueReader([]);
  /** What a table has one column of: a second is called so by chance. */
  const single: ReadonlySet<ColumnRole> = new Set(['period', 'value', 'area-name']);
  const has = new Set<ColumnRole>();
  header.forEach((name, at) => {
    const key = name;
    const cells = body.map((row) => (row[at] ?? '').trim()).filter((cell) => cell !== '');
    const known = named.find(([pattern]) => pattern.test(closedHan(key)))?.[1];
    const role: ColumnRole =
      years.length >= 2 && yearOf(name) !== null
        ? 'value-of-period'
        : known !== undefined && !(single.has(known) && has.has(known))
          ? known
          : cells.length === 0
            ? 'ignore'
            : !has.has('period') && years.length < 2 && cells.every(isPeriodText)
              ? 'period'
              : // Beside years side by side a column of numbers is a growth or a share of them, and no group.
                years.length >= 2 && cells.every((cell) => numbers(cell).kind === 'value')
                ? 'ignore'
                : 'breakdown';
    has.add(role);
    columns[key] = role;
  });
  // Without a column called so, the values are the last column of numbers.
  if (!Object.values(columns).some((role) => role === 'value' || role === 'value-of-period')) {
    const read = valueReader([]);
    const numeric = [...header.entries()].flatMap(([at, name]) => {
      const cells = body.map((row) => (row[at] ?? '').trim()).filter((cell) => cell !== '');
      const isNumeric =
        columns[name] === 'breakdown' &&
        cells.some((cell) => read(cell).kind === 'value') &&
        cells.every((cell) => read(cell).kind !== 'fault');
      return isNumeric ? [name] : [];
    });
    const last = numeric.at(-1);
    // Several columns of numbers are as many indicators, as yearbooks have them: each named by its head.
    if (numeric.length > 1) for (const name of numeric) columns[name] = 'value-of-indicator';
    else if (last !== undefined) columns[last] = 'value';
  }
  const roles = Object.values(columns);
  const isBare = !roles.includes('period') && !roles.includes('value-of-period');
  const valueName = header.find((name) => columns[name] === 'value') ?? '';
  // A column of values that is called after what it holds names the indicator.
  const told =
    above.title ?? (named.some(([pattern]) => pattern.test(closedHan(valueName))) ? '' : valueName);
  return {
    modelcity: 'table mapping 1',
    ...(sheet === null ? {} : { sheet }),
    header: head.header,
    ...(head.headerRows === 1 ? {} : { headerRows: head.headerRows }),
    columns,
    ...(isBare && above.period !== undefined ? { period: above.period } : {}),
    ...(told === '' || roles.includes('indicator') || roles.includes('value-of-indicator')
      ? {}
      : { indicator: told.slice(0, 200) }),
    ...(above.unit === undefined || roles.includes('unit') ? {} : { unit: above.unit }),
  };
}

/** The year in a column's name, and what else the name says: `2020 / women`. */
function yearOf(name: string): { readonly year: string; readonly rest: string } | null {
  const parts = name.split(between);
  const at = parts.findIndex(isPeriodText);
  const year = parts[at];
  return year === undefined ? null : { year, rest: parts.filter((_, other) => other !== at).join(between) };
}

/** The name of an indicator without the unit that stands in brackets behind it, or in the second row of the head. */
export function withoutUnit(text: string): { readonly name: string; readonly unit: string } {
  const parts = text.split(between);
  const last = parts.length > 1 ? (parts.at(-1) ?? '').replace(/^[（(](.*)[）)]$/u, '$1') : '';
  if (last !== '' && readUnit(last).known) return { name: parts.slice(0, -1).join(between), unit: last };
  const split = nameAndUnit(text);
  return split !== null && readUnit(split.unit).known ? split : { name: text, unit: '' };
}

/** A table read by its mapping, as tables of single indicators; the text of what is wrong otherwise. */
export function tablePlace(table: RawTable, mapping: TableMapping, title: string): ForeignPlace | string {
  const { rows } = table;
  const body = bodyOf(table, mapping.header);
  const { names: header } = headAt(rows, mapping.header, mapping.headerRows ?? 1);
  const roleAt = header.map(
    (name): ColumnRole =>
      Object.hasOwn(mapping.columns, name) ? (mapping.columns[name] ?? 'ignore') : 'ignore',
  );
  for (const name of Object.keys(mapping.columns))
    if (!header.includes(name))
      return `the mapping names the column '${name.slice(0, 60)}', which the table does not have: ${header.join(', ').slice(0, 300)}`;
  const places = (role: ColumnRole) => roleAt.flatMap((each, at) => (each === role ? [at] : []));
  const wide = places('value-of-period');
  const [value] = places('value');
  const [period] = places('period');
  const across = wide.length > 0 ? [] : places('value-of-indicator');
  const isDated = period !== undefined || (mapping.period ?? '') !== '';
  if (wide.length === 0 && ((value === undefined && across.length === 0) || !isDated))
    return `no column is the ${value === undefined && across.length === 0 ? 'value' : 'period'}: say so in the mapping (value and period, value-of-period for years side by side, or value-of-indicator for indicators side by side; period for the period of all values)`;
  const [indicatorAt] = places('indicator');
  const [unitAt] = places('unit');
  const [areaAt] = places('area');
  const [areaNameAt] = places('area-name');
  const byIndicator = new Map<string, string[][]>();
  const kept = [...places('breakdown'), ...places('note'), ...places('series'), ...places('status')];
  const groups = wide.map((at) => {
    const rest = yearOf(header[at] ?? '')?.rest ?? '';
    return isWhole(rest) ? '' : withoutOf(rest);
  });
  const isGrouped = groups.some((group) => group !== '');
  const groupName = groups.some((group) => /\p{Script=Han}/u.test(group)) ? '分组' : 'Group';
  const remarks = body.flatMap((row) => remarkOf(row) ?? []);
  const columnName = (at: number): string =>
    roleAt[at] === 'series'
      ? 'Series'
      : roleAt[at] === 'status'
        ? 'Observation status'
        : roleAt[at] === 'note'
          ? `COMMENT_${header[at] ?? ''}`
          : (header[at] ?? '');
  body.forEach((row, number) => {
    if (row.every((cell) => cell.trim() === '') || remarkOf(row) !== null) return;
    const cell = (at: number | undefined): string => (at === undefined ? '' : (row[at] ?? '').trim());
    const place = isWhole(cell(areaNameAt)) ? '' : withoutOf(cell(areaNameAt));
    const group = (at: number): string => (roleAt[at] === 'breakdown' && isWhole(cell(at)) ? '' : cell(at));
    const common = (unit: string): readonly string[] => [
      unit,
      cell(areaAt) || place,
      place,
      ...kept.map(group),
      ...(remarks.length === 0 ? [] : [remarks.join('; ')]),
      String(mapping.header + number + 1),
    ];
    const told = cell(unitAt) || mapping.unit;
    const put = (name: string, year: string, at: number | undefined, ...more: readonly string[]): void => {
      // A unit in brackets behind the name counts where nothing else gives one, and is a unit; so does the sign behind a number.
      const own = told === undefined ? withoutUnit(name) : { name, unit: told };
      const unit = own.unit === '' && /\d\s*[%％]$/.test(cell(at)) ? '%' : own.unit;
      const list = byIndicator.get(own.name) ?? [];
      byIndicator.set(own.name, list);
      list.push([year, cell(at), ...common(unit), ...more]);
    };
    const own = withoutOf(cell(indicatorAt) || (mapping.indicator ?? title));
    wide.forEach((at, column) => {
      const year = yearOf(header[at] ?? '')?.year ?? header[at] ?? '';
      put(own, year, at, ...(isGrouped ? [groups[column] ?? ''] : []));
    });
    const year = cell(period) || (period === undefined ? (mapping.period ?? '') : '');
    for (const at of across) put(withoutOf(header[at] ?? ''), year, at);
    if (wide.length === 0 && across.length === 0) put(own, year, value);
  });
  const series = [...byIndicator].map(
    ([name, own]): ForeignSeries => ({
      id: name,
      title: /\p{Script=Han}/u.test(name) ? { en: '', zh: name } : { en: name, zh: '' },
      columns: [
        'Year',
        'Value',
        'Units',
        'GeoCode',
        ...(areaNameAt === undefined ? [] : ['Area name']),
        ...kept.map(columnName),
        ...(remarks.length === 0 ? [] : ['COMMENT_TABLE']),
        'SOURCE_ROW',
        ...(isGrouped ? [groupName] : []),
      ],
      rows: own.map((row) => (areaNameAt === undefined ? row.filter((_, at) => at !== 4) : row)),
    }),
  );
  return { series };
}
