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

  test('runs a .mdl model', async () => {
    const path = join(folder, 'tea.mdl');
    writeFileSync(
      path,
      '{UTF-8}\ntea= INTEG(-tea*rate, 8) ~ cups ~ |\nrate= 0.5 ~ 1/hour ~ |\nFINAL TIME= 2 ~~|\nINITIAL TIME= 0 ~~|\nTIME STEP= 1 ~~|\nSAVEPER= TIME STEP ~~|\n',
    );
    const { code, csv, errors } = await run(path);
    expect(code, errors).toBe(0);
    expect(csv.split('\n').slice(0, 4)).toEqual([
      'Time,tea,rate,FINAL TIME,INITIAL TIME,TIME STEP,SAVEPER',
      '0,8,0.5,2,0,1,1',
      '1,4,0.5,2,0,1,1',
      '2,2,0.5,2,0,1,1',
    ]);
  });

  test('gives the bands of an ensemble', async () => {
    const path = file(model('Cups_of_tea*rate'));
    const { code, csv, errors } = await run(
      path,
      '--vary',
      'rate=0.1..0.3',
      '--runs',
      '200',
      '--keep',
      'drinking',
      '--keep',
      'rate',
    );
    expect(code, errors).toBe(0);
    const rows = csv
      .trim()
      .split('\n')
      .map((line) => line.split(','));
    expect(rows[0]).toEqual(['Variable', 'Time', 'P5', 'P25', 'P50', 'P75', 'P95']);
    expect(rows).toHaveLength(1 + 2 * 5);
    const rate = rows.find(([name]) => name === 'rate') ?? [];
    expect(rate.slice(2).map((one) => Number(Number(one).toFixed(2)))).toEqual([0.11, 0.15, 0.2, 0.25, 0.29]);
    const again = await run(
      path,
      '--vary',
      'rate=0.1..0.3',
      '--runs',
      '200',
      '--keep',
      'drinking',
      '--keep',
      'rate',
    );
    expect(again.csv).toBe(csv);
  });

  test.each([
    [['--vary', 'rate=3..1', '--runs', '9'], 'low..high'],
    [['--vary', 'rate=1', '--runs', '9'], 'low..high'],
    [['--vary', 'rats=0..1', '--runs', '9'], "'rats' is no constant of the model"],
    [['--vary', 'rate=0..1', '--runs', '9', '--keep', 'nothing'], "'nothing' is no variable of the model"],
    [['--optimise', 'missing.json'], 'cannot be read'],
  ])('%j is refused', async (options, what) => {
    const { code, errors } = await run(file(model('Cups_of_tea*rate')), ...options);
    expect(code).toBe(2);
    expect(errors).toContain(what);
  });

  test('finds the cheapest mix that meets the targets', async () => {
    const path = file(
      model('Cups_of_tea*(rate + gulp)').replace(
        '</variables>',
        '<aux name="gulp"><eqn>0</eqn></aux><aux name="spill"><eqn>0</eqn></aux><aux name="cost"><eqn>gulp*2 + spill</eqn></aux></variables>',
      ),
    );
    const plan = join(folder, 'plan.json');
    const wanted = {
      levers: [
        { name: 'gulp', min: 0, max: 1 },
        { name: 'spill', min: 0, max: 1 },
      ],
      targets: [{ variable: 'Cups of tea', time: 2, sense: 'at most', value: 0.5 }],
      cost: { variable: 'cost', time: 2 },
    };
    writeFileSync(plan, JSON.stringify(wanted));
    const { code, csv, errors } = await run(path, '--optimise', plan);
    expect(code, errors).toBe(0);
    const found = JSON.parse(csv);
    // 8·(1 − (0.5 + g)/2)^4 = 0.5 at g = 0.5.
    expect(found.feasible).toBe(true);
    expect(found.levers[0].value).toBeCloseTo(0.5, 3);
    expect(found.levers[1].value).toBe(0);
    expect(found.targets[0].before).toBeCloseTo(8 * 0.75 ** 4, 12);
    writeFileSync(
      plan,
      JSON.stringify({ ...wanted, targets: [{ ...wanted.targets[0], variable: 'Coffee', time: 9 }] }),
    );
    const refused = await run(path, '--optimise', plan);
    expect(refused.code).toBe(2);
    expect(refused.errors).toContain("'Coffee' is no variable of the model");
    expect(refused.errors).toContain('9 lies outside the run, 0 to 2');
    writeFileSync(plan, '{"targets": 3}');
    expect((await run(path, '--optimise', plan)).errors).toContain('/targets');
  });
});
