import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { FigureSet } from '../figures/index.ts';
import { exportWorkspace, parseWorkspace, readFolder } from '../intake/index.ts';
import { findingText } from '../model/index.ts';
import { scenarioBookOf } from '../review/index.ts';
import { createApp } from '../web/index.ts';
import { main } from './main.ts';
import { checkModel } from './model-check.ts';

const city = `modelcity: 1
id: pond
name: { en: Pond, zh: 塘城 }
area: P
languages: [en, zh]
areas: [{ id: P, name: { en: Pond, zh: 塘城 }, kind: city }]
sources: [{ id: book, title: { en: Book, zh: 书 }, producer: { en: Office, zh: 局 }, date: 2022, licence: CC0 }]
`;
const indicators = '- { id: lilies, name: { en: Water lilies, zh: 睡莲 }, unit: "1" }\n';
const targets = `indicator,area,period,comparator,value,unit,source,locator
lilies,P,2024,<=,900,1,book,p. 2
`;
const observations = `indicator,area,period,value,unit,source,locator
lilies,P,2020,100,1,book,p. 1
`;
const equations = `<?xml version="1.0" encoding="utf-8"?>
<xmile version="1.0" xmlns="http://docs.oasis-open.org/xmile/ns/XMILE/v1.0" xmlns:modelcity="https://modelcity.example/ns">
<header><vendor>Pond office</vendor><product version="1">Pond</product></header>
<sim_specs><start>2020</start><stop>2024</stop><dt>1</dt></sim_specs>
<model><variables>
<stock name="Lilies"><eqn>Lilies at start</eqn><inflow>growing</inflow></stock>
<flow name="growing"><eqn>Lilies*rate</eqn></flow>
<aux name="Lilies at start"><eqn>50</eqn></aux>
<aux name="rate"><eqn>1</eqn></aux>
</variables></model></xmile>
`;
const place = (changes: object = {}) =>
  JSON.stringify({
    place: { en: 'Pond', zh: '塘城' },
    source: { en: 'Book', zh: '书' },
    values: { 'Lilies at start': 100 },
    observations: [{ variable: 'Lilies', time: 2020, value: 100, line: 'p. 1' }],
    parameters: [],
    targets: [{ variable: 'Lilies', time: 2024, sense: 'at most', value: 900, line: 'p. 2' }],
    scenarios: [
      {
        id: 'slow',
        name: { en: 'Slow', zh: '慢' },
        note: { en: 'Half the rate.', zh: '增速减半。' },
        seed: 1,
        values: { rate: 0.5 },
      },
    ],
    indicators: [{ indicator: 'lilies', variable: 'Lilies', scale: 1 }],
    ...changes,
  });
const whole = {
  'city.yaml': city,
  'indicators/all.yaml': indicators,
  'observations/all.csv': observations,
  'targets/all.csv': targets,
  'models/pond.xmile': equations,
  'models/pond.place.json': place(),
};

const bytes = (files: Readonly<Record<string, string>>) =>
  Object.entries(files).map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) }));
/** What is wrong with a workspace, as a person reads it. */
function told(files: Readonly<Record<string, string>>): readonly string[] {
  const parsed = parseWorkspace(bytes(files));
  return [...parsed.findings, ...checkModel(parsed)]
    .filter(({ severity }) => severity === 'error')
    .map(findingText);
}

let base = '';
beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), 'modelcity-own-model-'));
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

function folder(name: string, files: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(files)) {
    const file = join(base, name, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return join(base, name);
}

describe('a model that a workspace keeps', () => {
  test('is read, and written again to the letter', async () => {
    const { files } = await readFolder(folder('read', whole));
    const { workspace, findings } = parseWorkspace(files);
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    if (workspace === null) throw new Error('the workspace is broken');
    expect(parseWorkspace(exportWorkspace(workspace)).workspace).toEqual(workspace);
    expect(scenarioBookOf(workspace)?.figure('baseline', 'Lilies', '2024')?.value).toBe('1600');
    expect(scenarioBookOf(workspace)?.figure('slow', 'Lilies', '2024')?.value).toBe('506.25');
    // Other texts, other model: nothing of the first stays behind.
    const other = { ...workspace.model, id: 'pond', place: place({ values: { 'Lilies at start': 10 } }) };
    expect(scenarioBookOf({ ...workspace, model: other })?.figure('baseline', 'Lilies', '2024')?.value).toBe(
      '160',
    );
  });

  test('opens a lab with its pages in both languages, and draws its path beside the indicator', async () => {
    const { workspace } = parseWorkspace(bytes(whole));
    if (workspace === null) throw new Error('the workspace is broken');
    const figures = new FigureSet(workspace, { asOf: 1 });
    const app = createApp({ places: [{ workspace, figures, asOf: 1 }], editions: '/nowhere' });
    for (const language of ['en', 'zh'])
      for (const page of ['', 'calibration/', 'model/', 'equations/', 'uncertainty/', 'named/slow/'])
        expect((await app.request(`/${language}/pond/scenarios/${page}`)).status, page).toBe(200);
    const indicator = await (await app.request('/en/pond/indicators/lilies/')).text();
    expect(indicator).toContain('/en/pond/scenarios/');
    const lab = await (await app.request('/en/pond/scenarios/')).text();
    // What the model has nothing for is no page; what nobody said is not made up.
    expect((await app.request('/en/pond/scenarios/materials/')).status).toBe(404);
    expect(lab).not.toContain('/scenarios/outcomes/');
    expect(lab).not.toContain('NaN');
    expect(lab).toContain('≤ 900 (2024)');
    expect(lab).toContain(
      'Of the 2 numbers in the model 0 are measured here, 0 come from literature and 2 are assumed',
    );
    expect(lab).toContain('This model has no levers');
    expect(lab).toMatch(/<option value="Lilies"/);
    const script = /\/models\/pond-[0-9a-f]{10}\.js/.exec(lab)?.[0];
    expect((await app.request(script ?? '')).headers.get('content-type')).toContain('javascript');
  });

  test('takes a shipped model’s equations where it brings none', () => {
    const { 'models/pond.xmile': _, 'models/pond.place.json': __, ...rest } = whole;
    const values = { values: {}, observations: [], targets: [], scenarios: [], indicators: [] };
    expect(told({ ...rest, 'models/circular-economy-city.place.json': place(values) })).toEqual([]);
  });

  test('answers the scenario command', async () => {
    let out = '';
    const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      out += String(text);
      return true;
    });
    try {
      const words = ['--variable', 'Lilies', '--period', '2024', '--json'];
      expect(await main(['scenario', 'pond', '--workspace', folder('command', whole), ...words])).toBe(0);
    } finally {
      spy.mockRestore();
    }
    expect(JSON.parse(out)).toMatchObject({ differs: null, figure: { value: '1600', status: 'F' } });
  });

  test('is refused with file and place, so that nothing of the workspace is stored', () => {
    const broken = equations.replace('Lilies*rate', 'Lilies*rat');
    const [equation = ''] = told({ ...whole, 'models/pond.xmile': broken });
    expect(equation).toMatch(/models\/pond\.xmile:7:\d+/);
    expect(equation).toContain('rate');
    expect(told({ ...whole, 'models/pond.place.json': place({ values: { Frogs: 1 } }) }).join()).toContain(
      'Frogs',
    );
    expect(
      told({
        ...whole,
        'models/pond.place.json': place({
          indicators: [{ indicator: 'lillies', variable: 'Lilies', scale: 1 }],
        }),
      })[0],
    ).toContain('models/pond.place.json#/indicators/0/indicator: error: the workspace has no indicator');
    const { 'models/pond.place.json': _, ...noPlace } = whole;
    expect(told(noPlace)[0]).toContain('models/pond.place.json: error: this file is missing');
    const { 'models/pond.xmile': __, ...noEquations } = whole;
    expect(told(noEquations)[0]).toContain('circular-economy-city');
    expect(told({ ...whole, 'models/lake.place.json': place() })[0]).toContain('there are 2 models');
    expect(told({ ...whole, 'models/pond.doc': 'x' })[0]).toContain('models/pond.doc');
    expect(told({ ...whole, 'models/pond.xmile': 'a\0b' })).toHaveLength(1);
  });
});
