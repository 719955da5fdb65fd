import { formatNumber, formatValue, periodText } from '../../language/index.ts';
import type { SourceDocument } from '../../model/index.ts';
import { locatorText } from '../../review/index.ts';
import { address } from '../address.ts';
import type { CitedRecord } from '../catalogue.ts';
import { Page } from '../layout.tsx';
import { figureHref } from '../parts/figure.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { areaName, named, type PlaceView } from '../view.ts';
import { locatorAnchor } from './cited.tsx';
import { trailTo } from './indicators.tsx';

export function SourcesPage({ view }: { readonly view: PlaceView }) {
  const { here, t, language } = view;
  const { sources } = here.place.workspace.city;
  return (
    <Page view={view} title={t.sources} room="sources" trail={trailTo(view, { name: t.sources })}>
      <h1>{t.sources}</h1>
      <Scroll label={t.sources}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t.document}</th>
              <th scope="col">{t.producer}</th>
              <th scope="col">{t.published}</th>
              <th scope="col" class="num">
                {t.recordsFrom}
              </th>
            </tr>
          </thead>
          <tbody>
            {sources.map((source) => (
              <tr>
                <th scope="row">
                  <a href={address.source(language, here.city, source.id)}>{named(source.title, view)}</a>
                </th>
                <td>{named(source.producer, view)}</td>
                <td>{source.date === 'undated' ? t.undatedDate : source.date}</td>
                <td class="num">
                  {formatNumber(String(countOf(here.citedBy(source.id))), { language, decimals: 0 })}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <section>
        <h2>{t.api}</h2>
        <p>{t.apiText}</p>
        <p>
          <a href="/api/">/api/</a>
        </p>
      </section>
    </Page>
  );
}

const countOf = (counts: ReadonlyMap<string, number>): number =>
  [...counts.values()].reduce((sum, count) => sum + count, 0);

/** Records beyond this number are counted by indicator: a page of hundreds of thousands of rows helps nobody. */
const mostListed = 5_000;

/** A document: what it is, and every record that cites it, in the order in which they stand in it. */
export function SourcePage({ source, view }: { readonly source: SourceDocument; readonly view: PlaceView }) {
  const { here, t, language } = view;
  const name = named(source.title, view);
  const counts = here.citedBy(source.id);
  return (
    <Page
      view={view}
      title={name}
      room="sources"
      trail={trailTo(view, { name: t.sources, href: address.room(language, here.city, 'sources') }, { name })}
    >
      <h1>{name}</h1>
      <dl class="facts">
        <div>
          <dt>{t.producer}</dt>
          <dd>{named(source.producer, view)}</dd>
        </div>
        <div>
          <dt>{t.published}</dt>
          <dd>{source.date === 'undated' ? t.undatedDate : source.date}</dd>
        </div>
        <div>
          <dt>{t.licence}</dt>
          <dd>{source.licenceName === undefined ? source.licence : named(source.licenceName, view)}</dd>
        </div>
        {source.url === undefined ? null : (
          <div>
            <dt>URL</dt>
            <dd class="long">
              <a href={source.url} rel="noreferrer">
                {source.url}
              </a>
            </dd>
          </div>
        )}
        {source.locators === undefined ? null : (
          <div>
            <dt>{t.locators}</dt>
            <dd>{named(source.locators, view)}</dd>
          </div>
        )}
        {source.sha256 === undefined ? null : (
          <div>
            <dt>{t.fingerprint}</dt>
            <dd>
              <code class="long">{source.sha256}</code>
            </dd>
          </div>
        )}
      </dl>
      {source.note === undefined ? null : <p>{named(source.note, view)}</p>}
      <section>
        <h2>{t.recordsFrom}</h2>
        {countOf(counts) > mostListed ? (
          <CountedRecords counts={counts} view={view} />
        ) : (
          <CitedRecords records={here.citations(source.id)} view={view} />
        )}
      </section>
    </Page>
  );
}

/** Where a document gives more records than a page can list: how many of each indicator, and the way to them. */
function CountedRecords({
  counts,
  view,
}: {
  readonly counts: ReadonlyMap<string, number>;
  readonly view: PlaceView;
}) {
  const { here, t, language } = view;
  const listed = [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
  return (
    <Scroll label={t.recordsFrom}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t.indicator}</th>
            <th scope="col" class="num">
              {t.values_}
            </th>
          </tr>
        </thead>
        <tbody>
          {listed.map(([indicator, count]) => {
            const entry = here.entries.get(indicator);
            const number = formatNumber(String(count), { language, decimals: 0 });
            return (
              <tr>
                <th scope="row">
                  {entry === undefined ? (
                    indicator
                  ) : (
                    <a href={address.indicator(language, here.city, indicator)}>
                      {named(entry.indicator.name, view)}
                    </a>
                  )}
                </th>
                <td class="num">
                  {entry === undefined ? (
                    number
                  ) : (
                    <a href={`${address.indicator(language, here.city, indicator)}evidence/`}>{number}</a>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scroll>
  );
}

function CitedRecords({
  records,
  view,
}: {
  readonly records: readonly CitedRecord[];
  readonly view: PlaceView;
}) {
  const { t } = view;
  const anchors = new Set<string>();
  return (
    <Scroll label={t.recordsFrom}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t.where}</th>
            <th scope="col">{t.indicator}</th>
            <th scope="col">{t.area}</th>
            <th scope="col">{t.period}</th>
            <th scope="col" class="num">
              {t.value}
            </th>
          </tr>
        </thead>
        <tbody>
          {records.map((record) => {
            const anchor = locatorAnchor(record.locator);
            const first = !anchors.has(anchor);
            anchors.add(anchor);
            return <RecordRow record={record} anchor={first ? anchor : null} view={view} />;
          })}
        </tbody>
      </table>
    </Scroll>
  );
}

function RecordRow({
  record,
  anchor,
  view,
}: {
  readonly record: CitedRecord;
  readonly anchor: string | null;
  readonly view: PlaceView;
}) {
  const { here, t, language } = view;
  const entry = here.entries.get(record.indicator);
  const decimals =
    record.value?.includes('.') === true ? record.value.length - record.value.indexOf('.') - 1 : 0;
  const value =
    record.value === null ? (
      <span class="missing">{t.noValue}</span>
    ) : (
      formatValue({ value: record.value, unit: record.unit, decimals }, language)
    );
  return (
    <tr id={anchor ?? undefined}>
      <th scope="row">{locatorText(record.locator, language)}</th>
      <td>
        <a href={address.indicator(language, here.city, record.indicator)}>
          {entry === undefined ? record.indicator : named(entry.indicator.name, view)}
        </a>
        {record.kind === 'observation' ? null : (
          <span class="quiet small"> · {record.kind === 'target' ? t.target : t.said}</span>
        )}
      </td>
      <td>{areaName(view, record.area)}</td>
      <td>{periodText(record.period, language)}</td>
      <td class="num">
        {record.code === null ? (
          value
        ) : (
          <a class="fig" href={figureHref(record.code, record.indicator, view)}>
            {value}
          </a>
        )}
      </td>
    </tr>
  );
}
