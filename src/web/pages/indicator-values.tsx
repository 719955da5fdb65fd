import { raw } from 'hono/html';
import { inARow, periodText, unitHead } from '../../language/index.ts';
import { comparePeriods, type Figure } from '../../model/index.ts';
import { address } from '../address.ts';
import { type IndicatorEntry, periodOf, type Series } from '../catalogue.ts';
import { escaped } from '../escaped.ts';
import { intervalOf, seriesId, seriesName } from '../explore/indicator-chart.ts';
import { figureLink } from '../parts/figure.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { named, type PlaceView } from '../view.ts';
import { fill } from '../words.ts';

/** Cells of a table that a browser shows at once; beyond, only the series of the chart are in it. */
const mostCells = 4000;

function momentsOf(among: readonly Series[]): ReadonlySet<string> {
  const moments = new Set<string>();
  for (const { periods } of among) for (const period of periods) moments.add(period);
  return moments;
}

/** Values with a row a period and a column a series; with many series, a row a series. */
export function ValueTable({
  entry,
  shown,
  view,
}: {
  readonly entry: IndicatorEntry;
  readonly shown: readonly string[];
  readonly view: PlaceView;
}) {
  const { here, t, language } = view;
  const moments = momentsOf(entry.series).size;
  const cells = entry.series.length * moments;
  const series =
    cells <= mostCells ? entry.series : entry.series.filter((each) => shown.includes(seriesId(each)));
  const left = entry.series.length - series.length;
  const periods = [...momentsOf(series)].sort(comparePeriods);
  const unit = unitHead(entry.indicator.unit, language);
  const caption = inARow([named(entry.indicator.name, view), unit], language);
  const figures = series.map(
    (each) => new Map(here.figuresOf(each).map((figure) => [periodOf(figure.key), figure])),
  );
  // Written as text: there may be thousands.
  const cell = (at: number, period: string): string => {
    const figure = figures[at]?.get(period);
    return `<td class="num">${figure === undefined ? '' : valueCell(figure, entry, view)}</td>`;
  };
  const row = (name: string, cells: readonly string[]): string =>
    `<tr><th scope="row">${escaped(name)}</th>${cells.join('')}</tr>`;
  const across = series.length > 4 && series.length > periods.length;
  const table = (
    <Scroll label={t.values_}>
      <table class={series.length < 3 ? 'narrow periods' : across ? 'across' : 'periods'}>
        <caption>{caption}</caption>
        {across ? (
          <>
            <thead>
              <tr>
                <th scope="col">{t.area}</th>
                {periods.map((period) => (
                  <th scope="col" class="num">
                    {periodText(period, language)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {raw(
                series
                  .map((each, at) =>
                    row(
                      seriesName(each, entry, view),
                      periods.map((period) => cell(at, period)),
                    ),
                  )
                  .join(''),
              )}
            </tbody>
          </>
        ) : (
          <>
            <thead>
              <tr>
                <th scope="col">{t.period}</th>
                {series.map((each) => (
                  <th scope="col" class="num">
                    {seriesName(each, entry, view)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {raw(
                [...periods]
                  .reverse()
                  .map((period) =>
                    row(
                      periodText(period, language),
                      series.map((_, at) => cell(at, period)),
                    ),
                  )
                  .join(''),
              )}
            </tbody>
          </>
        )}
      </table>
    </Scroll>
  );
  if (left === 0) return table;
  return (
    <>
      {table}
      <p class="quiet">
        {fill(t.seriesLeft, { n: left })}{' '}
        <a href={address.api('places', here.city, 'indicators', `${entry.indicator.id}.csv`)}>CSV</a>
      </p>
    </>
  );
}

/** A value as a link to its trace; where it has an interval, both ends likewise. */
function valueCell(figure: Figure, entry: IndicatorEntry, view: PlaceView): string {
  const link = figureLink({ figure, view, bare: true });
  const ends = intervalOf(figure, entry, view);
  if (ends === null) return link;
  const [low, high] = [ends.lower, ends.upper].map((end) => figureLink({ figure: end, view, bare: true }));
  return `${link} <span class="quiet small keep">${low}–${high}</span>`;
}
