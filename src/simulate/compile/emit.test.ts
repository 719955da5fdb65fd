import { expect, test } from 'vitest';
import { aux, flow, stock, xmile } from '../fixture.ts';
import { closureKernel, type KernelMaker, runner } from '../run/run.ts';
import { type Runtime, runtime } from '../run/runtime.ts';
import { compileXmile } from './compile.ts';
import { emitModule } from './emit.ts';

const model = (copies: number) =>
  xmile(
    stock('s', '1', { into: 'f' }) +
      flow('f', 'IF TIME > 2 THEN SMTH3(s, 2) ELSE PULSE(3, 1) + NORMAL(0, 1)') +
      '<aux name="g"><eqn>s</eqn><gf><xscale min="0" max="4"/><ypts>0,1,4</ypts></gf></aux>' +
      aux('&quot;); throw 1; //', '4') +
      Array.from({ length: copies }, (_, i) => aux(`x${i}`, `s*${i} + PREVIOUS(g, 0)`)).join(''),
    { method: 'rk4' },
  );

function compiled(copies: number) {
  const outcome = compileXmile(model(copies), 'emit.xmile');
  if (!outcome.ok) throw new Error(outcome.findings.map((one) => one.what).join());
  return outcome.value;
}

test('a model is a module of its own, which a page imports without eval, with the same numbers to the last bit', async () => {
  const made = compiled(5);
  const text = emitModule(made, made.order);
  const loaded: { default: (rt: Runtime) => KernelMaker } = await import(
    `data:text/javascript,${encodeURIComponent(text)}`
  );
  const fromModule = runner(made, loaded.default(runtime)).run({ seed: 3 });
  const fromClosures = runner(made, closureKernel(made)).run({ seed: 3 });
  expect([...fromModule.values]).toEqual([...fromClosures.values]);
});

test('the module holds no text of the model and no way to make code', () => {
  const made = compiled(1);
  const text = emitModule(made, made.order);
  expect(text).not.toContain('throw 1');
  expect(text).not.toMatch(/\beval\b|new Function|import\(/);
});

test('no function holds more than sixty equations', () => {
  const made = compiled(400);
  const bodies = emitModule(made, made.order).split('function ');
  for (const body of bodies) expect(body.split(/^v\[\d+\] = /m).length - 1).toBeLessThanOrEqual(60);
});
