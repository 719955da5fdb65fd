export { type BalanceReport, balance, difference } from './check/balance.ts';
export { type RunReport, report } from './check/report.ts';
export { checkUnits, type UnitReport } from './check/units.ts';
export { type Annotation, type Lever, leversOf, readAnnotations, type Status } from './city/annotation.ts';
export { documentModel } from './city/documentation.ts';
export { type History, readHistory } from './city/history.ts';
export { type MaterialFlow, materialFlows, materialNodes } from './city/sankey.ts';
export {
  type Compiled,
  type CompileOptions,
  cellKey,
  compileModel,
  compileXmile,
  type Outcome,
} from './compile/compile.ts';
export { emitModule } from './compile/emit.ts';
export type { Cell, CellKind, Ir } from './compile/ir.ts';
export { type GraphLink, type GraphNode, type StockFlowGraph, stockFlowGraph } from './graph.ts';
export { Lab, type Values } from './lab/lab.ts';
export {
  type DrawnScenario,
  drawnScenarios,
  labChart,
  type ShownColumn,
  scenarioName,
  shownColumn,
  shownValue,
} from './lab/lab-chart.ts';
export {
  accountColumns,
  bandChart,
  costColumns,
  influenceChart,
  kayaChart,
  kayaName,
  kayaShares,
  known,
  type LabPanel,
  labPanels,
  type MaterialDiagram,
  materialDiagram,
  panelsOf,
  policyYears,
  shownName,
} from './lab/lab-panels.ts';
export {
  chartCount,
  emptyScenario,
  firstCharts,
  type LabNote,
  type LabScenario,
  type LabState,
  leverStep,
  mostScenarios,
  onStep,
  readLabState,
  scenarioMarks,
  scenarioText,
  settle,
  writeLabState,
} from './lab/lab-state.ts';
export { layeredLayout, type PlacedNode } from './lab/layout.ts';
export { type CityModel, type ModelTexts, openCityModel } from './lab/open.ts';
export {
  compiledOf,
  type ModelSheet,
  type SheetLever,
  type SheetScenario,
  type SheetVariable,
} from './lab/sheet.ts';
export { decimalsFor, shownNumber, shownUnit, withUnit } from './lab/shown-unit.ts';
export { told } from './lab/told.ts';
export { ensembleSize, joinEnsembles, labEnsemble, spreadOf, uncertainOf } from './lab/uncertain.ts';
export type { Kernel } from './run/kernel.ts';
export {
  closureKernel,
  generatedKernel,
  type KernelMaker,
  literalSlots,
  type Runner,
  type RunOptions,
  runner,
  type Table,
  tryRun,
} from './run/run.ts';
export { runtime } from './run/runtime.ts';
export {
  type Calibration,
  calibrate,
  type FittedParameter,
  type Observation,
  type Parameter,
  valueAt,
} from './study/calibrate.ts';
export { type CohortRun, inflowDriven, type Lifetime, stockDriven, survival } from './study/cohort.ts';
export type { Distribution } from './study/distribution.ts';
export {
  bands,
  type Ensemble,
  type EnsembleOptions,
  ensemble,
  latinHypercube,
  percentiles,
  type Uncertain,
} from './study/ensemble.ts';
export { type Fit, fitOf } from './study/fit.ts';
export { type LandfillConstants, landfillMethane, wetTemperateBulk } from './study/landfill.ts';
export { type Optimum, optimise, type Target } from './study/optimise.ts';
export {
  applyScenario,
  decodeScenario,
  encodeScenario,
  engineVersion,
  modelHash,
  type Scenario,
} from './study/scenario.ts';
export { type Influence, influences } from './study/sensitivity.ts';
export { type EnsembleTask, joinShares, runShare, sharesOf } from './study/share.ts';
export { column, csvPieces, firstNonFinite, timeText } from './table.ts';
export { type Method, methods, type RunSpec } from './xmile/document.ts';
