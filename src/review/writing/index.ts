export { type Clash, mergeTexts, paragraphsOf } from './merge.ts';
export {
  alignSections,
  canonicalText,
  joinSections,
  type Section,
  sectionLines,
} from './sections.ts';
export { diffWords, type Run } from './word-diff.ts';
export {
  type Aside,
  type DraftSection,
  leftAtEarlier,
  publishedWith,
  type SectionState,
  type Sign,
  sectionState,
  type Version,
  type Writing,
  writingOf,
  writingRegister,
  writingStream,
} from './writing.ts';
