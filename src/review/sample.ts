import { FigureSet } from '../figures/index.ts';
import type { Chapter, Indicator, Language, Observation, Review, Workspace } from '../model/index.ts';
import type { BindInput } from './binder.ts';

/** A small place for tests: two years of Shanghai's energy figures, a standard, a case, a plan and one lost value. */
const base: Omit<Observation, 'indicator' | 'period' | 'value' | 'unit' | 'locator'> = {
  area: '310000',
  breakdown: {},
  status: 'A',
  reason: null,
  qualifier: null,
  source: 'vlr',
  ref: null,
  note: null,
};

const observe = (
  indicator: string,
  period: string,
  value: string | null,
  unit: string,
  locator: string,
  more: Partial<Observation> = {},
): Observation => ({ ...base, indicator, period, value, unit, locator, ...more });

const indicator = (
  id: string,
  en: string,
  zh: string,
  unit: string,
  more: Partial<Indicator> = {},
): Indicator => ({
  id,
  version: 1,
  name: { en, zh },
  unit,
  rollup: 'none',
  direction: 'none',
  nature: 'level',
  goals: ['7'],
  targets: [],
  key: true,
  ...more,
});

export const sampleWorkspace: Workspace = {
  city: {
    modelcity: 1,
    id: 'shanghai',
    name: { en: 'Shanghai', zh: '上海市' },
    area: '310000',
    languages: ['en', 'zh'],
    areas: [
      { id: '310000', name: { en: 'Shanghai', zh: '上海市' }, kind: 'province' },
      { id: '310114', name: { en: 'Jiading', zh: '嘉定区' }, kind: 'district', parent: '310000' },
    ],
    sources: [
      {
        id: 'vlr',
        title: { en: 'Voluntary Local Review 2022 of Shanghai', zh: '上海自愿评估报告2022' },
        producer: { en: "Shanghai Municipal People's Government", zh: '上海市人民政府' },
        date: '2022-10-31',
        licence: 'facts cited; text not reproduced',
      },
    ],
    dimensions: [],
  },
  indicators: [
    indicator('nonfossil-share', 'Non-fossil share of energy use', '非化石能源占能源消费比重', '%', {
      direction: 'up',
    }),
    indicator(
      'energy-per-gdp',
      'Energy used per 10,000 yuan of GDP',
      '万元地区生产总值能耗',
      'tce/10*4/CNY',
      {
        direction: 'down',
        decimals: 3,
      },
    ),
    indicator('pv-capacity', 'Installed photovoltaic capacity', '光伏装机容量', 'kW'),
  ],
  observations: [
    observe('nonfossil-share', '2015', '14.6', '%', 'line 315'),
    observe('nonfossil-share', '2020', '18.3', '%', 'line 315', { status: 'P' }),
    observe('energy-per-gdp', '2015', '0.46', 'tce/10*4/CNY', 'line 341'),
    observe('energy-per-gdp', '2021', '0.28', 'tce/10*4/CNY', 'line 341'),
    observe('pv-capacity', '2021', null, 'kW', 'line 322', {
      status: 'O',
      reason: { en: 'the chart is an image in the source', zh: '原文图表为图片' },
    }),
  ],
  targets: [
    {
      indicator: 'nonfossil-share',
      area: '310000',
      period: '2025',
      breakdown: {},
      comparator: '>=',
      value: '20',
      unit: '%',
      basePeriod: null,
      qualifier: null,
      source: 'vlr',
      locator: 'line 318',
      ref: null,
      note: null,
    },
  ],
  claims: [
    {
      indicator: 'nonfossil-share',
      area: '310000',
      kind: 'change_pp',
      from: '2015',
      to: '2020',
      breakdown: {},
      value: '3.7',
      unit: 'pp',
      status: 'A',
      qualifier: null,
      source: 'vlr',
      locator: 'line 315',
      ref: 'C1',
      note: null,
    },
  ],
  frameworks: [
    {
      id: 'response',
      version: 1,
      name: { en: 'Response to the goals', zh: '响应框架' },
      kind: 'response',
      source: 'vlr',
      periods: [],
      criteria: [],
      goals: [
        {
          goal: '7',
          name: { en: 'Affordable and clean energy', zh: '经济适用的清洁能源' },
          measures: [
            {
              id: 'm7',
              name: { en: 'Cleaner supply', zh: '清洁供应' },
              targets: ['7.2'],
              practices: [{ name: { en: 'Panels on roofs', zh: '屋顶光伏' }, case: 'roofs' }],
              indicators: ['pv-capacity'],
            },
          ],
        },
      ],
      cases: [
        {
          id: 'roofs',
          number: 1,
          title: { en: 'Roofs that earn', zh: '会赚钱的屋顶' },
          area: '310114',
          goal: '7',
          indicators: [],
          citation: { source: 'vlr', locator: 'line 400' },
        },
      ],
      otherMeasures: [],
    },
    {
      id: 'standard',
      version: 1,
      name: { en: 'Eco-city standard', zh: '生态市指标' },
      kind: 'standard',
      source: 'vlr',
      periods: ['2020'],
      criteria: [
        {
          id: 'c1',
          name: { en: 'Non-fossil energy', zh: '非化石能源' },
          kind: 'binding',
          tests: [{ id: 't1', indicator: 'nonfossil-share', comparator: '>=', value: '18', unit: '%' }],
          evidence: [],
          standing: 'read',
        },
        {
          id: 'c2',
          name: { en: 'Solar power', zh: '太阳能' },
          kind: 'reference',
          tests: [{ id: 't1', indicator: 'pv-capacity', comparator: '>=', value: '1', unit: 'kW' }],
          evidence: [],
          standing: 'read',
        },
        {
          id: 'c3',
          name: { en: 'Leadership', zh: '组织领导' },
          kind: 'basic',
          tests: [],
          evidence: [
            {
              id: 'e1',
              statement: { en: 'A leading group meets', zh: '领导小组定期开会' },
              standing: 'shown-in-part',
              citation: { source: 'vlr', locator: 'line 9' },
            },
          ],
          standing: 'read',
        },
      ],
      goals: [],
      cases: [],
      otherMeasures: [],
    },
  ],
  plans: [
    {
      id: 'plan',
      name: { en: 'The plan', zh: '规划' },
      source: 'vlr',
      commitments: [
        {
          id: 'g1',
          kind: 'goal',
          name: { en: 'Clean energy', zh: '清洁能源' },
          due: '2025',
          budget: [],
          targets: [
            { indicator: 'nonfossil-share', period: '2025', comparator: '>=', value: '20', unit: '%' },
          ],
          state: 'started',
          sdgTargets: [],
          citation: { source: 'vlr', locator: 'line 318' },
        },
      ],
    },
  ],
  reviews: [],
};

/** A review of the sample place with one chapter, ready to bind. */
export function sampleInput(
  text: string,
  language: Language = 'en',
  more: readonly Chapter[] = [],
): BindInput {
  const review: Review = {
    head: {
      id: '2022',
      title: { en: 'Voluntary Local Review 2022', zh: '自愿评估报告2022' },
      date: '2022-10-31',
      issuer: { en: "Shanghai Municipal People's Government", zh: '上海市人民政府' },
      kind: 'voluntary-local-review',
      framework: 'response',
      chapters: ['goal-7', ...more.map(({ id }) => id)],
      districts: [],
    },
    chapters: [{ id: 'goal-7', language, text }, ...more],
  };
  return {
    review,
    workspace: sampleWorkspace,
    figures: new FigureSet(sampleWorkspace, { asOf: 1 }),
    language,
  };
}
