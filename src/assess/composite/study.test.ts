import { describe, expect, it } from 'vitest';
import { type StudyRequest, studyComposite, studyNames, type Table } from '../index.ts';

const table = (file: string, columns: string, lines: readonly string[]): Table => ({
  file,
  columns: columns.split(','),
  rows: lines.map((line, at) => ({ row: at + 2, cells: line.split(',') })),
});

const codebook = table('c', 'indicator,parent,direction,weight', [
  'a,p,1,1',
  'b,p,-1,3',
  'c,q,1,',
  'p,whole,,',
  'q,whole,,',
]);
const values = { U: [1, 9, 3], V: [2, 5, 8], W: [4, 7, 1], X: [3, 2, 2] };
const data = table(
  'd',
  'unit,indicator,period,value',
  Object.entries(values).flatMap(([unit, row]) =>
    row.map((value, at) => `${unit},${'abc'[at]},2020,${value}`),
  ),
);
const preset: StudyRequest = { name: '', vary: [], against: new Map(), runs: 200, seed: 3 };
const study = (name: string, more: Partial<StudyRequest> = {}) =>
  studyComposite(codebook, data, new Map(), { ...preset, name, ...more });
const at = (name: string, about: string, more: Partial<StudyRequest> = {}) =>
  study(name, more).rows.find(
    ({ unit, code, other, measure }) =>
      [unit, code, other, measure].filter((one) => one !== '').join(' ') === about,
  )?.value;

describe('studies of a composite', () => {
  it('gives its stages and effective weights', () => {
    expect(at('stages', 'U a raw')).toBe(1);
    // Less is better in b: the least value has 100.
    expect(at('stages', 'X b normalised')).toBe(100);
    expect(at('stages', 'X p aggregated')).toBeCloseTo((100 * 2) / 3 / 4 + 75, 12);
    expect(at('weights', 'b effective')).toBeCloseTo(0.375, 12);
  });

  it('outranks by the weight of the indicators in which a unit is better', () => {
    // V is better than U in all three, weights 1, 3 and 1; X is better than V in a and b only.
    expect(at('outranking', 'V U outranks')).toBe(1);
    expect(at('outranking', 'X V outranks')).toBeCloseTo(0.8, 12);
    expect(at('outranking', 'U copeland')).toBe(-3);
  });

  it('compares with other settings and leaves each part out', () => {
    const same = study('comparison', { against: new Map([['low', '1']]) });
    expect(same.rows.find(({ measure }) => measure === 'largest')?.value).toBe(0);
    expect(at('removal', 'q largest')).toBeGreaterThan(0);
    expect(at('correlations', 'c whole pearson')).toBeGreaterThan(0.5);
  });

  it('spreads ranks only over what is left open, the same for the same seed', () => {
    const still = study('uncertainty');
    for (const { unit, value } of still.rows) expect(value, unit).toBe(at('uncertainty', `${unit} nominal`));
    const open = { vary: ['normalise=minmax:1:100|rank', 'aggregate=arithmetic|geometric', 'weights=0.5'] };
    expect(study('uncertainty', open).rows).toEqual(study('uncertainty', open).rows);
    expect(at('uncertainty', 'U high', open)).toBeGreaterThan(at('uncertainty', 'V low', open) ?? 99);
    const total = study('sensitivity', open).rows.filter(({ measure }) => measure === 'total');
    expect(total.map(({ code }) => code)).toEqual(['normalise', 'aggregate', 'weights']);
  });

  it('has every number in a row, or no row', () => {
    for (const name of studyNames)
      for (const { value } of study(name, {
        vary: ['treat=none|winsorise', 'weights=0.1'],
        against: new Map([['low', '1']]),
      }).rows)
        expect(Number.isFinite(value), name).toBe(true);
  });

  it.each([
    ['uncertainty', { vary: ['impute=mean'] }, /left open is treat/],
    ['uncertainty', { vary: ['normalise=minmax:x'] }, /low and high at most/],
    ['uncertainty', { vary: ['weights=2'] }, /from 0 to below 1/],
    ['sensitivity', { vary: ['weights=0.2'] }, /two stages left open/],
    ['comparison', {}, /--against/],
    ['comparison', { against: new Map([['normalise', 'foo']]) }, /not a value of setting/],
  ] as const)('refuses %s of %o', (name, more, told) => {
    const made = study(name, more);
    expect(made.ran).toBe(false);
    expect(made.findings.map(({ what }) => what).join()).toMatch(told);
  });
});
