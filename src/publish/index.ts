export { type PublishedPlace, type ReviewFiles, reviewFiles } from './documents.ts';
export type { LogEntry, LogHead, Seal, Trusted } from './edition-log.ts';
export { auditPlaces, gate } from './gate.ts';
export { checkLetter, type LetterSeal, letterSealSchema, sealLetter } from './letter-seal.ts';
export {
  type EditionFigure,
  editionFigures,
  type ListedEdition,
  listEditions,
  openEditionFile,
} from './listed-edition.ts';
export type { EditionFile, EditionPlace, Manifest } from './manifest.ts';
export { distributions, schemaOrgDataset } from './open/catalogue.ts';
export { codeOf, idOfCode, periodOfSdmx, sdmxUnit, unitOfSdmx } from './open/codes.ts';
export { describe, type OpenDataset, openDataset, storedParts } from './open/dataset.ts';
export {
  availabilityJson,
  formatOf,
  formats,
  openText,
  sdmxMessage,
  structureMessage,
  structureOfDataset,
} from './open/message.ts';
export { pick as pickRows, readDataQuery } from './open/query.ts';
export type { OpenRow } from './open/row.ts';
export type { Structure as SdmxStructure } from './open/structure.ts';
export { partsOf, writeOpenData } from './open/write.ts';
export { buildPortal, type PortalBuilt, type PortalOptions } from './portal.ts';
export { PortalMemory } from './portal-record.ts';
export { type Published, type PublishOptions, publishEdition } from './publish.ts';
export { openSigningKey, type SigningKey } from './signing-key.ts';
export { type Verified, verifyEdition } from './verify.ts';
