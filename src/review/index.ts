export {
  type AuditedDocument,
  type AuditedPlace,
  auditPlace,
  documentName,
  type PlaceAudit,
  type StandingFinding,
} from './audit.ts';
export { auditOnce, isAudited, keepAudit } from './audit-once.ts';
export { type BoundReview, bindReview } from './bind.ts';
export type { BindInput, FigureReader, RelatedPlace } from './binder.ts';
export { type Card, renderCard } from './card.ts';
export { type ChapterTree, parseChapter } from './chapter.ts';
export type { AnnexEntry, Block, Inline, ReviewDocument, SourceEntry, Table } from './document.ts';
export { type DocumentLine, documentLines } from './document-lines.ts';
export { renderDocx } from './docx.ts';
export { type HtmlOptions, renderHtml, renderPart } from './html.ts';
export { type LetterDocument, renderLetter } from './letter.ts';
export { type PdfOutcome, type PdfStandard, renderPdf, renderPdfs } from './pdf.ts';
export { flatPngOf } from './raster.ts';
export {
  hasScenarios,
  type ModelledPlace,
  recomputeScenario,
  ScenarioBook,
  type ScenarioFigure,
  scenarioBookOf,
} from './scenario-book.ts';
export { type TagName, tagRules } from './tags.ts';
export { locatorText } from './words.ts';
export {
  type Aside,
  alignSections,
  type Clash,
  canonicalText,
  type DraftSection,
  diffWords,
  joinSections,
  leftAtEarlier,
  mergeTexts,
  paragraphsOf,
  publishedWith,
  type Run,
  type Section,
  type SectionState,
  type Sign,
  sectionLines,
  sectionState,
  type Version,
  type Writing,
  writingOf,
  writingRegister,
  writingStream,
} from './writing/index.ts';
