import { isOpen, namesOf, told } from '../../audit/index.ts';
import type { Review } from '../../model/index.ts';
import type { AuditedDocument, PlaceAudit, StandingFinding } from '../../review/index.ts';
import { address } from '../address.ts';
import { Page } from '../layout.tsx';
import { trailTo } from '../pages/indicators.tsx';
import { named, type PlaceView } from '../view.ts';
import { fill } from '../words.ts';
import { auditAddress } from './address.ts';
import { spanIn, tongueOf } from './finding-page.tsx';
import { Weight } from './list-page.tsx';
import { auditWords } from './words.ts';

interface Mark {
  readonly start: number;
  readonly end: number;
  readonly each: StandingFinding;
}

/** A review as the audit read it, with every place that is asked about marked, and the finding beside it. */
export function TextPage({
  review,
  document,
  audit,
  view,
}: {
  readonly review: Review;
  readonly document: AuditedDocument;
  readonly audit: PlaceAudit;
  readonly view: PlaceView;
}) {
  const { here, language } = view;
  const t = auditWords[language];
  const marks = marksOf(document, audit);
  const title = named(review.head.title, view);
  return (
    <Page
      view={view}
      title={fill(t.textOf, { title })}
      room="audit"
      trail={trailTo(view, { name: t.audit, href: auditAddress.list(language, here.city) }, { name: title })}
    >
      <h1>{fill(t.textOf, { title })}</h1>
      <p class="lead">{t.textLead}</p>
      <p class="onscreen">
        <a href={address.review(language, here.city, review.head.id)}>{t.seeReview}</a>
      </p>
      <div class="audit-text" lang={tongueOf(document)}>
        {document.lines.map((line, at) => {
          const own = marks.get(at + 1) ?? [];
          const words = (
            <Marked
              text={line.text.replace(/^#{1,4} /, '')}
              shift={line.text.length - line.text.replace(/^#{1,4} /, '').length}
              marks={own}
              view={view}
            />
          );
          return (
            <div class={own.length > 0 ? 'audit-line audit-asked' : 'audit-line'} id={`l${at + 1}`}>
              {line.kind === 'heading' ? <h2>{words}</h2> : <p>{words}</p>}
              {own.length === 0 ? null : (
                <ul class="audit-notes small" lang={language === 'zh' ? 'zh-Hans' : 'en'}>
                  {[...new Map(own.map((mark) => [mark.each.finding.id, mark.each])).values()].map((each) => (
                    <li>
                      <Weight severity={each.finding.severity} view={view} />{' '}
                      <a href={auditAddress.finding(language, here.city, each.finding.id)}>
                        {told(each.finding, language, namesOf(here.place.workspace)).message}
                      </a>
                    </li>
                  ))}
                </ul>
              )}
            </div>
          );
        })}
      </div>
    </Page>
  );
}

/** A line with its marks; marks that overlap are joined. */
function Marked({
  text,
  shift,
  marks,
  view,
}: {
  readonly text: string;
  /** How many characters of the line are left out before the text. */
  readonly shift: number;
  readonly marks: readonly Mark[];
  readonly view: PlaceView;
}) {
  const parts: { text: string; id: string | null }[] = [];
  let at = 0;
  for (const { start, end, each } of [...marks].sort((a, b) => a.start - b.start)) {
    const [from, to] = [Math.max(at, start - shift), Math.max(at, end - shift)];
    if (to <= from) continue;
    parts.push({ text: text.slice(at, from), id: null }, { text: text.slice(from, to), id: each.finding.id });
    at = to;
  }
  parts.push({ text: text.slice(at), id: null });
  return (
    <>
      {parts.map((part) =>
        part.id === null ? (
          part.text
        ) : (
          <mark>
            <a href={auditAddress.finding(view.language, view.here.city, part.id)}>{part.text}</a>
          </mark>
        ),
      )}
    </>
  );
}

function marksOf(document: AuditedDocument, { findings }: PlaceAudit): Map<number, Mark[]> {
  const marks = new Map<number, Mark[]>();
  for (const each of findings.filter(({ standing }) => isOpen(standing)))
    for (const place of each.finding.places) {
      const line = document.lines[place.line - 1];
      if (place.file !== document.file || line === undefined) continue;
      const [start, end] = spanIn(line.text, place);
      const own = marks.get(place.line) ?? [];
      own.push({ start, end, each });
      marks.set(place.line, own);
    }
  return marks;
}
