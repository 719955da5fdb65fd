export { boundaryText } from './boundary-file.ts';
export { cleanEmblem } from './emblem.ts';
export { exportWorkspace } from './export.ts';
export { type ReadFolder, readFolder } from './folder.ts';
export { asRepository, type ForeignPlace } from './foreign/as-repository.ts';
export { readForeignTable } from './foreign/delimited.ts';
export { dhis2MetadataSchema, dhis2Place, dhis2ValuesSchema } from './foreign/dhis2.ts';
export { dhis2Analytics, dhis2AnalyticsSchema } from './foreign/dhis2-analytics.ts';
export { geoFeatures } from './foreign/geo.ts';
export { identifierOf } from './foreign/identifier.ts';
export { joinedOutline, outlineOf } from './foreign/outline.ts';
export { plainText } from './foreign/plain-text.ts';
export { rawTables } from './foreign/raw-table.ts';
export { readSdmx } from './foreign/sdmx-in.ts';
export { sdmxPlace } from './foreign/sdmx-place.ts';
export {
  type Meant,
  type MeantIndicator,
  mostTableCells,
  type TableCell,
  type TableCells,
  type TableChoices,
  tableCells,
} from './foreign/table-cells.ts';
export { headAt } from './foreign/table-head.ts';
export {
  type ColumnRole,
  guessMapping,
  type RawTable,
  type TableMapping,
  tableMappingSchema,
  tablePlace,
} from './foreign/table-place.ts';
export { readUnit } from './foreign/unit-text.ts';
export { readXlsx } from './foreign/xlsx.ts';
export { jsonSchemas } from './json-schema.ts';
export { type Loaded, type LoadOptions, loadWorkspace } from './load.ts';
export { checkLog, type LogCheck } from './log-check.ts';
export { type ModelFiles, modelFilesOf, modelledCities } from './model-files.ts';
export { type ReadForm, readPortfolioForm, readSelectionForm } from './office-form.ts';
export { type Account, type Outcome, tally } from './open-sdg/account.ts';
export { accountFolder, type OpenSdgImport } from './open-sdg/finished.ts';
export { importOpenSdg, type OpenSdgOptions } from './open-sdg/import.ts';
export { type Repository, readRepository } from './open-sdg/repository.ts';
export type { Origin } from './origins.ts';
export { type ParsedWorkspace, parseWorkspace } from './parse.ts';
export { pathFault } from './path.ts';
export { exportPhotos } from './photo-file.ts';
export { type PlanColumn, type PlanRow, partColumns, planColumns } from './plan-table/columns.ts';
export {
  CellTooLong,
  type PlanFormat,
  planFormat,
  planFormats,
  readPlanFile,
  readPlanRows,
  writePlanFile,
} from './plan-table/file.ts';
export { planRows } from './plan-table/rows.ts';
export { findWorkspaces } from './portfolio.ts';
export { checkPortfolio, type Member } from './portfolio-check.ts';
export { type Replayed, type ReplayOptions, type ReplayStep, replay } from './replay.ts';
export { fromSafeCell, toSafeCell } from './safe-cell.ts';
export { FolderNotEmpty, writeFolder } from './write-folder.ts';
