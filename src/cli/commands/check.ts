import { findWorkspaces, parseWorkspace, readFolder } from '../../intake/index.ts';
import { type Finding, findingText, type Workspace } from '../../model/index.ts';
import type { Command } from '../command.ts';
import { exitCode } from '../exit.ts';
import { readLine, refuse } from '../place-command.ts';

const help = `modelcity check [DIR…] [--json]

Reads a workspace, or every workspace of a folder, and tells all that is wrong with it. Nothing is stored.

  DIR      workspaces, or folders of several; default: this folder
  --json   the findings as JSON on standard output

Exit code: 0 no errors, 2 at least one error.
`;

interface Checked {
  readonly folder: string;
  readonly city: string | null;
  readonly counts: Readonly<Record<string, number>> | null;
  readonly findings: readonly Finding[];
}

export const check: Command = async (args) => {
  const line = readLine(args, {});
  if (typeof line === 'string') return refuse('check', line);
  const { values, words } = line;
  if (values.help === true) {
    process.stdout.write(help);
    return exitCode.done;
  }
  const named = words.length > 0 ? words : [String(values.workspace)];
  const results: Checked[] = [];
  for (const directory of named) {
    const folders = await findWorkspaces(directory);
    for (const folder of folders.length === 0 ? [directory] : folders) {
      const checked = await checkFolder(folder);
      results.push(checked);
      if (!values.json) process.stdout.write(report(checked));
    }
  }
  const errors = results.flatMap(({ findings }) => findings).filter(({ severity }) => severity === 'error');
  if (values.json)
    process.stdout.write(`${JSON.stringify({ errors: errors.length, workspaces: results }, null, 2)}\n`);
  return errors.length === 0 ? exitCode.done : exitCode.badInput;
};

async function checkFolder(folder: string): Promise<Checked> {
  const read = await readFolder(folder);
  const { workspace, findings } = parseWorkspace(read.files);
  return {
    folder,
    city: workspace?.city.id ?? null,
    counts: workspace === null ? null : countRecords(workspace),
    findings: [...read.findings, ...findings],
  };
}

function countRecords(workspace: Workspace): Record<string, number> {
  const { city, indicators, observations, targets, claims, frameworks, plans, reviews } = workspace;
  return {
    areas: city.areas.length,
    sources: city.sources.length,
    indicators: indicators.length,
    observations: observations.length,
    targets: targets.length,
    claims: claims.length,
    frameworks: frameworks.length,
    plans: plans.length,
    reviews: reviews.length,
  };
}

function report({ folder, counts, findings }: Checked): string {
  const lines = findings.map((finding) => `${folder}/${findingText(finding)}\n`);
  const told = (['error', 'warning', 'note'] as const)
    .map((severity) => [findings.filter((each) => each.severity === severity).length, severity] as const)
    .map(([count, severity]) => `${count} ${severity}${count === 1 ? '' : 's'}`)
    .join(', ');
  const held =
    counts === null
      ? 'cannot be loaded'
      : Object.entries(counts)
          .map(([noun, count]) => `${count} ${noun}`)
          .join(', ');
  return `${lines.join('')}${folder}: ${told}; ${held}\n`;
}
