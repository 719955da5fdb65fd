import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Expression, printExpression } from './expression.ts';
import { parseFormula } from './parser.ts';

function printed(text: string): string {
  const read = parseFormula(text);
  return 'error' in read ? `${read.error.position}: ${read.error.what}` : printExpression(read.expression);
}

const expressions: fc.Arbitrary<Expression> = fc.letrec<{ tree: Expression }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5 },
    fc.record({ op: fc.constant('record' as const), index: fc.nat(99) }),
    fc.record({
      op: fc.constant('number' as const),
      value: fc.constantFrom('1', '2.5', '0'),
      unit: fc.constantFrom(null, 'kgce/kWh'),
    }),
    fc.record({
      op: fc.constant('indicator' as const),
      id: fc.constantFrom('gdp', 'cd-1', 'sy.air', 'min'),
      breakdown: fc.constantFrom({}, { class: 'wet' }),
    }),
    fc.record({
      op: fc.constantFrom('add' as const, 'subtract' as const, 'multiply' as const, 'divide' as const),
      left: tie('tree'),
      right: tie('tree'),
    }),
    fc.record({
      op: fc.constant('call' as const),
      name: fc.constantFrom('max' as const, 'mean' as const),
      args: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }),
    }),
  ),
})).tree;

describe('a formula', () => {
  it.each([
    ['energy/gdp', 'energy / gdp'],
    ['(a+b)*c', '(a + b) * c'],
    ['a-(b-c)', 'a - (b - c)'],
    ['a/(b*c)', 'a / (b * c)'],
    ['--a', 'a'],
    ['-(a+b)', '-(a + b)'],
    ["e*0.1229'kgce/kWh'", "e * 0.1229'kgce/kWh'"],
    ['[cd-001] + waste{class=wet}', '[cd-001] + waste{class=wet}'],
    ['total(waste, class)', 'total(waste, class)'],
  ])('%s reads as %s', (text, expected) => {
    expect(printed(text)).toBe(expected);
  });

  it.each([
    ['', '0: the formula ends where a value is expected'],
    ['a +', '3: the formula ends where a value is expected'],
    ['a b', "2: 'b' was not expected here"],
    ['a;drop', "1: ';' has no place in a formula"],
    ['eval(a)', "0: there is no function 'eval'"],
    ["1'furlong'", "1: 'furlong' is not a unit"],
    ['root(a, 1.5)', '0: the second value of root() is a whole number from 1 to 999'],
    ['('.repeat(200), '64: the formula is nested too deeply'],
  ])('%s is refused: %s', (text, expected) => {
    expect(printed(text)).toBe(expected);
  });

  it('prints to a text that reads as the same tree', () => {
    fc.assert(
      fc.property(expressions, (expression) => {
        const read = parseFormula(printExpression(expression));
        expect('expression' in read && printExpression(read.expression)).toBe(printExpression(expression));
      }),
    );
  });

  it('never throws, whatever is typed', () => {
    fc.assert(fc.property(fc.string({ maxLength: 200 }), (text) => void parseFormula(text)));
  });
});
