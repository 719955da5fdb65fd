import { FigureSet } from '../src/figures/index.ts';
import { makeCity } from './made-city.ts';
import { measured } from './measured.ts';

/** Figures per second: every value and every standard change of 630,000 observations, with contributions and roots. */
export async function figures(): Promise<object> {
  const made = await measured(() => makeCity());
  const indexed = await measured(() => new FigureSet(made.result, { asOf: 1 }));
  const computed = await measured(() => {
    let count = 0;
    for (const figure of indexed.result.all()) count += figure.value === null ? 0 : 1;
    return count;
  });
  return {
    observations: made.result.observations.length,
    index: indexed.cost,
    figures: computed.result,
    figuresPerSecond: Math.round(computed.result / computed.cost.wallSeconds),
    figuresPerCpuSecond: Math.round(computed.result / computed.cost.cpuSeconds),
    compute: computed.cost,
  };
}
