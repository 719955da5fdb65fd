import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { errorComplement, inflowDriven, stockDriven, survival } from './cohort.ts';
import { landfillMethane, wetTemperateBulk } from './landfill.ts';

describe('lifetime cohorts', () => {
  test('a Weibull lifetime of shape 1 is exponential decay', () => {
    const { stock } = inflowDriven([100, 0, 0, 0, 0], { kind: 'weibull', shape: 1, scale: 4 });
    for (const [t, value] of stock.entries()) expect(value).toBeCloseTo(100 * Math.exp(-t / 4), 12);
  });

  test('a fixed lifetime returns each cohort whole', () => {
    const { outflow, stock } = inflowDriven([5, 7, 0, 0, 0, 0], { kind: 'fixed', years: 3 });
    expect([...outflow]).toEqual([0, 0, 0, 5, 7, 0]);
    expect([...stock]).toEqual([5, 12, 12, 7, 0, 0]);
  });

  test('half of a normal cohort is left at its mean age', () => {
    expect(survival({ kind: 'normal', mean: 30, deviation: 8 }, 30)).toBeCloseTo(0.5, 15);
    expect(survival({ kind: 'normal', mean: 30, deviation: 8 }, 38)).toBeCloseTo(0.15865525393145707, 14);
  });

  test.each([
    [0, 1],
    [0.5, 0.4795001221869535],
    [2, 0.004677734981047266],
    [3, 0.00002209049699858544],
    [-1, 1.8427007929497148],
  ])('erfc(%d)', (x, value) => {
    expect(Math.abs(errorComplement(x) / value - 1)).toBeLessThan(1e-13);
  });

  test('steady inflow sustains a stock of inflow times lifetime', () => {
    const { stock } = inflowDriven(Array(300).fill(2), { kind: 'normal', mean: 20, deviation: 4 });
    // Discrete ages from 0 on: the sum of survivals is the mean plus a half.
    expect(stock.at(-1)).toBeCloseTo(2 * 20.5, 6);
  });

  test('mass: inflow less outflow is the change of stock; and stock-driven undoes inflow-driven', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 2, maxLength: 60 }),
        fc.double({ min: 3, max: 40, noNaN: true }),
        fc.boolean(),
        (inflow, mean, weibull) => {
          const lifetime = weibull
            ? ({ kind: 'weibull', shape: 2, scale: mean } as const)
            : ({ kind: 'normal', mean, deviation: mean / 5 } as const);
          const found = inflowDriven(inflow, lifetime);
          found.stock.forEach((value, t) => {
            const before = t === 0 ? 0 : (found.stock[t - 1] ?? 0);
            expect(value - before).toBeCloseTo((inflow[t] ?? 0) - (found.outflow[t] ?? 0), 9);
            const cohorts = found.cohorts.slice(t * inflow.length, (t + 1) * inflow.length);
            expect(cohorts.reduce((sum, one) => sum + one, 0)).toBeCloseTo(value, 9);
          });
          const back = stockDriven([...found.stock], lifetime);
          for (const [t, value] of back.inflow.entries())
            expect(Math.abs(value - (inflow[t] ?? 0))).toBeLessThan(1e-6);
        },
      ),
    );
  });
});

describe('landfill methane, IPCC first-order decay', () => {
  test('one year of waste: nothing in its own year, then a falling exponential', () => {
    const years = landfillMethane([100, 0, 0, 0], wetTemperateBulk);
    const carbon = 100 * 0.15 * 0.5;
    expect(years[0]?.generated).toBe(0);
    years.slice(1).forEach((year, i) => {
      const decomposed = carbon * Math.exp(-0.09 * i) * (1 - Math.exp(-0.09));
      expect(year.generated).toBeCloseTo((decomposed * 0.5 * 16) / 12, 12);
      expect(year.emitted).toBeCloseTo(year.generated * 0.9, 12);
    });
  });

  test('in the end all decomposable carbon has decomposed: mass', () => {
    const years = landfillMethane([100, 50, ...Array(400).fill(0)], wetTemperateBulk, 0.3, 2);
    const sum = years.reduce((total, year) => total + year.decomposed, 0);
    expect(sum).toBeCloseTo(150 * 0.075 + 2, 9);
  });
});
