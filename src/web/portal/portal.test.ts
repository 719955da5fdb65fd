import { describe, expect, it } from 'vitest';
import { FigureSet } from '../../figures/index.ts';
import { indicatorSchema, observationSchema, type Workspace } from '../../model/index.ts';
import { createApp } from '../index.ts';

const value = (sex: string, period: string, quantity: string, area = 'A') =>
  observationSchema.parse({
    indicator: 'literacy',
    area,
    period,
    breakdown: sex === '' ? {} : { sex },
    value: quantity,
    unit: '%',
    status: 'A',
    reason: null,
    qualifier: null,
    source: 'census',
    locator: 'row 1',
    ref: null,
    note: null,
  });

const workspace: Workspace = {
  city: {
    modelcity: 1,
    id: 'city',
    name: { en: 'City', zh: '城市' },
    area: 'A',
    languages: ['en', 'zh'],
    areas: [
      { id: 'A', name: { en: 'City', zh: '城市' }, kind: 'city' },
      { id: 'B', name: { en: 'North', zh: '北区' }, kind: 'district', parent: 'A' },
    ],
    sources: [
      {
        id: 'census',
        title: { en: 'Census', zh: '普查' },
        producer: { en: 'Bureau', zh: '统计局' },
        date: '2021-01-01',
        licence: 'open',
      },
    ],
    dimensions: [
      {
        id: 'sex',
        name: { en: 'Sex', zh: '性别' },
        values: [
          { id: 'f', name: { en: 'women', zh: '女性' } },
          { id: 'm', name: { en: 'men', zh: '男性' } },
        ],
      },
    ],
  },
  indicators: [
    indicatorSchema.parse({
      id: 'literacy',
      name: { en: 'Literacy', zh: '识字率' },
      unit: '%',
      goals: ['4'],
    }),
    indicatorSchema.parse({ id: 'lost', name: { en: 'Lost', zh: '缺失' }, unit: '%' }),
  ],
  observations: [
    value('', '2020', '90.3'),
    value('', '2020', '88.0', 'B'),
    value('f', '2020', '90.1'),
    value('m', '2020', '90.4'),
    value('f', '2021', '91.0'),
  ],
  targets: [],
  claims: [],
  frameworks: [],
  plans: [],
  reviews: [],
};
const app = createApp({ places: [{ workspace, figures: new FigureSet(workspace, { asOf: 1 }), asOf: 1 }] });
const text = async (path: string): Promise<string> => {
  const answer = await app.request(path);
  expect(answer.status, path).toBe(200);
  return (await answer.text()).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
};

describe('gaps between groups', () => {
  it('are of the newest year that two groups have, exact, and in points where shares are compared', async () => {
    expect(await text('/en/city/groups/')).toMatch(
      /Literacy % Sex 2020 men 90\.4 women 90\.1 0\.3 percentage points 1\.00/,
    );
    // The way back is that of the menu: through the goals.
    expect(await text('/en/city/groups/')).toMatch(/Places City Goals Gaps between groups/);
  });
});

describe('the reporting status', () => {
  it('counts what is there by goal and names what is missing', async () => {
    const page = await text('/en/city/status/');
    expect(page).toMatch(/Quality education 1 1 1 0 1 2021/);
    expect(page).toMatch(/Indicators without a value .* Lost not reported/);
    expect(await text('/zh/city/status/')).toMatch(/优质教育 1 1 1 0 1 2021年/);
  });
});

describe('an address of a place at which there is nothing', () => {
  it('keeps the menu of the place and leads back to it; elsewhere it leads to all places', async () => {
    for (const [path, words] of [
      ['/en/city/scenarios/', 'To City'],
      ['/zh/city/indicators/none/', '返回城市'],
    ] as const) {
      const answer = await app.request(path);
      expect(answer.status).toBe(404);
      const page = await answer.text();
      expect(page).toContain(`href="/${path.slice(1, 3)}/city/indicators/"`);
      expect(page).toContain(`href="/${path.slice(1, 3)}/city/">${words}</a>`);
    }
    const nowhere = await app.request('/en/none/indicators/');
    expect(nowhere.status).toBe(404);
    expect(await nowhere.text()).not.toContain('/city/indicators/');
  });
});

describe('places side by side', () => {
  it('show the total of each in its newest year, and say when there is nothing in common', async () => {
    expect(await text('/en/city/compare/?area=A&area=B')).toMatch(/Literacy % 90\.3 2020 88\.0 2020/);
    expect(await text('/zh/city/compare/?area=B')).toContain('请至少选择两个地区');
  });
});

describe('the explorer', () => {
  it('draws what the address chooses without any script, and gives it as CSV, as a zip and for a frame', async () => {
    const page = await (await app.request('/en/city/indicators/literacy/?kind=bar&to=2020&focus=B')).text();
    expect(page).toContain('chart-bar');
    expect(page).toMatch(/<option value="bar" selected/);
    const csv = await (
      await app.request('/en/city/indicators/literacy/shown.csv?kind=bar&to=2020&show=B')
    ).text();
    expect(csv.split('\r\n')[1]).toBe('literacy,B,North,2020,88,%,A,');
    const zip = await app.request('/en/city/indicators/literacy/download.zip');
    const again = await app.request('/en/city/indicators/literacy/download.zip');
    expect(new Uint8Array(await zip.arrayBuffer())).toEqual(new Uint8Array(await again.arrayBuffer()));
    const embed = await app.request('/en/city/indicators/literacy/embed/?kind=bar');
    expect(embed.headers.get('content-security-policy')).toContain('frame-ancestors *');
    const plain = await app.request('/en/city/indicators/literacy/');
    expect(plain.headers.get('content-security-policy')).toContain("frame-ancestors 'self'");
  });
});
