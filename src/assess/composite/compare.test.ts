import { describe, expect, it } from 'vitest';
import { compareIndices } from './compare.ts';

describe('two composites compared', () => {
  const made = compareIndices(
    { units: ['a', 'b', 'c', 'd'], index: Float64Array.of(9, 7, 7, Number.NaN) },
    { units: ['b', 'a', 'c', 'e'], index: Float64Array.of(80, 60, 70, 10) },
  );
  it('tells who gained and who lost places, ties and gaps apart', () => {
    expect(made.shifts).toEqual([
      { unit: 'a', before: 1, after: 3, gained: -2 },
      { unit: 'b', before: 2, after: 1, gained: 1 },
      { unit: 'c', before: 2, after: 2, gained: 0 },
      { unit: 'd', before: null, after: null, gained: null },
      { unit: 'e', before: null, after: 4, gained: null },
    ]);
    expect([made.mean, made.largest]).toEqual([1, 2]);
  });
  it('agrees wholly with itself, and not at all with its opposite', () => {
    const index = Float64Array.of(1, 2, 3);
    const units = ['a', 'b', 'c'];
    expect(compareIndices({ units, index }, { units, index }).agreement).toBe(1);
    expect(compareIndices({ units, index }, { units, index: index.toReversed() }).agreement).toBe(-1);
  });
});
