import { raw } from 'hono/html';
import { decimalsOf, formatValue, periodText, unitHead } from '../../language/index.ts';
import { type Claim, comparePeriods } from '../../model/index.ts';
import { locatorText } from '../../review/index.ts';
import { address } from '../address.ts';
import { type IndicatorEntry, periodOf, type Series } from '../catalogue.ts';
import { citation, sourcesOf } from '../cite.ts';
import { escaped } from '../escaped.ts';
import { writeChoice } from '../explore/choice.ts';
import { Explore } from '../explore/form.tsx';
import { seriesId, seriesName, targetText } from '../explore/indicator-chart.ts';
import { figuresOf } from '../explore/sheet.ts';
import type { Shown } from '../explore/shown.ts';
import { explorerWords } from '../explore/words.ts';
import { Page } from '../layout.tsx';
import { leadingFigure, sentence } from '../leading.ts';
import { expectedFor } from '../outlet/calendar.ts';
import { indicatorData } from '../outlet/structured.ts';
import { outletWords } from '../outlet/words.ts';
import { FigureLink, figureLink, Mark, measurePeriod } from '../parts/figure.tsx';
import { GoalChip, goalName } from '../parts/goal.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { Official } from '../registers/official.tsx';
import { ProjectedPath } from '../scenarios/projected-path.tsx';
import { areaName, named, type PlaceView, sourceLink, sourceOf } from '../view.ts';
import { fill } from '../words.ts';
import { trailTo } from './indicators.tsx';

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
                    {t.source}: {shown.state.source}
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
          {view.language === 'zh' ? '：' : ': '}
          {fill(view.t.completeness, {
            present: completeness?.present ?? 0,
            expected: completeness?.expected ?? 0,
          })}
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

/** Cells of a table that a browser shows at once; beyond, only the series of the chart are in it. */
const mostCells = 4000;

function momentsOf(among: readonly Series[]): ReadonlySet<string> {
  const moments = new Set<string>();
  for (const { periods } of among) for (const period of periods) moments.add(period);
  return moments;
}

/** Values with a row a period and a column a series; with many series, a row a series. */
function ValueTable({
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
  const caption = [named(entry.indicator.name, view), unit]
    .filter((part) => part !== '')
    .join(language === 'zh' ? '，' : ', ');
  const figures = series.map(
    (each) => new Map(here.figuresOf(each).map((figure) => [periodOf(figure.key), figure])),
  );
  // Written as text: there may be thousands.
  const cell = (at: number, period: string): string => {
    const figure = figures[at]?.get(period);
    return `<td class="num">${figure === undefined ? '' : figureLink({ figure, view, bare: true })}</td>`;
  };
  const row = (name: string, cells: readonly string[]): string =>
    `<tr><th scope="row">${escaped(name)}</th>${cells.join('')}</tr>`;
  const across = series.length > 4 && series.length > periods.length;
  const table = (
    <Scroll label={t.values_}>
      <table class={series.length < 3 ? 'narrow' : undefined}>
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
        <table class="narrow">
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
            <span aria-hidden="true">◇ </span>
            {targetText(target, view)} <span class="quiet">· {areaName(view, target.area)}</span>{' '}
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
        <table>
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
                  {claim.from === null
                    ? periodText(claim.to, language)
                    : `${periodText(claim.from, language)}–${periodText(claim.to, language)}`}
                </th>
                <td>{t[`c_${claim.kind}`]}</td>
                <td class="num">
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
                <td>
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

/** A place in a document, as a link to the document's page. */
export function Cited({
  source,
  locator,
  view,
}: {
  readonly source: string;
  readonly locator: string;
  readonly view: PlaceView;
}) {
  const { name, href } = sourceLink(view, source);
  return (
    <a class="quiet small cite" href={`${href}#${locatorAnchor(locator)}`}>
      {name}
      {view.language === 'zh' ? '，' : ', '}
      <span class="keep">{locatorText(locator, view.language)}</span>
    </a>
  );
}

export function locatorAnchor(locator: string): string {
  return locator.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, '') || 'all';
}

function Method({ entry, view }: { readonly entry: IndicatorEntry; readonly view: PlaceView }) {
  const { t } = view;
  const { indicator } = entry;
  const { rollup } = indicator;
  const isCounted = view.here.place.workspace.derived?.indicators.includes(indicator.id) === true;
  return (
    <section id="method">
      <h2>{t.method}</h2>
      <dl class="facts">
        {indicator.definition === undefined ? null : (
          <div>
            <dt>{t.definition}</dt>
            <dd>{named(indicator.definition, view)}</dd>
          </div>
        )}
        <div>
          <dt>{t.formula}</dt>
          <dd>
            {indicator.formula !== undefined ? (
              <code>{indicator.formula}</code>
            ) : isCounted ? (
              t.fromRecords
            ) : (
              t.reported
            )}
          </dd>
        </div>
        <div>
          <dt>{t.rollup}</dt>
          <dd>
            {rollup === 'none'
              ? isCounted
                ? t.fromRecordsBelow
                : t.rollupNone
              : rollup === 'sum'
                ? t.rollupSum
                : 'ratio' in rollup
                  ? `${t.rollupRatio}: ${rollup.ratio.numerator} / ${rollup.ratio.denominator}`
                  : `${t.rollupWeighted}: ${rollup.weightedBy}`}
          </dd>
        </div>
        <div>
          <dt>{t.direction}</dt>
          <dd>{t[indicator.direction]}</dd>
        </div>
        <div>
          <dt>{t.version}</dt>
          <dd>
            {indicator.version} · <code>{indicator.id}</code>
          </dd>
        </div>
        {indicator.note === undefined ? null : (
          <div>
            <dt>{t.reader}</dt>
            <dd>{named(indicator.note, view)}</dd>
          </div>
        )}
      </dl>
    </section>
  );
}

function Aside({
  entry,
  shown,
  view,
}: {
  readonly entry: IndicatorEntry;
  readonly shown: Shown | null;
  readonly view: PlaceView;
}) {
  const { here, t, language } = view;
  const { indicator } = entry;
  const self = address.indicator(language, here.city, indicator.id);
  const asked = shown === null ? '' : writeChoice(shown.choice, shown.whole);
  const query = asked === '' ? '' : `?${asked}`;
  const sources = sourcesOf(entry, view);
  const expected = expectedFor(here.place.workspace.city, indicator.id);
  const frameworks = here.place.workspace.frameworks.filter(
    ({ goals, criteria }) =>
      goals.some(({ measures }) => measures.some(({ indicators }) => indicators.includes(indicator.id))) ||
      criteria.some(({ tests }) => tests.some((test) => test.indicator === indicator.id)),
  );
  return (
    <aside>
      {indicator.goals.length === 0 ? null : (
        <>
          <h2>{t.goalsOf}</h2>
          <ul>
            {indicator.goals.map((goal) => (
              <li>
                <GoalChip goal={goal} />{' '}
                <a href={address.goal(language, here.city, goal)}>{goalName(goal, view)}</a>
              </li>
            ))}
            {indicator.targets.length === 0 ? null : (
              <li class="quiet">
                {t.serves} {indicator.targets.join(', ')}
              </li>
            )}
          </ul>
        </>
      )}
      {frameworks.length === 0 ? null : (
        <>
          <h2>{t.usedIn}</h2>
          <ul>
            {frameworks.map((framework) => (
              <li>
                <a href={address.framework(language, here.city, framework.id)}>
                  {named(framework.name, view)}
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
      <h2 id="sources">{t.sources}</h2>
      <ul>
        {sources.map((id) => (
          <li>
            <a href={sourceLink(view, id).href}>{sourceLink(view, id).name}</a>
          </li>
        ))}
      </ul>
      {expected === null ? null : (
        <>
          <h2>{outletWords[language].expected}</h2>
          <p>
            <a href={address.room(language, here.city, 'news')}>{periodText(expected.date, language)}</a>{' '}
            <span class="quiet">{named(expected.title, view)}</span>
          </p>
        </>
      )}
      <h2 class="onscreen">{t.downloads}</h2>
      <ul class="onscreen">
        <li>
          <a href={address.api('places', here.city, 'indicators', `${indicator.id}.csv`)}>CSV</a>
        </li>
        <li>
          <a
            href={
              shown === null
                ? address.api('places', here.city, 'indicators', indicator.id)
                : `${self}figures.json`
            }
          >
            JSON
          </a>
        </li>
        {shown === null ? null : (
          <>
            <li>
              <a href={address.chart(language, here.city, indicator.id)}>SVG</a>
            </li>
            <li>
              <a href={`${self}figures.xlsx`}>XLSX</a>
            </li>
            <li class="asked">
              {explorerWords[language].shownOnly} <a href={`${self}shown.csv${query}`}>CSV</a> ·{' '}
              <a href={`${self}shown.xlsx${query}`}>XLSX</a> · <a href={`${self}shown.json${query}`}>JSON</a>
            </li>
            <li>
              <a href={`${self}download.zip`}>{t.allAsZip}</a>
            </li>
          </>
        )}
      </ul>
      <h2>{t.cite}</h2>
      <p class="quiet">{citation(entry, view)}</p>
      {shown === null ? null : (
        <>
          <h2 class="onscreen">{explorerWords[language].embed}</h2>
          <p class="quiet onscreen">{explorerWords[language].embedHint}</p>
          <pre class="onscreen embed-code" tabindex={0}>
            <code>{`<iframe src="${self}embed/" width="820" height="560" title="${named(indicator.name, view)}"></iframe>`}</code>
          </pre>
          <p class="quiet onscreen">{explorerWords[language].embedElement}</p>
          <pre class="onscreen embed-code" tabindex={0}>
            <code>{`<script src="${view.base ?? ''}/assets/modelcity-chart.js" defer></script>
<modelcity-chart src="${view.base ?? ''}${self}">
  <a href="${view.base ?? ''}${self}">${named(indicator.name, view)}</a>
</modelcity-chart>`}</code>
          </pre>
        </>
      )}
    </aside>
  );
}
