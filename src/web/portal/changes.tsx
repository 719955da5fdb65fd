import { formatValue } from '../../language/index.ts';
import type { Figure, FigureKey } from '../../model/index.ts';
import type { EditionFigure, ListedEdition } from '../../publish/index.ts';
import { address } from '../address.ts';
import { Page } from '../layout.tsx';
import { trailTo } from '../pages/indicators.tsx';
import { FigureLink, Mark, measurePeriod } from '../parts/figure.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { areaName, named, type PlaceView } from '../view.ts';
import { fill } from '../words.ts';
import { type Change, changesSince } from './changes-since.ts';
import { portalWords } from './words.ts';

/** Rows of one list; what is beyond is counted. */
const mostRows = 200;

interface ChangesProps {
  /** The newest edition with its figures; null when there is none. */
  readonly edition: { readonly listed: ListedEdition; readonly figures: readonly EditionFigure[] } | null;
  readonly view: PlaceView;
}

/** What a reader of the last edition must know: which of its figures are no longer what they were. */
export function ChangesPage({ edition, view }: ChangesProps) {
  const { here, language } = view;
  const t = portalWords[language];
  return (
    <Page
      view={view}
      title={t.changes}
      room="editions"
      trail={trailTo(
        view,
        { name: view.t.editions, href: address.room(language, here.city, 'editions') },
        { name: t.changes },
      )}
    >
      <h1>{t.changes}</h1>
      {edition === null ? <p>{t.noEdition}</p> : <Lists {...edition} view={view} />}
    </Page>
  );
}

function Lists({
  listed,
  figures,
  view,
}: NonNullable<ChangesProps['edition']> & { readonly view: PlaceView }) {
  const t = portalWords[view.language];
  const { changed, withdrawn, other, added } = changesSince(figures, view);
  const review = view.here.place.workspace.reviews.find(({ head }) => head.id === listed.review);
  const title = review === undefined ? listed.title : named(review.head.title, view);
  const none = changed.length + withdrawn.length + other.length + added.length === 0;
  return (
    <>
      <p class="lead">{fill(t.changesLead, { title, date: listed.date })}</p>
      {none ? <p>{t.noChanges}</p> : null}
      <Pairs name={t.changed} pairs={changed} view={view} />
      <Pairs name={t.withdrawn} pairs={withdrawn} view={view} />
      <Pairs name={t.other} pairs={other} view={view} />
      {added.length === 0 ? null : (
        <section>
          <h2>{t.added}</h2>
          <Scroll label={t.added}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{view.t.indicator}</th>
                  <th scope="col">{view.t.period}</th>
                  <th scope="col" class="num">
                    {t.now}
                  </th>
                </tr>
              </thead>
              <tbody>
                {added.slice(0, mostRows).map((figure) => (
                  <tr>
                    <Name keyOf={figure.key} view={view} />
                    <td class="num">
                      <FigureLink figure={figure} view={view} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
          <More count={added.length} view={view} />
        </section>
      )}
    </>
  );
}

function Pairs({
  name,
  pairs,
  view,
}: {
  readonly name: string;
  readonly pairs: readonly Change[];
  readonly view: PlaceView;
}) {
  const t = portalWords[view.language];
  if (pairs.length === 0) return null;
  return (
    <section>
      <h2>{name}</h2>
      <Scroll label={name}>
        <table>
          <thead>
            <tr>
              <th scope="col">{view.t.indicator}</th>
              <th scope="col">{view.t.period}</th>
              <th scope="col" class="num">
                {t.was}
              </th>
              <th scope="col" class="num">
                {t.now}
              </th>
              <th scope="col">{view.t.code}</th>
            </tr>
          </thead>
          <tbody>
            {pairs.slice(0, mostRows).map(({ was, now }) => (
              <tr>
                <Name keyOf={was.key} view={view} />
                <td class="num">{shown(was, view)}</td>
                <td class="num">{now === null ? '–' : <FigureLink figure={now} view={view} />}</td>
                <td>
                  <Mark figure={was} view={view} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <More count={pairs.length} view={view} />
    </section>
  );
}

function Name({ keyOf: key, view }: { readonly keyOf: FigureKey; readonly view: PlaceView }) {
  const { here, language } = view;
  const entry = here.entries.get(key.indicator);
  return (
    <>
      <th scope="row">
        {entry === undefined ? (
          key.indicator
        ) : (
          <a href={address.indicator(language, here.city, key.indicator)}>
            {named(entry.indicator.name, view)}
          </a>
        )}{' '}
        <span class="quiet small">{areaName(view, key.area)}</span>
      </th>
      <td class="keep">{measurePeriod(key.measure, language)}</td>
    </>
  );
}

function More({ count, view }: { readonly count: number; readonly view: PlaceView }) {
  if (count <= mostRows) return null;
  return <p class="quiet">{fill(portalWords[view.language].more, { n: count - mostRows })}</p>;
}

function shown(
  figure: Pick<Figure, 'value' | 'unit' | 'decimals' | 'qualifier' | 'missing'>,
  view: PlaceView,
): string {
  if (figure.value === null) return figure.missing === null ? view.t.noValue : named(figure.missing, view);
  const { value, unit, decimals, qualifier } = figure;
  return formatValue({ value, unit, decimals, qualifier }, view.language);
}
