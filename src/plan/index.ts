export {
  type ActOutcome,
  commitmentStream,
  mostCommitments,
  type PlanActor,
  plannedActs,
  readActs,
  type WantedAct,
  writeActs,
} from './acts/acts.ts';
export {
  type Deduction,
  type Evidence,
  type Examination,
  examine,
  type Item,
  isFairRanking,
  type ScoringRule,
} from './examination/examine.ts';
export {
  daysToAcknowledge,
  type Letter,
  type LetterState,
  lateness,
  letterCommitments,
  letterRegister,
  letterState,
  letterSteps,
  letterStream,
  type Owner,
  ownersOf,
} from './letter/letter.ts';
export { type Expense, earnedValue, type Milestone, type ValuePoint } from './project/earned-value.ts';
export { moneyOf, selectionOf } from './project/panel.ts';
export {
  type Conflict,
  type Criterion,
  type Ranked,
  type Reason,
  type Score,
  type Selection,
  selectProjects,
} from './project/select.ts';
export {
  type CellEvent,
  type CellKind,
  type CellState,
  type CellValue,
  type Completeness,
  cellState,
  cellSteps,
  completeness,
  emptyCell,
  isOpenCell,
  mayFollow,
  stepRoles,
} from './round/cell.ts';
export {
  type AskedCell,
  askedCells,
  cellStream,
  observationsByCell,
  type Round,
  roundFaults,
  roundSchema,
} from './round/round.ts';
export { type Decomposition, decompositions } from './tree/decompose.ts';
export { areaParts, type DepartmentParts, departmentParts, takenOn, unassigned } from './tree/parts.ts';
export {
  neededPace,
  requiredPath,
  type StagedTarget,
  type Standing,
  type StandingKind,
  standingOf,
} from './tree/standing.ts';
export { type Branch, branchesOf, planTree } from './tree/tree.ts';
export { type PlanChange, planChanges } from './tree/versions.ts';
