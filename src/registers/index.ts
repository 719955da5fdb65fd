export { type Case, type CaseDeadline, nextSteps } from './case.ts';
export type { Field, Rate, RegisterDeclaration, Step } from './declaration.ts';
export { type CheckedForm, checkForm, type FormValues, readPoint } from './form.ts';
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
export { type RateRecords, rateRecords } from './rate.ts';
export { type ReadDeclaration, readDeclaration } from './read-declaration.ts';
export { Register, type StepResult, type WantedStep } from './register.ts';
export { shippedRegister, shippedRegisters } from './shipped.ts';
export { dueAfter, plainCalendar, type WorkCalendar } from './working-days.ts';
