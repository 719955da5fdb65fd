import { type CompileOptions, compileModel, type Outcome } from '../compile/compile.ts';
import { Refusal } from '../fault.ts';
import { closureKernel, generatedKernel, runner } from '../run/run.ts';
import { type Ensemble, type EnsembleOptions, ensemble } from './ensemble.ts';

/**
 * One worker's share of an ensemble: plain data, so that it can be sent to a worker thread of Node or a Web Worker. The
 * model is compiled there again; functions cannot be sent.
 */
export interface EnsembleTask {
  readonly text: string;
  readonly file: string;
  readonly set: readonly (readonly [string, number])[];
  readonly run: CompileOptions['run'];
  /** Whether code may be made at run time; false in a page whose policy forbids eval. */
  readonly generated: boolean;
  readonly options: Pick<EnsembleOptions, 'uncertain' | 'count' | 'seed' | 'columns' | 'from' | 'to'>;
}

/** Runs a share. A refused model, or a name that the model does not have, is told as a finding. */
export function runShare({ text, file, set, run, generated, options }: EnsembleTask): Outcome<Ensemble> {
  const outcome = compileModel(text, file, { set: new Map(set), ...(run === undefined ? {} : { run }) });
  if (!outcome.ok) return outcome;
  const make = generated ? generatedKernel : closureKernel;
  try {
    return { ok: true, value: ensemble(runner(outcome.value, make(outcome.value)), options) };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, findings: error.findings };
    if (!(error instanceof RangeError)) throw error;
    const finding = {
      severity: 'error' as const,
      rule: 'simulate.name',
      where: { file },
      what: error.message,
      why: 'an ensemble varies constants and keeps variables of the model',
      mend: 'correct the name',
    };
    return { ok: false, findings: [finding] };
  }
}

/** Splits the runs of an ensemble over workers, as evenly as they go. */
export function sharesOf(count: number, workers: number): { readonly from: number; readonly to: number }[] {
  const parts = Math.max(1, Math.min(workers, count));
  return Array.from({ length: parts }, (_, i) => ({
    from: Math.floor((count * i) / parts),
    to: Math.floor((count * (i + 1)) / parts),
  }));
}

/** Puts shares together in the order of their runs: the same as one worker's whole. */
export function joinShares(shares: readonly Ensemble[]): Ensemble {
  const [first] = shares;
  if (first === undefined) throw new RangeError('no shares');
  const join = (choose: (one: Ensemble) => Float64Array): Float64Array => {
    const all = new Float64Array(shares.reduce((sum, one) => sum + choose(one).length, 0));
    let at = 0;
    for (const one of shares) {
      all.set(choose(one), at);
      at += choose(one).length;
    }
    return all;
  };
  return {
    columns: first.columns,
    times: first.times,
    runs: shares.reduce((sum, one) => sum + one.runs, 0),
    values: join((one) => one.values),
    samples: join((one) => one.samples),
  };
}
