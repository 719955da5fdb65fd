import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileXmile } from './compile/compile.ts';
import { aux, flow, stock, xmile } from './fixture.ts';
import { generatedKernel, tryRun } from './run/run.ts';

const whole = xmile(
  `${stock('line', '10', { into: 'coming', out: 'leaving lost', more: '<conveyor><len>2</len><capacity>50</capacity></conveyor>' })}
${flow('coming', 'MAX(0, SIN(TIME))*wish[a]')}<flow name="leaving"/><flow name="lost"><eqn>0.1</eqn><leak/></flow>
<aux name="wish"><dimensions><dim name="D"/></dimensions><element subscript="a"><eqn>3</eqn></element><element subscript="b"><eqn>SMTH3(line, 4)</eqn></element></aux>
${aux('sum', 'SUM(wish[*]) + SIZE(line) // PREVIOUS(SELF, 1)')}${aux('t', 'TIME').replace('</aux>', '<gf><xscale min="0" max="9"/><ypts>1,2,4</ypts></gf></aux>')}
${aux('n', 'DELAY(t, 2, 0) + INIT(line) + M(t, 2) - RANDOM(0, 1, 7)^-2 MOD 3')}`,
  {
    before: '<dimensions><dim name="D"><elem name="a"/><elem name="b"/></dim></dimensions>',
    after: `<macro name="M"><parm>p</parm><parm>q</parm><eqn>p*q + s</eqn><variables>${stock('s', '0', { into: 'p' })}</variables></macro>`,
    stop: 3,
    dt: 0.5,
  },
);

test('the model itself runs', () => {
  const outcome = compileXmile(whole, 'whole.xmile');
  expect(outcome.ok ? [] : outcome.findings).toEqual([]);
});

test('whatever is done to it, it runs or is refused; nothing is thrown', () => {
  const pieces = [
    '',
    '(',
    ')',
    '[',
    '*',
    ',',
    '<',
    '>',
    '/',
    '"',
    '{',
    '-',
    'x',
    '1',
    'e9',
    '</eqn>',
    '<eqn>',
    'name="a"',
  ];
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(whole.length), fc.nat(12), fc.constantFrom(...pieces)), {
        minLength: 1,
        maxLength: 3,
      }),
      (changes) => {
        let text = whole;
        for (const [at, length, put] of changes) text = text.slice(0, at) + put + text.slice(at + length);
        const outcome = compileXmile(text, 'broken.xmile');
        if (!outcome.ok) expect(outcome.findings[0]?.what).not.toBe('');
        else tryRun(outcome.value, generatedKernel(outcome.value));
      },
    ),
    { numRuns: 400 },
  );
});
