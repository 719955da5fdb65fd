export { observationAddress } from './address.ts';
export { type Boundary, type BoundaryGeometry, boundaryGeometrySchema, boundarySchema } from './boundary.ts';
export {
  type Area,
  areaSchema,
  type Brand,
  type City,
  citySchema,
  type Dimension,
  type News,
  type Release,
  type SourceDocument,
  sourceSchema,
} from './city.ts';
export { accentsOf, contrastOf, leastContrast, mixed, papers } from './colour.ts';
export {
  type Commitment,
  commitmentSchema,
  commitmentStates,
  type Plan,
  planSchema,
  type Revision,
} from './commitment.ts';
export { isPartial } from './completeness.ts';
export {
  type ExaminationDeclaration,
  type ExaminationItem,
  type ExaminationRule,
  type ExaminationSubject,
  examinationSchema,
} from './examination.ts';
export type {
  Completeness,
  Contribution,
  ContributionRole,
  Countable,
  DerivedCell,
  Figure,
  FigureFormula,
  FigureKey,
  Measure,
  MissingReason,
} from './figure.ts';
export { type Finding, findingText, type Place, placeText } from './finding.ts';
export { type Citation, type Criterion, type Framework, frameworkSchema } from './framework.ts';
export { type Indicator, indicatorSchema } from './indicator.ts';
export { type Language, type Localized, languages } from './localized.ts';
export {
  type Breakdown,
  breakdownKey,
  compareCells,
  isMissingStatus,
  type Observation,
  type ObservationStatus,
  observationKey,
  observationSchema,
  observationStatuses,
  type Qualifier,
} from './observation.ts';
export { ObservationPacker, PackedObservations, type PackedRun, packedOf } from './packed-observations.ts';
export { comparePeriods, isPeriod, type Period, periodBounds, undated, yearOf } from './period.ts';
export { type PlaceModel, placeModelSchema } from './place-model.ts';
export {
  type Portfolio,
  type Project,
  type ProjectStage,
  portfolioSchema,
  projectSchema,
  projectStages,
} from './portfolio.ts';
export {
  add,
  canonicalDecimal,
  compare,
  decimal,
  divide,
  equals,
  isZero,
  magnitude,
  multiply,
  negate,
  one,
  parseDecimal,
  power,
  type Rational,
  rational,
  root,
  significantDigits,
  subtract,
  toDecimal,
  toDecimalText,
  toFixed,
  toNumber,
  zero,
} from './rational.ts';
export {
  type Check,
  type Column,
  type Deadline,
  type EntityDeclaration,
  type Field,
  type FlowRule,
  fieldSchema,
  type HolderRef,
  type Network,
  type OpenRule,
  type Parameter,
  type Prefill,
  type RegisterDeclaration,
  type RegisterRole,
  registerRoleSchema,
  registerSchema,
  type SeriesDeclaration,
  type Step,
} from './register.ts';
export type { Condition, DerivedIndicator, Expectation, RegisterMeasure } from './register-indicator.ts';
export {
  type Chapter,
  type Narrative,
  narrativeSchema,
  type Review,
  type ReviewHead,
  reviewSchema,
} from './review.ts';
export {
  areaIdSchema,
  decimalSchema,
  idSchema,
  localizedSchema,
  periodSchema,
  unitSchema,
} from './schema.ts';
export {
  type Candidate,
  candidateSchema,
  type ProjectSelection,
  projectSelectionSchema,
} from './selection.ts';
export { type Claim, claimSchema, type Target, targetSchema } from './statement.ts';
export { convert, currencyOf, isConvertible, isShare, parseUnit, type Unit } from './unit.ts';
export { type UnitAtom, unitAtoms, unitPrefixes } from './unit-data.ts';
export { asDeclared, type SubmittedFile, type Workspace } from './workspace.ts';
