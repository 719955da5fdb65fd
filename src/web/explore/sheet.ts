import { unzipSync, type Zippable, zipSync } from 'fflate';
import writeXlsx from 'write-excel-file/node';
import { measureText } from '../../figures/index.ts';
import type { Figure } from '../../model/index.ts';
import { breakdownKey } from '../../model/index.ts';
import { figureJson, indicatorJson } from '../api/json.ts';
import type { IndicatorEntry } from '../catalogue.ts';
import { citation, sourcesOf } from '../cite.ts';
import { areaName, named, type PlaceView, sourceOf } from '../view.ts';
import type { Choice } from './choice.ts';
import { seriesId } from './indicator-chart.ts';

/** Files in an archive carry this date, so that the same data gives the same bytes. */
const fixedDate = new Date(1980, 0, 1);

/** The figures of an indicator: all of them, or those that a choice shows. */
export function figuresOf(entry: IndicatorEntry, choice: Choice | null, view: PlaceView): readonly Figure[] {
  const { here } = view;
  return entry.series
    .filter((series) => choice === null || choice.shown.includes(seriesId(series)))
    .flatMap(({ values, changes }) => (choice === null ? [...values, ...changes] : values))
    .filter(({ measure }) => {
      if (choice === null || !('period' in measure)) return true;
      return measure.period >= choice.from && measure.period <= choice.to;
    })
    .map((key) => here.figure(key));
}

/** Figures as JSON, with what they are of, where they are from and how to cite them. Values are exact decimals in strings. */
export function figuresJson(entry: IndicatorEntry, figures: readonly Figure[], view: PlaceView): object {
  return {
    indicator: indicatorJson(entry.indicator),
    place: { id: view.here.city, name: view.here.place.workspace.city.name },
    citation: citation(entry, view),
    sources: sourcesOf(entry, view).map((id) => {
      const source = sourceOf(view, id)?.source;
      return source === undefined
        ? { id }
        : { id, title: source.title, producer: source.producer, date: source.date, licence: source.licence };
    }),
    figures: figures.map((figure) => ({
      ...figureJson(figure),
      completeness:
        figure.completeness === null
          ? null
          : { present: figure.completeness.present, expected: figure.completeness.expected },
    })),
  };
}

const heads = {
  en: [
    'Code',
    'Area',
    'Area code',
    'Group',
    'Measure',
    'Value',
    'Unit',
    'Status',
    'Reported by',
    'Reason',
    'Sources',
  ],
  zh: ['编号', '地区', '地区代码', '分组', '口径', '数值', '单位', '状态', '上报地区', '原因', '来源'],
} as const;

/** Figures as a workbook: one sheet of values, one of what it is. Every cell is text, so that no digit is lost and nothing in it runs. */
export async function figuresSheet(
  entry: IndicatorEntry,
  figures: readonly Figure[],
  view: PlaceView,
): Promise<Uint8Array<ArrayBuffer>> {
  const { language } = view;
  const text = (value: string, more: object = {}) => ({ type: String, value, ...more });
  const rows = [
    heads[language].map((head) => text(head, { fontWeight: 'bold' })),
    ...figures.map(({ key, code, value, unit, status, completeness, missing, contributions }) =>
      [
        `F·${code}`,
        areaName(view, key.area),
        key.area,
        breakdownKey(key.breakdown),
        measureText(key.measure),
        value ?? '',
        unit,
        status,
        completeness === null ? '' : `${completeness.present}/${completeness.expected}`,
        missing === null ? '' : named(missing, view),
        [...new Set(contributions.map(({ source, locator }) => `${source} ${locator}`))].join('; '),
      ].map((each) => text(each)),
    ),
  ];
  const about = [
    [text(named(entry.indicator.name, view), { fontWeight: 'bold' })],
    [text(named(view.here.place.workspace.city.name, view))],
    [text(citation(entry, view))],
  ];
  const widths = [12, 20, 12, 16, 16, 18, 16, 8, 12, 30, 40];
  const made = await writeXlsx([
    {
      data: rows,
      sheet: language === 'zh' ? '数值' : 'Values',
      columns: widths.map((width) => ({ width })),
      stickyRowsCount: 1,
    },
    { data: about, sheet: language === 'zh' ? '说明' : 'About', columns: [{ width: 100 }] },
  ]).toBuffer();
  // Packed again with a fixed date: the same figures give the same bytes.
  const packed: Zippable = unzipSync(new Uint8Array(made));
  return new Uint8Array(zipSync(packed, { level: 6, mtime: fixedDate }));
}
