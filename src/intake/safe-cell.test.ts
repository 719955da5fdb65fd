import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromSafeCell, toSafeCell } from './safe-cell.ts';

describe('a cell of text', () => {
  it.each(['=cmd|"/c calc"!A1', '+1', '-2+3', '@SUM(A1)', '\t=1', '＝1'])('%j gets an apostrophe', (text) => {
    expect(toSafeCell(text)).toBe(`'${text}`);
  });

  it.each(['plain', "it's", "'tis", '', 'a=b', '5-6'])('%j stays as it is', (text) => {
    expect(toSafeCell(text)).toBe(text);
  });

  it('comes back as it was, and never begins like a formula', () => {
    const text = fc.string({ unit: fc.constantFrom("'", '=', '+', '-', '@', '\t', 'a', '＝', '数', ' ') });
    fc.assert(
      fc.property(text, (each) => {
        expect(fromSafeCell(toSafeCell(each))).toBe(each);
        expect(toSafeCell(each)).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/);
      }),
    );
  });
});
