import { figureKeyText } from '../../figures/index.ts';
import {
  comma,
  formatNumber,
  inARow,
  inBrackets,
  labelled,
  listMark,
  periodText,
} from '../../language/index.ts';
import { type Contribution, type Figure, observationStatuses } from '../../model/index.ts';
import { locatorText } from '../../review/index.ts';
import { address } from '../address.ts';
import type { IndicatorEntry } from '../catalogue.ts';
import { formulaInNames, formulaWithRecords } from '../formula-text.ts';
import { Page } from '../layout.tsx';
import { sentence } from '../leading.ts';
import { WhatIsMissing } from '../parts/completeness.tsx';
import { breakdownName, measurePeriod, StatusMark, valueText } from '../parts/figure.tsx';
import { Scroll } from '../parts/scroll.tsx';
import type { LoggedSubmission, LoggedVersion } from '../place.ts';
import { recordAddress } from '../record-address.ts';
import { areaName, named, type PlaceView, sourceLink, sourceOf } from '../view.ts';
import { fill } from '../words.ts';
import { locatorAnchor } from './cited.tsx';
import { trailTo } from './indicators.tsx';

/** What the log knows of one record of a figure. */
export interface RecordHistory {
  readonly record: string;
  readonly versions: readonly LoggedVersion[];
}

interface TraceProps {
  readonly figure: Figure;
  readonly entry: IndicatorEntry | null;
  readonly histories: readonly RecordHistory[];
  readonly submissions: ReadonlyMap<number, LoggedSubmission>;
  readonly view: PlaceView;
}

/** From a number to the line of a document in five steps, to be understood by anyone in a minute. */
export function TracePage({ figure, entry, histories, submissions, view }: TraceProps) {
  const { here, t, language } = view;
  const { key } = figure;
  const name = entry === null ? key.indicator : named(entry.indicator.name, view);
  const group = breakdownName(key.breakdown, view);
  const subject = inARow(
    [name, areaName(view, key.area), group, measurePeriod(key.measure, language)],
    language,
  );
  return (
    <Page
      view={view}
      title={`F·${figure.code} ${name}`}
      description={entry === null ? subject : sentence(figure, entry, view)}
      room="indicators"
      trail={trailTo(
        view,
        { name: t.indicators, href: address.room(language, here.city, 'indicators') },
        ...(entry === null ? [] : [{ name, href: address.indicator(language, here.city, key.indicator) }]),
        { name: `F·${figure.code}` },
      )}
    >
      <p class="kicker">
        {t.trace} · <span class="code">F·{figure.code}</span>
      </p>
      <h1>{subject}</h1>
      <ol class="trace">
        <li>
          <h2>{t.theFigure}</h2>
          <TheFigure figure={figure} entry={entry} view={view} />
        </li>
        <li>
          <h2>{t.theFormula}</h2>
          <TheFormula figure={figure} view={view} />
        </li>
        <li>
          <h2>{t.theRecords}</h2>
          <TheRecords figure={figure} view={view} />
        </li>
        <li>
          <h2>{t.theSource}</h2>
          <TheSources figure={figure} histories={histories} submissions={submissions} view={view} />
        </li>
        <li>
          <h2>{t.theCheck}</h2>
          <TheCheck figure={figure} view={view} />
        </li>
      </ol>
    </Page>
  );
}

function TheFigure({
  figure,
  entry,
  view,
}: {
  readonly figure: Figure;
  readonly entry: IndicatorEntry | null;
  readonly view: PlaceView;
}) {
  const { t, language } = view;
  const { value, fraction, decimals, completeness } = figure;
  if (value === null)
    return (
      <p class="big missing">
        {t.noValue}
        <br />
        <small>{figure.missing === null ? '' : named(figure.missing, view)}</small>
      </p>
    );
  const signed =
    figure.key.measure.kind !== 'value' &&
    'from' in figure.key.measure &&
    figure.key.measure.kind !== 'ratio';
  const places = value.includes('.') ? value.length - value.indexOf('.') - 1 : 0;
  return (
    <>
      {entry === null ? null : <p>{sentence(figure, entry, view)}</p>}
      {/* So large a number may leave its unit to the next line; a word that breaks in its midst is worse. */}
      <p class="big">
        {valueText(figure, view, signed ? 'signed' : undefined).replaceAll('\u00a0', ' ')}
        <StatusMark status={figure.status} view={view} />
      </p>
      <p class="quiet small long">
        {places > decimals || fraction !== null ? (
          <>
            {t.exactly} <span class="code">{fraction === null ? value : `${fraction} = ${value}…`}</span>.{' '}
            {fill(t.shownAs, { n: decimals })}
          </>
        ) : (
          t.shownWhole
        )}
      </p>
      {figure.status === 'A' ? null : (
        <div class="note">
          <p>
            {labelled(t.status, view.language)}
            {observationStatuses[figure.status][language]}
          </p>
        </div>
      )}
      {completeness === null ? null : (
        <div class="note">
          <WhatIsMissing completeness={completeness} view={view} />
        </div>
      )}
    </>
  );
}

function TheFormula({ figure, view }: { readonly figure: Figure; readonly view: PlaceView }) {
  const { t } = view;
  const { formula } = figure;
  return (
    <dl class="facts">
      <div>
        <dt>{t.inWords}</dt>
        <dd>{formulaWords(figure, view)}</dd>
      </div>
      {formula.expression === '' ? null : (
        <div>
          <dt>{t.withRecords}</dt>
          <dd class="sum">{formulaWithRecords(figure, view)}</dd>
        </div>
      )}
      <div>
        <dt>{t.inSymbols}</dt>
        <dd>
          <code>{formula.text}</code>{' '}
          <span class="quiet small">
            {t.version} {formula.version}
          </span>
        </dd>
      </div>
    </dl>
  );
}

/** The formula as a sentence. */
function formulaWords(figure: Figure, view: PlaceView): string {
  const { t, language, here } = view;
  const { measure, indicator: id } = figure.key;
  const indicator = here.entries.get(id)?.indicator;
  if (measure.kind === 'value') {
    if (indicator?.formula !== undefined && figure.contributions.length > 0 && figure.formula.text !== id)
      return fill(t.w_computed, { formula: formulaInNames(indicator.formula, view) });
    return figure.completeness === null || figure.completeness.of !== undefined
      ? t.w_value
      : fill(t.w_rollup, { n: figure.completeness.present });
  }
  const text = t[`w_${measure.kind}`];
  if (measure.kind === 'share') {
    const of = here.entries.get(measure.of)?.indicator;
    return fill(text, { of: of === undefined ? measure.of : named(of.name, view) });
  }
  if (!('from' in measure)) return text;
  return fill(text, {
    from: periodText(measure.from, language),
    to: periodText(measure.to, language),
    n: Number(measure.to) - Number(measure.from),
  });
}

function TheRecords({ figure, view }: { readonly figure: Figure; readonly view: PlaceView }) {
  const { t } = view;
  return (
    <Scroll label={t.theRecords}>
      <table class="stack">
        <thead>
          <tr>
            <th scope="col">{t.record}</th>
            <th scope="col">{t.recordPart}</th>
            <th scope="col" class="num">
              {t.quantity}
            </th>
            <th scope="col">{t.unit}</th>
            <th scope="col">{t.status}</th>
            <th scope="col">{t.place_}</th>
          </tr>
        </thead>
        <tbody>
          {figure.contributions.map((contribution, at) => (
            <RecordRow
              contribution={contribution}
              number={at}
              period={'period' in figure.key.measure ? figure.key.measure.period : ''}
              view={view}
            />
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function RecordRow({
  contribution,
  number,
  period,
  view,
}: {
  readonly contribution: Contribution;
  readonly number: number;
  readonly period: string;
  readonly view: PlaceView;
}) {
  const { t, language } = view;
  const { record, role, quantity, unit, status, source, locator } = contribution;
  const document = sourceLink(view, source);
  const href = recordAddress(record, period, view);
  const name = recordName(record, view);
  return (
    <tr id={`r${number}`}>
      <th scope="row">
        {href === null ? name : <a href={href}>{name}</a>}
        <br />
        <code class="quiet long">{record}</code>
      </th>
      <td data-label={t.recordPart}>{t[`role_${role}`]}</td>
      <td class="num" data-label={t.quantity}>
        {quantity === null ? <span class="missing">{t.noValue}</span> : <b>{plainNumber(quantity, view)}</b>}
      </td>
      <td data-label={t.unit}>
        <code>{unit}</code>
      </td>
      <td data-label={t.status}>
        {status === 'A' ? observationStatuses.A[language] : observationStatuses[status][language]}
      </td>
      <td data-label={t.place_}>
        <a href={`${document.href}#${locatorAnchor(locator)}`}>
          {document.name}
          {comma(language)}
          {locatorText(locator, view.language)}
        </a>
      </td>
    </tr>
  );
}

/** A quantity with all its digits. */
function plainNumber(quantity: string, view: PlaceView): string {
  const decimals = quantity.includes('.') ? quantity.length - quantity.indexOf('.') - 1 : 0;
  return formatNumber(quantity, { language: view.language, decimals });
}

/** `observation/310000/energy_per_gdp/2015/` → the indicator's name, area and period; any other address as it is. */
function recordName(record: string, view: PlaceView): string {
  const parts = record.split('/');
  const at = parts.indexOf('observation');
  const [area = '', indicator = '', ...rest] = parts.slice(at + 1);
  if (at < 0) return record;
  const known = view.here.entries.get(indicator)?.indicator;
  const period = rest.filter((part) => /^(?:\d{4}[\d\-SQ]*|undated)$/.test(part)).join('/');
  const name = known === undefined ? indicator : named(known.name, view);
  return inARow(
    [name, areaName(view, area), period === '' ? '' : periodText(period, view.language)],
    view.language,
  );
}

function TheSources({
  figure,
  histories,
  submissions,
  view,
}: {
  readonly figure: Figure;
  readonly histories: readonly RecordHistory[];
  readonly submissions: ReadonlyMap<number, LoggedSubmission>;
  readonly view: PlaceView;
}) {
  const { t, language } = view;
  const ids = [...new Set(figure.contributions.map(({ source }) => source))];
  return (
    <>
      {ids.map((id) => {
        const known = sourceOf(view, id);
        const places = [
          ...new Set(figure.contributions.filter((each) => each.source === id).map(({ locator }) => locator)),
        ];
        if (known === null)
          return (
            <p>
              <code>{id}</code>
            </p>
          );
        const { source, city } = known;
        return (
          <dl class="facts">
            <div>
              <dt>{t.document}</dt>
              <dd>
                <a href={address.source(language, city, id)}>{named(source.title, view)}</a>
                {comma(language)}
                <b>{places.map((each) => locatorText(each, language)).join(listMark(language))}</b>
                {source.locators === undefined ? null : (
                  <span class="quiet small">{inBrackets(named(source.locators, view), view.language)}</span>
                )}
              </dd>
            </div>
            <div>
              <dt>{t.producer}</dt>
              <dd>{named(source.producer, view)}</dd>
            </div>
            <div>
              <dt>{t.published}</dt>
              <dd>{source.date === 'undated' ? t.undatedDate : source.date}</dd>
            </div>
            {source.sha256 === undefined ? null : (
              <div>
                <dt>{t.fingerprint}</dt>
                <dd>
                  <code class="long">{source.sha256}</code>
                </dd>
              </div>
            )}
          </dl>
        );
      })}
      {histories.some(({ versions }) => versions.length > 0) ? (
        <Scroll label={t.handedIn}>
          <table class="stack">
            <thead>
              <tr>
                <th scope="col">{t.record}</th>
                <th scope="col">{t.handedIn}</th>
                <th scope="col">{t.file}</th>
                <th scope="col">{t.corrections}</th>
              </tr>
            </thead>
            <tbody>
              {histories.map((history) => (
                <HistoryRow {...history} submissions={submissions} view={view} />
              ))}
            </tbody>
          </table>
        </Scroll>
      ) : null}
    </>
  );
}

/** Who handed a record in, when, from which row; and what became of it since. */
function HistoryRow({
  record,
  versions,
  submissions,
  view,
}: RecordHistory & {
  readonly submissions: ReadonlyMap<number, LoggedSubmission>;
  readonly view: PlaceView;
}) {
  const { t } = view;
  const [first, ...later] = versions;
  if (first === undefined) return null;
  const when = (position: number): string =>
    submissions.get(position)?.received.slice(0, 16).replace('T', ' ') ?? '';
  return (
    <tr>
      <th scope="row">{recordName(record, view)}</th>
      <td data-label={t.handedIn}>
        {fill(t.handedInBy, {
          agent: submissions.get(first.position)?.agent ?? '',
          when: when(first.position),
          n: first.position,
        })}
      </td>
      <td data-label={t.file}>
        {first.file === null ? (
          ''
        ) : (
          <code class="long">
            {first.file}
            {first.row === null ? '' : `:${first.row}`}
          </code>
        )}
      </td>
      <td data-label={t.corrections}>
        {later.length === 0
          ? t.noCorrections
          : later.map((version) => (
              <div>
                {fill(t.correctionLine, {
                  n: version.position,
                  when: when(version.position),
                  what: version.withdrawn
                    ? t.withdrawn
                    : fill(t.changedTo, { value: statedValue(version.content, view) }),
                })}
              </div>
            ))}
      </td>
    </tr>
  );
}

function statedValue(content: unknown, view: PlaceView): string {
  if (typeof content !== 'object' || content === null || !('value' in content)) return '';
  return typeof content.value === 'string' ? content.value : view.t.noValue;
}

function TheCheck({ figure, view }: { readonly figure: Figure; readonly view: PlaceView }) {
  const { t, here } = view;
  const { city } = here;
  return (
    <>
      <p>{t.commandWhy}</p>
      <pre tabindex={0}>
        <code>
          npx modelcity trace {figure.code} --workspace examples/{city}
        </code>
      </pre>
      <dl class="facts">
        <div>
          <dt>{t.root}</dt>
          <dd>
            <code class="long">{figure.root}</code>
            <br />
            <span class="quiet small">{t.rootWhy}</span>
          </dd>
        </div>
        <div>
          <dt>{t.alsoAs}</dt>
          <dd>
            <a href={address.api('places', city, 'figures', figure.code)}>{t.json}</a> ·{' '}
            <a href={address.api('places', city, 'figures', figure.code, 'prov')}>{t.prov}</a>
          </dd>
        </div>
        <div>
          <dt>{t.code}</dt>
          <dd>
            <code class="long">{figureKeyText(figure.key)}</code>
          </dd>
        </div>
      </dl>
    </>
  );
}
