export { canonicalJson, type Json, sha256 } from './canonical.ts';
export { type CoalBasis, coalFactors } from './coal-factors.ts';
export { dependentsOf, neededFor } from './declared.ts';
export { indicatorsIn } from './expression.ts';
export { figureCode, figureKeyText, isCodeOf, measureText, readFigureCode } from './figure-code.ts';
export { FigureReader, type FigureReaderOptions, type ObservationsByIndicator } from './figure-reader.ts';
export { contributionLeaf, figureRoot } from './figure-root.ts';
export { FigureSet, weightOf } from './figure-set.ts';
export { readFormulas } from './formulas.ts';
export {
  consistencyProof,
  inclusionProof,
  leafHash,
  treeHash,
  verifyConsistency,
  verifyInclusion,
} from './merkle.ts';
export {
  type EnergyAlarm,
  type MeterTotal,
  type MeterUse,
  meterUse,
  type UnitUse,
  unitUse,
} from './metered.ts';
export { type FormulaError, parseFormula } from './parser.ts';
export { type ReadNames, Reads, WatchedFigures } from './reads.ts';
export { recompute } from './recompute.ts';
export type { StandardSeries } from './standard.ts';
export { type CityAsOf, figureReaderOf } from './stored.ts';
