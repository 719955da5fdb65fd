import {
  type Answer,
  auditRecords,
  byOrigin,
  isOpen,
  type Locate,
  mergedAnswers,
  namesOf,
  policyOf,
  standingOf,
  stops,
  told,
} from '../../audit/index.ts';
import { checkPortfolio, findWorkspaces, parseWorkspace, readFolder } from '../../intake/index.ts';
import { type Finding, findingText, type Workspace } from '../../model/index.ts';
import { answersOf } from '../audit-files.ts';
import type { Command } from '../command.ts';
import { exitCode } from '../exit.ts';
import { checkFormulas } from '../formula-check.ts';
import { officeAnswers, unreadLine } from '../office-answers.ts';
import { readLine, refuse } from '../place-command.ts';

const help = `modelcity check [DIR…] [--json]

Reads a workspace, or every workspace of a folder and what they say of each other, and tells all that is wrong. Nothing
is stored. What the audit finds in the records and would stop a publication is an error too.

  DIR      workspaces, or folders of several; default: this folder
  --json   the findings as JSON on standard output

Exit code: 0 no errors, 2 at least one error.
`;

interface Checked {
  readonly folder: string;
  readonly workspace: Workspace | null;
  readonly findings: readonly Finding[];
}

export const check: Command = async (args) => {
  const line = readLine(args, {}, 'own');
  if (typeof line === 'string') return refuse('check', line);
  const { values, words } = line;
  if (values.help === true) {
    process.stdout.write(help);
    return exitCode.done;
  }
  const named = words.length > 0 ? words : [String(values.workspace)];
  const json = values.json === true;
  const results: Checked[] = [];
  const together: Finding[] = [];
  for (const directory of named) {
    const folders = await findWorkspaces(directory);
    const office = await officeAnswers(directory);
    if (office.unread !== null) process.stderr.write(unreadLine(office.unread));
    const checked: Checked[] = [];
    for (const folder of folders.length === 0 ? [directory] : folders) {
      const result = await checkFolder(folder, office.byCity);
      checked.push(result);
      if (!json) process.stdout.write(report(result));
    }
    results.push(...checked);
    const members = checked.flatMap(({ folder, workspace }) =>
      workspace === null ? [] : [{ folder, workspace }],
    );
    // A place that cannot be read is no place that is missing.
    if (members.length < checked.length) continue;
    const found = checkPortfolio(members);
    together.push(...found);
    if (!json) process.stdout.write(found.map((finding) => `${findingText(finding)}\n`).join(''));
  }
  const errors = [...results.flatMap(({ findings }) => findings), ...together].filter(
    ({ severity }) => severity === 'error',
  );
  if (json) {
    const workspaces = results.map(({ folder, workspace, findings }) => ({
      folder,
      city: workspace?.city.id ?? null,
      counts: workspace === null ? null : countRecords(workspace),
      findings,
    }));
    process.stdout.write(`${JSON.stringify({ errors: errors.length, workspaces, together }, null, 2)}\n`);
  }
  return errors.length === 0 ? exitCode.done : exitCode.badInput;
};

async function checkFolder(folder: string, office: ReadonlyMap<string, readonly Answer[]>): Promise<Checked> {
  const read = await readFolder(folder);
  const parsed = parseWorkspace(read.files);
  const findings = [...read.findings, ...parsed.findings, ...checkFormulas(parsed)];
  const good = findings.every(({ severity }) => severity !== 'error');
  if (!good || parsed.workspace === null) return { folder, workspace: null, findings };
  return {
    folder,
    workspace: parsed.workspace,
    findings: [
      ...findings,
      ...auditedRecords(
        folder,
        parsed.workspace,
        byOrigin(parsed.origins),
        office.get(parsed.workspace.city.id) ?? [],
      ),
    ],
  };
}

/** What the audit finds in the records, minus what was explained: what would stop a publication is an error. */
function auditedRecords(
  folder: string,
  workspace: Workspace,
  locate: Locate,
  logged: readonly Answer[],
): readonly Finding[] {
  const { answers: fromFile, faults } = answersOf(folder);
  const answers = mergedAnswers(fromFile, logged);
  const policy = policyOf(workspace.city);
  const open = auditRecords({ workspace, locate }).filter((finding) => isOpen(standingOf(finding, answers)));
  return [
    ...faults,
    ...open.map((finding): Finding => {
      const { id, rule, message, mend, places } = told(finding, 'en', namesOf(workspace));
      const [place] = places;
      return {
        rule: `audit.${rule}`,
        severity: stops(finding, policy) ? 'error' : 'note',
        where: { file: place?.file ?? '', ...(place === undefined ? {} : { row: place.line }) },
        what: message,
        why: 'the records disagree with themselves; docs/audit.md says how this is found',
        mend: `${mend}; or explain it: modelcity audit --workspace ${folder} --answer ${id}=explained --note "…"`,
      };
    }),
  ];
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

function report({ folder, workspace, findings }: Checked): string {
  const lines = findings.map((finding) => `${folder}/${findingText(finding)}\n`);
  const told = (['error', 'warning', 'note'] as const)
    .map((severity) => [findings.filter((each) => each.severity === severity).length, severity] as const)
    .map(([count, severity]) => `${count} ${severity}${count === 1 ? '' : 's'}`)
    .join(', ');
  const held =
    workspace === null
      ? 'cannot be loaded'
      : Object.entries(countRecords(workspace))
          .map(([noun, count]) => `${count} ${noun}`)
          .join(', ');
  return `${lines.join('')}${folder}: ${told}; ${held}\n`;
}
