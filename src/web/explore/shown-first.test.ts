import { describe, expect, it } from 'vitest';
import { FigureSet } from '../../figures/index.ts';
import { parseWorkspace } from '../../intake/index.ts';
import { createApp } from '../app.tsx';
import type { Explored } from './explored.ts';

const file = (path: string, text: string) => ({ path, bytes: new TextEncoder().encode(text) });
const sites = Array.from({ length: 30 }, (_, at) => `s${String(at).padStart(2, '0')}`);

/** Thirty sites of a river: of the first ten nothing is known, of the last fifteen three years, of the others one. */
const rows = sites.flatMap((site, at) =>
  at < 10
    ? [`fish,T,2019,,{fish},O,the cell is blank,单元格为空,${site},yearbook,row ${at}`]
    : (at < 15 ? ['2019'] : ['2018', '2019', '2020']).map(
        (year) => `fish,T,${year},${at},{fish},A,,,${site},yearbook,row ${at}`,
      ),
);
const { workspace } = parseWorkspace([
  file(
    'city.yaml',
    `modelcity: 1
id: tiny
name: { en: Tiny, zh: 小城 }
area: T
languages: [en, zh]
areas: [{ id: T, name: { en: Tiny, zh: 小城 }, kind: city }]
dimensions:
  - { id: site, name: { en: Site, zh: 站点 }, values: [${sites.map((id) => `{ id: ${id}, name: { en: Site ${id}, zh: ${id}站 } }`).join(', ')}] }
sources:
  - { id: yearbook, title: { en: Yearbook, zh: 年鉴 }, producer: { en: Bureau, zh: 局 }, date: 2022, licence: CC BY 4.0 }
`,
  ),
  file(
    'indicators/all.yaml',
    '- { id: fish, name: { en: Fish counted, zh: 鱼类计数 }, unit: "{fish}", nature: level, goals: [14] }\n',
  ),
  file(
    'observations/all.csv',
    `indicator,area,period,value,unit,status,reason_en,reason_zh,site,source,locator\n${rows.join('\n')}\n`,
  ),
]);
if (workspace === null) throw new Error('the workspace does not read');
const app = createApp({
  places: [{ workspace, asOf: 1, figures: new FigureSet(workspace, { asOf: 1 }) }],
});

describe('an indicator of many groups, of which some have no value', () => {
  it('shows first those with most values', async () => {
    const { whole }: { whole: Explored } = await (
      await app.request('/en/tiny/indicators/fish/explore.json')
    ).json();
    expect(whole.series).toHaveLength(30);
    expect(whole.first).toHaveLength(12);
    expect(whole.first).toEqual(sites.slice(15, 27).map((site) => `T:site=${site}`));
  });

  it('does not say that nothing is reported: it tells of the first group that has a value, and names it', async () => {
    const page = await (await app.request('/en/tiny/indicators/fish/')).text();
    expect(/<p class="lead">([^<]+)/.exec(page)?.[1]).toMatch(/Fish counted, .*Site s10.*10/);
  });
});
