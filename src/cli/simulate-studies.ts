import type { Compiled, CompileOptions, Uncertain } from '../simulate/index.ts';
import { exitCode } from './exit.ts';
import { bandLines, mostValues, readVaried, runOnWorkers } from './simulate-ensemble.ts';
import { misfits, optimum, readPlan } from './simulate-optimise.ts';
import { complain, readModel, refused, tell, writePieces } from './simulate-output.ts';

/** Runs an ensemble and writes the bands of each variable. */
export async function ensembleTo(
  compiled: Compiled,
  to: {
    readonly text: string;
    readonly file: string;
    readonly options: CompileOptions;
    readonly vary: readonly string[];
    readonly keep: readonly string[] | undefined;
    readonly runs: number;
    readonly seed: number;
    readonly out: string | undefined;
  },
): Promise<number> {
  const uncertain: Uncertain[] = [];
  for (const text of to.vary) {
    const one = readVaried(text);
    if (typeof one === 'string') return complain(one);
    uncertain.push(one);
  }
  const rows = Math.floor((compiled.run.stop - compiled.run.start) / compiled.run.save) + 1;
  const values = to.runs * rows * (to.keep?.length ?? compiled.visible);
  if (values > mostValues) {
    return complain(
      `${values.toLocaleString('en')} values to keep, at most ${mostValues.toLocaleString('en')}: name variables with --keep, or run less often`,
    );
  }
  const outcome = await runOnWorkers({
    text: to.text,
    file: to.file,
    set: [...(to.options.set ?? [])],
    run: to.options.run,
    options: {
      uncertain,
      count: to.runs,
      seed: to.seed,
      ...(to.keep === undefined ? {} : { columns: to.keep }),
    },
  });
  if (!outcome.ok) return refused(outcome.findings);
  return writePieces(to.out, bandLines(outcome.value));
}

/** Looks for the least-cost mix of a plan and writes it as JSON. */
export function optimiseTo(
  compiled: Compiled,
  text: string,
  file: string,
  to: { readonly plan: string; readonly seed: number; readonly out: string | undefined },
): number {
  const planText = readModel(to.plan);
  if (planText === undefined) return complain(`${to.plan} cannot be read`);
  const plan = readPlan(planText);
  const wrong = Array.isArray(plan) ? plan : misfits(compiled, plan);
  if (Array.isArray(plan) || wrong.length > 0) {
    tell(
      wrong.map((what) => ({
        severity: 'error',
        rule: 'simulate.plan',
        where: { file: to.plan },
        what,
        why: 'a plan names levers, targets and a cost of the model',
        mend: 'correct the plan',
      })),
    );
    return exitCode.badInput;
  }
  return writePieces(to.out, [`${JSON.stringify(optimum(compiled, text, file, plan, to.seed), null, 2)}\n`]);
}
