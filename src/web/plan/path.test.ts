import { fileURLToPath } from 'node:url';
import { beforeAll, expect, it } from 'vitest';
import { FigureSet } from '../../figures/index.ts';
import { parseWorkspace, readFolder } from '../../intake/index.ts';
import { createApp } from '../app.tsx';

let page = '';

beforeAll(async () => {
  const { files } = await readFolder(fileURLToPath(new URL('../../../examples/shenyang', import.meta.url)));
  const rows = ['2008,1.02', '2009,0.97', '2010,0.95', '2011,0.90'].map(
    (row, at) =>
      `sy.eco_industry.energy_per_iva,210100,${row},tce/10*4/CNY,shenyang-model-city-2010-en,line 1,T-${at}`,
  );
  const { workspace } = parseWorkspace([
    ...files,
    {
      path: 'observations/made-up.csv',
      bytes: Buffer.from(['indicator,area,period,value,unit,source,locator,ref', ...rows, ''].join('\n')),
    },
  ]);
  if (workspace === null) throw new Error('the example reads');
  const app = createApp({ places: [{ workspace, asOf: 1, figures: new FigureSet(workspace, { asOf: 1 }) }] });
  page = await (await app.request('/en/shenyang/plan/shenyang-model-city/c/d1-5/')).text();
});

it('draws what is required, observed and projected for a staged target, with the pace, the chance and all values', () => {
  // (0.785 − 0.90) / 4 years; Theil–Sen slope: the median of the six slopes between pairs.
  expect(page).toContain('Needed from 2011 to 2015, on average: −0.029 tce/10,000 yuan a year; so far:');
  expect(page).toMatch(/−0\.038\s+tce\/10,000 yuan a year/);
  expect(page).toMatch(/Chance of standing at the target in 2015, if it goes on as so far: \d\d %/);
  expect(page).toMatch(/<summary>Values as a table<\/summary>[\s\S]*?<th scope="row">2015<\/th>/);
  // The label at the end of the projected line has its room.
  expect(page).toMatch(/>0\.566<\/text>/);
});

it('without an observed value says why, and draws what the stages ask for among themselves', () => {
  const water = page.slice(page.lastIndexOf('<h3>', page.indexOf('the sources give no value')));
  expect(water).toContain('the sources give no value for the base year or any year since');
  // (95 − 90) / 5 years.
  expect(water).toContain(
    'asks for 90 in 2015 and 95 in 2020: on average 1.000\u00a0percentage point a year',
  );
  expect(water).toMatch(/<svg[\s\S]*class="c-line c-stroke-comparison"/);
});
