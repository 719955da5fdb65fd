export { type Assessment, assess } from './assess.ts';
export {
  assessStandard,
  type CriterionVerdict,
  type PeriodVerdict,
  type StandardAssessment,
  type Tally,
} from './assess-standard.ts';
export type { Catalogue } from './catalogue.ts';
export { compareProgress, type ProgressCase, progressDemands } from './compare-progress.ts';
export { type Aggregated, type Aggregation, type AggregationRule, aggregate } from './composite/aggregate.ts';
export { build, type Composite, type Ingredients, presetRecipe, type Recipe } from './composite/build.ts';
export { type Comparison, compareIndices, type RankShift } from './composite/compare.ts';
export { correlation, cronbachAlpha } from './composite/correlate.ts';
export { standpoints, summarise, yearlyChange } from './composite/describe.ts';
export type { Imputation } from './composite/impute.ts';
export { imputeSeries } from './composite/impute.ts';
export type { Matrix } from './composite/matrix.ts';
export type { Normalisation } from './composite/normalise.ts';
export { optimiseWeights } from './composite/optimise-weights.ts';
export { copelandScores, outrankMatrix } from './composite/outrank.ts';
export { chunks, ownPort, type Port, runOn } from './composite/pool.ts';
export { principalComponents } from './composite/principal.ts';
export { type Random, randomStream } from './composite/random.ts';
export { type Removal, removeEach } from './composite/remove-one.ts';
export { type Sensitivity, sobolDesign, sobolIndices } from './composite/sobol.ts';
export { effectiveWeights, type Structure, structureOf } from './composite/structure.ts';
export { type StudyRequest, type StudyResult, studyComposite, studyNames } from './composite/study.ts';
export type { StudyRow } from './composite/study-rows.ts';
export { presetTreatment, type Treatment } from './composite/treat.ts';
export {
  type Alternatives,
  type Draw,
  indexUnder,
  type Prepared,
  prepare,
  type RankSpread,
  rankChange,
  rankReplicates,
  replicate,
  summariseRanks,
} from './composite/uncertainty.ts';
export type { EvidenceBase, Fact, Opinion, Parts } from './evidence-base.ts';
export { assessFramework, type FigureLookup, type Measured, measuredIn } from './framework-assessment.ts';
export type { Indicator } from './indicator.ts';
export type { Method, Option } from './method.ts';
export { methods } from './methods.ts';
export type { Observation, Standing } from './observation.ts';
export { readCodebook } from './read-codebook.ts';
export { readData } from './read-data.ts';
export { readCatalogue, readStandard } from './read-standard.ts';
export type { Colour, Level, Reasoning, Result, Trend } from './result.ts';
export { type Outlook, outlook, robustLine } from './robust-line.ts';
export type { Standard, StandardCriterion } from './standard.ts';
export { type StatusName, statusName } from './status-names.ts';
export type { Table, TableRow } from './table.ts';
export { type Remark, type TestVerdict, type VerdictKind, verdictNames } from './verdict.ts';
export { opinionsOf, standardOf } from './workspace-standard.ts';
