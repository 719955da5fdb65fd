export { claimAddress, observationAddress, type RecordAddress, targetAddress } from './address.ts';
export { type BackedUp, backUp, openBackup } from './backup.ts';
export { readBlob, sha256Hex } from './blob.ts';
export { selectionRegister } from './decided-selections.ts';
export { readEntryFiles } from './entry-file.ts';
export { DirectoryInUse } from './lock.ts';
export { openLogFolder, type SourceLog } from './log-folder.ts';
export { overOf } from './narrative.ts';
export { openStore, type StoreOptions } from './open.ts';
export type { GivenGrant } from './people/grant.ts';
export type { StoredKey } from './people/key.ts';
export type { LinkTerms } from './people/link.ts';
export type {
  LinkMail,
  MailChoice,
  MailOutcome,
  MailStanding,
  MailTold,
  TakenMail,
} from './people/mail.ts';
export { everyMail } from './people/mail.ts';
export type { Notice } from './people/notice.ts';
export type { KnownPerson, People } from './people/people.ts';
export type { TrailEntry } from './people/trail.ts';
export { commitmentRegister, contentOf } from './plan-acts.ts';
export { firstPortfolio, portfolioRegister, projectContent } from './project-acts.ts';
export { rebuildEmbedded } from './rebuild.ts';
export {
  type CaseEvent,
  type Flow,
  type Holder,
  type Item,
  type ReadingDay,
  type Records,
  type RegisterSteps,
  recordsSchema,
  type SensedChange,
  type SensedDay,
  type SensorEntity,
  type Series,
} from './records.ts';
export type { DatabaseStanding } from './standing.ts';
export type {
  AsOf,
  Balance,
  EventQuery,
  FlowQuery,
  ObservationQuery,
  ObservationRun,
  PlaceChanges,
  ReadingMonth,
  ReadingQuery,
  RecordVersion,
  SensedQuery,
  SensorLinkQuery,
  SensorQuery,
  SeriesQuery,
  Store,
  StoredEvent,
  StoredFlow,
  StoredObservation,
  StoredReadingDay,
  Written,
} from './store.ts';
export {
  type Changes,
  type Origin,
  type Receipt,
  recordsPath,
  type Submission,
  type SubmissionEntry,
} from './submission.ts';
export type { Turn } from './turn.ts';
