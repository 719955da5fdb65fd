import { beforeAll, expect, it } from 'vitest';
import { FigureSet } from '../../figures/index.ts';
import { parseWorkspace } from '../../intake/index.ts';
import { createApp } from '../app.tsx';

/** A promise, made in a plan alone, about an indicator that nobody records: it is energy over output. */
const files: Readonly<Record<string, string>> = {
  'city.yaml': `modelcity: 1
id: tiny
name: { en: Tiny City, zh: 小城 }
area: T
languages: [en, zh]
areas:
  - { id: T, name: { en: Tiny City, zh: 小城 }, kind: city }
sources:
  - id: yearbook
    title: { en: Yearbook 2022, zh: 2022年统计年鉴 }
    producer: { en: Bureau of Statistics, zh: 统计局 }
    date: 2022
    licence: CC BY 4.0
`,
  'indicators/core.yaml': `- { id: energy, name: { en: Energy, zh: 能耗 }, unit: t }
- { id: output, name: { en: Output, zh: 产值 }, unit: "10*4.CNY" }
- id: intensity
  name: { en: Energy per output, zh: 单位产值能耗 }
  unit: t/10*4/CNY
  decimals: 3
  formula: energy / output
`,
  'observations/x.csv': `indicator,area,period,value,unit,source,locator
energy,T,2018,300,t,yearbook,t
energy,T,2020,200,t,yearbook,t
output,T,2018,300,10*4.CNY,yearbook,t
output,T,2020,300,10*4.CNY,yearbook,t
`,
  'plan.yaml': `id: p
name: { en: Plan, zh: 规划 }
source: yearbook
commitments:
  - id: save
    kind: goal
    start: '2018'
    name: { en: Save energy, zh: 节能 }
    targets:
      - { indicator: intensity, period: '2022', comparator: '<=', value: 0.5, unit: t/10*4/CNY }
`,
};

let app: ReturnType<typeof createApp>;
beforeAll(() => {
  const { workspace, findings } = parseWorkspace(
    Object.entries(files).map(([path, text]) => ({ path, bytes: Buffer.from(text) })),
  );
  if (workspace === null) throw new Error(JSON.stringify(findings));
  app = createApp({ places: [{ workspace, asOf: 1, figures: new FigureSet(workspace, { asOf: 1 }) }] });
});
const read = async (path: string): Promise<string> => (await app.request(path)).text();

it('holds a computed indicator against its target, wherever a plan is shown, and leads to how it was computed', async () => {
  // From 1 in 2018 to 0.5 in 2022 the path asks for 0.75 in 2020; 200 over 300 is below it.
  const page = await read('/en/tiny/plan/p/');
  expect(page.replaceAll(/<[^>]*>/g, '')).toMatch(
    /on the required path; 0\.667.*in 2020; the path asks for 0\.750/,
  );
  const code = /class="fig" href="\/en\/tiny\/figures\/(\w+)\/"/.exec(page)?.[1] ?? '';
  expect(await read(`/en/tiny/figures/${code}/`)).toContain('energy / output');
  expect((await read('/zh/tiny/plan/p/c/save/')).replaceAll(/<[^>]*>/g, '')).toContain(
    '符合所需进度；2020年为0.667',
  );
  const told = 'Energy per output◇ at most 0.5\u00a0t/10,000 yuan by 2022 ↗ on the required path; 0.667';
  const home = await read('/en/tiny/');
  expect(home.replaceAll(/<[^>]*>/g, '')).toContain(told);
  // Nothing takes a report in here.
  expect(home).not.toContain('/report/');
  expect(await read('/en/tiny/indicators/intensity/')).toContain('/en/tiny/plan/p/c/save/');
  expect(await read('/en/tiny/plan/p/rolling/')).toContain(`/figures/${code}/`);
  expect(JSON.parse(await read('/api/places/tiny/plans/p/rolling'))).toMatchObject({
    targets: [{ standing: 'on-track', observed: { period: '2020' }, required: '0.75' }],
  });
});
