import type { OpenDataset, OpenDescription } from './dataset.ts';
import type { OpenSeries, Said } from './series.ts';
import type { Sink } from './sink.ts';
import { csvCell } from './text.ts';

/** A column of a table, for every description of it: Data Package, CSVW, Parquet. */
export interface Column {
  readonly name: string;
  readonly title: { readonly en: string; readonly zh: string };
  readonly type: 'string' | 'decimal' | 'uri';
  readonly required: boolean;
}

export interface TableShape {
  /** File name without folder. */
  readonly file: string;
  readonly title: { readonly en: string; readonly zh: string };
  readonly columns: readonly Column[];
  readonly key: readonly string[];
  readonly references: readonly {
    readonly columns: readonly string[];
    readonly file: string;
    readonly key: readonly string[];
  }[];
}

const column = (
  name: string,
  en: string,
  zh: string,
  required = false,
  type: Column['type'] = 'string',
): Column => ({ name, title: { en, zh }, type, required });

const statusColumns = [
  column('status', 'status (SDMX CL_OBS_STATUS)', '状态（SDMX CL_OBS_STATUS）', true),
  column('qualifier', 'words before the number in its source', '来源中数字前的限定词'),
  column('comment', 'why there is no value, or a note', '缺失原因或注释'),
  column('source', 'source', '来源'),
  column('locator', 'place in the source', '来源中的位置'),
];

/** The table of values: one row a value, one column for each breakdown; blank is the total. */
export function observationShape({ dimensions }: Pick<OpenDataset, 'dimensions'>): TableShape {
  return {
    file: 'observations.csv',
    title: { en: 'Values', zh: '数值' },
    columns: [
      column('indicator', 'indicator', '指标', true),
      column('area', 'area', '地区', true),
      ...dimensions.map(({ id, name }) =>
        column(dimensionColumn(id), name.en === '' ? id : name.en, name.zh === '' ? id : name.zh),
      ),
      column('period', 'period', '时期', true),
      column('value', 'value', '数值', false, 'decimal'),
      column('unit', 'unit', '单位', true),
      ...statusColumns,
    ],
    key: ['indicator', 'area', ...dimensions.map(({ id }) => dimensionColumn(id)), 'period'],
    references: [
      { columns: ['indicator'], file: 'indicators.csv', key: ['id'] },
      { columns: ['area'], file: 'areas.csv', key: ['id'] },
    ],
  };
}

/** Dimension ids cannot be the name of another column: the workspace refuses them. */
const dimensionColumn = (id: string): string => id;

export const smallShapes: readonly TableShape[] = [
  {
    file: 'indicators.csv',
    title: { en: 'Indicators', zh: '指标' },
    columns: [
      column('id', 'id', '编号', true),
      column('name_en', 'name in English', '英文名称'),
      column('name_zh', 'name in Chinese', '中文名称'),
      column('unit', 'unit', '单位', true),
      column('version', 'version of the definition', '定义版本', true),
      column('formula', 'formula', '公式'),
      column('direction', 'which way is better', '方向', true),
      column('goals', 'goals', '目标'),
      column('targets', 'targets', '具体目标'),
      column('definition_en', 'definition in English', '英文定义'),
      column('definition_zh', 'definition in Chinese', '中文定义'),
    ],
    key: ['id'],
    references: [],
  },
  {
    file: 'areas.csv',
    title: { en: 'Areas', zh: '地区' },
    columns: [
      column('id', 'code', '代码', true),
      column('name_en', 'name in English', '英文名称'),
      column('name_zh', 'name in Chinese', '中文名称'),
      column('kind', 'kind', '类别', true),
      column('parent', 'code of the area above', '上级代码'),
    ],
    key: ['id'],
    references: [],
  },
  {
    file: 'breakdowns.csv',
    title: { en: 'Breakdowns', zh: '分组' },
    columns: [
      column('dimension', 'breakdown', '分组', true),
      column('value', 'value', '取值', true),
      column('dimension_en', 'breakdown in English', '分组英文名'),
      column('dimension_zh', 'breakdown in Chinese', '分组中文名'),
      column('name_en', 'name in English', '英文名称'),
      column('name_zh', 'name in Chinese', '中文名称'),
      column('parent', 'value above', '上级取值'),
    ],
    key: ['dimension', 'value'],
    references: [],
  },
  {
    file: 'sources.csv',
    title: { en: 'Sources', zh: '来源' },
    columns: [
      column('id', 'id', '编号', true),
      column('title_en', 'title in English', '英文标题'),
      column('title_zh', 'title in Chinese', '中文标题'),
      column('producer_en', 'producer in English', '英文发布者'),
      column('producer_zh', 'producer in Chinese', '中文发布者'),
      column('date', 'date', '日期', true),
      column('licence', 'licence', '许可', true),
      column('url', 'address', '网址'),
      column('sha256', 'sha-256', 'sha-256'),
    ],
    key: ['id'],
    references: [],
  },
];

const line = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\r\n`;

/** The small tables with their text. */
export function smallTables(dataset: OpenDescription): ReadonlyMap<string, string> {
  const rows: Readonly<Record<string, readonly (readonly string[])[]>> = {
    'indicators.csv': dataset.indicators.map(
      ({ id, name, unit, version, formula, direction, goals, targets, definition }) => [
        id,
        name.en,
        name.zh,
        unit,
        String(version),
        formula ?? '',
        direction,
        goals.join(' '),
        targets.join(' '),
        definition?.en ?? '',
        definition?.zh ?? '',
      ],
    ),
    'areas.csv': dataset.areas.map(({ id, name, kind, parent }) => [
      id,
      name.en,
      name.zh,
      kind,
      parent ?? '',
    ]),
    'breakdowns.csv': dataset.dimensions.flatMap(({ id, name, values }) =>
      values.map((value) => [
        id,
        value.id,
        name.en,
        name.zh,
        value.name.en,
        value.name.zh,
        value.parent ?? '',
      ]),
    ),
    'sources.csv': dataset.sources.map(({ id, title, producer, date, licence, url, sha256 }) => [
      id,
      title.en,
      title.zh,
      producer.en,
      producer.zh,
      date,
      licence,
      url ?? '',
      sha256 ?? '',
    ]),
  };
  return new Map(
    smallShapes.map(({ file, columns }) => [
      file,
      [columns.map(({ name }) => name), ...(rows[file] ?? [])].map(line).join(''),
    ]),
  );
}

/** Writes the table of values. Every period is in it, also `undated`. */
export class TableWriter {
  readonly #sink: Sink;
  readonly #dimensions: readonly string[];

  constructor(sink: Sink, dataset: Pick<OpenDataset, 'dimensions'>) {
    this.#sink = sink;
    this.#dimensions = dataset.dimensions.map(({ id }) => id);
    sink.write(line(observationShape(dataset).columns.map(({ name }) => name)));
  }

  series(all: readonly OpenSeries[]): void {
    for (const { indicator, area, breakdown, periods, values, locators, said, isPlain } of all) {
      let start = `${indicator},${area}`;
      for (const dimension of this.#dimensions)
        start += `,${Object.hasOwn(breakdown, dimension) ? breakdown[dimension] : ''}`;
      let text = '';
      let last: Said | null = null;
      let tail = '';
      for (let at = 0; at < periods.length; at += 1) {
        const own = said[at];
        if (own === undefined) break;
        if (own !== last) {
          last = own;
          const { unit, status, qualifier, comment, source } = own;
          tail = `,${csvCell(unit)},${status},${qualifier ?? ''},${comment === null ? '' : csvCell(comment)},${csvCell(source)},`;
        }
        const locator = locators[at] ?? '';
        text += `${start},${periods[at]},${values[at] ?? ''}${tail}${isPlain ? locator : csvCell(locator)}\r\n`;
      }
      this.#sink.write(text);
    }
  }
}
