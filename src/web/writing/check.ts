import {
  type AuditFinding,
  auditAgainst,
  auditPair,
  auditTexts,
  byAddress,
  type Facts,
  type Standing,
  standingOf,
  told,
  workspaceFacts,
} from '../../audit/index.ts';
import type { Finding, Language, Workspace } from '../../model/index.ts';
import {
  bindReview,
  documentLines,
  documentName,
  joinSections,
  type ReviewDocument,
  renderPart,
  type Section,
  scenarioBookOf,
  sectionLines,
} from '../../review/index.ts';
import { address } from '../address.ts';
import type { Catalogue } from '../catalogue.ts';
import type { Place } from '../place.ts';
import type { TextName } from './read.ts';

/** What is told at a line of a section while it is written. */
export interface LineNote {
  /** From 1 within the section. */
  readonly line: number;
  readonly column: number;
  readonly severity: Finding['severity'];
  readonly message: string;
  readonly why: string;
  readonly mend: string;
}

/** A finding of the audit in a section, with its arithmetic in the message. */
export interface SectionFinding {
  readonly finding: AuditFinding;
  readonly id: string;
  readonly severity: string;
  readonly standing: Standing;
  readonly message: string;
  readonly mend: string;
  readonly quote: string;
  readonly note: string;
  readonly href: string;
}

export interface CheckedSection {
  /** As it will stand on the page. */
  readonly html: string;
  readonly notes: readonly LineNote[];
  readonly findings: readonly SectionFinding[];
}

interface BoundChapter {
  readonly document: ReviewDocument;
  readonly findings: readonly Finding[];
}

/** A drafted chapter bound to the figures of the place, by itself. */
function bindChapter(
  here: Catalogue,
  places: readonly Catalogue[],
  name: TextName,
  text: string,
): BoundChapter {
  const { workspace, figures, asOf } = here.place;
  const review = workspace.reviews.find(({ head }) => head.id === name.review);
  if (review === undefined) throw new Error('asked for before');
  const file = fileOf(name);
  const { document, findings } = bindReview({
    review: {
      head: { ...review.head, chapters: [name.chapter] },
      chapters: [{ id: name.chapter, language: name.language, text }],
    },
    workspace,
    figures,
    related: places
      .filter(({ city }) => city !== here.city)
      .map(({ place }) => ({ workspace: place.workspace, figures: place.figures })),
    language: name.language,
    asOf,
    scenarios: scenarioBookOf(workspace),
  });
  // What is said about the review as a whole is not about this chapter.
  return {
    document,
    findings: findings.filter(({ where }) => where.file === file && where.row !== undefined),
  };
}

export const fileOf = ({ review, chapter, language }: TextName): string =>
  `review/${review}/${chapter}.${language}.md`;

/** Whether a chapter has an error that keeps it from being signed off; what is typed by hand is a warning only. */
export function hasErrors(
  here: Catalogue,
  places: readonly Catalogue[],
  name: TextName,
  text: string,
): boolean {
  return bindChapter(here, places, name, text).findings.some(({ severity }) => severity === 'error');
}

const factsOf = new WeakMap<Workspace, Facts>();

/** Everything worth knowing about one section of a drafted chapter. */
export function checkSection(
  here: Catalogue,
  places: readonly Catalogue[],
  name: TextName,
  sections: readonly Section[],
  id: string,
  shown: Language,
): CheckedSection {
  const bound = bindChapter(here, places, name, joinSections(sections));
  const at = Math.max(
    0,
    sections.findIndex((each) => each.id === id),
  );
  const begins = sectionLines(sections);
  const first = begins[at] ?? 1;
  const last = (begins[at + 1] ?? Number.MAX_SAFE_INTEGER) - 1;
  return {
    html: renderPart(bound.document, name.chapter, at, {
      idPrefix: 'preview-',
      figureHref: (code) => address.figure(shown, here.city, code),
    }),
    notes: bound.findings.flatMap(({ where, severity, what, why, mend }): LineNote[] => {
      const row = where.row ?? 0;
      return row < first || row > last
        ? []
        : [
            {
              line: row - first + 1,
              column: Number(where.column ?? 1),
              severity,
              message: what,
              why,
              mend,
            },
          ];
    }),
    findings: findingsOf(here, name, bound.document, at, shown),
  };
}

/** The audit of a drafted chapter against itself and the records, its findings in one section. */
function findingsOf(
  here: Catalogue,
  name: TextName,
  document: ReviewDocument,
  part: number,
  shown: Language,
): readonly SectionFinding[] {
  const { workspace } = here.place;
  const known = factsOf.get(workspace) ?? workspaceFacts(workspace, here.place.locate ?? byAddress);
  factsOf.set(workspace, known);
  const text = auditText(document, name);
  const parts = partOfLine(document);
  const found = [...auditTexts([text]).findings, ...auditAgainst([text], known).findings];
  return found
    .filter(({ places }) => places.some(({ file, line }) => file === text.file && parts[line - 1] === part))
    .map((finding) => asShown(finding, here.place, here.city, shown));
}

export function asShown(finding: AuditFinding, place: Place, city: string, shown: Language): SectionFinding {
  const { id, severity, message, mend, places } = told(finding, shown);
  const answer = place.answers?.find((each) => each.id === id);
  return {
    finding,
    id,
    severity,
    message,
    mend,
    quote: places[0]?.text ?? '',
    standing: standingOf(finding, place.answers ?? []),
    note: answer?.note ?? '',
    href: `/${shown}/${encodeURIComponent(city)}/audit/${id}/`,
  };
}

const auditText = (document: ReviewDocument, { review, language }: TextName) => ({
  file: documentName(review, language),
  lines: documentLines(document).map(({ text }, index) => ({ text, line: index + 1, column: 1 })),
});

/** For each line that the audit reads, the section it belongs to. */
function partOfLine(document: ReviewDocument): readonly number[] {
  let part = 0;
  return documentLines(document).map(({ text, kind }) => {
    if (kind === 'heading' && /^## /.test(text)) part += 1;
    return part;
  });
}

/** What the two languages of one drafted chapter say differently. */
export function checkPair(
  here: Catalogue,
  places: readonly Catalogue[],
  review: string,
  chapter: string,
  texts: Readonly<Record<Language, string>>,
  shown: Language,
): readonly SectionFinding[] {
  const [en, zh] = (['en', 'zh'] as const).map((language) => {
    const name = { review, chapter, language };
    return auditText(bindChapter(here, places, name, texts[language]).document, name);
  });
  if (en === undefined || zh === undefined) return [];
  return auditPair(en, zh).findings.map((finding) => asShown(finding, here.place, here.city, shown));
}
