import { type Zippable, zipSync } from 'fflate';
import { drawChart } from '../../chart/index.ts';
import type { Figure } from '../../model/index.ts';
import { csvOf } from '../api/csv.ts';
import { indicatorJson } from '../api/json.ts';
import type { IndicatorEntry } from '../catalogue.ts';
import { citation, sourcesOf } from '../cite.ts';
import { named, type PlaceView, sourceOf } from '../view.ts';
import type { Shown } from './shown.ts';
import { shownCsv } from './shown-csv.ts';

/** Files in an archive carry this date, so that the same data gives the same bytes. */
const fixedDate = new Date(1980, 0, 1);

/** All that a reader takes away of one indicator: what it is, where it is from, how to cite it, its figures, its chart. */
export function downloadZip(entry: IndicatorEntry, shown: Shown, view: PlaceView): Uint8Array<ArrayBuffer> {
  const { here } = view;
  const figures: readonly Figure[] = entry.series.flatMap(({ values, changes }) =>
    [...values, ...changes].map((key) => here.figure(key)),
  );
  const text = (content: string): Uint8Array => new TextEncoder().encode(content);
  const files: Zippable = {
    'README.md': text(readme(entry, view)),
    'figures.csv': text(csvOf(figures)),
    'shown.csv': text(shownCsv(shown.whole, shown.choice)),
    'indicator.json': text(`${JSON.stringify(indicatorJson(entry.indicator), null, 2)}\n`),
    'chart.svg': text(drawChart(shown.state, { width: 820, framed: true }).svg),
  };
  return new Uint8Array(zipSync(files, { level: 6, mtime: fixedDate }));
}

function readme(entry: IndicatorEntry, view: PlaceView): string {
  const { here, language } = view;
  const { indicator } = entry;
  const zh = language === 'zh';
  const lines = sourcesOf(entry, view).map((id) => {
    const known = sourceOf(view, id)?.source;
    if (known === undefined) return `- ${id}`;
    const parts = [named(known.title, view), named(known.producer, view), known.date, known.licence];
    return `- ${parts.filter((part) => part !== undefined && part !== '').join(zh ? '，' : ', ')}`;
  });
  return `# ${named(indicator.name, view)}

${named(here.place.workspace.city.name, view)}

${zh ? '## 文件' : '## Files'}

- figures.csv: ${zh ? '全部数据，数值为精确十进制文本，含状态、缺失原因和来源' : 'every figure: exact decimals as text, status, reason of missing ones, sources'}
- shown.csv: ${zh ? '图中所示数值' : 'the values that the chart shows'}
- indicator.json: ${zh ? '指标定义' : 'the definition of the indicator'}
- chart.svg: ${zh ? '图' : 'the chart'}

${zh ? '## 来源' : '## Sources'}

${lines.join('\n')}

${zh ? '## 引用' : '## Cite'}

${citation(entry, view)}
`;
}
