import { describe, expect, it } from 'vitest';
import { comparePeriods, isPeriod, periodBounds } from './period.ts';

describe('periods', () => {
  it.each([
    ['2021', '2021-01-01', '2021-12-31'],
    ['2021-S2', '2021-07-01', '2021-12-31'],
    ['2021-Q1', '2021-01-01', '2021-03-31'],
    ['2020-02', '2020-02-01', '2020-02-29'],
    ['2021-09-30', '2021-09-30', '2021-09-30'],
    ['2015/2021', '2015-01-01', '2021-12-31'],
  ])('%s runs from %s to %s', (code, start, end) => {
    expect(periodBounds(code)).toEqual({ start, end });
  });

  it.each(['20205', '2021-13', '2021-02-30', '2021/2015', '2021/2021', '21', '', '2021-Q5', 'now'])(
    'refuse %j',
    (code) => {
      expect(isPeriod(code)).toBe(false);
    },
  );

  it('sort by their end, undated last', () => {
    expect(['undated', '2021', '2015/2021', '2015', '2021-03'].sort(comparePeriods)).toEqual([
      '2015',
      '2021-03',
      '2015/2021',
      '2021',
      'undated',
    ]);
  });
});
