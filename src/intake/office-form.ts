import { stringify } from 'yaml';
import {
  type Finding,
  type Portfolio,
  type ProjectSelection,
  portfolioSchema,
  projectSelectionSchema,
  type Workspace,
} from '../model/index.ts';
import { FindingList } from './finding-list.ts';
import { knownOf } from './known-of.ts';
import { checkPortfolio } from './portfolio-file.ts';
import { checkSelection } from './selection-file.ts';
import { shapeYaml } from './yaml-shape.ts';
import { readYaml } from './yaml-tree.ts';

export interface ReadForm<T> {
  /** Null as soon as something is wrong. */
  readonly value: T | null;
  readonly findings: readonly Finding[];
  /** The line that a finding's row names, as it was read: what the form says there. */
  lineOf(finding: Finding): string;
}

/** Reads a portfolio that a form has put together, by the same checks as a file of `projects/`. */
export function readPortfolioForm(
  given: unknown,
  workspace: Workspace,
  taken: ReadonlySet<string>,
): ReadForm<Portfolio> {
  return read(given, (text, findings) => {
    const shaped = shapeYaml(text, text.root, portfolioSchema, findings);
    const { plans, selections = [] } = workspace;
    if (shaped !== null) checkPortfolio(shaped, knownOf(workspace), { plans, selections, taken }, findings);
    return shaped?.value ?? null;
  });
}

/** Reads a selection of projects that a form has put together, by the same checks as a file of `selection/`. */
export function readSelectionForm(given: unknown, workspace: Workspace): ReadForm<ProjectSelection> {
  return read(given, (text, findings) => {
    const shaped = shapeYaml(text, text.root, projectSelectionSchema, findings);
    if (shaped !== null) checkSelection(shaped, knownOf(workspace), findings);
    return shaped?.value ?? null;
  });
}

function read<T>(
  given: unknown,
  shape: (text: NonNullable<ReturnType<typeof readYaml>>, findings: FindingList) => T | null,
): ReadForm<T> {
  const findings = new FindingList();
  const text = stringify(given, { lineWidth: 0 });
  const yaml = readYaml('form', Buffer.from(text), findings);
  const value = yaml === null ? null : shape(yaml, findings);
  const lines = text.split('\n');
  return {
    value: findings.hasErrors ? null : value,
    findings: findings.toArray(),
    lineOf: ({ where }) => (lines[(where.row ?? 0) - 1] ?? '').replace(/^[\s-]+/, '').trim(),
  };
}
