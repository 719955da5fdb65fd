import { describe, expect, test } from 'vitest';
import { aux, runText, series, valueAt, xmile } from './fixture.ts';

describe('operators bind as XMILE 1.0 §3.3.1 says', () => {
  test.each([
    ['-2^2', -4],
    ['2^3^2', 512],
    ['2^-1', 0.5],
    ['(-2)^2', 4],
    ['2*3^2', 18],
    ['10 - 4 - 3', 3],
    ['24/4/2', 3],
    ['7 MOD 3', 1],
    ['-7 MOD 3', 2],
    ['7 mod -3', -2],
    ['2 + 7 MOD 4 * 2', 8],
    ['1 + 1 = 2', 1],
    ['1 < 2 = 1', 1],
    ['2 <> 3 AND NOT 0', 1],
    ['1 OR 0 AND 0', 1],
    ['NOT 1 = 0', 1],
    ['IF 1 > 2 THEN 3 ELSE 4 + 1', 5],
    ['5 * (IF 1 THEN 2 ELSE 3)', 10],
    ['.5 + 3e-2 + 1.', 1.53],
    ['+.72', 0.72],
    ['1 {a comment} + {another} 2', 3],
  ])('%s = %d', (expression, value) => {
    expect(valueAt(expression)).toBeCloseTo(value, 12);
  });
});

describe('functions of §3.5', () => {
  test.each([
    ['ABS(-3)', 3],
    ['INT(2.7)', 2],
    ['INT(-2.7)', -3],
    ['MAX(1, 5)', 5],
    ['MIN(1, 5)', 1],
    ['SQRT(16)', 4],
    ['LN(EXP(2))', 2],
    ['LOG10(1000)', 3],
    ['SIN(PI/2)', 1],
    ['COS(PI())', -1],
    ['ARCTAN(1)*4', Math.PI],
    ['SAFEDIV(1, 0)', 0],
    ['SAFEDIV(1, 0, 9)', 9],
    ['ROUND(2.5)', 3],
    ['MODULO(10, 3)', 1],
    ['STARTTIME + STOPTIME + DT', 1.25],
    ['arccos(1)', 0],
  ])('%s = %d', (expression, value) => {
    expect(valueAt(expression)).toBeCloseTo(value, 12);
  });

  test('STEP, RAMP and PULSE begin when they are told', () => {
    const model =
      aux('s', 'STEP(2, 1)') +
      aux('r', 'RAMP(3, 1, 2)') +
      aux('p', 'PULSE(5, 1, 1)') +
      aux('once', 'PULSE(5, 1)');
    const table = runText(xmile(model, { stop: 3, dt: 0.5 }));
    expect(series(table, 's')).toEqual([0, 0, 2, 2, 2, 2, 2]);
    expect(series(table, 'r')).toEqual([0, 0, 0, 1.5, 3, 3, 3]);
    expect(series(table, 'p')).toEqual([0, 0, 10, 0, 10, 0, 10]);
    expect(series(table, 'once')).toEqual([0, 0, 10, 0, 0, 0, 0]);
  });

  test('a pulse arrives once in a step that binary fractions cannot hold', () => {
    const table = runText(xmile(aux('p', 'PULSE(1, 0.3, 0.7)'), { stop: 10, dt: 0.1 }));
    expect(series(table, 'p').reduce((sum, value) => sum + value * 0.1, 0)).toBeCloseTo(14, 9);
  });

  test('random numbers repeat with their seed, differ without, and have their distribution', () => {
    const model =
      aux('u', 'RANDOM(2, 4)') +
      aux('n', 'NORMAL(10, 2)') +
      aux('e', 'EXPRND(2)') +
      aux('p', 'POISSON(3)') +
      aux('fixed', 'NORMAL(0, 1, 7)');
    const text = xmile(model, { stop: 5000, dt: 1, method: 'rk4' });
    const first = runText(text, { seed: 1 });
    const again = runText(text, { seed: 1 });
    const other = runText(text, { seed: 2 });
    expect(again.values).toEqual(first.values);
    expect(series(other, 'n')).not.toEqual(series(first, 'n'));
    expect(series(other, 'fixed')).toEqual(series(first, 'fixed'));
    const mean = (name: string) => series(first, name).reduce((sum, value) => sum + value, 0) / 5001;
    expect(mean('u')).toBeCloseTo(3, 1);
    expect(mean('n')).toBeCloseTo(10, 0);
    expect(mean('e')).toBeCloseTo(2, 0);
    expect(mean('p')).toBeCloseTo(3, 0);
  });
});

describe('names', () => {
  test.each([
    ['Birth rate', 'birth_RATE'],
    ['two\\nlines', 'two_lines'],
    ['a  b', 'a_b'],
    ['déjà vu', 'DÉJÀ_VU'],
    ['人口', '人口'],
    ['w/ strange (signs)', '"w/ strange (signs)"'],
    ['mod', 'mod'],
    ['and so on', '"and so on"'],
  ])('%s is found as %s', (name, used) => {
    expect(valueAt(used, aux(name, '7'))).toBe(7);
  });
});

describe('graphical functions', () => {
  const gf = (attributes: string) =>
    `<aux name="y"><eqn>TIME - 1</eqn><gf ${attributes}><xscale min="0" max="2"/><ypts>0,10,40</ypts></gf></aux>`;
  const values = (attributes: string) => series(runText(xmile(gf(attributes), { stop: 4, dt: 0.5 })), 'y');

  test('continuous: straight between points, flat outside', () => {
    expect(values('')).toEqual([0, 0, 0, 5, 10, 25, 40, 40, 40]);
  });
  test('extrapolate: the outer segments go on', () => {
    expect(values('type="extrapolate"')).toEqual([-10, -5, 0, 5, 10, 25, 40, 55, 70]);
  });
  test('discrete: steps at the points', () => {
    expect(values('type="discrete"')).toEqual([0, 0, 0, 0, 10, 10, 40, 40, 40]);
  });
  test('called as a function and by LOOKUP', () => {
    const table = '<gf name="t"><xpts>0;1</xpts><ypts>0,1</ypts></gf>'.replace('<xpts>', '<xpts sep=";">');
    expect(valueAt('t(0.25) + LOOKUP(t, 0.5)', table)).toBeCloseTo(0.75, 12);
  });
});
