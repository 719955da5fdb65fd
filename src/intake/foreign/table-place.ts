import { z } from 'zod';
import type { ForeignPlace, ForeignSeries } from './as-repository.ts';
import { periodReader } from './period-text.ts';
import { valueReader } from './value-text.ts';

/** What each column of a table is: the mapping that is shown, kept in a YAML file and used again. */
export const tableMappingSchema = z.strictObject({
  modelcity: z.literal('table mapping 1'),
  sheet: z.string().optional(),
  /** Line of the header, from 1. */
  header: z.int().min(1).max(1000),
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
    ]),
  ),
  /** Name and unit of the indicator when no column names them. */
  indicator: z.string().max(200).optional(),
  unit: z.string().max(80).optional(),
});
export type TableMapping = z.infer<typeof tableMappingSchema>;
export type ColumnRole = TableMapping['columns'][string];

const named: readonly (readonly [RegExp, ColumnRole])[] = [
  [/^(?:year|time|period|date|jahr|año|année|年份?|年度|时间|时期|time_period)$/i, 'period'],
  [/^(?:value|obs_value|wert|valor|valeur|数值|值|数据|指标值)$/i, 'value'],
  [/^(?:unit|units|unit_measure|einheit|unidad|unité|单位|计量单位)$/i, 'unit'],
  [/^(?:geocode|ref_area|area.?code|region.?code|行政区划代码|区划代码|地区代码|gebietscode|ags)$/i, 'area'],
  [
    /^(?:area|region|district|ward|county|city|place|地区|区县|区域|城市|行政区|kreis|gemeinde|bezirk|municipio|commune)$/i,
    'area-name',
  ],
  [/^(?:indicator|指标|指标名称|indikator|indicador|indicateur)$/i, 'indicator'],
  [/^(?:series|serie)$/i, 'series'],
  [/^(?:status|obs_status|observation status|状态)$/i, 'status'],
  [
    /^(?:note|notes|comment|remark|remarks|footnote|source|备注|注释?|说明|来源|数据来源|anmerkung|bemerkung)$/i,
    'note',
  ],
];

/** A table's rows as text, the header among them. */
export interface RawTable {
  readonly sheet: string | null;
  readonly rows: readonly (readonly string[])[];
}

/** Guesses what each column is, from its name and from what stands in it. */
export function guessMapping({ sheet, rows }: RawTable): TableMapping {
  const width = (row: readonly string[]) => row.filter((cell) => cell.trim() !== '').length;
  const widest = Math.max(0, ...rows.slice(0, 60).map(width));
  const head = Math.max(
    0,
    rows.findIndex((row) => width(row) >= Math.max(2, widest - 1)),
  );
  const header = rows[head] ?? [];
  const body = rows.slice(head + 1, head + 501);
  const columns: Record<string, ColumnRole> = {};
  const isPeriod = (cell: string): boolean => 'period' in periodReader([cell])(cell) && /\d{4}/.test(cell);
  const years = header.filter(isPeriod);
  let has = { period: false, value: false };
  header.forEach((name, at) => {
    const key = name.trim() === '' ? `column ${at + 1}` : name.trim();
    const cells = body.map((row) => (row[at] ?? '').trim()).filter((cell) => cell !== '');
    const known = named.find(([pattern]) => pattern.test(key))?.[1];
    const role: ColumnRole =
      years.length >= 2 && isPeriod(name)
        ? 'value-of-period'
        : known !== undefined && !((known === 'period' && has.period) || (known === 'value' && has.value))
          ? known
          : cells.length === 0
            ? 'ignore'
            : !has.period && years.length < 2 && cells.every(isPeriod)
              ? 'period'
              : 'breakdown';
    if (role === 'period' || role === 'value') has = { ...has, [role]: true };
    columns[key] = role;
  });
  // Without a column called so, the values are the last column of numbers.
  if (!Object.values(columns).some((role) => role === 'value' || role === 'value-of-period')) {
    const read = valueReader([]);
    for (const [at, name] of [...header.entries()].reverse()) {
      const key = name.trim() === '' ? `column ${at + 1}` : name.trim();
      const cells = body.map((row) => (row[at] ?? '').trim()).filter((cell) => cell !== '');
      if (
        columns[key] !== 'breakdown' ||
        cells.length === 0 ||
        !cells.every((cell) => read(cell).kind === 'value')
      )
        continue;
      columns[key] = 'value';
      break;
    }
  }
  return { modelcity: 'table mapping 1', ...(sheet === null ? {} : { sheet }), header: head + 1, columns };
}

/** A table read by its mapping, as tables of single indicators; the text of what is wrong otherwise. */
export function tablePlace({ rows }: RawTable, mapping: TableMapping, title: string): ForeignPlace | string {
  const header = (rows[mapping.header - 1] ?? []).map((name, at) =>
    name.trim() === '' ? `column ${at + 1}` : name.trim(),
  );
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
  if (wide.length === 0 && (value === undefined || period === undefined))
    return `no column is the ${value === undefined ? 'value' : 'period'}: say so in the mapping (value and period, or value-of-period for years side by side)`;
  const [indicatorAt] = places('indicator');
  const [unitAt] = places('unit');
  const [areaAt] = places('area');
  const [areaNameAt] = places('area-name');
  const byIndicator = new Map<string, string[][]>();
  const kept = [...places('breakdown'), ...places('note'), ...places('series'), ...places('status')];
  const columnName = (at: number): string =>
    roleAt[at] === 'series'
      ? 'Series'
      : roleAt[at] === 'status'
        ? 'Observation status'
        : roleAt[at] === 'note'
          ? `COMMENT_${header[at] ?? ''}`
          : (header[at] ?? '');
  rows.slice(mapping.header).forEach((row, number) => {
    if (row.every((cell) => cell.trim() === '')) return;
    const cell = (at: number | undefined): string => (at === undefined ? '' : (row[at] ?? '').trim());
    const indicator = cell(indicatorAt) || (mapping.indicator ?? title);
    const common = [
      cell(unitAt) || (mapping.unit ?? ''),
      cell(areaAt) || cell(areaNameAt),
      cell(areaNameAt),
      ...kept.map(cell),
      String(mapping.header + number + 1),
    ];
    const list = byIndicator.get(indicator) ?? [];
    byIndicator.set(indicator, list);
    if (wide.length > 0) for (const at of wide) list.push([header[at] ?? '', cell(at), ...common]);
    else list.push([cell(period), cell(value), ...common]);
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
        'SOURCE_ROW',
      ],
      rows: own.map((row) => (areaNameAt === undefined ? row.filter((_, at) => at !== 4) : row)),
    }),
  );
  return { series };
}
