export { exportWorkspace } from './export.ts';
export { type ReadFolder, readFolder } from './folder.ts';
export { type Loaded, loadWorkspace } from './load.ts';
export { type ParsedWorkspace, parseWorkspace } from './parse.ts';
export { findWorkspaces } from './portfolio.ts';
export type { Origin } from './records.ts';
export { type Replayed, type ReplayOptions, type ReplayStep, replay } from './replay.ts';
export { FolderNotEmpty, writeFolder } from './write-folder.ts';
