import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LineChart } from '../../chart/index.ts';
import { arrange, chartKinds, periodsOf, readChoice, writeChoice } from './arrange.ts';

const whole: LineChart = {
  language: 'en',
  kind: 'line',
  title: 'Energy',
  subtitle: 'tce',
  source: 'review',
  unit: 'tce',
  series: ['Shanghai', 'Songjiang', 'Fengxian'].map((name, at) => ({
    name,
    role: 'context',
    targets: [],
    points: ['2015', '2019', '2021'].slice(at === 2 ? 1 : 0).map((period) => ({
      period,
      value: `0.${at + 1}`,
      label: `0.${at + 1}`,
      status: 'A',
    })),
  })),
};

describe('a choice', () => {
  it('written to the address and read back is the same choice', () => {
    const choice = fc.record({
      kind: fc.constantFrom(...chartKinds),
      shown: fc.subarray([0, 1, 2], { minLength: 1 }),
      span: fc.constantFrom(['2015', '2021'], ['2019', '2021'], ['2019', '2019']),
    });
    fc.assert(
      fc.property(choice, ({ kind, shown, span: [from = '', to = ''] }) => {
        const made = { kind, shown, from, to };
        expect(readChoice(writeChoice(made), whole)).toEqual(made);
      }),
    );
  });

  it('that an address gets wrong is as before anyone has chosen', () => {
    const first = { kind: 'line', shown: [0, 1, 2], from: '2015', to: '2021' };
    for (const text of ['', 'kind=pie&show=99.-1.x&from=2022&to=1', 'from=2021&to=2015', 'show=%00'])
      expect(readChoice(text, whole)).toEqual(first);
    expect(periodsOf(whole)).toEqual(['2015', '2019', '2021']);
  });
});

describe('an arranged chart', () => {
  it('shows what was chosen and says where a chosen moment has no value', () => {
    const slope = arrange(whole, { kind: 'slope', shown: [0, 2], from: '2015', to: '2021' });
    if (slope.kind !== 'slope') throw new Error('a slope was asked for');
    expect(slope.pairs.map(({ name, from, to }) => [name, from.value, to.value])).toEqual([
      ['Shanghai', '0.1', '0.1'],
      ['Fengxian', null, '0.3'],
    ]);
    expect(slope.pairs[1]?.from.reason).toBe('not reported');
    const line = arrange(whole, { kind: 'line', shown: [1], from: '2019', to: '2021' });
    expect(line.kind === 'line' && line.series.map(({ name, points }) => [name, points.length])).toEqual([
      ['Songjiang', 2],
    ]);
  });
});
