import type { Finding } from '../model/index.ts';
import type { Receipt, Store } from '../store/index.ts';
import { readFolder } from './folder.ts';
import { type ParsedWorkspace, parseWorkspace } from './parse.ts';

/** What became of a folder that was to be loaded. */
export interface Loaded {
  /** Null when the folder has an error: nothing was stored. */
  readonly receipt: Receipt | null;
  readonly findings: readonly Finding[];
}

export interface LoadOptions {
  /** Who hands it in. */
  readonly agent: string;
  /** When, ISO 8601 with a time zone. */
  readonly received: string;
  /** Checks of rooms above this one, such as those of formulas: an error among them stops the load too. */
  readonly further?: (parsed: ParsedWorkspace) => readonly Finding[];
}

/**
 * Reads a workspace folder, checks all of it and stores it as one submission: all of it, or nothing when there is one
 * error. Loading what is known already stores nothing.
 */
export async function loadWorkspace(
  store: Store,
  directory: string,
  { agent, received, further }: LoadOptions,
): Promise<Loaded> {
  const read = await readFolder(directory);
  const parsed = parseWorkspace(read.files);
  const { workspace, origins } = parsed;
  const all = [...read.findings, ...parsed.findings, ...(further?.(parsed) ?? [])];
  if (workspace === null || all.some(({ severity }) => severity === 'error'))
    return { receipt: null, findings: all };
  const receipt = await store.submit({
    city: workspace.city.id,
    kind: 'workspace',
    agent,
    received,
    files: read.files,
    workspace,
    origins,
  });
  return { receipt, findings: receipt.outcome === 'refused' ? [...all, ...receipt.findings] : all };
}
