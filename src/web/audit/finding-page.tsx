import { namesOf, quotedRecord, type TextPlace, told } from '../../audit/index.ts';
import { labelled } from '../../language/index.ts';
import type { AuditedDocument, PlaceAudit, StandingFinding } from '../../review/index.ts';
import { address } from '../address.ts';
import { Page } from '../layout.tsx';
import { trailTo } from '../pages/indicators.tsx';
import { named, type PlaceView } from '../view.ts';
import { AnswerForm } from '../writing/answer-form.tsx';
import { auditAddress } from './address.ts';
import { placeName, Weight } from './list-page.tsx';
import { auditWords } from './words.ts';

/** One finding: what it says, the arithmetic, every place with its surroundings, the answer or how to give one. */
export function FindingPage({
  each,
  audit,
  view,
}: {
  readonly each: StandingFinding;
  readonly audit: PlaceAudit;
  readonly view: PlaceView;
}) {
  const { here, language } = view;
  const t = auditWords[language];
  const { id, rule, severity, message, mend, places, values } = told(
    each.finding,
    language,
    namesOf(here.place.workspace),
  );
  const numbers = shownValues.flatMap((name) => {
    const value = values[name] ?? '';
    return /[\d一二两三四五六七八九十]/.test(value) ? [{ name: t[`value_${name}`], value }] : [];
  });
  return (
    <Page
      view={view}
      title={`${t.finding} ${id}`}
      room="audit"
      trail={trailTo(view, { name: t.audit, href: auditAddress.list(language, here.city) }, { name: id })}
    >
      <h1>
        {t.finding} <code>{id}</code>
      </h1>
      <p class="audit-head">
        <Weight severity={severity} view={view} /> <span class="quiet">{t[`${severity}Why`]}</span>
      </p>
      <section>
        <h2>{t.says}</h2>
        <p class="lead">{message}</p>
        <p>
          <strong>{t.mend}</strong>: {mend}
        </p>
        {each.stops ? <p class="audit-stop">{t.stops}</p> : null}
      </section>
      <section>
        <h2>{t.places}</h2>
        <ul class="audit-places">
          {places.map((place, at) => (
            <li>
              <PlaceQuote
                place={place}
                said={each.finding.places[at]?.text ?? ''}
                audit={audit}
                view={view}
              />
            </li>
          ))}
        </ul>
      </section>
      {numbers.length === 0 ? null : (
        <section>
          <h2>{t.numbers}</h2>
          <dl class="facts">
            {numbers.map(({ name, value }) => (
              <div>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      <section>
        <h2>{t.answer}</h2>
        {each.answer === null ? (
          <>
            <p>{t.noAnswer}</p>
            {view.live === true ? (
              <AnswerForm city={here.city} id={id} language={language} back={view.path} />
            ) : null}
            <pre tabindex={0}>
              <code>{`npx modelcity audit --workspace examples/${here.city} --answer ${id}=explained --note "…"`}</code>
            </pre>
          </>
        ) : (
          <p>
            <strong>{t[each.answer.answer === 'corrected' ? 'reopened' : each.answer.answer]}</strong>
            {each.answer.note === '' ? '' : `: ${each.answer.note}`}
          </p>
        )}
        <p class="quiet small">
          {labelled(t.rule, view.language)}
          <code>{rule}</code>
        </p>
      </section>
    </Page>
  );
}

/** Numbers of a finding that are worth a line of their own, in the order of an argument. */
const shownValues = [
  'stated',
  'from',
  'to',
  'one',
  'other',
  'parts',
  'sum',
  'whole',
  'gap',
  'record',
  'periods',
  'counted',
  'points',
  'relative',
  'computed',
] as const;

/** A place with the words around it: in a review the whole block, with the quoted words marked. */
function PlaceQuote({
  place,
  said,
  audit,
  view,
}: {
  readonly place: TextPlace;
  /** The words of the place before names were put for codes. */
  readonly said: string;
  readonly audit: PlaceAudit;
  readonly view: PlaceView;
}) {
  const { language, here } = view;
  const t = auditWords[language];
  const document = audit.documents.find(({ file }) => file === place.file);
  const line = document?.lines[place.line - 1];
  if (document === undefined || line === undefined)
    return (
      <>
        <q>{place.text}</q> <span class="quiet">{placeName(place, view)}</span>
        <IndicatorOf record={quotedRecord(said)?.indicator} view={view} />
      </>
    );
  const [start, end] = spanIn(line.text, place);
  return (
    <>
      <blockquote lang={tongueOf(document)}>
        {start > 220 ? '… ' : ''}
        {line.text.slice(Math.max(0, start - 220), start)}
        <mark>{line.text.slice(start, end)}</mark>
        {line.text.slice(end, end + 220)}
        {line.text.length > end + 220 ? ' …' : ''}
      </blockquote>
      <p class="quiet small">
        {placeName(place, view)} ·{' '}
        <a href={`${auditAddress.text(document.language, here.city, document.review)}#l${place.line}`}>
          {t.inText}
        </a>{' '}
        ·{' '}
        <a href={`${address.review(document.language, here.city, document.review)}#${line.anchor}`}>
          {t.seeReview}
        </a>
      </p>
    </>
  );
}

/** The way from a record that is asked about to the page of its indicator, where its values and sources are. */
function IndicatorOf({ record, view }: { readonly record: string | undefined; readonly view: PlaceView }) {
  const { here, language } = view;
  const indicator = here.place.workspace.indicators.find(({ id }) => id === record);
  return indicator === undefined ? null : (
    <>
      {' · '}
      <a href={address.indicator(language, here.city, indicator.id)}>{named(indicator.name, view)}</a>
    </>
  );
}

export const tongueOf = ({ language }: Pick<AuditedDocument, 'language'>): string =>
  language === 'zh' ? 'zh-Hans' : 'en';

/** Where the quoted words stand in a line: by their column, or wherever they are found. */
export function spanIn(line: string, { column, text }: Pick<TextPlace, 'column' | 'text'>): [number, number] {
  const start = Math.min(Math.max(0, column - 1), line.length);
  if (line.startsWith(text, start)) return [start, start + text.length];
  const found = line.indexOf(text);
  return found >= 0 ? [found, found + text.length] : [start, Math.min(line.length, start + text.length)];
}
