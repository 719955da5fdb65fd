import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findingText } from '../../model/index.ts';
import { compileModel } from '../compile/compile.ts';
import { lastOf, runModel, series, xmile } from '../fixture.ts';
import { generatedKernel, tryRun } from '../run/run.ts';

const control = (stop: number, step: number, method = 0) => `
********************************************************
	.Control
********************************************************~
		Simulation Control Parameters
	|
FINAL TIME  = ${stop} ~ Month ~ The final time for the simulation. |
INITIAL TIME  = 0 ~ Month ~~|
SAVEPER  =
        TIME STEP ~ Month [0,?] ~ |
TIME STEP  = ${step} ~ Month [0,?] ~ |

\\\\\\---/// Sketch information - do not modify anything except names
V300  Do not put anything below this section - it will be ignored
*View 1
10,1,Stock A,420,222,40,20,3,3,0,0,0,0,0,0
///---\\\\\\
:L<%^E!@
22:Month,Months
15:0,0,0,${method},0,0
`;

const run = (equations: string, { stop = 3, step = 1, method = 0 } = {}) =>
  runModel(`{UTF-8}\n${equations}${control(stop, step, method)}`, 'test.mdl');

const refused = (equations: string) => {
  const outcome = compileModel(`{UTF-8}\n${equations}${control(3, 1)}`, 'bad.mdl');
  if (outcome.ok) throw new Error('it was not refused');
  return findingText(
    outcome.findings[0] ?? { severity: 'error', rule: '', where: { file: '' }, what: '', why: '', mend: '' },
  );
};

describe('equations', () => {
  test('levels take flows by name, or a rate that is an expression', () => {
    const table = run(`
room temperature= INTEG (
	-heat loss to room/2+0,
		80) ~ degrees ~ it's warm |
heat loss to room= room temperature*0.5 ~~|
tank= INTEG (filling - draining, 10) ~~|
filling= 3 ~~| draining= 1 ~~|
"tank* & (more)"= tank*2 ~~|`);
    expect(series(table, 'room temperature')).toEqual([80, 60, 45, 33.75]);
    expect(series(table, 'tank')).toEqual([10, 12, 14, 16]);
    expect(lastOf(table, '"tank* & (more)"')).toBe(32);
  });

  test('the method stands in the settings', () => {
    const euler = run('x= INTEG(x, 1) ~~|', { stop: 1, step: 0.1 });
    const rk4 = run('x= INTEG(x, 1) ~~|', { stop: 1, step: 0.1, method: 5 });
    expect(lastOf(euler, 'x')).toBeCloseTo(1.1 ** 10, 12);
    expect(lastOf(rk4, 'x')).toBeCloseTo(Math.E, 5);
  });

  test('operators and Vensim’s own functions', () => {
    const table = run(`
a= IF THEN ELSE(Time > 1 :AND: :NOT: (Time = 2), -2^2, 5) ~~|
b= XIDZ(1, 0, 7) + ZIDZ(1, 0) + MODULO(-7, 3) + INTEGER(-1.5) + QUANTUM(7.9, 2) ~~|
c= PULSE(1, 1) + 10*PULSE TRAIN(0, 1, 2, 10) ~~|
d= SAMPLE IF TRUE(Time > 1, Time, 9) ~~|
e= DELAY FIXED(Time, 2, -1) ~~|
f= ACTIVE INITIAL(Time + 3, 45) ~~|
g= INTEG(0, f) ~~|
h= :NA: ~~|
i= INITIAL(Time + 2) + GAME(1) + VMIN(x[dim!]) ~~|
dim: (A1-A3) ~~|
x[dim]= 4, 5, 6 ~~|`);
    expect(series(table, 'a')).toEqual([5, 5, 5, -4]);
    expect(lastOf(table, 'b')).toBe(7 + 0 - 1 - 1 + 6);
    expect(series(table, 'c')).toEqual([10, 1, 10, 0]);
    expect(series(table, 'd')).toEqual([9, 9, 2, 3]);
    expect(series(table, 'e')).toEqual([-1, -1, 0, 1]);
    expect(series(table, 'f')).toEqual([3, 4, 5, 6]);
    expect(lastOf(table, 'g')).toBe(45);
    expect(lastOf(table, 'h')).toBe(-(2 ** 109));
    expect(lastOf(table, 'i')).toBe(7);
  });

  test('the order of a delay comes last, and its initial value before it', () => {
    const table = run(
      `out= DELAY N(in, 4, 6, 3) ~~| in= STEP(5, 5) ~~| av= SMOOTH N(in, 4, 6, 3) ~~|
       three= DELAY3I(in, 4, 6) ~~| smooth= SMOOTH3I(in, 4, 6) ~~|`,
      { stop: 20, step: 0.25 },
    );
    expect(series(table, 'out')).toEqual(series(table, 'three'));
    expect(series(table, 'av')).toEqual(series(table, 'smooth'));
    expect(series(table, 'out')[0]).toBe(6);
  });

  test('a stream discounted at a rate that compounds each step', () => {
    const table = run('value= NPV(100, 0.1, 0, 1) ~~|');
    const wanted = [0, 1, 2, 3].map((n) =>
      Array.from({ length: n + 1 }, (_, k) => 100 / 1.1 ** k).reduce((a, b) => a + b),
    );
    series(table, 'value').forEach((value, i) => {
      expect(value).toBeCloseTo(wanted[i] ?? 0, 9);
    });
  });

  test('lookups: by name, in line, without range, in the old form, beyond, forward, backward, backwards', () => {
    const table = run(`
table( [(0,-1)-(45,1)],(0,0),(5,0),(10,1) ) ~~| bare((0,0),(2,\\
		4)) ~~| old(0,5,10,0,50,100) ~~|
a= table(7.5) + bare(1) + old(3) ~~|
b= WITH LOOKUP(Time*2, ([(0,0)-(10,10)],(0,0),(1,2),(4,5))) ~~|
c= LOOKUP EXTRAPOLATE(old, 20) ~~| d= LOOKUP FORWARD(table, 7) ~~| e= LOOKUP BACKWARD(table, 7) ~~|
f= LOOKUP INVERT(old, 30) ~~|`);
    expect(lastOf(table, 'a')).toBe(0.5 + 2 + 30);
    expect(series(table, 'b')).toEqual([0, 3, 5, 5]);
    expect([lastOf(table, 'c'), lastOf(table, 'd'), lastOf(table, 'e'), lastOf(table, 'f')]).toEqual([
      200, 1, 0, 3,
    ]);
  });
});

describe('subscripts', () => {
  const ranges = `DimA: A1, A2, A3 ~~| SubA: A2, A3 ~~| DimB: B1, B2, B3 -> DimA ~~|
DimC: C1, C2 -> (DimA: A1, SubA) ~~| Same <-> DimA ~~|`;

  test('constants row by row, for a whole array or a slice of it', () => {
    const table = run(`${ranges}
x[DimA, C1]= 1, 2, 3 ~~| x[DimA, C2]= 4, 5, 6 ~~|
y[DimC, DimA]= 1, 2, 3; 4, 5, 6; ~~| z[DimA]= TABBED ARRAY( 1 -2	3 ) ~~|`);
    expect(lastOf(table, 'x[A2, C2]')).toBe(5);
    expect(lastOf(table, 'y[C2, A1]')).toBe(4);
    expect(lastOf(table, 'z[A2]')).toBe(-2);
  });

  test('subranges, exceptions, mappings and equal ranges', () => {
    const table = run(`${ranges}
a[SubA]= b[SubA]*10 ~~| a[A1]= 7 ~~| b[DimA]= DimA ~~|
c[DimA] :EXCEPT: [A1]= 8 ~~| c[A1]= 9 ~~|
d[DimA]= e[DimB] ~~| e[DimB]= 1, 2, 3 ~~|
f[DimA]= g[DimC] ~~| g[DimC]= 5, 6 ~~|
h[Same]= b[Same] ~~| total= SUM(b[DimA!]*b[DimA!]) + ELMCOUNT(DimA) ~~|
part[SubA]= SUM(m[SubA, DimB!]) ~~| m[DimA, DimB]= b[DimA]*10 + e[DimB] ~~|`);
    expect(['A1', 'A2', 'A3'].map((key) => lastOf(table, `a[${key}]`))).toEqual([7, 20, 30]);
    expect(['A1', 'A2', 'A3'].map((key) => lastOf(table, `c[${key}]`))).toEqual([9, 8, 8]);
    expect(['A1', 'A2', 'A3'].map((key) => lastOf(table, `d[${key}]`))).toEqual([1, 2, 3]);
    expect(['A1', 'A2', 'A3'].map((key) => lastOf(table, `f[${key}]`))).toEqual([5, 6, 6]);
    expect(lastOf(table, 'h[A3]')).toBe(3);
    expect(lastOf(table, 'total')).toBe(17);
    expect(lastOf(table, 'part[A2]')).toBe(66);
  });

  test('levels of single elements', () => {
    const table = run(`${ranges} s[A1]= INTEG(1, 0) ~~| s[SubA]= INTEG(-s[SubA]/2, 8) ~~|`);
    expect(series(table, 's[A1]')).toEqual([0, 1, 2, 3]);
    expect(series(table, 's[A3]')).toEqual([8, 4, 2, 1]);
  });
});

test('macros keep a state for each call and reach the model with a dollar sign', () => {
  const table = run(`:MACRO: GATHERED(input, more)
GATHERED= stock + Time$ ~~|
stock= INTEG(input*more, 0) ~~|
:END OF MACRO:
a= GATHERED(1, 2) ~~| b= GATHERED(a, 1) ~~|`);
  expect(series(table, 'a')).toEqual([0, 3, 6, 9]);
  expect(series(table, 'b')).toEqual([0, 1, 5, 12]);
});

describe('what is not understood is refused with its line', () => {
  test.each([
    [
      'x= supply + 1 ~~| suply= 2 ~~|',
      /bad\.mdl:2:4: error: 'x' uses 'supply', which is not defined[\s\S]*did you mean 'suply'/,
    ],
    ["x= GET XLS DATA('a.xls', 'b', 'C', 'D5') ~~|", /names a file or text/],
    ['x ~~|', /read from data/],
    ['x= A FUNCTION OF(y) ~~| y= 1 ~~|', /no equation yet/],
    ['x= 1 ~~| x= 2 ~~|', /'x' is defined twice/],
    ['D: A, B ~~| x[D]= 1 ~~| x[A]= 2 ~~|', /'x\[a\]' is defined twice/],
    ['D: A, B ~~| x[D]= 1, 2, 3 ~~|', /3 values for 2 elements/],
    ['x= (1 + 2 ~~|', /not understood/],
    ['x= ALLOCATE AVAILABLE(1, 2, 3) ~~|', /calls 'ALLOCATE AVAILABLE', which is no function/],
    ['D: E ~~| E: D ~~|', /made of itself/],
    ['x= 1 ~ Month', /'x= 1' does not end/],
    ['x= y ~~| y= x ~~|', /a loop without a stock: x → y → x/],
  ])('%s', (equations, message) => {
    expect(refused(equations)).toMatch(message);
  });

  test('a run without an end', () => {
    const outcome = compileModel('{UTF-8}\nx= 1 ~~| INITIAL TIME= 0 ~~|', 'bad.mdl');
    expect(outcome.ok ? '' : outcome.findings[0]?.what).toBe('FINAL TIME is not given');
  });
});

test('whatever is done to a file, it runs or is refused; nothing is thrown', () => {
  const whole = `{UTF-8}
:MACRO: M(a, b)
M= INTEG(a*b, 0) + Time$ ~~| :END OF MACRO:
D: A1, A2, (B1-B3) -> E ~~| E: e1, e2, e3, e4, e5 ~~| S: A1, B2 ~~|
x[D]= 1, 2, 3, 4, 5 ~~| y[S]= x[S]*2 ~ kg/Month [0,?] ~ it's a "test" |
y[A2]= 7 ~~| z[E] :EXCEPT: [e1]= x[D]^-2 ~~|
level[D]= INTEG(x[D] - level[D]/3, SUM(x[D!])) ~~|
t([(0,0)-(9,9)],(0,1),(2,3)) ~~| w= WITH LOOKUP(t(Time), ((0,0),(1,2))) ~~|
c= IF THEN ELSE(Time > 1 :AND: :NOT: w = 2, :NA:, M(w, 3)) ~~|${control(3, 1)}`;
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(
          fc.nat(whole.length),
          fc.nat(12),
          fc.constantFrom('', '(', ')', '[', '~', '|', '"', '{', ',', ':', '=', '->', '1', 'x'),
        ),
        { minLength: 1, maxLength: 4 },
      ),
      (changes) => {
        let text = whole;
        for (const [at, length, put] of changes) text = text.slice(0, at) + put + text.slice(at + length);
        const outcome = compileModel(text, 'broken.mdl');
        if (!outcome.ok) expect(outcome.findings[0]?.what).not.toBe('');
        else tryRun(outcome.value, generatedKernel(outcome.value));
      },
    ),
    { numRuns: 400 },
  );
});

describe('vector functions', () => {
  const ranges = `A: A1, A2, A3 ~~| B: B1, B2 ~~|
h[A]= 2100, 2010, 2020 ~~|
a[A]= 0, 1, 1 ~~|
b[B]= 1, 2 ~~|
d[A,B]= 1, 4; 2, 5; 3, 6; ~~|
`;
  test('order, rank and mapped elements', () => {
    const table = run(`${ranges}
up[A]= VECTOR SORT ORDER(h[A], 1) ~~|
down[A]= VECTOR SORT ORDER(h[A], 0) ~~|
place[A]= VECTOR RANK(h[A], 1) ~~|
c[A]= 10 + VECTOR ELM MAP(b[B1], a[A]) ~~|
f[A]= VECTOR ELM MAP(d[A,B1], a[A]) ~~|
rows[A,B]= VECTOR SORT ORDER(d[A,B], 0) ~~|
`);
    const of = (name: string) => ['A1', 'A2', 'A3'].map((one) => lastOf(table, `${name}[${one}]`));
    expect(of('up')).toEqual([1, 2, 0]);
    expect(of('down')).toEqual([0, 2, 1]);
    expect(of('place')).toEqual([3, 1, 2]);
    expect(of('c')).toEqual([11, 12, 12]);
    expect(of('f')).toEqual([1, 5, 6]);
    expect([lastOf(table, 'rows[A1, B1]'), lastOf(table, 'rows[A1, B2]')]).toEqual([1, 0]);
  });

  test('what they cannot be given is refused', () => {
    expect(refused(`${ranges} x= VECTOR SORT ORDER(h[A1], 1) ~~|`)).toMatch(
      /the last subscript of the array/,
    );
    expect(refused(`${ranges} x[A]= VECTOR ELM MAP(3, a[A]) ~~|`)).toMatch(/in another form/);
    expect(refused(`${ranges} x= VECTOR SELECT(a[A!], h[A!], 0, 0, 0) ~~|`)).toMatch(/no function here/);
  });
});

describe('XMILE as Vensim writes it', () => {
  const exported = (variables: string, dt = ' TIME_STEP=0.5') => `<?xml version="1.0" encoding="utf-8" ?>
<xmile version="1.0" xmlns="http://docs.oasis-open.org/xmile/ns/XMILE/v1.0">
	<header><product version="1.0" lang="en">Vensim</product><vendor>Ventana Systems, Inc.</vendor></header>
	<sim_specs method="Euler" time_units="day"><start> 0</start><stop> 10</stop><dt>${dt}</dt></sim_specs>
	<model><variables>${variables}</variables></model></xmile>`;

  test('names before values, bare ampersands, names with blanks, and its functions', () => {
    const table = runModel(
      exported(`<stock name="Deaths"><doc>Air & water</doc><eqn>
0
</eqn><inflow>
Dying fast
</inflow></stock>
<aux name="Dying_fast"><eqn>
	3*PULSE(5,TIME_STEP)/TIME_STEP</eqn></aux>
<aux name="s"><eqn>SMOOTHi(4,2,1) + if_then_else(Time&gt;100,1,0)</eqn></aux>
<aux name="SEPARATOR"><gf><xpts>0.0,0.0</xpts><ypts>0.0,0.0</ypts></gf></aux>`),
      'test.xmile',
    );
    expect(lastOf(table, 'Deaths')).toBe(3);
    expect(series(table, 's')[0]).toBe(1);
  });

  test('a level that is no integral repeats its name', () => {
    const table = runModel(
      exported(
        `<stock name="outflow"><eqn>
outflow= DELAY_FIXED (
	inflow, 2, 0)
</eqn></stock><aux name="inflow"><eqn>3 + STEP(3, 2)</eqn></aux>`,
      ),
      'test.xmile',
    );
    expect(series(table, 'outflow').slice(0, 10)).toEqual([0, 0, 0, 0, 3, 3, 3, 3, 6, 6]);
  });

  test('elsewhere PULSE is XMILE’s', () => {
    const table = runModel(
      xmile('<aux name="p"><eqn>PULSE(3, 1)</eqn></aux><aux name="q"><eqn>vensim.PULSE(1, 2)</eqn></aux>', {
        dt: 1,
        stop: 4,
      }),
      'test.xmile',
    );
    expect(series(table, 'p')).toEqual([0, 3, 0, 0, 0]);
    expect(series(table, 'q')).toEqual([0, 1, 1, 0, 0]);
  });

  test('a PULSE of two arguments that xmutil left is Vensim’s, and told', () => {
    const text = exported(
      '<aux name="p"><eqn>pulse(3, 2)</eqn></aux><aux name="q"><eqn>pulse(4, 3, 0)</eqn></aux>',
      '1',
    ).replace('>Vensim<', '>Vensim, xmutil<');
    const table = runModel(text, 'test.xmile');
    expect(series(table, 'p').slice(0, 7)).toEqual([0, 0, 0, 1, 1, 0, 0]);
    expect(series(table, 'q').slice(0, 7)).toEqual([0, 0, 0, 4, 0, 0, 0]);
    const outcome = compileModel(text, 'test.xmile');
    expect(outcome.ok && outcome.value.warnings.map(({ rule }) => rule)).toContain('xmile.dialect');
  });
});
