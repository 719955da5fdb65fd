import type { ChartState } from '../chart/index.ts';
import { comma, inARow, periodText, unitHead } from '../language/index.ts';
import { newestShared } from './catalogue.ts';
import { oncePerSeries } from './once-per-series.ts';
import { valueText } from './parts/figure.tsx';
import { areaName, named, sourceLink } from './view.ts';

/**
 * Areas side by side in the newest period in which at least two of them have a value: as a tile map where the city
 * declares one and enough of it has values, else as bars. Null when there is nothing to compare.
 */
export const comparisonChart = oncePerSeries((entry, view): ChartState | null => {
  const { here, language } = view;
  const totals = entry.series.filter(({ breakdown }) => Object.keys(breakdown).length === 0);
  const newest = newestShared(totals, here);
  if (newest === null) return null;
  const { period, figures } = newest;
  const { city } = here.place.workspace;
  const name = named(entry.indicator.name, view);
  const unit = unitHead(entry.indicator.unit, language);
  const sources = new Set(figures.flatMap(({ contributions }) => contributions.map(({ source }) => source)));
  const head = {
    language,
    title: `${name}${comma(language)}${periodText(period, language)}`,
    subtitle: inARow([unit, periodText(period, language)], language),
    source: [...sources].map((id) => sourceLink(view, id).name).join(language === 'zh' ? '；' : '; '),
    unit,
  };
  const tiles = city.tiles ?? [];
  const values = new Map(figures.map((figure) => [figure.key.area, figure]));
  const onMap = tiles.filter(({ area }) => values.has(area)).length;
  if (tiles.length > 0 && onMap > 1 && onMap * 3 >= tiles.length)
    return {
      ...head,
      kind: 'tiles',
      tiles: tiles.map(({ area, column, row }) => {
        const figure = values.get(area);
        return {
          name: areaName(view, area),
          column,
          row,
          value: figure?.value ?? null,
          label: figure === undefined ? '' : valueText(figure, view),
          status: figure?.status ?? 'O',
        };
      }),
    };
  const better = entry.indicator.direction === 'down' ? 1 : -1;
  return {
    ...head,
    kind: 'bar',
    rows: [...figures]
      .sort((a, b) => better * (Number(a.value) - Number(b.value)))
      .map((figure) => ({
        name: areaName(view, figure.key.area),
        role: figure.key.area === city.area ? 'focus' : 'context',
        value: figure.value,
        label: valueText(figure, view),
        status: figure.status,
      })),
  };
});
