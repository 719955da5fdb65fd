import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { main } from '../main.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'modelcity-simulate-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const model = (equation: string) => `<?xml version="1.0" encoding="utf-8"?>
<xmile version="1.0" xmlns="http://docs.oasis-open.org/xmile/ns/XMILE/v1.0">
<sim_specs><start>0</start><stop>2</stop><dt>0.5</dt></sim_specs>
<dimensions><dim name="Place"><elem name="north"/><elem name="south, east"/></dim></dimensions>
<model><variables>
<stock name="Cups of tea"><eqn>8</eqn><outflow>drinking</outflow></stock>
<flow name="drinking"><eqn>${equation}</eqn></flow>
<aux name="rate"><eqn>0.5</eqn></aux>
<aux name="by"><dimensions><dim name="Place"/></dimensions><eqn>Place</eqn></aux>
</variables></model></xmile>`;

async function run(...options: string[]) {
  let errors = '';
  const spy = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    errors += String(text);
    return true;
  });
  const out = join(folder, 'out.csv');
  try {
    const code = await main(['simulate', ...options, '--out', out]);
    return { code, errors, csv: code === 0 ? readFileSync(out, 'utf8') : '' };
  } finally {
    spy.mockRestore();
  }
}

function file(text: string): string {
  const path = join(folder, 'model.xmile');
  writeFileSync(path, text);
  return path;
}

describe('modelcity simulate', () => {
  test('writes Time first, then every variable under its name, a row a step', async () => {
    const { code, csv } = await run(file(model('Cups_of_tea*rate')));
    expect(code).toBe(0);
    const [header, first, second, ...rest] = csv.trim().split('\n');
    expect(header).toBe('Time,Cups of tea,drinking,rate,by[north],"by[south, east]"');
    expect(first).toBe('0,8,4,0.5,1,2');
    expect(second).toBe('0.5,6,3,0.5,1,2');
    expect(rest).toHaveLength(3);
  });

  test('sets values, method and step, and repeats runs by seed', async () => {
    const path = file(model('Cups_of_tea*rate + NORMAL(0, 0.01)'));
    const set = await run(path, '--set', 'rate=0', '--set', 'cups_of_tea=3', '--dt', '1', '--method', 'rk4');
    expect(set.csv.split('\n')[1]).toMatch(/^0,3,/);
    const many = await run(path, '--runs', '3', '--seed', '7');
    expect(many.csv.split('\n')[0]).toMatch(/^Run,Time,/);
    expect(many.csv.trim().split('\n')).toHaveLength(1 + 3 * 5);
    expect((await run(path, '--runs', '3', '--seed', '7')).csv).toBe(many.csv);
  });

  test('refuses with exit code 2, file, line, column and reason', async () => {
    const path = file(model('Cups_of_te*rate'));
    const { code, errors } = await run(path);
    expect(code).toBe(2);
    expect(errors).toContain(`${path}:7:`);
    expect(errors).toContain("'drinking' uses 'Cups_of_te'");
    expect(errors).toContain("did you mean 'cups_of_tea'?");
  });

  test.each([
    [['--dt', '0']],
    [['--dt', 'x']],
    [['--method', 'gear']],
    [['--set', 'rate']],
    [['--set', 'nothing=1']],
    [['--runs', '0']],
    [['--bogus']],
  ])('wrong options %j give exit code 2', async (options) => {
    expect((await run(file(model('1')), ...options)).code).toBe(2);
  });

  test('a file that is not there gives exit code 2', async () => {
    expect((await run(join(folder, 'none.xmile'))).code).toBe(2);
  });

  test('gives an account of units, mass and method on stderr, and refuses warnings when strict', async () => {
    const text = model('Cups_of_tea*rate').replace('<eqn>8</eqn>', '<eqn>8</eqn><units>cup</units>');
    const { errors } = await run(file(text.replace('<eqn>0.5</eqn>', '<eqn>0.5</eqn><units>cup</units>')));
    expect(errors).toContain('note: mass');
    expect(errors).toContain('note: units');
    expect(errors).toContain('needs cup/time');
    const strict = await run(
      file(text.replace('<eqn>0.5</eqn>', '<eqn>0.5</eqn><units>cup</units>')),
      '--strict',
    );
    expect(strict.code).toBe(2);
  });
});
