import { describe, expect, it } from 'vitest';
import { type Assessment, assess, correlation, methods, type Table } from '../index.ts';

const table = (file: string, columns: readonly string[], rows: readonly (readonly string[])[]): Table => ({
  file,
  columns,
  rows: rows.map((cells, at) => ({ row: at + 2, cells })),
});

/** Twelve units: `a` and `a2` go together, `b` goes its own way, and one value of `b` lies far out. */
const units = Array.from({ length: 12 }, (_, at) => `u${at + 1}`);
const a = [2, 4, 5, 7, 9, 11, 12, 15, 16, 18, 21, 22];
const a2 = [1, 5, 4, 8, 8, 12, 11, 16, 15, 19, 20, 23];
const b = [6, 1, 9, 3, 7, 2, 8, 4, 10, 5, 7, 400];
const data = table(
  'data.csv',
  ['unit', 'indicator', 'period', 'value'],
  units.flatMap((unit, at) =>
    Object.entries({ a, a2, b }).map(([code, values]) => [unit, code, '2021', String(values[at])]),
  ),
);
const head = ['indicator', 'parent', 'direction', 'importance', 'treat', 'normalise', 'weight'];
const plain = [
  ['a', 'one', '1', '', '', ''],
  ['a2', 'one', '1', '', '', ''],
  ['b', 'two', '1', '', '', ''],
];

function run(rows: readonly (readonly string[])[], settings: Record<string, string>): Assessment {
  const method = methods.get('composite');
  if (method === undefined) throw new Error('no method');
  return assess(method, table('codebook.csv', head, rows), data, new Map(Object.entries(settings)));
}
const scores = ({ results }: Assessment, code: string): Float64Array =>
  Float64Array.from(units, (unit) => {
    const found = results.find((one) => one.unit === unit && one.code === code)?.score;
    return found ?? Number.NaN;
  });
const shareOf = (made: Assessment, codes: readonly string[]) => {
  const index = scores(made, made.results.find(({ level }) => level === 'index')?.code ?? '');
  const found = codes.map((code) => correlation(scores(made, code), index) ?? Number.NaN);
  return found.map((one) => one / found.reduce((sum, each) => sum + each, 0));
};

describe('optimised weights', () => {
  const treated = { treat: 'winsorise' };
  it('bring the correlations of the parts with the index to equal shares', () => {
    const [given = 0] = shareOf(run(plain, treated), ['one', 'two']);
    const made = run(plain, { ...treated, weights: 'optimised' });
    const [one = 0, two = 0] = shareOf(made, ['one', 'two']);
    expect(Math.abs(given - 0.5)).toBeGreaterThan(0.005);
    expect(one).toBeCloseTo(0.5, 3);
    expect(two).toBeCloseTo(0.5, 3);
    expect(made.findings).toEqual([]);
  });

  it('follow the importance that the codebook asks for, of indicators too', () => {
    // In one group: the weight of the only part of a group moves nothing. What is asked is what known weights give.
    const codes = ['a', 'a2', 'b'];
    const weighed = (importance: readonly number[], weight: readonly number[]) =>
      codes.map((code, at) => [code, 'one', '1', `${importance[at] ?? ''}`, '', '', `${weight[at] ?? ''}`]);
    const asked = shareOf(run(weighed([], [2, 1, 3]), treated), codes);
    const given = shareOf(run(weighed([], []), treated), codes);
    const made = run(weighed(asked, []), { ...treated, weights: 'optimised', optimise: 'indicators' });
    expect(made.findings).toEqual([]);
    const obtained = shareOf(made, codes);
    codes.forEach((_, at) => {
      expect(obtained[at]).toBeCloseTo(asked[at] ?? Number.NaN, 4);
    });
    expect(Math.abs((given[2] ?? 0) - (asked[2] ?? 0))).toBeGreaterThan(0.01);
  });

  it('or make the sum of the correlations the largest', () => {
    const sum = (made: Assessment) =>
      ['one', 'two'].reduce(
        (all, code) => all + (correlation(scores(made, code), scores(made, 'index')) ?? 0),
        0,
      );
    expect(sum(run(plain, { ...treated, weights: 'most-information' }))).toBeGreaterThanOrEqual(
      sum(run(plain, treated)),
    );
  });

  it('are not made up for an index of one part', () => {
    const [first = []] = plain;
    const made = run([first], { weights: 'optimised' });
    expect(made.findings.map(({ rule }) => rule)).toContain('composite.no-optimum');
  });
});

describe('a stage of one indicator', () => {
  const own = (column: number, word: string) =>
    plain.map((row) => (row[0] === 'b' ? row.map((cell, at) => (at === column ? word : cell)) : row));
  it('is that of its row, and all others are as the setting says', () => {
    const all = run(plain, { treat: 'winsorise' });
    const spared = run(own(4, 'none'), { treat: 'winsorise' });
    expect(scores(spared, 'a')).toEqual(scores(all, 'a'));
    // Untreated, the far value alone fills the scale; treated, it is drawn to the next.
    expect(scores(spared, 'b')[8]).toBeLessThan(3);
    expect(scores(all, 'b')[8]).toBe(100);
    const alone = run(own(4, 'winsorise'), {});
    expect(scores(alone, 'b')).toEqual(scores(all, 'b'));
    expect(scores(run(own(5, 'rank'), {}), 'b')[8]).toBe(11);
  });

  it('is told when its word is not known, and then as the setting says', () => {
    const made = run(own(5, 'best'), {});
    expect(made.findings.map(({ rule, where }) => [rule, where.row])).toEqual([
      ['codebook.unknown-normalise', 4],
    ]);
    expect(scores(made, 'b')).toEqual(scores(run(plain, {}), 'b'));
  });
});
