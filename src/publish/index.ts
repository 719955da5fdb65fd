export { type PublishedPlace, type ReviewFiles, reviewFiles } from './documents.ts';
export type { LogEntry, LogHead, Seal, Trusted } from './edition-log.ts';
export {
  type EditionFigure,
  editionFigures,
  type ListedEdition,
  listEditions,
  openEditionFile,
} from './listed-edition.ts';
export type { EditionFile, EditionPlace, Manifest } from './manifest.ts';
export { type Published, type PublishOptions, publishEdition } from './publish.ts';
export { openSigningKey, type SigningKey } from './signing-key.ts';
export { type Verified, verifyEdition } from './verify.ts';
