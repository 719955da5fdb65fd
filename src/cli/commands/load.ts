import { resolve } from 'node:path';
import { findWorkspaces, type Loaded, loadWorkspace } from '../../intake/index.ts';
import { findingText } from '../../model/index.ts';
import type { Command } from '../command.ts';
import { exitCode } from '../exit.ts';
import { checkFormulas } from '../formula-check.ts';
import { openStoreOf } from '../open-places.ts';
import { readLine, refuse } from '../place-command.ts';

const help = `modelcity load [--workspace DIR] [--agent NAME] [--json]

Checks a workspace, or every workspace of a folder, and stores what it says as one submission each. A workspace with
one error is not stored at all; one that says what is known already changes nothing.

  --workspace DIR   the workspace, or a folder of several; default: this folder
  --agent NAME      who hands it in, for the log; default: modelcity
  --json            the receipts and findings as JSON on standard output

Exit code: 0 done, 2 at least one error.
`;

interface Result extends Loaded {
  readonly folder: string;
}

export const load: Command = async (args) => {
  const line = readLine(args, { agent: { type: 'string', default: 'modelcity' } });
  if (typeof line === 'string') return refuse('load', line);
  if (line.values.help === true) {
    process.stdout.write(help);
    return exitCode.done;
  }
  const root = resolve(String(line.values.workspace));
  const folders = await findWorkspaces(root);
  if (folders.length === 0) return refuse('load', `${root} holds no city.yaml, and none of its folders does`);
  const json = line.values.json === true;
  const results: Result[] = [];
  const store = await openStoreOf(root, (text) => process.stderr.write(`${text}\n`));
  try {
    for (const [at, folder] of folders.entries()) {
      process.stderr.write(`${at + 1}/${folders.length} ${folder} …\n`);
      const loaded = await loadWorkspace(store, folder, {
        agent: String(line.values.agent),
        received: new Date().toISOString(),
        further: checkFormulas,
      });
      const result: Result = { folder, ...loaded };
      results.push(result);
      if (!json) process.stdout.write(report(result));
    }
  } finally {
    await store.close();
  }
  if (json) process.stdout.write(`${JSON.stringify({ workspaces: results }, null, 2)}\n`);
  const stored = results.every(({ receipt }) => receipt !== null && receipt.outcome !== 'refused');
  return stored ? exitCode.done : exitCode.badInput;
};

function report({ folder, receipt, findings }: Result): string {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const others = findings.length - errors.length;
  const told = errors.map((finding) => `${folder}/${findingText(finding)}\n`).join('');
  const more = others === 0 ? '' : ` (${others} warnings and notes: modelcity check)`;
  if (receipt === null || receipt.outcome === 'refused')
    return `${told}${folder}: not stored, ${errors.length} errors${more}\n`;
  if (receipt.outcome === 'unchanged')
    return `${folder}: ${receipt.city} unchanged at position ${receipt.position}${more}\n`;
  const { added, changed, withdrawn } = receipt.changes;
  return `${folder}: ${receipt.city} stored at position ${receipt.position}: ${added} records added, ${changed} changed, ${withdrawn} withdrawn${more}\n`;
}
