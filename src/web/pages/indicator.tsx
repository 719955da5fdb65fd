import { colon, decimalsOf, formatValue, labelled, periodText } from '../../language/index.ts';
import type { Claim } from '../../model/index.ts';
import { address } from '../address.ts';
import type { IndicatorEntry } from '../catalogue.ts';
import { sourcesOf } from '../cite.ts';
import { Explore } from '../explore/form.tsx';
import { seriesName } from '../explore/indicator-chart.ts';
import { figuresOf } from '../explore/sheet.ts';
import type { Shown } from '../explore/shown.ts';
import { explorerWords } from '../explore/words.ts';
import { Page } from '../layout.tsx';
import { leadingFigure, sentence } from '../leading.ts';
import { indicatorData } from '../outlet/structured.ts';
import { completenessText } from '../parts/completeness.tsx';
import { FigureLink, Mark, measurePeriod } from '../parts/figure.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { Official } from '../registers/official.tsx';
import { ProjectedPath } from '../scenarios/projected-path.tsx';
import { areaName, named, type PlaceView, sourceOf } from '../view.ts';
import { Cited } from './cited.tsx';
import { Aside } from './indicator-aside.tsx';
import { Method } from './indicator-method.tsx';
import { Told, toldFields } from './indicator-told.tsx';
import { ValueTable } from './indicator-values.tsx';
import { trailTo } from './indicators.tsx';
import { PromiseLine } from './promises.tsx';

/** One indicator: its finding, chart, values, changes, targets, what documents say, method, downloads. */
export function IndicatorPage({
  entry,
  shown,
  view,
}: {
  readonly entry: IndicatorEntry;
  /** What the address chooses of its chart; null where there is nothing to draw. */
  readonly shown: Shown | null;
  readonly view: PlaceView;
}) {
  const { here, t, language } = view;
  const { indicator } = entry;
  const name = named(indicator.name, view);
  const finding = leadingFigure(entry, view);
  const title = finding === null ? name : sentence(finding, entry, view);
  return (
    <Page
      view={view}
      title={name}
      description={title}
      structured={indicatorData(entry, licencesOf(entry, view), view)}
      card={`${address.indicator(language, here.city, indicator.id)}card.png`}
      room="indicators"
      trail={trailTo(
        view,
        { name: t.indicators, href: address.room(language, here.city, 'indicators') },
        { name },
      )}
    >
      <h1>{name}</h1>
      {finding === null ? (
        <p class="lead missing">{entry.claims.length > 0 ? t.notInSource : t.noValue}</p>
      ) : (
        <p class="lead">
          {title} <Mark figure={finding} view={view} />
        </p>
      )}
      <Sections entry={entry} shown={shown} view={view} />
      <Official entry={entry} view={view} />
      <div class="sidebar">
        <div>
          {shown === null ? null : (
            <section id="chart">
              <h2>{t.chart}</h2>
              <figure>
                <figcaption>
                  <span class="quiet">{shown.state.subtitle}</span>
                </figcaption>
                <Explore {...shown} view={view} />
                <p class="under">
                  <span>
                    {labelled(t.source, view.language)}
                    {shown.state.source}
                  </span>
                  {finding === null ? null : <Mark figure={finding} view={view} />}
                </p>
                <Incomplete entry={entry} shown={shown} view={view} />
              </figure>
            </section>
          )}
          {entry.series.length === 0 ? null : (
            <section id="table">
              <h2>{t.values_}</h2>
              <ValueTable entry={entry} shown={shown?.choice.shown ?? []} view={view} />
            </section>
          )}
          <Changes entry={entry} view={view} />
          <Targets entry={entry} view={view} />
          <ProjectedPath entry={entry} view={view} />
          <Claims claims={entry.claims} view={view} />
          <Method entry={entry} view={view} />
          <Told indicator={indicator} view={view} />
        </div>
        <Aside entry={entry} shown={shown} view={view} />
      </div>
    </Page>
  );
}

/** Most lines that tell which values shown rest on a part of the areas only. */
const mostIncomplete = 6;

/** Which values of the chart rest on a part of the areas that belong to them. */
function Incomplete({
  entry,
  shown,
  view,
}: {
  readonly entry: IndicatorEntry;
  readonly shown: Shown;
  readonly view: PlaceView;
}) {
  const partial = figuresOf(entry, shown.choice, view).filter(
    ({ completeness }) => completeness !== null && completeness.present < completeness.expected,
  );
  if (partial.length === 0) return null;
  return (
    <ul class="quiet small incomplete">
      {partial.slice(-mostIncomplete).map(({ key, completeness }) => (
        <li>
          {areaName(view, key.area)} {measurePeriod(key.measure, view.language)}
          {colon(view.language)}
          {completeness === null ? '' : completenessText(completeness, view)}
        </li>
      ))}
    </ul>
  );
}

/** Licences of the documents that an indicator's values stand in. */
function licencesOf(entry: IndicatorEntry, view: PlaceView): readonly string[] {
  const given = sourcesOf(entry, view).flatMap((id) => sourceOf(view, id)?.source.licence ?? []);
  return [...new Set(given)].sort();
}

/** Where on this page what stands: the tabs of a reader without scripts, and of print none. */
function Sections({
  entry,
  shown,
  view,
}: {
  readonly entry: IndicatorEntry;
  readonly shown: Shown | null;
  readonly view: PlaceView;
}) {
  const { t, language } = view;
  const self = address.indicator(language, view.here.city, entry.indicator.id);
  const map = shown !== null && shown.whole.map !== null;
  const sections: readonly (readonly [string, string, boolean])[] = [
    ['#chart', t.chart, shown !== null],
    [`${self}map/`, explorerWords[language].kinds.map, map],
    ['#table', t.values_, entry.series.length > 0],
    ['#targets', t.target, entry.targets.length > 0],
    ['#claims', t.claims, entry.claims.length > 0],
    ['#sources', t.sources, true],
    ['#method', t.method, true],
    ['#told', t.told, toldFields(entry.indicator).length > 0],
  ];
  return (
    <nav class="jump onscreen" aria-label={t.onThisPage}>
      {sections
        .filter(([, , there]) => there)
        .map(([href, name]) => (
          <a href={href}>{name}</a>
        ))}
    </nav>
  );
}

function Changes({ entry, view }: { readonly entry: IndicatorEntry; readonly view: PlaceView }) {
  const { here, t, language } = view;
  const [series] = entry.series;
  const figures = (series?.changes ?? [])
    .map((key) => here.figure(key))
    .filter(({ value }) => value !== null);
  if (series === undefined || figures.length === 0) return null;
  return (
    <section id="changes">
      <h2>{t.changes}</h2>
      <Scroll label={t.changes}>
        <table class="narrow changes">
          <caption>{seriesName(series, entry, view)}</caption>
          <thead>
            <tr>
              <th scope="col">{t.period}</th>
              <th scope="col">{t.measure}</th>
              <th scope="col" class="num">
                {t.value}
              </th>
              <th scope="col">{t.code}</th>
            </tr>
          </thead>
          <tbody>
            {figures.map((figure) => (
              <tr>
                <th scope="row">{measurePeriod(figure.key.measure, language)}</th>
                <td>{t[`m_${figure.key.measure.kind}`]}</td>
                <td class="num">
                  <FigureLink figure={figure} view={view} signed={figure.key.measure.kind !== 'ratio'} />
                </td>
                <td>
                  <Mark figure={figure} view={view} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

function Targets({ entry, view }: { readonly entry: IndicatorEntry; readonly view: PlaceView }) {
  const { t } = view;
  if (entry.targets.length === 0) return null;
  return (
    <section id="targets">
      <h2>{t.target}</h2>
      <ul class="plain">
        {entry.targets.map((target) => (
          <li>
            <PromiseLine target={target} view={view} />{' '}
            <span class="quiet">· {areaName(view, target.area)}</span>{' '}
            <Cited source={target.source} locator={target.locator} view={view} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Claims({ claims, view }: { readonly claims: readonly Claim[]; readonly view: PlaceView }) {
  const { t, language } = view;
  if (claims.length === 0) return null;
  return (
    <section id="claims">
      <h2>{t.claims}</h2>
      <p class="quiet small">{t.claimsWhy}</p>
      <Scroll label={t.claims}>
        <table class="stack">
          <thead>
            <tr>
              <th scope="col">{t.period}</th>
              <th scope="col">{t.kind}</th>
              <th scope="col" class="num">
                {t.said}
              </th>
              <th scope="col">{t.where}</th>
            </tr>
          </thead>
          <tbody>
            {claims.map((claim) => (
              <tr>
                <th scope="row">
                  {periodText(claim.from === null ? claim.to : `${claim.from}/${claim.to}`, language)}
                </th>
                <td data-label={t.kind}>{t[`c_${claim.kind}`]}</td>
                <td class="num" data-label={t.said}>
                  {claim.value === null
                    ? t.noValue
                    : formatValue(
                        {
                          value: claim.value,
                          unit: claim.unit,
                          decimals: decimalsOf(claim.value),
                          qualifier: claim.qualifier,
                        },
                        language,
                        claim.kind.startsWith('change') ? { form: 'signed' } : {},
                      )}
                </td>
                <td data-label={t.where}>
                  <Cited source={claim.source} locator={claim.locator} view={view} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}
