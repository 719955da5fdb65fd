import { raw } from 'hono/html';
import { unitHead } from '../../language/index.ts';
import { address } from '../address.ts';
import type { IndicatorEntry, Series } from '../catalogue.ts';
import { Page } from '../layout.tsx';
import { oncePerPart } from '../once-per-series.ts';
import { trailTo } from '../pages/indicators.tsx';
import { FigureLink, measurePeriod } from '../parts/figure.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { areaName, named, type PlaceView } from '../view.ts';
import { portalWords } from './words.ts';

/** Areas side by side at the most: a seventh column does not fit a page. */
const mostAreas = 6;

/** Any areas of a place side by side: every indicator that at least two of them have, each in its newest year. */
export function ComparePage({
  asked,
  view,
}: {
  readonly asked: readonly string[];
  readonly view: PlaceView;
}) {
  const { here, language } = view;
  const t = portalWords[language];
  const counts = new Map<string, number>();
  for (const entry of here.listed)
    for (const area of new Set(entry.series.map((series) => series.area)))
      counts.set(area, (counts.get(area) ?? 0) + 1);
  // Those of whom most is known come first, and are shown before anyone has chosen.
  const offered = here.place.workspace.city.areas
    .filter(({ id }) => counts.has(id))
    .sort((a, b) => (counts.get(b.id) ?? 0) - (counts.get(a.id) ?? 0));
  const first = offered.slice(0, 3).map(({ id }) => id);
  const wanted = offered.map(({ id }) => id).filter((id) => asked.includes(id));
  const chosen = (asked.length === 0 ? first : wanted).slice(0, mostAreas);
  // What visitors choose is as manifold as they like: only what all see first is kept.
  const row = asked.length === 0 ? firstRow : comparedRow;
  const rows = here.listed.map((entry) => row(entry, view, chosen.join(' '))).join('');
  return (
    <Page
      view={view}
      title={t.compare}
      room="districts"
      trail={trailTo(
        view,
        { name: view.t.districts, href: address.room(language, here.city, 'districts') },
        { name: t.compare },
      )}
    >
      <h1>{t.compare}</h1>
      <p class="lead">{t.compareLead}</p>
      <form method="get" action={address.room(language, here.city, 'compare')} class="onscreen">
        <fieldset class="choices">
          <legend>{t.choose}</legend>
          {offered.map(({ id, name }) => (
            <label>
              <input type="checkbox" name="area" value={id} checked={chosen.includes(id)} />
              {named(name, view)}
            </label>
          ))}
        </fieldset>
        <p class="actions">
          <button type="submit">{t.show}</button>
        </p>
      </form>
      {chosen.length < 2 ? (
        <p>{t.tooFew}</p>
      ) : rows === '' ? (
        <p>{t.nothingCommon}</p>
      ) : (
        <Scroll label={t.compare}>
          <table class="stack">
            <thead>
              <tr>
                <th scope="col">{view.t.indicator}</th>
                <th scope="col">{view.t.unit}</th>
                {chosen.map((area) => (
                  <th scope="col" class="num">
                    <a href={address.district(language, here.city, area)}>{areaName(view, area)}</a>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>{raw(rows)}</tbody>
          </table>
        </Scroll>
      )}
    </Page>
  );
}

/** The row of an indicator over some areas; none where fewer than two have a series of it. */
function comparedRow(entry: IndicatorEntry, view: PlaceView, areas: string): string {
  const { here, language } = view;
  const of = areas.split(' ').map((area) => totalOf(entry, area));
  if (of.filter((series) => series !== null).length < 2) return '';
  return String(
    <tr>
      <th scope="row">
        <a href={address.indicator(language, here.city, entry.indicator.id)}>
          {named(entry.indicator.name, view)}
        </a>
      </th>
      <td class="quiet" data-label={view.t.unit}>
        {unitHead(entry.indicator.unit, language)}
      </td>
      {of.map((series, at) => (
        <td class="num" data-label={areaName(view, areas.split(' ')[at] ?? '')}>
          {series === null ? '' : <Latest series={series} view={view} />}
        </td>
      ))}
    </tr>,
  );
}

const firstRow = oncePerPart(comparedRow);

function Latest({ series, view }: { readonly series: Series; readonly view: PlaceView }) {
  const latest = view.here.latest(series);
  const [first] = series.values;
  const figure = latest ?? (first === undefined ? null : view.here.figure(first));
  if (figure === null) return null;
  return (
    <>
      <FigureLink figure={figure} view={view} bare />{' '}
      <span class="quiet small">{measurePeriod(figure.key.measure, view.language)}</span>
    </>
  );
}

/** The series of an area as a whole; groups are compared elsewhere. */
function totalOf(entry: IndicatorEntry, area: string): Series | null {
  return entry.series.find((each) => each.area === area && Object.keys(each.breakdown).length === 0) ?? null;
}
