import { describe, expect, test } from 'vitest';
import { aux, lastOf, refusal, runText, series, xmile } from './fixture.ts';

const before = `<dimensions><dim name="Kind"><elem name="a"/><elem name="b"/><elem name="c"/></dim>
<dim name="Some"><elem name="b"/><elem name="c"/></dim><dim name="Place"><elem name="x 1"/><elem name="x 2"/></dim></dimensions>`;
const dims = (names: string) =>
  `<dimensions>${names
    .split(' ')
    .map((name) => `<dim name="${name}"/>`)
    .join('')}</dimensions>`;
const each = (name: string, of: string, equation: string) =>
  `<aux name="${name}">${dims(of)}<eqn>${equation}</eqn></aux>`;
const given = (name: string, of: string, values: Record<string, string>) =>
  `<aux name="${name}">${dims(of)}${Object.entries(values)
    .map(([subscript, eqn]) => `<element subscript="${subscript}"><eqn>${eqn}</eqn></element>`)
    .join('')}</aux>`;
const v = given('v', 'Kind', { a: '3', b: '1', c: '2' });
const run = (variables: string) => runText(xmile(variables, { before, stop: 1, dt: 1 }));

describe('arrays', () => {
  test('one equation for all, one for each, and names as printed', () => {
    const table = run(v + each('w', 'Kind', 'v[Kind]*10') + each('m', 'Kind Place', 'v[Kind] + Place'));
    expect(table.columns).toEqual([
      'v[a]',
      'v[b]',
      'v[c]',
      'w[a]',
      'w[b]',
      'w[c]',
      'm[a, x 1]',
      'm[a, x 2]',
      'm[b, x 1]',
      'm[b, x 2]',
      'm[c, x 1]',
      'm[c, x 2]',
    ]);
    expect(lastOf(table, 'w[c]')).toBe(20);
    expect(lastOf(table, 'm[b, x 2]')).toBe(3);
  });

  test('a name without subscripts takes the element at hand; ranges and subranges work', () => {
    const table = run(
      v +
        each('w', 'Kind', 'v + 1') +
        each('s', 'Some', 'v[Some]') +
        aux('r', 'SUM(v[a:b])') +
        aux('q', 'SUM(v[*:Some])'),
    );
    expect(lastOf(table, 'w[a]')).toBe(4);
    expect(lastOf(table, 's[b]')).toBe(1);
    expect(lastOf(table, 'r')).toBe(4);
    expect(lastOf(table, 'q')).toBe(3);
  });

  test.each([
    ['SUM(v[*])', 6],
    ['SUM(v)', 6],
    ['SUM(v[Kind]*v[Kind])', 14],
    ['PROD(v[*])', 6],
    ['MEAN(v[*])', 2],
    ['MAX(v[*])', 3],
    ['MIN(v[*])', 1],
    ['MIN(v[*], 0)', 0],
    ['STDDEV(v[*])', Math.sqrt(2 / 3)],
    ['SIZE(v[*])', 3],
    ['SIZE(Kind)', 3],
    ['RANK(v[*], 1)', 2],
    ['v[2]', 1],
    ['v[1 + TIME - TIME]', 3],
    ['v[7*v[b]]', 0],
    ['v[Kind.c]', 2],
  ])('%s = %d', (expression, value) => {
    expect(lastOf(run(v + aux('x', expression)), 'x')).toBeCloseTo(value, 12);
  });

  test('a matrix product and a transposition', () => {
    const m = each('m', 'Kind Kind', '10*Kind');
    const table = run(
      v +
        given('n', 'Kind Place', { 'a, x 1': '1', 'b, x 1': '2', 'c, x 1': '3', 'Kind, x 2': '0' }) +
        each('p', 'Place', 'SUM(v[*]*n[*, Place])') +
        m,
    );
    expect(lastOf(table, 'p[x 1]')).toBe(11);
    expect(lastOf(table, 'p[x 2]')).toBe(0);
  });

  test('stocks and flows of arrays go element by element', () => {
    const model = `<stock name="s">${dims('Kind')}<eqn>v</eqn><inflow>f</inflow></stock><flow name="f">${dims('Kind')}<eqn>v[Kind]</eqn></flow>${v}`;
    const table = runText(xmile(model, { before, stop: 2, dt: 1 }));
    expect(series(table, 's[a]')).toEqual([3, 6, 9]);
  });

  test('delays inside arrays keep a memory for each element', () => {
    const table = runText(
      xmile(v + each('d', 'Kind', 'SMTH1(v[Kind]*TIME, 2, 0)'), { before, stop: 4, dt: 1 }),
    );
    expect(lastOf(table, 'd[a]')).toBeCloseTo(3 * lastOf(table, 'd[b]'), 12);
  });

  test('wrong subscripts are refused', () => {
    for (const expression of ['v[d]', 'v[4]', 'v[a, b]', 'v', 'v[*]', 'v[Place]', 'Kind']) {
      expect(refusal(xmile(v + aux('x', expression), { before })).where.row, expression).toBeGreaterThan(0);
    }
  });
});

test('ALLOCATE gives each region what Stella gives it, and all of it when there is enough', () => {
  const table = (equation: string) =>
    runText(
      xmile(
        `<aux name="got"><dimensions><dim name="region"/></dimensions><eqn>${equation}</eqn></aux>
         <aux name="demand"><dimensions><dim name="region"/></dimensions><eqn>3, 2, 4</eqn></aux>
         <aux name="rank"><dimensions><dim name="region"/><dim name="Kind"/></dimensions><eqn>3, 1, 1, 3, 2, 1, 3, 3, 1</eqn></aux>`,
        {
          stop: 1,
          before:
            '<dimensions><dim name="region"><elem name="a"/><elem name="b"/><elem name="c"/></dim><dim name="Kind"><elem name="type"/><elem name="first"/><elem name="wide"/></dim></dimensions>',
        },
      ),
    );
  const of = (available: number) => {
    const found = table(
      `ALLOCATE(${available}, region, demand, rank[*, first], rank[region, wide], rank[region, type])`,
    );
    return ['a', 'b', 'c'].map((key) => series(found, `got[${key}]`)[0] ?? Number.NaN);
  };
  const [a = 0, b = 0, c = 0] = of(4.6875);
  expect(a).toBeCloseTo(0.432645124862, 6);
  expect(b).toBeCloseTo(0.950903767665, 6);
  expect(c).toBeCloseTo(3.30395111475, 6);
  expect(a + b + c).toBeCloseTo(4.6875, 9);
  expect(of(20)).toEqual([3, 2, 4]);
  expect(of(0)).toEqual([0, 0, 0]);
  expect(() => table('ALLOCATE(5, region, demand, rank[*, first], 1, 5)')).toThrow(/priorities of type 5/);
});
