import { resolve } from 'node:path';
import type { Hono } from 'hono';
import { beforeAll, describe, expect, it } from 'vitest';
import { assess, methods, type StandardAssessment } from '../../assess/index.ts';
import { FigureSet } from '../../figures/index.ts';
import { parseWorkspace, readFolder } from '../../intake/index.ts';
import { frameworkSchema, type Workspace } from '../../model/index.ts';
import { bindReview, renderHtml } from '../../review/index.ts';
import { Catalogue } from '../catalogue.ts';
import { createApp } from '../index.ts';
import { comparedMethods, progressBy, progressTables } from './progress-of.ts';
import { shippedFrameworks } from './shipped.ts';

const examples = resolve(import.meta.dirname, '../../../examples');

async function example(name: string): Promise<Workspace> {
  const { workspace } = parseWorkspace((await readFolder(resolve(examples, name))).files);
  if (workspace === null) throw new Error(name);
  return workspace;
}

const place = (workspace: Workspace) => ({
  workspace,
  figures: new FigureSet(workspace, { asOf: 1 }),
  asOf: 1,
});

/** Text of a page as a reader hears it: no tags, single spaces. */
const plain = (html: string): string =>
  html
    .replaceAll(/<(script|style)[\s\S]*?<\/\1>/g, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&nbsp;', ' ')
    .replaceAll(/[\s\u00a0]+/g, ' ');

describe("Chengdu's self-assessment, recomputed", () => {
  let app: Hono;
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = await example('chengdu');
    app = createApp({ places: [place(workspace)] });
  });
  const page = async (path: string) => {
    const answer = await app.request(path);
    expect(answer.status, path).toBe(200);
    return answer.text();
  };
  const path = '/chengdu/framework/eco-city-2007/';

  it('shows 4, 5 and 6 of 6 measures met, those of 2014 all on provisional data', async () => {
    expect(plain(await page(`/en${path}`))).toContain(
      'Indicators with a value 4 of 6 met 5 of 6 met 6 of 6 met, all on provisional data',
    );
    expect(plain(await page(`/zh${path}`))).toContain(
      '有数值的指标 6项中4项达标 6项中5项达标 6项中6项达标，均为初步数据',
    );
  });

  it('says what a careful assessor says of irrigation, energy and cleaner production', async () => {
    const text = plain(await page(`/en${path}`));
    expect(text).toContain('0.55 is ≥ 0.55; exactly at the threshold: no margin; the value is not final');
    expect(text).toContain('Any final value that is worse would turn the verdict.');
    expect(text).toContain('0.59 is ≤ 0.9; the value is not final; 3.0 % worse than the year before (0.573)');
    expect(text).toMatch(/Compulsory cleaner production audits accepted.{0,400}○ not met 97\.37 ● met 100/);
  });

  it('finds 64.3 % of the units named, not 80 %', async () => {
    const text = plain(await page(`/en${path}`));
    expect(text).toMatch(/Eighty per cent of the counties are named ≥ 80 %.{0,80}○ not met 64\.3/);
    expect(text).toContain('64.2857 is not ≥ 80');
  });

  it('never calls met what the document does not reach: indicators 6 to 19 are not shown in any year', async () => {
    const made: StandardAssessment & { area: string } = JSON.parse(
      await page('/api/places/chengdu/assessments/eco-city-2007'),
    );
    expect(made.area).toBe('510100');
    const beyond = /^ind([6-9]|1\d)[a-z]?$/;
    for (const { criteria, verdict } of made.periods) {
      const own = criteria.filter(({ criterion }) => beyond.test(criterion));
      expect(own.length).toBeGreaterThanOrEqual(14);
      expect(new Set(own.map((one) => one.verdict))).toEqual(new Set(['not_shown']));
      expect(verdict).toBe('not_met');
    }
    const last = made.periods.at(-1);
    expect(last?.criteria.find(({ criterion }) => criterion === 'bc5')?.verdict).toBe('not_met');
    for (const id of ['bc3', 'bc4'])
      expect(last?.criteria.find(({ criterion }) => criterion === id)?.verdict).toBe('not_shown');
    expect(plain(await page(`/en${path}`))).toContain('What is missing');
  });

  it('flags requirements that are remembered', async () => {
    expect(plain(await page(`/en${path}`))).toContain('requirement from memory, to be checked');
    expect(plain(await page(`/zh${path}`))).toContain('要求凭记忆录入，待核对');
  });

  it('says the same in the review', () => {
    const [review] = workspace.reviews;
    if (review === undefined) throw new Error('no review');
    const { document, findings } = bindReview({
      review,
      workspace,
      figures: place(workspace).figures,
      related: [],
      language: 'en',
      asOf: 1,
    });
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    const text = plain(renderHtml(document, { figureHref: (code) => `/f/${code}` }));
    expect(text).toMatch(/2012: 4 of 6 met; 2013: 5 of 6 met; 2014: 6 of 6 met, all on provisional data/);
    expect(text).toContain('3.0 % worse than the year before');
    expect(text).toContain('64.2857 is not ≥ 80');
  });

  it('judges goals by the default method, with reasons', async () => {
    expect(plain(await page('/en/chengdu/'))).toContain('↗ 1 better than at the start');
    const goal = plain(await page('/en/chengdu/goals/7/'));
    expect(goal).toContain('3 values, 0.601 (2012) to 0.59 (2014): a change, too few for a trend');
    expect(plain(await page('/zh/chengdu/goals/7/'))).toContain('优于起始年');
  });

  it('answers 404 for what is not there', async () => {
    for (const absent of [
      '/en/chengdu/framework/none/',
      '/en/chengdu/framework/eco-city-2007/districts/',
      '/en/chengdu/progress/best/',
      '/api/places/none/assessments',
      '/api/places/chengdu/assessments/none',
      '/api/places/chengdu/assessments/eco-city-2007?area=1',
    ])
      expect((await app.request(absent)).status, absent).toBe(404);
  });
});

describe('progress by method', () => {
  it('is what the command says of the tables that the page hands out', async () => {
    const here = new Catalogue(place(await example('shanghai')));
    const { codebook, data } = progressTables(here);
    expect(data.rows.length).toBeGreaterThan(30);
    for (const id of comparedMethods) {
      const method = methods.get(id);
      if (method === undefined) throw new Error(id);
      const { results, findings } = assess(method, codebook, data);
      expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
      const own = progressBy(here, id);
      for (const result of results)
        if (result.level === 'indicator') expect(own.get(result.code)).toEqual(result);
    }
  });

  it('is shown under each method in both languages, with the tables as files', async () => {
    const app = createApp({ places: [place(await example('shanghai'))] });
    for (const method of ['', 'statcan/', 'eurostat/', 'unsd-2023/'])
      for (const language of ['en', 'zh']) {
        const answer = await app.request(`/${language}/shanghai/progress/${method}`);
        expect(answer.status).toBe(200);
        expect(await answer.text()).toContain('aria-current="page"');
      }
    const csv = await (await app.request('/api/places/shanghai/progress/codebook.csv')).text();
    expect(csv.split('\n')[0]).toBe('indicator,goal,direction,target,target_year,base_year');
    const json: { methods: { id: string }[] } = JSON.parse(
      await (await app.request('/api/places/shanghai/progress')).text(),
    );
    expect(json.methods.map(({ id }) => id)).toEqual([...comparedMethods]);
  });
});

describe('districts compared', () => {
  it('holds the districts against the thresholds, and what they did not hand in is not shown', async () => {
    const workspace = await example('chengdu');
    const [area = '', other = ''] = workspace.city.areas
      .filter(({ parent }) => parent === '510100')
      .map(({ id }) => id);
    const [sample] = workspace.observations;
    if (sample === undefined) throw new Error('no observation');
    const income = (of: string, value: string) => ({
      ...sample,
      indicator: 'cd.ind1.farmer_income',
      area: of,
      period: '2014',
      value,
      unit: 'CNY/{person}',
      status: 'A' as const,
      reason: null,
    });
    const framework = frameworkSchema.parse({
      id: 'town',
      name: { en: 'Town', zh: '镇' },
      kind: 'standard',
      source: sample.source,
      periods: ['2014'],
      criteria: [
        {
          id: 'income',
          name: { en: 'Income', zh: '收入' },
          kind: 'binding',
          tests: [
            {
              id: 'i',
              indicator: 'cd.ind1.farmer_income',
              comparator: '>=',
              value: '8000',
              unit: 'CNY/{person}',
            },
            {
              id: 'e',
              indicator: 'cd.ind3.energy_gdp',
              comparator: '<=',
              value: '0.9',
              unit: 'tce/10*4/CNY',
            },
          ],
        },
      ],
    });
    const made = {
      ...workspace,
      frameworks: [framework],
      observations: [
        ...workspace.observations,
        income(area, '9000'),
        income(other, '7000'),
        income('510000', '9500'),
      ],
    };
    const app = createApp({ places: [place(made)] });
    const text = plain(await (await app.request('/en/chengdu/framework/town/districts/')).text());
    expect(text).toMatch(/● met 9000 1 of 1 met/);
    expect(text).toMatch(/○ not met 7000 0 of 1 met/);
    expect(text).not.toContain('Sichuan ●');
    expect(text).not.toContain('0.59');
    expect((await app.request('/en/chengdu/framework/town/')).status).toBe(200);
  });
});

describe('the frameworks that come with the product', () => {
  it('are shown with where they are from and how far they were checked, requirement by requirement', async () => {
    const app = createApp({ places: [place(await example('chengdu'))] });
    const read = async (path: string) => {
      const answer = await app.request(path);
      expect(answer.status, path).toBe(200);
      return plain(await answer.text());
    };
    for (const language of ['en', 'zh']) {
      const list = await read(`/${language}/frameworks/`);
      const words = language === 'en' ? 'to be checked' : '待核对';
      expect(list).toContain(words);
      for (const framework of shippedFrameworks()) {
        expect(list).toContain(language === 'en' ? framework.name.en : framework.name.zh);
        const page = await read(`/${language}/frameworks/${framework.id}/`);
        if (framework.status === 'to-check') expect(page, framework.id).toContain(words);
      }
    }
    expect(await read('/en/frameworks/eco-city-2007/')).toMatch(/forest.{0,120}≥ 70/i);
    expect(await read('/zh/frameworks/sdg/')).toContain('11.2.1 便利使用公共交通的人口比例');
    expect(await read('/en/frameworks/u4ssc-scoring/')).toContain('from 95 % of the target: 4 points');
    expect((await app.request('/en/frameworks/none/')).status).toBe(404);
  });
});
