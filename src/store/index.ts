export { claimAddress, observationAddress, type RecordAddress, targetAddress } from './address.ts';
export { DirectoryInUse } from './lock.ts';
export { openStore, type StoreOptions } from './open.ts';
export type {
  AsOf,
  Balance,
  EventQuery,
  FlowQuery,
  ObservationQuery,
  ReadingQuery,
  RecordVersion,
  SeriesQuery,
  Store,
  StoredEvent,
  StoredFlow,
  StoredObservation,
  StoredReadingDay,
  Written,
} from './store.ts';
export type {
  CaseEvent,
  Changes,
  Flow,
  Holder,
  Item,
  Origin,
  ReadingDay,
  Receipt,
  Records,
  RegisterSteps,
  Series,
  Submission,
  SubmissionEntry,
} from './submission.ts';
