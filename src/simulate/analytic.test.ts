import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aux, flow, lastOf, runText, series, stock, xmile } from './fixture.ts';

const decay = (method: string, dt: number) =>
  lastOf(
    runText(xmile(stock('x', '1', { into: 'change' }) + flow('change', '-x'), { stop: 1, dt, method })),
    'x',
  );

const oscillator = (method: string, dt: number) => {
  const model =
    stock('x', '1', { into: 'v' }) + stock('y', '0', { into: 'a' }) + flow('v', 'y') + flow('a', '-x');
  return lastOf(runText(xmile(model, { stop: 2, dt, method })), 'x') - Math.cos(2);
};

/** How fast the error falls when the step is halved: the order of the method. */
const order = (error: (dt: number) => number) => Math.log2(Math.abs(error(1 / 32) / error(1 / 64)));

describe('integration against closed forms', () => {
  test('Euler is of order 1, RK2 of order 2, RK4 of order 4 on exponential decay', () => {
    const error = (method: string) => (dt: number) => decay(method, dt) - Math.exp(-1);
    expect(order(error('euler'))).toBeCloseTo(1, 1);
    expect(order(error('rk2'))).toBeCloseTo(2, 1);
    expect(order(error('rk4'))).toBeCloseTo(4, 1);
  });

  test('the harmonic oscillator: Euler of order 1, RK4 of order 4', () => {
    expect(order((dt) => oscillator('euler', dt))).toBeCloseTo(1, 0);
    expect(order((dt) => oscillator('rk4', dt))).toBeCloseTo(4, 0);
  });

  test('logistic growth reaches its closed form with RK4', () => {
    const model = stock('n', '1', { into: 'growth' }) + flow('growth', '0.5*n*(1-n/100)');
    const table = runText(xmile(model, { stop: 20, dt: 0.0625, method: 'rk4' }));
    series(table, 'n').forEach((value, i) => {
      const t = table.times[i] ?? 0;
      expect(value).toBeCloseTo(100 / (1 + 99 * Math.exp(-0.5 * t)), 5);
    });
  });

  test('Euler compounds: one step of dt multiplies by 1 + r·dt', () => {
    const model = stock('x', '1', { into: 'growth' }) + flow('growth', '0.1*x');
    expect(lastOf(runText(xmile(model, { stop: 10, dt: 1 })), 'x')).toBeCloseTo(1.1 ** 10, 12);
  });

  test('a dt of 0.1 gives every row of a run from 2015 to 2035', () => {
    const table = runText(xmile(aux('x', 'TIME'), { start: 2015, stop: 2035, dt: 0.1 }));
    expect(table.times).toHaveLength(201);
    expect(table.times.at(-1)).toBeCloseTo(2035, 9);
  });
});

describe('delays', () => {
  test('a material delay of order n delays a pulse by its time on average and keeps its mass', () => {
    for (const order of [1, 3, 7]) {
      const model = aux('in', 'PULSE(100, 0)') + aux('out', `DELAYN(in, 4, ${order}, 0)`);
      const table = runText(xmile(model, { stop: 80, dt: 0.0625 }));
      const out = series(table, 'out');
      const mass = out.reduce((sum, value) => sum + value * 0.0625, 0);
      const moment = out.reduce((sum, value, i) => sum + value * 0.0625 * (table.times[i] ?? 0), 0);
      expect(mass).toBeCloseTo(100, 3);
      expect(moment / mass).toBeCloseTo(4, 1);
    }
  });

  test('a smooth of a step rises as 1 - exp(-t/T)', () => {
    const table = runText(
      xmile(aux('y', 'SMTH1(STEP(1, 0), 5, 0)'), { stop: 20, dt: 0.03125, method: 'rk4' }),
    );
    series(table, 'y').forEach((value, i) => {
      expect(value).toBeCloseTo(1 - Math.exp(-(table.times[i] ?? 0) / 5), 6);
    });
  });

  test('a fixed delay gives the value of so many steps before, and its initial value till then', () => {
    const y = series(
      runText(xmile(aux('x', 'TIME') + aux('y', 'DELAY(x, 2, -1)'), { stop: 4, dt: 0.5 })),
      'y',
    );
    expect(y).toEqual([-1, -1, -1, -1, 0, 0.5, 1, 1.5, 2]);
  });

  test('a fixed delay of nought is none, even when a variable says so; it may be longer than the run', () => {
    const model =
      aux('x', 'TIME + 1') + aux('none', '0') + aux('y', 'DELAY(x, none, 0)') + aux('z', 'DELAY(x, 99, -1)');
    const table = runText(xmile(model, { stop: 2, dt: 1 }));
    expect(series(table, 'y')).toEqual([1, 2, 3]);
    expect(series(table, 'z')).toEqual([-1, -1, -1]);
  });

  test('a fixed delay closes a loop that has no stock', () => {
    const table = runText(xmile(aux('x', 'DELAY(x, 1, 1) * 2'), { stop: 3, dt: 1 }));
    expect(series(table, 'x')).toEqual([2, 4, 8, 16]);
  });

  test('PREVIOUS looks one step back, also through SELF; INIT keeps the first value', () => {
    const model =
      aux('x', 'TIME^2') +
      aux('p', 'PREVIOUS(x, -5)') +
      aux('count', 'PREVIOUS(SELF, 0) + 1') +
      aux('first', 'INIT(TIME + 3)');
    const table = runText(xmile(model, { stop: 3, dt: 1 }));
    expect(series(table, 'p')).toEqual([-5, 0, 1, 4]);
    expect(series(table, 'count')).toEqual([1, 2, 3, 4]);
    expect(series(table, 'first')).toEqual([3, 3, 3, 3]);
  });

  test('TREND of exponential growth settles at its rate', () => {
    const model = aux('x', 'EXP(0.03*TIME)') + aux('t', 'TREND(x, 5)') + aux('f', 'FORCST(x, 5, 10)');
    const table = runText(xmile(model, { stop: 100, dt: 0.125, method: 'rk4' }));
    // The average lags: (x - a)/(a·T) with a = x/(1 + rT) is r.
    expect(lastOf(table, 't')).toBeCloseTo(0.03, 6);
    expect(lastOf(table, 'f') / lastOf(table, 'x')).toBeCloseTo(1.3, 4);
  });
});

describe('mass', () => {
  test('a loop of stocks keeps its sum to 1e-12, whatever the rates, the method and the step', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 3, noNaN: true }), { minLength: 3, maxLength: 3 }),
        fc.constantFrom('euler', 'rk2', 'rk4'),
        fc.constantFrom(0.5, 0.25, 0.1),
        fc.boolean(),
        (rates, method, dt, held) => {
          const more = held ? '<non_negative/>' : '';
          const model =
            stock('a', '100', { into: 'ca', out: 'ab', more }) +
            stock('b', '0', { into: 'ab', out: 'bc', more }) +
            stock('c', '7', { into: 'bc', out: 'ca', more }) +
            flow('ab', `a*${rates[0]}`) +
            flow('bc', `b*${rates[1]} + 20`) +
            flow('ca', `c*${rates[2]} + 10`);
          const table = runText(xmile(model, { dt, method }));
          const [a, b, c] = ['a', 'b', 'c'].map((name) => series(table, name));
          const size = Math.max(...[a, b, c].flat().map((value) => Math.abs(value ?? 0)));
          a?.forEach((value, i) => {
            const sum = value + (b?.[i] ?? 0) + (c?.[i] ?? 0);
            expect(Math.abs(sum - 107) / size).toBeLessThan(1e-12);
          });
        },
      ),
      { numRuns: 60 },
    );
  });

  test('a non-negative stock never falls below zero, and the flow out of it is held back, not invented', () => {
    const model =
      stock('tank', '10', { into: 'rain', out: 'use leak', more: '<non_negative/>' }) +
      stock('used', '0', { into: 'use' }) +
      stock('lost', '0', { into: 'leak' }) +
      flow('rain', '1') +
      flow('use', '5') +
      flow('leak', '2');
    const table = runText(xmile(model, { stop: 10, dt: 0.5 }));
    const tank = series(table, 'tank');
    expect(Math.min(...tank)).toBeGreaterThanOrEqual(0);
    const total = tank.map(
      (value, i) => value + (series(table, 'used')[i] ?? 0) + (series(table, 'lost')[i] ?? 0),
    );
    total.forEach((value, i) => {
      expect(value).toBeCloseTo(10 + (table.times[i] ?? 0), 10);
    });
    // Once empty, what comes in goes out, to the first flow in the list.
    expect(lastOf(table, 'use')).toBeCloseTo(1, 12);
    expect(lastOf(table, 'leak')).toBe(0);
  });
});
