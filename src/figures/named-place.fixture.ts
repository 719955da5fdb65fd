import {
  citySchema,
  indicatorSchema,
  type Observation,
  observationSchema,
  type Workspace,
} from '../model/index.ts';

const both = (text: string) => ({ en: text, zh: text });
const share = ['%', 'ratio'] as const;

/** Official statistics that share their names with what registers count. */
const official: readonly (readonly [
  id: string,
  unit: string,
  nature: string,
  area: string,
  year: string,
  value: string,
])[] = [
  ...(
    [
      ['sorted_waste_share', '2019', '48.9'],
      ['recycling_rate', '2020', '38'],
      ['harmless_treatment_rate', '2020', '100'],
      ['carbon_clearance_rate', '2019', '100'],
      ['environmental_disclosure_rate', '2021', '98'],
      ['complaint_answered_in_time', '2021', '99.5'],
      ['complaint_settlement_rate', '2021', '82'],
      ['complaint_satisfaction', '2021', '93'],
      ['green_procurement_share', '2020', '85.5'],
      ['clean_production_audit_rate', '2021', '100'],
    ] as const
  ).map(([id, year, value]) => [id, ...share, '310000', year, value] as const),
  ['hazardous_waste_generated', '10*4.t', 'flow', '310000', '2021', '150.4'],
  ['energy_per_gdp', 'tce/10*4/CNY', 'ratio', '310000', '2021', '0.28'],
  ['gdp', '10*4.CNY', 'flow', '310000', '2021', '1000'],
  ['gdp', '10*4.CNY', 'flow', '310117', '2021', '500'],
];

const indicators = [
  ...new Map(official.map(([id, unit, nature]) => [id, { id, unit, nature }])).values(),
].map((each) => indicatorSchema.parse({ ...each, version: 1, name: both(each.id), topic: 'official' }));

const observations: readonly Observation[] = official.map(([indicator, unit, , area, period, value]) =>
  observationSchema.parse({
    ...{
      indicator,
      unit,
      area,
      period,
      value,
      status: 'A',
      source: 'yearbook',
      breakdown: {},
      locator: 'row 1',
    },
    ...{ reason: null, qualifier: null, ref: null, note: null },
  }),
);

/** A city of three districts with the official statistics of the figures that its registers count; one district never reports. */
export const place: Workspace = {
  city: citySchema.parse({
    modelcity: 1,
    id: 'shanghai',
    name: both('Shanghai'),
    area: '310000',
    languages: ['en', 'zh'],
    areas: [
      { id: '310000', name: both('Shanghai'), kind: 'city' },
      ...['310117', '310120', '310151'].map((id) => ({
        id,
        name: both(id),
        kind: 'district',
        parent: '310000',
      })),
    ],
    sources: [
      {
        id: 'yearbook',
        title: both('Yearbook'),
        producer: both('Statistics'),
        date: '2022',
        licence: 'public',
      },
    ],
  }),
  indicators,
  observations,
  targets: [],
  claims: [],
  frameworks: [],
  plans: [],
  reviews: [],
};
