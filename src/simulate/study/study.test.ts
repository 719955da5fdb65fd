import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileXmile } from '../compile/compile.ts';
import { aux, flow, stock, xmile } from '../fixture.ts';
import { generatedKernel, runner } from '../run/run.ts';
import { calibrate } from './calibrate.ts';
import { normalQuantile, quantile } from './distribution.ts';
import { bands, ensemble, latinHypercube, type Uncertain } from './ensemble.ts';
import { fitOf } from './fit.ts';
import { optimise } from './optimise.ts';
import { applyScenario, decodeScenario, encodeScenario, engineVersion, modelHash } from './scenario.ts';
import { influences } from './sensitivity.ts';

const text = xmile(
  stock('x', 'x0', { into: 'growth' }) +
    flow('growth', 'rate*x') +
    aux('rate', '0.05') +
    aux('x0', '10') +
    aux('idle', '1') +
    aux('noise', 'NORMAL(0, 1)'),
  { stop: 10, dt: 0.125 },
);

function prepare(model = text) {
  const outcome = compileXmile(model, 'study.xmile');
  if (!outcome.ok) throw new Error(outcome.findings.map((one) => one.what).join());
  return runner(outcome.value, generatedKernel(outcome.value));
}

const uncertain: Uncertain[] = [
  { name: 'rate', distribution: { kind: 'uniform', min: 0.02, max: 0.08 } },
  { name: 'x0', distribution: { kind: 'normal', mean: 10, deviation: 1 } },
  { name: 'idle', distribution: { kind: 'triangular', min: 0, mode: 1, max: 2 } },
];

describe('distributions', () => {
  test('the normal quantile has its known values', () => {
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 8);
    expect(normalQuantile(0.001)).toBeCloseTo(-3.090232306167813, 7);
  });

  test('quantiles rise with p and stay in range', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 0.998, noNaN: true }), (p) => {
        for (const { distribution } of uncertain) {
          expect(quantile(distribution, p + 0.001)).toBeGreaterThan(quantile(distribution, p));
        }
      }),
    );
  });
});

describe('ensembles', () => {
  test('a Latin hypercube hits each stratum of each parameter once', () => {
    const count = 50;
    const flat: Uncertain[] = ['a', 'b'].map((name) => ({
      name,
      distribution: { kind: 'uniform', min: 0, max: 1 },
    }));
    const samples = latinHypercube(count, flat, 3);
    for (const k of [0, 1]) {
      const strata = new Set(
        Array.from({ length: count }, (_, i) => Math.floor((samples[i * 2 + k] ?? 0) * count)),
      );
      expect(strata.size).toBe(count);
    }
  });

  test('the shares of two workers make up the whole, whatever is random in the model', () => {
    const options = { uncertain, count: 40, seed: 9, columns: ['x', 'noise'] };
    const whole = ensemble(prepare(), options);
    const parts = [
      ensemble(prepare(), { ...options, from: 0, to: 15 }),
      ensemble(prepare(), { ...options, from: 15, to: 40 }),
    ];
    expect(parts.flatMap((part) => [...part.values])).toEqual([...whole.values]);
    expect(parts.flatMap((part) => [...part.samples])).toEqual([...whole.samples]);
  });

  test('bands are percentiles of the closed form', () => {
    const found = ensemble(prepare(), {
      uncertain: uncertain.slice(0, 1),
      count: 1000,
      seed: 1,
      columns: ['x'],
    });
    const [p5, , median, , p95] = bands(found, 'x').map((band) => band.at(-1) ?? 0);
    const closed = (rate: number) => 10 * (1 + rate * 0.125) ** 80;
    expect(median).toBeCloseTo(closed(0.05), 1);
    expect(p5).toBeCloseTo(closed(0.023), 1);
    expect(p95).toBeCloseTo(closed(0.077), 1);
  });

  test('sensitivity puts what matters first and what does not last', () => {
    const found = ensemble(prepare(), { uncertain, count: 300, seed: 2, columns: ['x'] });
    const ranked = influences(found, uncertain, 'x');
    expect(ranked.map((one) => one.name)).toEqual(['rate', 'x0', 'idle']);
    expect(ranked[0]?.correlation).toBeGreaterThan(0.7);
    expect(Math.abs(ranked[2]?.correlation ?? 1)).toBeLessThan(0.15);
  });

  test('an unknown parameter is an error', () => {
    expect(() =>
      ensemble(prepare(), {
        uncertain: [{ name: 'x', distribution: { kind: 'uniform', min: 0, max: 1 } }],
        count: 2,
        seed: 1,
      }),
    ).toThrow(RangeError);
  });
});

describe('calibration', () => {
  test('finds the constants that made the data, and compares with what was held out', () => {
    const table = prepare().run({ values: new Map() });
    const at = (time: number) => table.values[table.times.indexOf(time) * table.width + 0] ?? 0;
    const observations = [0, 2, 4, 6].map((time) => ({ variable: 'x', time, value: at(time) }));
    const held = { variable: 'x', time: 10, value: at(10), held: true };
    const wrong = prepare(text.replace('>0.05<', '>0.02<').replace('>10<', '>14<'));
    const found = calibrate(
      wrong,
      [
        { name: 'rate', min: 0, max: 0.2 },
        { name: 'x0', min: 1, max: 50 },
      ],
      [...observations, held],
    );
    expect(found.parameters[0]?.value).toBeCloseTo(0.05, 5);
    expect(found.parameters[1]?.value).toBeCloseTo(10, 3);
    expect(found.parameters.some((one) => one.atBound)).toBe(false);
    expect(found.fits[0]?.held?.mape).toBeLessThan(1e-4);
  });

  test('tells a bound that was hit, and parameters that measurements cannot tell apart', () => {
    const model = xmile(aux('y', 'a*b') + aux('a', '1') + aux('b', '1'), { stop: 1, dt: 1 });
    const both = calibrate(
      prepare(model),
      [
        { name: 'a', min: 0, max: 9 },
        { name: 'b', min: 0, max: 9 },
      ],
      [
        { variable: 'y', time: 0, value: 6 },
        { variable: 'y', time: 1, value: 6 },
      ],
    );
    expect(both.parameters.every((one) => one.entangled > 0.99)).toBe(true);
    const bound = calibrate(
      prepare(model),
      [{ name: 'a', min: 0, max: 3 }],
      [{ variable: 'y', time: 0, value: 6 }],
    );
    expect(bound.parameters[0]?.atBound).toBe(true);
  });

  test("Theil's shares add up to one and name the kind of error", () => {
    const measured = [1, 2, 3, 4];
    const shifted = fitOf(measured, [2, 3, 4, 5]);
    expect(shifted.bias).toBeCloseTo(1, 12);
    expect(shifted.rmse).toBeCloseTo(1, 12);
    const steep = fitOf(measured, [-0.5, 1.5, 3.5, 5.5]);
    expect(steep.variance).toBeCloseTo(1, 12);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 1, max: 99 })), {
          minLength: 3,
        }),
        (pairs) => {
          const fit = fitOf(
            pairs.map(([a]) => a),
            pairs.map(([, b]) => b),
          );
          fc.pre(fit.rmse > 0);
          expect(fit.bias + fit.variance + fit.covariance).toBeCloseTo(1, 9);
        },
      ),
    );
  });
});

describe('optimisation', () => {
  test('finds the cheapest mix that meets a target', () => {
    // 2a + b must reach 6; a costs 3, b costs 1: all b (up to 5), then a.
    const model = xmile(aux('reach', '2*a + b') + aux('cost', '3*a + b') + aux('a', '0') + aux('b', '0'), {
      stop: 1,
      dt: 1,
    });
    const found = optimise(prepare(model), {
      levers: [
        { name: 'a', min: 0, max: 5 },
        { name: 'b', min: 0, max: 5 },
      ],
      targets: [{ variable: 'reach', time: 1, sense: 'at least', value: 6 }],
      cost: { variable: 'cost', time: 1 },
      seed: 4,
    });
    expect(found.feasible).toBe(true);
    expect(found.cost).toBeCloseTo(6.5, 2);
    const again = optimise(prepare(model), {
      levers: [
        { name: 'a', min: 0, max: 5 },
        { name: 'b', min: 0, max: 5 },
      ],
      targets: [{ variable: 'reach', time: 1, sense: 'at least', value: 6 }],
      cost: { variable: 'cost', time: 1 },
      seed: 4,
    });
    expect(again).toEqual(found);
  });

  test('says so when no mix meets the target', () => {
    const model = xmile(aux('reach', 'a') + aux('a', '0'), { stop: 1, dt: 1 });
    const found = optimise(prepare(model), {
      levers: [{ name: 'a', min: 0, max: 1 }],
      targets: [{ variable: 'reach', time: 1, sense: 'at least', value: 2 }],
      cost: { variable: 'a', time: 1 },
      seed: 1,
      generations: 20,
    });
    expect(found.feasible).toBe(false);
    expect(found.targets[0]?.reached).toBeCloseTo(1, 9);
  });
});

describe('scenarios', () => {
  test('go through an address and back', async () => {
    const model = await modelHash(text);
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string({ minLength: 1, maxLength: 12 }).filter((key) => key !== '__proto__'),
          fc.double({ noNaN: true, noDefaultInfinity: true }),
          { maxKeys: 13 },
        ),
        fc.nat(),
        (values, seed) => {
          const scenario = {
            version: 1 as const,
            model,
            engine: engineVersion,
            seed,
            values,
            name: '绿色 scenario',
          };
          const address = encodeScenario(scenario);
          expect(address).toMatch(/^[A-Za-z0-9_-]+$/);
          const back = decodeScenario(address);
          expect(back.ok).toBe(true);
          if (back.ok) {
            expect({ ...back.value.values }).toEqual(JSON.parse(JSON.stringify(values)));
            expect(back.value.seed).toBe(seed);
          }
        },
      ),
    );
  });

  test('thirteen levers fit two thousand characters', async () => {
    const values = Object.fromEntries(
      Array.from({ length: 13 }, (_, i) => [`lever_number_${i}_with_a_long_name`, 0.123456789]),
    );
    expect(
      encodeScenario({ version: 1, model: await modelHash(text), engine: engineVersion, seed: 1, values })
        .length,
    ).toBeLessThan(2000);
  });

  test('whatever an address holds is read or refused, never thrown', () => {
    for (const bad of [
      '',
      '!!',
      'e30',
      btoa('[1]'),
      btoa('{"v":1,"m":"x"}'),
      'A'.repeat(5000),
      btoa('null'),
    ]) {
      expect(decodeScenario(bad).ok).toBe(false);
    }
    fc.assert(
      fc.property(fc.string(), (bad) => {
        expect(typeof decodeScenario(bad).ok).toBe('boolean');
      }),
    );
  });

  test('are applied by name, with what does not fit told', async () => {
    const made = prepare();
    const hash = await modelHash(text);
    const scenario = {
      version: 1 as const,
      model: '0'.repeat(64),
      engine: '0',
      seed: 5,
      values: { Rate: 0.1, gone: 1 },
    };
    const { options, findings } = applyScenario(made.compiled, hash, scenario);
    expect(findings).toHaveLength(3);
    const table = made.run(options);
    expect(table.values[(table.times.length - 1) * table.width]).toBeCloseTo(10 * (1 + 0.1 * 0.125) ** 80, 9);
  });
});
