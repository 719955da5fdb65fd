import { describe, expect, it } from 'vitest';
import { nearest } from './nearest.ts';

describe('the nearest name', () => {
  const columns = ['indicator', 'area', 'period', 'value', 'unit', 'source', 'locator', 'status'];
  it.each([
    ['locater', 'locator'],
    ['vlaue', 'value'],
    ['Unit', 'unit'],
    ['indicators', 'indicator'],
    ['xyz', null],
    ['', null],
    ['a'.repeat(1000), null],
  ])('of %s is %s', (typed, wanted) => {
    expect(nearest(typed, columns)).toBe(wanted);
  });
});
