import { namesOf, type Severity, severities, told } from '../../audit/index.ts';
import { betweenSentences, comma } from '../../language/index.ts';
import type { PlaceAudit, StandingFinding } from '../../review/index.ts';
import { address } from '../address.ts';
import { Page } from '../layout.tsx';
import { trailTo } from '../pages/indicators.tsx';
import { named, type PlaceView } from '../view.ts';
import { fill } from '../words.ts';
import { auditAddress } from './address.ts';
import { type Choice, choiceQuery, fits, subjectOf, subjects } from './choice.ts';
import { auditWords } from './words.ts';

/** Every finding of a place: how it weighs, what it says, where it stands; chosen by links whose state is the address. */
export function AuditPage({
  audit,
  choice,
  live,
  view,
}: {
  readonly audit: PlaceAudit;
  readonly choice: Choice;
  /** A published site has no PDF on demand and no JSON. */
  readonly live: boolean;
  readonly view: PlaceView;
}) {
  const { here, language } = view;
  const t = auditWords[language];
  const { reviews } = here.place.workspace;
  const shown = audit.findings.filter((each) => fits(choice, each));
  const count = (changed: Partial<Choice>) =>
    audit.findings.filter((each) => fits({ ...choice, ...changed }, each)).length;
  return (
    <Page view={view} title={t.audit} room="audit" trail={trailTo(view, { name: t.audit })}>
      <h1>{t.audit}</h1>
      <p class="lead">{t.lead}</p>
      <p>
        <strong>{openText(audit.open, view)}</strong>
        {audit.stopping === 0 ? null : <> · {fill(t.stopsMany, { n: audit.stopping })}</>}
        {t.stop}
        {betweenSentences(view.language)}
        {fill(t.checked, { n: audit.checked })}
      </p>
      <p class="onscreen">
        {reviews
          .filter(({ head }) => audit.documents.some(({ review }) => review === head.id))
          .map(({ head }) => (
            <>
              <a href={auditAddress.text(language, here.city, head.id)}>
                {fill(t.textOf, { title: named(head.title, view) })}
              </a>
              <br />
            </>
          ))}
        {live ? (
          <>
            <a href={auditAddress.annex(language, here.city)}>{t.annex}</a> ·{' '}
            <a href={`/api/places/${encodeURIComponent(here.city)}/audit`}>{t.asJson}</a>
          </>
        ) : null}
      </p>
      {audit.findings.length === 0 ? (
        <p class="quiet">{t.none}</p>
      ) : (
        <>
          <nav class="audit-choice onscreen" aria-label={t.severity}>
            <Line
              label={t.severity}
              options={[null, ...severities].map((severity) => ({
                name: severity === null ? t.all : t[severity],
                count: count({ severity }),
                href: choiceQuery(choice, { severity }),
                here: choice.severity === severity,
              }))}
              view={view}
            />
            <Line
              label={t.about}
              options={[null, ...subjects].map((about) => ({
                name: about === null ? t.all : t[about],
                count: count({ about }),
                href: choiceQuery(choice, { about }),
                here: choice.about === about,
              }))}
              view={view}
            />
            <Line
              label={t.standing}
              options={([null, 'open', 'answered'] as const).map((standing) => ({
                name: standing === null ? t.all : standing === 'open' ? t.isOpen : t.isAnswered,
                count: count({ standing }),
                href: choiceQuery(choice, { standing }),
                here: choice.standing === standing,
              }))}
              view={view}
            />
          </nav>
          {shown.length === 0 ? <p class="quiet">{t.noneFiltered}</p> : null}
          <ol class="audit-list">
            {shown.map((each) => (
              <li>
                <FindingItem each={each} view={view} />
              </li>
            ))}
          </ol>
        </>
      )}
    </Page>
  );
}

function Line({
  label,
  options,
  view,
}: {
  readonly label: string;
  readonly options: readonly { name: string; count: number; href: string; here: boolean }[];
  readonly view: PlaceView;
}) {
  const base = auditAddress.list(view.language, view.here.city);
  return (
    <p>
      <span class="quiet">{label}</span>
      {options
        .filter(({ count, here }, at) => count > 0 || here || at === 0)
        .map(({ name, count, href, here }) => (
          <a href={`${base}${href}`} aria-current={here ? 'true' : undefined}>
            {name} <span class="quiet">{count}</span>
          </a>
        ))}
    </p>
  );
}

/** One finding in a list: weight, sentence, quoted places. */
function FindingItem({ each, view }: { readonly each: StandingFinding; readonly view: PlaceView }) {
  const { language, here } = view;
  const t = auditWords[language];
  const { id, message, places } = told(each.finding, language, namesOf(here.place.workspace));
  return (
    <article>
      <p class="audit-head">
        <Weight severity={each.finding.severity} view={view} />{' '}
        <span class="quiet">
          {t[subjectOf(each)]}
          {each.stops ? ` · ${t.stops}` : ''}
          {each.standing === 'open' ? '' : ` · ${t[each.standing]}`}
        </span>
      </p>
      <p>
        <a href={auditAddress.finding(language, here.city, id)}>{message}</a>
      </p>
      <ul class="plain small">
        {places.slice(0, 3).map((place) => (
          <li>
            <q>{place.text}</q> <span class="quiet">{placeName(place, view)}</span>
          </li>
        ))}
      </ul>
    </article>
  );
}

const shapes: Readonly<Record<Severity, string>> = {
  contradiction: '✕',
  wording: '✎',
  unlike: '≠',
  gap: '◌',
};

/** How a finding weighs: a shape and a word, never a colour alone. */
export function Weight({ severity, view }: { readonly severity: Severity; readonly view: PlaceView }) {
  return (
    <span class={`audit-weight audit-${severity}`}>
      <span aria-hidden="true">{shapes[severity]}</span> {auditWords[view.language][severity]}
    </span>
  );
}

/** Where a place of a finding is, as a reader says it: the review's title and line, or the file and row. */
export function placeName(place: { readonly file: string; readonly line: number }, view: PlaceView): string {
  const t = auditWords[view.language];
  const review = view.here.place.workspace.reviews.find(({ head }) =>
    place.file.startsWith(`review/${head.id}/`),
  );
  if (review === undefined) return `${place.file}${comma(view.language)}${fill(t.row, { n: place.line })}`;
  const tongue = place.file.endsWith('/zh') ? '中文' : 'English';
  return view.language === 'zh'
    ? `${named(review.head.title, view)}（${tongue}），${fill(t.line, { n: place.line })}`
    : `${named(review.head.title, view)} (${tongue}), ${fill(t.line, { n: place.line })}`;
}

/** `3 open questions of the audit`. */
export function openText(open: number, { language }: { readonly language: PlaceView['language'] }): string {
  const t = auditWords[language];
  if (open === 0) return t.noneOpen;
  return open === 1 ? t.openOne : fill(t.openMany, { n: open });
}

/** A line for other pages: how many questions are open, with the way to them. */
export function OpenLine({ open, view }: { readonly open: number; readonly view: PlaceView }) {
  return (
    <a href={`${address.room(view.language, view.here.city, 'audit')}${open === 0 ? '' : '?standing=open'}`}>
      {openText(open, view)}
    </a>
  );
}
