import readXlsx from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { FigureSet } from '../../figures/index.ts';
import { parseWorkspace } from '../../intake/index.ts';
import { createApp } from '../app.tsx';

const file = (path: string, text: string) => ({ path, bytes: new TextEncoder().encode(text) });
const { workspace } = parseWorkspace([
  file(
    'city.yaml',
    `modelcity: 1
id: tiny
name: { en: Tiny, zh: 小城 }
area: T
languages: [en, zh]
areas:
  - { id: T, name: { en: Tiny, zh: 小城 }, kind: city }
  - { id: T1, name: { en: North, zh: 北区 }, kind: district, parent: T }
  - { id: T2, name: { en: South, zh: 南区 }, kind: district, parent: T }
tiles: [{ area: T1, column: 0, row: 0 }, { area: T2, column: 0, row: 1 }]
brand: { accent: '#7a1f4f' }
sources:
  - { id: yearbook, title: { en: Yearbook, zh: 年鉴 }, producer: { en: Bureau, zh: 局 }, date: 2022, licence: CC BY 4.0 }
`,
  ),
  file(
    'indicators/all.yaml',
    '- { id: waste, name: { en: Waste, zh: 垃圾 }, unit: t, nature: flow, rollup: sum }\n',
  ),
  file(
    'observations/all.csv',
    `indicator,area,period,value,unit,status,reason_en,reason_zh,source,locator
waste,T1,2020,12345678901234567890.10,t,,,,yearbook,=1+1
waste,T1,2021,8,t,,,,yearbook,row 2
waste,T2,2020,2.5,t,,,,yearbook,row 3
waste,T2,2021,,t,O,not handed in,未提交,yearbook,row 4
`,
  ),
]);
if (workspace === null) throw new Error('the workspace does not read');
const app = createApp({
  places: [{ workspace, asOf: 1, figures: new FigureSet(workspace, { asOf: 1 }) }],
});
const root = '/en/tiny/indicators/waste/';
const bytes = async (path: string) => Buffer.from(await (await app.request(path)).arrayBuffer());

describe('what a reader takes away of an indicator', () => {
  it('is a workbook without a lost digit, the same on every run, in which nothing runs', async () => {
    const made = await bytes(`${root}figures.xlsx`);
    expect((await bytes(`${root}figures.xlsx`)).equals(made)).toBe(true);
    const sheets = await readXlsx(made);
    const cells = JSON.stringify(sheets);
    expect(cells).toContain('"12345678901234567890.1"');
    expect(cells).toContain('not handed in');
    expect(cells).toContain('yearbook =1+1');
    expect(made.includes(Buffer.from('<f>'))).toBe(false);
  });

  it('is JSON of all figures or of those shown, exact, with how complete they are', async () => {
    const of = async (path: string) => JSON.parse((await bytes(root + path)).toString());
    const all = await of('figures.json');
    const shown = await of('shown.json?show=T1&from=2020&to=2020');
    expect(all.figures.length).toBeGreaterThan(shown.figures.length);
    expect(shown.figures).toHaveLength(1);
    expect(shown.figures[0]).toMatchObject({ area: 'T1', value: '12345678901234567890.1' });
    expect(all.sources).toMatchObject([{ id: 'yearbook', licence: 'CC BY 4.0' }]);
    const total = all.figures.find(
      ({ area, measure }: { area: string; measure: { period?: string } }) =>
        area === 'T' && measure.period === '2021',
    );
    expect(total).toMatchObject({ value: null, completeness: { present: 1, expected: 2 } });
  });

  it('says under the chart which values rest on a part of the areas', async () => {
    expect((await bytes(root)).toString()).toMatch(
      /class="quiet small incomplete".*1 of 2 areas have handed in a value/s,
    );
  });

  it('has a map at an address of its own, to which its page leads without a query', async () => {
    expect((await bytes(root)).toString()).toContain(`href="${root}map/"`);
    const page = (await bytes(`${root}map/`)).toString();
    expect(page).toContain('chart-tiles');
    expect(page).toContain('<th scope="row">North</th>');
    expect((await app.request('/en/tiny/indicators/none/map/')).status).toBe(404);
  });

  it('takes the colour of the place along in a chart that leaves the page, and may be fetched from elsewhere', async () => {
    const answer = await app.request(`${root}chart.svg`);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    const svg = await answer.text();
    expect(svg).toContain('#7a1f4f');
    expect(svg).not.toContain('#1f6f5c');
  });
});
