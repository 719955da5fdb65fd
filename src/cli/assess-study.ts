import { type StudyRow, studyComposite, studyNames, type Table } from '../assess/index.ts';
import type { Finding } from '../model/index.ts';
import { cell, put, report, splitPair } from './assess-output.ts';
import { exitCode } from './exit.ts';

/** The columns of a study's table. */
export const studyColumns = [
  'period',
  'unit',
  'code',
  'other',
  'measure',
  'value',
] as const satisfies readonly (keyof StudyRow)[];

/** The flags of a study, as the command line gives them. */
interface Flags {
  readonly study: string;
  readonly vary?: string[];
  readonly against?: string[];
  readonly runs?: string;
  readonly seed?: string;
  readonly out?: string;
  readonly json?: boolean;
}

const mostRuns = 100_000;

/** `modelcity assess composite … --study NAME`: what stands behind a composite, or how far its ranks can be relied on. */
export function study(
  flags: Flags,
  codebook: Table,
  data: Table,
  chosen: ReadonlyMap<string, string>,
  before: readonly Finding[],
): number {
  const wrong = (what: string): number => {
    process.stderr.write(`modelcity assess: ${what}\n`);
    return exitCode.badInput;
  };
  if (!studyNames.includes(flags.study))
    return wrong(`there is no study '${flags.study}'. Studies: ${studyNames.join(', ')}`);
  const [runs, seed] = [whole(flags.runs ?? '1000'), whole(flags.seed ?? '1')];
  if (runs === null || runs < 1 || runs > mostRuns)
    return wrong(`--runs is a whole number from 1 to ${mostRuns}`);
  if (seed === null) return wrong('--seed is a whole number');
  const made = studyComposite(codebook, data, chosen, {
    name: flags.study,
    vary: flags.vary ?? [],
    against: new Map((flags.against ?? []).map((pair) => splitPair(pair))),
    runs,
    seed,
  });
  report(made.findings);
  if (!made.ran) return exitCode.badInput;
  const findings = [...before, ...made.findings];
  const text =
    flags.json === true
      ? `${JSON.stringify({ ...made, findings }, null, 1)}\n`
      : [
          studyColumns.join(','),
          ...made.rows.map((row) => studyColumns.map((name) => cell(row[name])).join(',')),
        ]
          .map((line) => `${line}\n`)
          .join('');
  if (!put(text, flags.out)) return exitCode.badInput;
  return findings.some(({ severity }) => severity === 'error') ? exitCode.findings : exitCode.done;
}

function whole(text: string): number | null {
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}
