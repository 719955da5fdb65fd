export { type AgainstAudit, auditAgainst } from './against/against.ts';
export { type Facts, workspaceFacts } from './against/fact.ts';
export {
  type Answer,
  answerSchema,
  answersFile,
  answersText,
  answerTo,
  isOpen,
  readAnswers,
  type Standing,
  standingOf,
  withAnswer,
} from './answer.ts';
export { auditTexts, type TextAudit } from './audit.ts';
export { auditData } from './data/audit.ts';
export type { DataContext, DataRow, IndicatorFacts } from './data/row.ts';
export {
  type AuditFinding,
  type CheckedClaim,
  type ToldFinding,
  told,
} from './finding.ts';
export { answerRegister, answerStream, loggedAnswers, mergedAnswers } from './logged.ts';
export { type Naming, namesOf, quotedRecord } from './naming.ts';
export { auditPair, type PairAudit } from './pair/pair.ts';
export { auditedEndings, documentOf } from './read/file.ts';
export { type Severity, severities } from './severity.ts';
export { lineKey, runTextTask, type TextRefusal, type TextReport, type TextTask } from './task.ts';
export { type AuditText, plainText, type SourceLine, type TextPlace } from './text.ts';
export {
  type AuditPolicy,
  auditRecords,
  byAddress,
  byOrigin,
  type Locate,
  policyOf,
  type RecordsInput,
  recordRows,
  stops,
} from './workspace.ts';
