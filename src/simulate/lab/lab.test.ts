import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawChart } from '../../chart/index.ts';
import { generatedKernel, runner } from '../run/run.ts';
import { runtime } from '../run/runtime.ts';
import { Lab } from './lab.ts';
import { drawnScenarios, labChart } from './lab-chart.ts';
import { kayaShares, materialDiagram } from './lab-panels.ts';
import { emptyScenario, leverStep, onStep, readLabState, settle, writeLabState } from './lab-state.ts';
import { layeredLayout } from './layout.ts';
import { type ModelTexts, openCityModel } from './open.ts';
import { joinEnsembles, labEnsemble, uncertainOf } from './uncertain.ts';

const read = (file: string) => readFileSync(new URL(`../../../models/${file}`, import.meta.url), 'utf8');
const name = 'circular-economy-city';
const texts = (city: string): ModelTexts => ({
  city,
  model: { file: `${name}.xmile`, text: read(`${name}.xmile`) },
  place: { file: `${name}.${city}.json`, text: read(`${name}.${city}.json`) },
  words: { file: `${name}.words.json`, text: read(`${name}.words.json`) },
});
const hash = (text: string) => createHash('sha256').update(text).digest('hex');
function open(city: string, change: Partial<ModelTexts> = {}) {
  const outcome = openCityModel({ ...texts(city), ...change }, hash);
  if (!outcome.ok) throw new Error(outcome.findings.map((one) => one.what).join('; '));
  return outcome.value;
}
const shanghai = open('shanghai');
const { lab } = shanghai;
const shenyang = open('shenyang');

/** What a browser does: the script is evaluated, the sheet goes through JSON. */
function fromScript(script: string): Lab {
  const scope: { modelcityModel?: { sheet: Lab['sheet']; kernel: (rt: typeof runtime) => never } } = {};
  new Function('globalThis', script)(scope);
  if (scope.modelcityModel === undefined) throw new Error('the script registers no model');
  const { sheet, kernel } = scope.modelcityModel;
  return new Lab(JSON.parse(JSON.stringify(sheet)), kernel(runtime));
}

const values = fc
  .array(fc.double({ min: 0, max: 1, noNaN: true }), {
    minLength: lab.sheet.levers.length,
    maxLength: lab.sheet.levers.length,
  })
  .map((shares) =>
    Object.fromEntries(
      lab.sheet.levers.map((lever, i) => [
        lever.key,
        onStep(lever, lever.min + (shares[i] ?? 0) * (lever.max - lever.min)),
      ]),
    ),
  );

describe('a model as a script', () => {
  test('gives the same bits as the compiled model, for every column, year and setting', () => {
    const live = fromScript(shanghai.script());
    const direct = runner(shanghai.compiled, generatedKernel(shanghai.compiled)).run();
    expect([...live.baseline.values]).toEqual([...direct.values]);
    fc.assert(
      fc.property(values, (set) => {
        expect([...live.run(set).values]).toEqual([...lab.run(set).values]);
      }),
      { numRuns: 20 },
    );
  });

  test('is the same text each time, and holds nothing that ends a script', () => {
    expect(shanghai.script()).toBe(open('shanghai').script());
    expect(shanghai.script()).not.toContain('</');
  });

  test('another value of the place makes another model', () => {
    const place = texts('shenyang').place;
    const changed = open('shenyang', {
      place: { ...place, text: place.text.replace('"Growth decline": 0.06', '"Growth decline": 0.050') },
    });
    expect(changed.sheet.hash).not.toBe(shenyang.sheet.hash);
  });
});

describe('what is told of the numbers', () => {
  test('nothing measured of another place counts as measured here', () => {
    expect(shanghai.sheet.variables.some(({ status }) => status === 'measured')).toBe(true);
    expect(shenyang.sheet.variables.filter(({ status }) => status === 'measured')).toEqual([]);
  });

  test('every meaning, source, note and group is told in Chinese too', () => {
    for (const { words, annotations, compiled, sheet } of [shanghai, shenyang]) {
      const untold = [
        ...[...annotations.values()].flatMap(({ source }) => source ?? []),
        ...compiled.cells.slice(0, compiled.visible).flatMap(({ doc }) => doc ?? []),
      ].filter((text) => !Object.hasOwn(words.texts, text));
      expect([...new Set(untold)]).toEqual([]);
      for (const { group } of sheet.variables) expect(words.groups).toHaveProperty([group]);
      for (const { name: both } of sheet.levers) expect(both.zh).toMatch(/[\u4e00-\u9fff]/);
      for (const { note } of sheet.observations)
        if (note !== null) expect(note.zh).toMatch(/[\u4e00-\u9fff]/);
    }
  });

  test('a name that the model does not have refuses the place, with a pointer', () => {
    const place = texts('shanghai').place;
    const wrong = place.text.replace(
      '"variable": "Resource productivity change"',
      '"variable": "Resource fun"',
    );
    const outcome = openCityModel({ ...texts('shanghai'), place: { ...place, text: wrong } }, hash);
    expect(outcome.ok).toBe(false);
    if (!outcome.ok) expect(outcome.findings[0]?.where).toMatchObject({ pointer: '/targets/0/variable' });
  });
});

describe('the state of the lab', () => {
  const scenario = fc
    .record({ name: fc.string({ maxLength: 60 }), seed: fc.nat(), values })
    .map((one) => settle(lab, one).scenario);

  test('goes through the address and back, and draws the same charts', () => {
    fc.assert(
      fc.property(fc.array(scenario, { minLength: 1, maxLength: 4 }), fc.nat(3), (scenarios, at) => {
        const state = {
          scenarios,
          at: at % scenarios.length,
          charts: ['Energy', 'Jobs', 'DMC', 'Fuel share[coal]'],
        };
        const query = writeLabState(state, lab);
        expect(query.length).toBeLessThan(8000);
        const back = readLabState(`?${query}`, lab);
        expect(back.notes).toEqual([]);
        expect(JSON.parse(JSON.stringify(back.state))).toEqual(JSON.parse(JSON.stringify(state)));
        const draw = (one: typeof state) =>
          drawChart(labChart(lab, 'Energy', drawnScenarios(lab, one.scenarios), 'en'), { width: 420 }).svg;
        expect(draw({ ...state, scenarios: [...back.state.scenarios] })).toBe(draw(state));
      }),
      { numRuns: 15 },
    );
  });

  test('whatever an address holds is read or told, never thrown', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (s, c) => {
        const query = new URLSearchParams([
          ['s', s],
          ['c', c],
          ['at', c],
        ]).toString();
        const { state } = readLabState(query, lab);
        expect(state.scenarios).toHaveLength(1);
        expect(state.charts).toHaveLength(4);
      }),
    );
    expect(readLabState('s=x&s=x&s=x&s=x&s=x', lab).notes.map(({ kind }) => kind)).toContain('too-many');
  });

  test('a lever stays in its range, on its steps', () => {
    for (const lever of lab.sheet.levers) {
      const step = leverStep(lever);
      expect((lever.max - lever.min) / step).toBeGreaterThan(14);
      expect((lever.max - lever.min) / step).toBeLessThanOrEqual(45);
      expect(onStep(lever, 1e9)).toBe(lever.max);
    }
    const { notes, scenario: kept } = settle(lab, {
      ...emptyScenario(),
      values: { lever_sorting: 7, nothing: 1 },
    });
    expect(kept.values).toEqual({ lever_sorting: 0.3 });
    expect(notes.map(({ kind }) => kind).sort()).toEqual(['out-of-range', 'unknown']);
  });
});

describe('the charts of the lab', () => {
  test('their axes stay where they are whatever a lever does', () => {
    const axes = (set: Readonly<Record<string, number>>, column: string) =>
      drawChart(labChart(lab, column, drawnScenarios(lab, [{ name: '', seed: 1, values: set }]), 'en'), {
        width: 420,
      }).svg.match(/<text[^>]*class="c-tick"[^>]*text-anchor[^>]*>[^<]*|<line[^>]*>/g);
    const ticks = (found: readonly string[] | null) => found?.filter((one) => !one.includes('c-halo'));
    for (const column of ['Greenhouse gases', 'Circular material use rate', 'Landfilling', 'Policy cost'])
      for (const lever of lab.sheet.levers)
        expect(ticks(axes({ [lever.key]: lever.max }, column))).toEqual(ticks(axes({}, column)));
  });

  test('every node of the material diagram gives off what it takes in, in every year', () => {
    fc.assert(
      fc.property(values, (set) => {
        const [one] = drawnScenarios(lab, [{ name: '', seed: 1, values: set }]);
        for (const year of lab.years())
          expect(materialDiagram(lab, one ?? null, year, 'en')?.residual).toBeLessThan(1e-9);
      }),
      { numRuns: 10 },
    );
  });

  test('the Kaya factors multiply to the change of CO₂ from energy', () => {
    const sum = kayaShares(lab, lab.baseline, 2035).reduce((total, { points }) => total + points, 0);
    const co2 = (year: number) => lab.at(lab.baseline, 'CO2 of energy', year);
    expect(sum).toBeCloseTo(100 * Math.log(co2(2035) / co2(2015)), 9);
  });
});

describe('the ensemble', () => {
  test('varies what nobody measured here, and nothing else', () => {
    const varied = uncertainOf(lab);
    expect(varied.length).toBeGreaterThan(60);
    for (const { name: column } of varied) {
      expect(lab.variableOf(column)?.status).toMatch(/assumed|literature/);
      expect(column).not.toMatch(/^lever_|_in_a_/);
    }
  });

  test('is the same in shares as in one piece', () => {
    const one = { ...emptyScenario(), values: { lever_sorting: 0.1 } };
    const parts = [
      { from: 0, to: 7 },
      { from: 7, to: 20 },
    ].map((share) => labEnsemble(lab, one, ['DMC'], share));
    const whole = labEnsemble(lab, one, ['DMC'], { from: 0, to: 20 });
    expect([...joinEnsembles(parts).values]).toEqual([...whole.values]);
    expect([...joinEnsembles(parts).samples]).toEqual([...whole.samples]);
  });
});

describe('the layout of a diagram', () => {
  const graph = fc
    .array(fc.tuple(fc.nat(14), fc.nat(14)), { maxLength: 40 })
    .map((pairs) => pairs.map(([a, b]) => ({ from: `v${a}`, to: `v${b}`, kind: 'cause' as const })));
  const keys = Array.from({ length: 15 }, (_, i) => `v${i}`);

  test('gives every node a place of its own, whatever circles there are, in whatever order parts come', () => {
    fc.assert(
      fc.property(graph, (links) => {
        const placed = layeredLayout(keys, links);
        expect(new Set(placed.map(({ layer, row }) => `${layer} ${row}`)).size).toBe(keys.length);
        expect(layeredLayout([...keys].reverse(), [...links].reverse())).toEqual(placed);
      }),
    );
  });

  test('a chain runs from left to right', () => {
    const chain = [
      { from: 'a', to: 'b', kind: 'flow' as const },
      { from: 'b', to: 'c', kind: 'cause' as const },
    ];
    expect(layeredLayout(['c', 'a', 'b'], chain).map(({ key, layer }) => `${key}${layer}`)).toEqual([
      'a0',
      'b1',
      'c2',
    ]);
  });
});
