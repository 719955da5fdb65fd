export {
  type AuditedDocument,
  type AuditedPlace,
  auditPlace,
  documentName,
  type PlaceAudit,
  type StandingFinding,
} from './audit.ts';
export { type BoundReview, bindReview } from './bind.ts';
export type { BindInput, FigureReader, RelatedPlace } from './binder.ts';
export { type Card, renderCard } from './card.ts';
export { type ChapterTree, parseChapter } from './chapter.ts';
export type { AnnexEntry, Block, Inline, ReviewDocument, SourceEntry, Table } from './document.ts';
export type { DocumentLine } from './document-lines.ts';
export { renderDocx } from './docx.ts';
export { type HtmlOptions, renderHtml } from './html.ts';
export { type PdfOutcome, type PdfStandard, renderPdf, renderPdfs } from './pdf.ts';
export {
  hasScenarios,
  type ModelledPlace,
  recomputeScenario,
  ScenarioBook,
  type ScenarioFigure,
  scenarioBookOf,
} from './scenario-book.ts';
