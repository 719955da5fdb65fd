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
