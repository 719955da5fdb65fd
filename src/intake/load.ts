import type { Finding } from '../model/index.ts';
import type { Receipt, Store } from '../store/index.ts';
import { readFolder } from './folder.ts';
import { parseWorkspace } from './parse.ts';

/** What became of a folder that was to be loaded. */
export interface Loaded {
  /** Null when the folder has an error: nothing was stored. */
  readonly receipt: Receipt | null;
  readonly findings: readonly Finding[];
}

/**
 * Reads a workspace folder, checks all of it and stores it as one submission: all of it, or nothing when there is one
 * error. Loading what is known already stores nothing.
 */
export async function loadWorkspace(
  store: Store,
  directory: string,
  { agent, received }: { readonly agent: string; readonly received: string },
): Promise<Loaded> {
  const read = await readFolder(directory);
  const { workspace, findings, origins } = parseWorkspace(read.files);
  const all = [...read.findings, ...findings];
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
