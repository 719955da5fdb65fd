import { raw } from 'hono/html';
import { address } from '../address.ts';
import type { Catalogue, IndicatorEntry } from '../catalogue.ts';
import { comparisonChart } from '../comparison-chart.ts';
import { Page } from '../layout.tsx';
import { oncePer } from '../once-per.ts';
import { oncePerPart, oncePerSeries } from '../once-per-series.ts';
import { ChartFigure } from '../parts/chart.tsx';
import { FigureLink, measurePeriod } from '../parts/figure.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { portalWords } from '../portal/words.ts';
import { areaName, named, type PlaceView } from '../view.ts';
import { trailTo } from './indicators.tsx';

/** Areas below a place: which have values, which have a review of their own, and where they can be compared. */
export function DistrictsPage({ view }: { readonly view: PlaceView }) {
  const { here, t, language } = view;
  const { city } = here.place.workspace;
  const districts = city.areas.filter(({ id, kind }) => id !== city.area && kind !== 'country');
  const counts = valueCounts(here);
  const compared = charted(here)
    .map((entry) => comparedChart(entry, view))
    .join('');
  return (
    <Page view={view} title={t.districts} room="districts" trail={trailTo(view, { name: t.districts })}>
      <h1>{t.districts}</h1>
      <p>
        <a href={address.room(language, here.city, 'compare')}>{portalWords[language].compare}</a>
      </p>
      <Scroll label={t.districts}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t.area}</th>
              <th scope="col" class="num">
                {t.values_}
              </th>
              <th scope="col">{t.review}</th>
            </tr>
          </thead>
          <tbody>
            {districts.map(({ id, name }) => {
              const own = view.places.find(
                ({ place }) => place.workspace.city.area === id && place.workspace.city.id !== city.id,
              );
              return (
                <tr>
                  <th scope="row">
                    <a href={address.district(language, here.city, id)}>{named(name, view)}</a>
                  </th>
                  <td class="num">{counts.get(id) ?? <span class="missing">0</span>}</td>
                  <td>
                    {own === undefined ? '' : <a href={address.city(language, own.city)}>{t.ownReview}</a>}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </Scroll>
      <section>
        <h2>{t.compareDistricts}</h2>
        {compared === '' ? <p class="quiet">{t.noCompare}</p> : <p class="quiet">{t.compareWhy}</p>}
        {raw(compared)}
      </section>
    </Page>
  );
}

/** An indicator's chart of areas side by side with its name, drawn anew when its values change; nothing where there is none. */
const comparedChart = oncePerSeries((entry, view) => {
  const chart = comparisonChart(entry, view);
  if (chart === null) return '';
  return String(
    <div id={`compare-${entry.indicator.id}`}>
      <h3>
        <a href={address.indicator(view.language, view.here.city, entry.indicator.id)}>
          {named(entry.indicator.name, view)}
        </a>
      </h3>
      <ChartFigure state={chart} view={view} headless />
    </div>,
  );
});

/** Charts on one page: of more, those of key indicators come first; the rest stand on the pages of their indicators. */
const mostCharted = 60;

function charted({ listed }: Catalogue): readonly IndicatorEntry[] {
  const comparable = listed.filter(
    ({ series }) => series.filter(({ breakdown }) => Object.keys(breakdown).length === 0).length > 1,
  );
  if (comparable.length <= mostCharted) return comparable;
  return comparable.sort((a, b) => Number(b.indicator.key) - Number(a.indicator.key)).slice(0, mostCharted);
}

const valueCounts = oncePer((here): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const { series } of here.listed)
    for (const { area, periods } of series) counts.set(area, (counts.get(area) ?? 0) + periods.length);
  return counts;
});

/** One area: its newest value of every indicator that has one. */
export function DistrictPage({ area, view }: { readonly area: string; readonly view: PlaceView }) {
  const { here, t, language } = view;
  const name = areaName(view, area);
  const own = view.places.find(({ place, city }) => place.workspace.city.area === area && city !== here.city);
  const rows = here.listed.map((entry) => areaRows(entry, view, area)).join('');
  return (
    <Page
      view={view}
      title={name}
      room="districts"
      trail={trailTo(
        view,
        { name: t.districts, href: address.room(language, here.city, 'districts') },
        { name },
      )}
    >
      <h1>{name}</h1>
      {own === undefined ? null : (
        <p class="lead">
          <a href={address.city(language, own.city)}>{t.ownReview}</a>
        </p>
      )}
      {rows === '' ? (
        <p class="quiet">{t.noDistrictValues}</p>
      ) : (
        <Scroll label={name}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t.indicator}</th>
                <th scope="col">{t.period}</th>
                <th scope="col" class="num">
                  {t.value}
                </th>
              </tr>
            </thead>
            <tbody>{raw(rows)}</tbody>
          </table>
        </Scroll>
      )}
    </Page>
  );
}

/** The rows of an area's series of one indicator, kept: an area's page shows all indicators, of which few change at a time. */
const areaRows = oncePerPart((entry, view, area) => {
  const { here, language } = view;
  return entry.series
    .filter((series) => series.area === area)
    .map((series) => {
      const latest = here.latest(series);
      const [first] = series.values;
      const figure = latest ?? (first === undefined ? null : here.figure(first));
      return String(
        <tr>
          <th scope="row">
            <a href={address.indicator(language, here.city, entry.indicator.id)}>
              {indicatorName(entry, view)}
            </a>
          </th>
          <td>{figure === null ? '' : measurePeriod(figure.key.measure, language)}</td>
          <td class="num">{figure === null ? '' : <FigureLink figure={figure} view={view} />}</td>
        </tr>,
      );
    })
    .join('');
});

function indicatorName({ indicator }: IndicatorEntry, view: PlaceView): string {
  return named(indicator.name, view);
}
