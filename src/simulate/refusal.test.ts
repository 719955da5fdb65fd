import { describe, expect, test } from 'vitest';
import { compileXmile } from './compile/compile.ts';
import { aux, flow, refusal, stock, xmile } from './fixture.ts';
import { generatedKernel, tryRun } from './run/run.ts';

/** A refusal comes within two seconds and a bounded amount of memory, whatever the file holds. */
function bounded<T>(work: () => T): T {
  const before = process.memoryUsage().rss;
  const start = performance.now();
  const result = work();
  expect(performance.now() - start).toBeLessThan(2000);
  expect(process.memoryUsage().rss - before).toBeLessThan(500e6);
  return result;
}

describe('models that cannot be right', () => {
  test('a loop without a stock is named link by link', () => {
    const found = refusal(xmile(aux('a', 'b + 1') + aux('b', 'c * 2') + aux('c', 'a - 1')));
    expect(found.rule).toBe('xmile.loop');
    expect(found.what).toContain('a → b → c → a');
    expect(found.where.row).toBe(6);
  });

  test('a variable that needs itself', () => {
    expect(refusal(xmile(aux('a', 'a + 1'))).what).toContain('a → a');
  });

  test('initial values that need each other', () => {
    const found = refusal(xmile(stock('a', 'b') + stock('b', 'a')));
    expect(found.what).toContain('initial values');
  });

  test.each(['', ' ', '{only a comment}'])('a missing equation (%j)', (equation) => {
    const found = refusal(xmile(`\n<aux name="empty one"><eqn>${equation}</eqn></aux>`));
    expect(found.what).toContain("'empty one' has no equation");
    expect(found.where.row).toBe(7);
  });

  test('an unknown name, with the nearest', () => {
    const found = refusal(xmile(aux('population', '5') + aux('x', '1 +\n 2 * populaton')));
    expect(found.what).toContain('populaton');
    expect(found.mend).toContain('population');
    expect(found.where.row).toBe(7);
  });

  test.each([
    ['ARCCOSS(1)', 'arccos'],
    ['SMOTH1(2, 3)', 'smth1'],
  ])('an unknown function: %s', (equation, near) => {
    const found = refusal(xmile(aux('x', equation)));
    expect(found.rule).toBe('xmile.function');
    expect(found.mend).toContain(near);
  });

  test.each([
    '???',
    '1 +',
    '(1',
    '1 2',
    'IF 1 THEN 2',
    'IF 1 not THEN 2 ELSE 3',
    'a b',
    '1 := 2',
    '{open',
    '"open',
    'MAX(1,)',
    '2 ** 3',
    'a[',
  ])('an equation that is not XMILE: %s', (equation) => {
    expect(refusal(xmile(aux('x', equation))).rule).toBe('xmile.equation');
  });

  test('a flow that is not there, a stock as a flow, an array filled by one flow', () => {
    expect(refusal(xmile(stock('s', '1', { into: 'growht' }) + flow('growth', '1'))).mend).toContain(
      'growth',
    );
    expect(refusal(xmile(stock('s', '1', { into: 't' }) + stock('t', '1'))).rule).toBe('xmile.flow');
    const before = '<dimensions><dim name="D" size="2"/></dimensions>';
    const array =
      '<stock name="s"><dimensions><dim name="D"/></dimensions><eqn>1</eqn><inflow>f</inflow></stock>';
    expect(refusal(xmile(array + flow('f', '1'), { before })).rule).toBe('xmile.flow');
  });

  test('two variables of one name', () => {
    expect(refusal(xmile(aux('my var', '1') + aux('MY_VAR', '2'))).rule).toBe('xmile.duplicate');
  });

  test('two equations of one variable', () => {
    expect(refusal(xmile('<aux name="x"><eqn>1</eqn><eqn>2</eqn></aux>')).rule).toBe('xmile.duplicate');
  });
});

describe('what is not built here', () => {
  test('an oven is refused by name', () => {
    const found = refusal(xmile(stock('s', '1', { more: '<oven/>' })));
    expect(found.rule).toBe('xmile.unsupported');
    expect(found.what).toContain('oven');
  });

  test('an element that XMILE does not have', () => {
    expect(refusal(xmile('<aux name="x"><eqn>1</eqn><twist/></aux>')).rule).toBe('xmile.unknown');
    expect(refusal(xmile('<aux name="x"><eqn>1</eqn></aux><wheel name="y"/>')).rule).toBe('xmile.unknown');
  });

  test('a conveyor without an end inside a macro is refused too', () => {
    const macro = `<macro name="M"><parm>a</parm><eqn>s</eqn><variables>${stock('s', '0', { more: '<conveyor><len>4</len></conveyor>' })}</variables></macro>`;
    expect(refusal(xmile(aux('x', 'M(1)'), { after: macro })).rule).toBe('xmile.conveyor');
  });

  test('drawing beside the variables is passed over', () => {
    expect(compileXmile(xmile(`${aux('x', '1')}<text_box color="blue">a note</text_box>`), 'x').ok).toBe(
      true,
    );
  });

  test('an integration method that is not here, unless a second choice is', () => {
    expect(refusal(xmile(aux('x', '1'), { method: 'gear' })).rule).toBe('xmile.method');
    expect(compileXmile(xmile(aux('x', '1'), { method: 'gear, rk4' }), 'x').ok).toBe(true);
  });

  test('a macro that is not in the file, one with a missing body, and one that calls itself', () => {
    expect(refusal(xmile(aux('x', 'FACTOR(1)'))).rule).toBe('xmile.function');
    const macro = (body: string) => ({ after: `<macro name="F"><parm>a</parm>${body}</macro>` });
    expect(refusal(xmile(aux('x', 'F(1)'), macro(''))).rule).toBe('xmile.macro');
    expect(refusal(xmile(aux('x', 'F(1)'), macro('<eqn>F(a) + 1</eqn>'))).rule).toBe('xmile.macro');
  });

  test('a module without its model, and one that holds itself', () => {
    expect(refusal(xmile('<module name="m"/>')).rule).toBe('xmile.module');
    const after = '<model name="m"><variables><module name="m"/></variables></model>';
    expect(refusal(xmile('<module name="m"/>', { after })).rule).toBe('xmile.module');
  });
});

describe('hostile files', () => {
  test('an entity bomb is refused at its DOCTYPE', () => {
    const bomb = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "${'&a;'.repeat(100)}">]><xmile>&b;</xmile>`;
    expect(bounded(() => refusal(bomb)).rule).toBe('xmile.doctype');
  });

  test('an external entity is never opened', () => {
    const text = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><xmile>&f;</xmile>';
    expect(refusal(text).rule).toBe('xmile.doctype');
  });

  test('a file of 10 MB', () => {
    const big = xmile(aux('x', '1') + ' '.repeat(10e6));
    expect(bounded(() => refusal(big)).rule).toBe('xmile.size');
  });

  test('elements nested ten thousand deep', () => {
    expect(bounded(() => refusal('<xmile>'.repeat(10_000))).rule).toBe('xmile.depth');
  });

  test('an equation nested ten thousand deep', () => {
    const deep = `${'('.repeat(10_000)}1${')'.repeat(10_000)}`;
    expect(bounded(() => refusal(xmile(aux('x', deep)))).rule).toBe('xmile.equation');
    expect(bounded(() => refusal(xmile(aux('x', `${'-'.repeat(10_000)}1`)))).rule).toBe('xmile.equation');
  });

  test('a chain of sixty thousand variables runs; it does not overflow', () => {
    const chain = Array.from({ length: 60_000 }, (_, i) => aux(`x${i}`, i === 0 ? 'TIME' : `x${i - 1} + 1`));
    const outcome = compileXmile(xmile(chain.reverse().join(''), { stop: 1, dt: 1 }), 'chain');
    expect(outcome.ok).toBe(true);
  });

  test('an array of ten million elements', () => {
    const before = '<dimensions><dim name="A" size="10000"/><dim name="B" size="1000"/></dimensions>';
    const array = '<aux name="x"><dimensions><dim name="A"/><dim name="B"/></dimensions><eqn>1</eqn></aux>';
    expect(bounded(() => refusal(xmile(array, { before }))).rule).toBe('xmile.size');
  });

  test.each([0, -1, Number.NaN, 'x'])('dt %s', (dt) => {
    const text = xmile(aux('x', '1')).replace('<dt>0.25</dt>', `<dt>${dt}</dt>`);
    expect(refusal(text).rule).toBe('xmile.sim-specs');
  });

  test('a thousand million steps', () => {
    const found = bounded(() => refusal(xmile(aux('x', '1'), { stop: 1e9, dt: 1 })));
    expect(found.rule).toBe('xmile.sim-specs');
    expect(found.what).toContain('1,000,000,000');
  });

  test('a result that would not fit in memory', () => {
    const many = Array.from({ length: 3000 }, (_, i) => aux(`x${i}`, 'TIME')).join('');
    const outcome = compileXmile(xmile(many, { stop: 100_000, dt: 1 }), 'wide');
    if (!outcome.ok) throw new Error('it should compile');
    const result = bounded(() => tryRun(outcome.value, generatedKernel(outcome.value)));
    expect(result.ok).toBe(false);
  });

  test.each(['', 'not xml', '<a>', '<xmile><model></xmile>', '<html/>'])('no XMILE: %j', (text) => {
    expect(refusal(text).severity).toBe('error');
  });

  test('names of a prototype are only names', () => {
    for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
      expect(refusal(xmile(aux('x', `${name}(1)`))).rule).toBe('xmile.function');
      expect(refusal(xmile(aux('x', name))).rule).toBe('xmile.name');
      const outcome = compileXmile(xmile(aux(name, '3') + aux('x', name)), 'proto');
      expect(outcome.ok).toBe(true);
    }
  });
});

describe('what would not end is refused', () => {
  const runs = (text: string) => {
    const outcome = compileXmile(text, 'hostile.xmile');
    if (!outcome.ok) return outcome.findings[0]?.what;
    const run = tryRun(outcome.value, generatedKernel(outcome.value));
    return run.ok ? undefined : run.findings[0]?.what;
  };

  test('a chain of operators that would overflow the stack', () => {
    expect(runs(xmile(aux('y', '2') + aux('x', Array(60_000).fill('y').join('+'))))).toContain(
      'more than 1500 operators',
    );
    expect(runs(xmile(aux('y', '2') + aux('x', Array(700).fill('y*TIME').join('+'))))).toBeUndefined();
  });

  test('a conveyor of many places over many steps', () => {
    const text = xmile(
      `${stock('s', '1', { out: 'o', more: '<conveyor><len>1e5</len></conveyor>' })}<flow name="o"/>`,
      { stop: 1e5, dt: 1 },
    );
    expect(runs(text)).toMatch(/'s' has [\d,]+ places/);
  });

  test('RK45 on what changes ever faster', () => {
    const text = xmile(stock('s', '1', { into: 'f' }) + flow('f', '1e12*(COS(TIME)-s)'), {
      method: 'rk45',
      stop: 1000,
      dt: 0.001,
    });
    expect(runs(text)).toMatch(/RK45 needs ever smaller steps/);
  });
});
