import {
  lineKey,
  type Severity,
  severities,
  type TextReport,
  type ToldFinding,
  told,
} from '../../audit/index.ts';
import { formatNumber } from '../../language/index.ts';
import { spanIn } from '../audit/finding-page.tsx';
import { Weight } from '../audit/list-page.tsx';
import { auditWords } from '../audit/words.ts';
import { csvText } from '../csv-text.ts';
import { OfficeFrame } from '../office/frame.tsx';
import { named, type PlaceView } from '../view.ts';
import type { Person } from '../who.ts';
import { fill } from '../words.ts';
import { textWords } from './words.ts';

export interface TextState {
  readonly view: PlaceView;
  readonly person: Person;
  /** What was asked about and found; null before. */
  readonly found: {
    readonly report: TextReport;
    readonly names: readonly string[];
    readonly pair: boolean;
    /** The records are more than a page may hold a document against. */
    readonly tooMany: boolean;
  } | null;
  readonly told: string | null;
  readonly alarm: boolean;
}

/** Findings shown; the table has all. */
const mostShown = 400;

/** Documents of one's own: chosen or pasted, and what a careful reader would ask about them. */
export function DocumentPage({ view, person, found, told: line, alarm }: TextState) {
  const w = textWords[view.language];
  return (
    <OfficeFrame view={view} person={person} title={w.title} told={line} alarm={alarm}>
      <p class="lead">{w.lead}</p>
      {found === null ? null : <Result found={found} view={view} />}
      {found === null ? (
        <Asking view={view} />
      ) : (
        <section class="onscreen">
          <h2>{w.again}</h2>
          <Asking view={view} />
        </section>
      )}
    </OfficeFrame>
  );
}

function Asking({ view }: { readonly view: PlaceView }) {
  const w = textWords[view.language];
  const city = named(view.here.place.workspace.city.name, view);
  return (
    <form
      method="post"
      action={`/${view.language}/${view.here.city}/office/text/`}
      enctype="multipart/form-data"
    >
      <p class="field">
        <label for="file">{w.file}</label>
        <input id="file" type="file" name="file" accept=".docx,.pdf,.txt,.md,.html,.htm" multiple />
      </p>
      <p class="field">
        <label for="text">{w.text}</label>
        <textarea id="text" name="text" rows={8} />
      </p>
      <p>
        <label>
          <input type="checkbox" name="against" value="yes" checked /> {fill(w.against, { city })}
        </label>
      </p>
      <p>
        <label>
          <input type="checkbox" name="pair" value="yes" /> {w.pair}
        </label>
      </p>
      <p class="acts">
        <button type="submit" class="main">
          {w.check}
        </button>
      </p>
    </form>
  );
}

function Result({
  found,
  view,
}: {
  readonly found: NonNullable<TextState['found']>;
  readonly view: PlaceView;
}) {
  const { language } = view;
  const w = textWords[language];
  const { report, names, pair, tooMany } = found;
  const city = named(view.here.place.workspace.city.name, view);
  const findings = report.findings.map((finding) => told(finding, language));
  const count = (n: number): string => formatNumber(String(n), { language, decimals: 0 });
  const name = names.join(language === 'zh' ? '、' : ', ');
  const counts = severities
    .map((severity) => ({ severity, n: findings.filter((one) => one.severity === severity).length }))
    .filter(({ n }) => n > 0)
    .map(({ severity, n }) => {
      const word = w[`${severity}${n === 1 ? 'One' : 'Many'}`];
      return language === 'zh' ? `${count(n)}${word}` : `${count(n)} ${word}`;
    })
    .join(language === 'zh' ? '、' : ', ');
  const ordered = severities.flatMap((severity) => findings.filter((one) => one.severity === severity));
  const shown = ordered.slice(0, mostShown);
  return (
    <section id="result">
      <h2>{w.result}</h2>
      <p role="status">
        <strong>
          {findings.length === 0 ? fill(w.nothing, { name }) : fill(w.counts, { n: counts, name })}
        </strong>{' '}
        {report.held === 0 ? '' : `${fill(pair ? w.heldPair : w.held, { n: count(report.held) })} `}
        {report.agreed === 0 ? '' : `${fill(w.agreed, { n: count(report.agreed), city })} `}
        <span class="quiet">{fill(w.read, { n: count(report.read) })}</span>
      </p>
      {tooMany ? <p class="quiet">{fill(w.tooMany, { city })}</p> : null}
      {report.notes.map((note) => (
        <p class="quiet small">{note}</p>
      ))}
      {findings.length === 0 ? null : (
        <p class="onscreen">
          <a
            download="findings.csv"
            href={`data:text/csv;base64,${Buffer.from(tableOf(ordered, view)).toString('base64')}`}
          >
            {w.download}
          </a>
        </p>
      )}
      {severities.map((severity) => (
        <Group severity={severity} findings={shown} report={report} view={view} />
      ))}
      {ordered.length > shown.length ? (
        <p class="quiet">{fill(w.more, { n: count(ordered.length - shown.length) })}</p>
      ) : null}
    </section>
  );
}

function Group({
  severity,
  findings,
  report,
  view,
}: {
  readonly severity: Severity;
  readonly findings: readonly ToldFinding[];
  readonly report: TextReport;
  readonly view: PlaceView;
}) {
  const w = textWords[view.language];
  const own = findings.filter((one) => one.severity === severity);
  if (own.length === 0) return null;
  return (
    <>
      <h3 class="audit-head">
        <Weight severity={severity} view={view} />
      </h3>
      <ol class="audit-list plain">
        {own.map(({ message, mend, places }) => (
          <li>
            <article>
              <p>{message}</p>
              <ul class="audit-places plain">
                {places.slice(0, 4).map((place) => (
                  <li>
                    <Quote place={place} report={report} view={view} />
                  </li>
                ))}
              </ul>
              <p class="small">
                <strong>{w.mend}</strong>
                {view.language === 'zh' ? '：' : ': '}
                {mend}
              </p>
            </article>
          </li>
        ))}
      </ol>
    </>
  );
}

/** The words around a place, with the quoted ones marked. */
function Quote({
  place,
  report,
  view,
}: {
  readonly place: ToldFinding['places'][number];
  readonly report: TextReport;
  readonly view: PlaceView;
}) {
  const line = report.lines.get(lineKey(place.file, place.line)) ?? place.text;
  const [start, end] = spanIn(line, place);
  const tongue = /\p{Script=Han}/u.test(place.text + line.slice(0, 80)) ? 'zh-Hans' : 'en';
  return (
    <>
      <blockquote lang={tongue}>
        {start > 160 ? '… ' : ''}
        {line.slice(Math.max(0, start - 160), start).trimStart()}
        <mark>{line.slice(start, end)}</mark>
        {line.slice(end, end + 160)}
        {line.length > end + 160 ? ' …' : ''}
      </blockquote>
      <p class="quiet small">
        {place.file} · {whereIn(place, view)}
      </p>
    </>
  );
}

/** Where a place stands, as a reader of that kind of file finds it; see documentOf for how lines are counted. */
function whereIn({ file, line }: ToldFinding['places'][number], { language }: PlaceView): string {
  const w = textWords[language];
  const ending = file.toLowerCase().split('.').at(-1);
  if (ending === 'pdf' && line >= 1000)
    return fill(w.page, { page: Math.floor(line / 1000), n: line % 1000 });
  return fill(ending === 'docx' ? w.paragraph : w.line, { n: line });
}

/** All findings as a table that a spreadsheet opens and does not run. */
function tableOf(findings: readonly ToldFinding[], view: PlaceView): string {
  const w = textWords[view.language];
  return csvText([
    [w.weight, w.finding, w.mend, w.where, w.quote, w.rule],
    ...findings.map(({ severity, message, mend, places, rule }) => [
      auditWords[view.language][severity],
      message,
      mend,
      places.map((place) => `${place.file} · ${whereIn(place, view)}`).join('; '),
      places.map(({ text }) => text).join(' … '),
      rule,
    ]),
  ]);
}
