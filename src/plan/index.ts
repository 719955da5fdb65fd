export {
  type ActOutcome,
  commitmentStream,
  mostCommitments,
  plannedActs,
  readActs,
  type WantedAct,
  writeActs,
} from './acts/acts.ts';
export { asJson, type PlanActor, type Written, writeOver } from './acts/over.ts';
export {
  type Deduction,
  type Evidence,
  type Examination,
  examine,
  type Item,
  isFairRanking,
} from './examination/examine.ts';
export {
  type Hearing,
  type HearingBody,
  type HearingEvent,
  type HearingKind,
  hearingBodySchema,
  hearingKinds,
  hearingOf,
  hearingRoles,
  hearingSteps,
  hearingStream,
  mayHear,
  restoredBy,
  type Sheet,
} from './examination/hearing.ts';
export { itemsOf, pointsOf, type WeightInYear, weightHistory, weightsFor } from './examination/points.ts';
export { type NotRanked, type Ranking, rankingOf } from './examination/ranking.ts';
export {
  type ExaminedItem,
  type ExaminedSubject,
  examineAll,
  examineSubject,
  type Ground,
} from './examination/subject.ts';
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
export {
  type Answerable,
  answerableFor,
  isUnanswered,
  type Oversight,
  type OversightKind,
  overdueCommitments,
  oversightKinds,
  oversightOf,
  oversightRegister,
  oversightSteps,
  oversightStream,
} from './oversight/oversight.ts';
export { fitsInLog, type ProjectAct, projectStream, readProjectActs, writeProject } from './project/acts.ts';
export { type Expense, earnedValue, type Milestone, type ValuePoint } from './project/earned-value.ts';
export { moneyOf, selectionOf } from './project/panel.ts';
export {
  doneShare,
  type EarnedCurve,
  earnedCurve,
  type FundTotal,
  fundTotals,
  lastDay,
  type NoCurve,
  overdueOf,
  stageOf,
} from './project/portfolio.ts';
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
  type Adjustment,
  adjustmentSteps,
  adjustmentsOf,
  proposalSchema,
} from './rolling/adjustment.ts';
export {
  type Effect,
  effectOf,
  type KnownPlace,
  planWithTarget,
  type StageRow,
  stageRows,
} from './rolling/stage.ts';
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
export {
  type Ballot,
  ballotSteps,
  ballotStream,
  ballotsOf,
  isScore,
  type PanelDraft,
  type PanelSelection,
  panelDraftSchema,
  panelSelectionOf,
  type SelectionState,
  selectionSteps,
  selectionStream,
  withBallots,
} from './selection/ballot.ts';
export { type Decomposition, decompositions } from './tree/decompose.ts';
export { areaParts, type DepartmentParts, departmentParts, takenOn, unassigned } from './tree/parts.ts';
export { type PromisedTarget, promisedTargets } from './tree/promised.ts';
export {
  type KnownValue,
  neededPace,
  requiredPath,
  type StagedTarget,
  type Standing,
  type StandingKind,
  standingOf,
} from './tree/standing.ts';
export { type Branch, branchesOf, planTree } from './tree/tree.ts';
export { type PlanChange, planChanges } from './tree/versions.ts';
