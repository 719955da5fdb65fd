export { type Assessment, assess } from './assess.ts';
export {
  assessStandard,
  type CriterionVerdict,
  type PeriodVerdict,
  type StandardAssessment,
  type Tally,
} from './assess-standard.ts';
export type { EvidenceBase, Fact, Opinion, Parts } from './evidence-base.ts';
export type { Method } from './method.ts';
export { methods } from './methods.ts';
export { readStandard } from './read-standard.ts';
export type { Result } from './result.ts';
export type { Standard, StandardCriterion } from './standard.ts';
export type { Table } from './table.ts';
export { type Remark, type TestVerdict, type VerdictKind, verdictNames } from './verdict.ts';
