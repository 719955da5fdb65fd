import { describe, expect, it } from 'vitest';
import { relate, relations } from './relate.ts';
import { shapeFromText } from './shape.ts';

const shape = (text: string) => shapeFromText(text) ?? expect.fail(`${text} is no shape`);
const square = 'POLYGON ((0 0, 2 0, 2 2, 0 2, 0 0))';

describe('two geometries', () => {
  it.each([
    ['touches', square, 'POLYGON ((2 0, 4 0, 4 2, 2 2, 2 0))', true],
    ['touches', square, 'POLYGON ((1 0, 4 0, 4 2, 1 2, 1 0))', false],
    ['overlaps', square, 'POLYGON ((1 1, 4 1, 4 4, 1 4, 1 1))', true],
    ['overlaps', square, 'POLYGON ((0.5 0.5, 1 0.5, 1 1, 0.5 1, 0.5 0.5))', false],
    ['contains', square, 'POLYGON ((0.5 0.5, 1 0.5, 1 1, 0.5 1, 0.5 0.5))', true],
    ['contains', 'POLYGON ((0 0, 3 0, 3 3, 0 3, 0 0), (1 1, 2 1, 2 2, 1 2, 1 1))', 'POINT (1.5 1.5)', false],
    ['crosses', 'LINESTRING (-1 1, 3 1)', square, true],
    ['crosses', 'LINESTRING (0 0, 2 2)', 'LINESTRING (0 2, 2 0)', true],
    ['crosses', 'LINESTRING (0 0, 1 1)', 'LINESTRING (1 1, 2 0)', false],
    ['within', 'LINESTRING (0.5 1, 1.5 1)', square, true],
    ['within', 'POINT (2 1)', square, false],
    ['intersects', 'POINT (2 1)', square, true],
    ['disjoint', 'MULTIPOINT ((5 5), (6 6))', square, true],
    ['equals', square, 'POLYGON ((2 2, 0 2, 0 0, 2 0, 2 2))', true],
  ] as const)('%s: %s and %s: %s', (name, a, b, holds) => {
    expect(relations[name](shape(a), shape(b))).toBe(holds);
  });

  // OGC 06-103r4 gives this matrix for two areas that overlap.
  it('that overlap meet in every part', () => {
    expect(relate(shape(square), shape('POLYGON ((1 1, 3 1, 3 3, 1 3, 1 1))'))).toEqual([
      [2, 1, 2],
      [1, 0, 1],
      [2, 1, 2],
    ]);
  });
});
