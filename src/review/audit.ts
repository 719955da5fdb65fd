import {
  type Answer,
  type AuditFinding,
  type AuditPolicy,
  type AuditText,
  answerTo,
  auditAgainst,
  auditPair,
  auditRecords,
  auditTexts,
  byAddress,
  isOpen,
  type Locate,
  policyOf,
  type Standing,
  standingOf,
  stops,
  workspaceFacts,
} from '../audit/index.ts';
import type { FigureSet } from '../figures/index.ts';
import type { Language, Review, Workspace } from '../model/index.ts';
import { bindReview } from './bind.ts';
import { type DocumentLine, documentLines } from './document-lines.ts';

/** A place as the audit needs it. */
export interface AuditedPlace {
  readonly workspace: Workspace;
  readonly figures: FigureSet;
  readonly asOf: number;
  /** Where records stand in their files; without it they are named by their address. */
  readonly locate?: Locate;
  /** Answers given to findings. */
  readonly answers?: readonly Answer[];
}

/** A finding with how it stands after its answer, and whether it stops a publication. */
export interface StandingFinding {
  readonly finding: AuditFinding;
  readonly standing: Standing;
  readonly answer: Answer | null;
  readonly stops: boolean;
  /** Review that the finding is about; null for one on records. */
  readonly review: string | null;
}

/** A review's text as the audit read it: a line a block, under the name that findings carry. */
export interface AuditedDocument {
  readonly file: string;
  readonly review: string;
  readonly language: Language;
  readonly lines: readonly DocumentLine[];
}

export interface PlaceAudit {
  readonly findings: readonly StandingFinding[];
  readonly documents: readonly AuditedDocument[];
  readonly policy: AuditPolicy;
  /** Findings that still ask for work. */
  readonly open: number;
  /** Open findings that stop a publication. */
  readonly stopping: number;
  /** Statements that were recomputed and hold. */
  readonly checked: number;
}

/** The file name under which findings name a review's bound text. */
export const documentName = (review: string, language: Language): string => `review/${review}/${language}`;

/**
 * Audits a place as it would be published: its records against themselves and those of its districts, every review's text
 * as a reader sees it (tags bound) by itself, against the records, and between its languages. Pure and deterministic.
 */
export function auditPlace(place: AuditedPlace, related: readonly AuditedPlace[] = []): PlaceAudit {
  const { workspace, answers = [] } = place;
  const policy = policyOf(workspace.city);
  const found: { finding: AuditFinding; review: string | null }[] = [];
  const push = (review: string | null, findings: readonly AuditFinding[]) => {
    for (const finding of findings) found.push({ finding, review });
  };
  push(
    null,
    auditRecords({
      workspace,
      locate: place.locate ?? byAddress,
      related: related.map((other) => ({ workspace: other.workspace, locate: other.locate ?? byAddress })),
    }),
  );
  const documents: AuditedDocument[] = [];
  let checked = 0;
  for (const review of workspace.reviews) {
    const own = documentsOf(review, place, related);
    documents.push(...own);
    const texts = own.map(textOf);
    const audited = auditTexts(texts);
    push(review.head.id, audited.findings);
    const against = auditAgainst(texts, workspaceFacts(workspace, place.locate ?? byAddress));
    push(review.head.id, against.findings);
    checked += audited.checked.length + against.checked.length;
    const [en, zh] = (['en', 'zh'] as const).map((language) =>
      own.find((each) => each.language === language),
    );
    if (en !== undefined && zh !== undefined)
      push(review.head.id, auditPair(textOf(en), textOf(zh)).findings);
  }
  const findings = found.map(({ finding, review }): StandingFinding => {
    const standing = standingOf(finding, answers);
    return {
      finding,
      review,
      standing,
      answer: answerTo(finding, answers) ?? null,
      stops: isOpen(standing) && stops(finding, policy),
    };
  });
  return {
    findings,
    documents,
    policy,
    checked,
    open: findings.filter(({ standing }) => isOpen(standing)).length,
    stopping: findings.filter((each) => each.stops).length,
  };
}

function documentsOf(
  review: Review,
  place: AuditedPlace,
  related: readonly AuditedPlace[],
): AuditedDocument[] {
  return place.workspace.city.languages
    .filter((language) => review.chapters.some((chapter) => chapter.language === language))
    .map((language) => {
      const { document } = bindReview({
        review,
        workspace: place.workspace,
        figures: place.figures,
        related,
        language,
        asOf: place.asOf,
      });
      return {
        file: documentName(review.head.id, language),
        review: review.head.id,
        language,
        lines: documentLines(document),
      };
    });
}

const textOf = ({ file, lines }: AuditedDocument): AuditText => ({
  file,
  lines: lines.map(({ text }, index) => ({ text, line: index + 1, column: 1 })),
});
