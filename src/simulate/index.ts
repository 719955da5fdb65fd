export { type BalanceReport, balance, difference } from './check/balance.ts';
export { type RunReport, report } from './check/report.ts';
export { checkUnits, type UnitReport } from './check/units.ts';
export {
  type Compiled,
  type CompileOptions,
  cellKey,
  compileXmile,
  type Outcome,
} from './compile/compile.ts';
export { emitModule } from './compile/emit.ts';
export type { Cell, CellKind, Ir } from './compile/ir.ts';
export {
  closureKernel,
  generatedKernel,
  type Kernel,
  type KernelMaker,
  literalSlots,
  type Runner,
  type RunOptions,
  runner,
  type Table,
  tryRun,
} from './run/run.ts';
export { runtime } from './run/runtime.ts';
export { column, csvPieces, firstNonFinite, timeText } from './table.ts';
export { type Method, methods, type RunSpec } from './xmile/document.ts';
