import { expect, test } from 'vitest';
import { world } from '../../bench/simulate/world.ts';
import { runText, series } from './fixture.ts';

/** Linear between points that stand evenly from 0 to 4, held beyond them. */
function table(ys: readonly number[], x: number): number {
  const step = 4 / (ys.length - 1);
  const i = Math.min(ys.length - 2, Math.max(0, Math.floor(x / step)));
  const share = Math.min(1, Math.max(0, (x - i * step) / step));
  return (ys[i] ?? 0) + ((ys[i + 1] ?? 0) - (ys[i] ?? 0)) * share;
}

const effects = [0.2, 0.6, 0.9, 1, 1.05, 1.1, 1.12, 1.13, 1.14];
const healths = [1.6, 1.4, 1.1, 1, 0.9, 0.8, 0.75, 0.72, 0.7];
const pressures = [0, 0.2, 0.6, 1, 1.3, 1.5, 1.6, 1.7, 1.7];

/** The same model written out by hand: plain variables, Euler, three stages for each delay and average. */
function byHand() {
  const count = 20;
  const all = Array.from({ length: count }, (_, k) => k);
  const level = all.map((k) => 50 + k);
  const time = all.map((k) => (3 + (k % 5)) / 3);
  const seen = all.map((k) => {
    const first = level[(k + 19) % 20] ?? 0;
    return [first, first, first];
  });
  const late = all.map((k) => Array.from({ length: 3 }, () => 2 * (time[k] ?? 1)));
  const levels: number[][] = [];
  const dt = 0.5;
  for (let n = 0; n <= 400; n++) {
    levels.push([...level]);
    const now = 1900 + n * dt;
    const before = (k: number) => level[(k + 19) % 20] ?? 0;
    const rates = all.map((k) => {
      const own = level[k] ?? 0;
      const stay = time[k] ?? 1;
      const [, , third = 0] = seen[k] ?? [];
      const out = (late[k]?.[2] ?? 0) / stay;
      const pressure = table(pressures, out / Math.max(own * 0.04, 0.001));
      const policy = now > 2002 ? 1 - 0.1 * Math.min(1, pressure) : 1;
      const growth = own * 0.04 * table(effects, third / (40 + k)) * policy;
      const loss = own / (20 * table(healths, before(k) / (40 + k)));
      return { growth, loss, stay, input: before(k) };
    });
    rates.forEach(({ growth, loss, stay, input }, k) => {
      const [a = 0, b = 0, c = 0] = seen[k] ?? [];
      seen[k] = [a + (dt * (input - a)) / stay, b + (dt * (a - b)) / stay, c + (dt * (b - c)) / stay];
      const [x = 0, y = 0, z = 0] = late[k] ?? [];
      late[k] = [
        x + dt * (growth - x / stay),
        y + dt * (x / stay - y / stay),
        z + dt * (y / stay - z / stay),
      ];
      level[k] = (level[k] ?? 0) + dt * (growth - loss);
    });
  }
  return levels;
}

test('a model of World3’s size, with sixty tables and forty chains of three stages, gives what a hand-written one gives', () => {
  const found = runText(world());
  const wanted = byHand();
  expect(found.times.length).toBe(401);
  for (let k = 0; k < 20; k++) {
    series(found, `level_${k}`).forEach((value, row) => {
      const hand = wanted[row]?.[k] ?? Number.NaN;
      expect(Math.abs(value - hand)).toBeLessThan(1e-9 * Math.abs(hand));
    });
  }
  const levels = series(found, 'level_3');
  expect(Math.max(...levels) / Math.min(...levels)).toBeGreaterThan(1.2);
});
