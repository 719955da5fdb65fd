import { expect, test } from 'vitest';
import { aux, flow, stock, xmile } from '../fixture.ts';
import { type EnsembleTask, joinShares, runShare, sharesOf } from './share.ts';

const task: EnsembleTask = {
  text: xmile(stock('x', '10', { out: 'out' }) + flow('out', 'x*rate*RANDOM(0.9, 1.1)') + aux('rate', '0.1')),
  file: 'decay.xmile',
  set: [],
  run: undefined,
  generated: true,
  options: {
    uncertain: [{ name: 'rate', distribution: { kind: 'uniform', min: 0.05, max: 0.2 } }],
    count: 11,
    seed: 3,
  },
};

const made = (one: EnsembleTask) => {
  const outcome = runShare(one);
  if (!outcome.ok) throw new Error(outcome.findings[0]?.what);
  return outcome.value;
};

test('shares of several workers make up the whole, whatever their number and kind', () => {
  const whole = made(task);
  for (const workers of [1, 2, 3, 11, 50]) {
    const shares = sharesOf(11, workers);
    const parts = shares.map((share, i) =>
      made({ ...structuredClone(task), generated: i % 2 === 0, options: { ...task.options, ...share } }),
    );
    expect(joinShares(parts)).toEqual(whole);
  }
});

test('a name that the model does not have is a finding', () => {
  const outcome = runShare({
    ...task,
    options: {
      ...task.options,
      uncertain: [{ name: 'rats', distribution: { kind: 'uniform', min: 0, max: 1 } }],
    },
  });
  expect(outcome.ok ? '' : outcome.findings[0]?.what).toBe("'rats' is no constant of the model");
});
