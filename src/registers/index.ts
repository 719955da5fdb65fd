export { type Case, type CaseDeadline, isOverdue, nextSteps } from './case.ts';
export { checkDeclaration } from './check-declaration.ts';
export {
  cellValue,
  type Derived,
  type DerivedCell,
  derive,
  nothingDerived,
  registerSource,
  withDerived,
} from './derive.ts';
export { shortName } from './draft.ts';
export { entityKind, entityOfKind } from './entity.ts';
export {
  type CheckedForm,
  checkForm,
  type FieldFault,
  type FormValues,
  faultOf,
  fieldsOf,
  readPoint,
} from './form.ts';
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
export { PersonKeys } from './personal.ts';
export { type ReadDeclaration, readDeclaration } from './read-declaration.ts';
export { type Attachment, Register, type StepResult, type WantedStep } from './register.ts';
export { fieldNamed, Registers, type RegistersAt } from './registers.ts';
export { registersOf, shippedRegister, shippedRegisters } from './shipped.ts';
export { isPublic, maySee, type VisibleValue, visibleTexts, visibleValues } from './visible.ts';
export { dueAfter, localDay, plainCalendar, type WorkCalendar } from './working-days.ts';
