export type { Attachment } from './attachment.ts';
export { type BalanceLine, balanceSheet, flowYears } from './balance-sheet.ts';
export { fieldNamed } from './book.ts';
export { type Case, type CaseDeadline, isOverdue, nextSteps } from './case.ts';
export { cellValue } from './cell-value.ts';
export { changedIndicators } from './changed-cells.ts';
export { checkDeclaration } from './check-declaration.ts';
export { derive } from './derive.ts';
export { type Derived, nothingDerived, registerSource, withDerived } from './derived.ts';
export { shortName } from './draft.ts';
export { entityKind, entityOfKind } from './entity.ts';
export { type EpcisEvent, epcisContext, epcisEvents, epcisQueryDocument } from './epcis.ts';
export { readEpcis } from './epcis-capture.ts';
export { correctedKey, reasonKey } from './event-keys.ts';
export {
  type CheckedForm,
  checkForm,
  type FieldFault,
  type FormValues,
  faultOf,
  fieldsOf,
} from './form.ts';
export { readPoint } from './geometry.ts';
export {
  requestId,
  type Service,
  type ServiceAttribute,
  type ServiceRequest,
  serviceDefinition,
  serviceRequest,
  services,
} from './georeport.ts';
export { type GeoReportValue, geoReportRecordXml, geoReportXml } from './georeport-xml.ts';
export { genealogy } from './lineage.ts';
export { type Match, matchesOf } from './match.ts';
export { readReleasePackage, releasePackage } from './ocds.ts';
export { PersonKeys } from './personal.ts';
export { type ReadDeclaration, readDeclaration } from './read-declaration.ts';
export { Register, type StepResult } from './register.ts';
export { Registers } from './registers.ts';
export { eraseExpired, expired, forget } from './retention.ts';
export { rowsOf } from './rows.ts';
export { registersOf, shippedRegister, shippedRegisters } from './shipped.ts';
export { syntheticCity, syntheticFiles } from './synthetic/city.ts';
export { loadSynthetic, type SyntheticProgress } from './synthetic/load.ts';
export { meterDay, type SyntheticMeter, syntheticMeters } from './synthetic/meters.ts';
export type { SyntheticPlan } from './synthetic/plan.ts';
export { mostTableRows, type Sheet, tableColumns } from './table-intake.ts';
export { faultsOf, type TableFault, type ToldInChinese } from './told.ts';
export {
  isPublic,
  maySee,
  personalAmong,
  type VisibleValue,
  visibleTexts,
  visibleValues,
} from './visible.ts';
export type { WantedCorrection, WantedStep } from './wanted-step.ts';
export { eraseExpiredOf, keysFolder, openRegisters, withRegisters } from './with-registers.ts';
export { dueAfter, localDay, plainCalendar, type WorkCalendar } from './working-days.ts';
