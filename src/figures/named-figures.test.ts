import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testEngines } from '../../scripts/test-stores.ts';
import { exportWorkspace } from '../intake/index.ts';
import { indicatorSchema, type Workspace } from '../model/index.ts';
import { openRegisters, type Register, type Registers, withRegisters } from '../registers/index.ts';
import type { Store } from '../store/index.ts';
import { FigureSet } from './figure-set.ts';
import { readFormulas } from './formulas.ts';
import { place } from './named-place.fixture.ts';
import { recompute } from './recompute.ts';

// The figures that an office asks its registers for, each out of records: the city's and the districts' value, who has not
// reported, the official statistic of the same name beside it, and what a late record or correction does to it.

const [north, south] = ['310117', '310120'];
const city = place.city.area;
type Values = Readonly<Record<string, string>>;
type Step = readonly [kind: string, values?: Values, now?: string];

let store: Store;
let all: Registers;
let first: Workspace;
let before = 0;
/** The streams of cases by a name of this test. */
const streams = new Map<string, string>();

function registerOf(id: string): Register {
  const register = all.get(id);
  if (register === undefined) throw new Error(`there is no register ${id}`);
  return register;
}

function byOf(register: Register, kind: string) {
  return register.declaration.steps.find((each) => each.kind === kind)?.by[0] ?? 'administrator';
}

/** Takes steps in a row in a case of an area; `called`: a case of this test, begun or gone on with. */
async function play(id: string, area: string, called: string, ...steps: readonly Step[]): Promise<void> {
  const register = registerOf(id);
  for (const [kind, values = {}, now = '2022-02-01T02:00:00Z'] of steps) {
    const stream = streams.get(called);
    const result = await register.take({
      ...(stream === undefined ? {} : { stream }),
      ...{ area, kind, values, now, as: byOf(register, kind), actor: 'test' },
    });
    if (result.case === null)
      throw new Error(
        `${id} ${kind}: ${result.findings.map(({ what, why }) => `${what}: ${why}`).join('; ')}`,
      );
    streams.set(called, result.case.stream);
  }
}

/** Says anew what a step of a case recorded. */
async function corrected(id: string, called: string, seq: number, values: Values): Promise<void> {
  const register = registerOf(id);
  const stream = streams.get(called) ?? '';
  const kind = register
    .knownByNumber(stream.slice(id.length + 1))
    ?.steps.find((each) => each.seq === seq)?.kind;
  const result = await register.correct({
    ...{ stream, seq, values, reason: 'Read again', actor: 'test', now: '2023-02-01T02:00:00Z' },
    as: byOf(register, kind ?? ''),
  });
  if (result.case === null)
    throw new Error(result.findings.map(({ what, why }) => `${what}: ${why}`).join('; '));
}

let tickets = 0;
function weigh(area: string, kind: string, what: string, weight: string, more: Values, day = '2020-06-15') {
  tickets += 1;
  const values = { ticket: `T${tickets}`, weighed_on: `${day}T08:00`, class: what, weight, ...more };
  return play('domestic-waste', area, `T${tickets}`, [kind, values]);
}
const putOut = (area: string, what: string, weight: string, day?: string) =>
  weigh(area, 'put-out', what, weight, { at_point: area === north ? 'pn' : 'ps' }, day);

/** From a point of the north to a plant there, and through it. */
async function treated(what: string, weight: string, way: string): Promise<void> {
  await weigh(north, 'loaded', what, weight, { from_point: 'pn', on_truck: 'tr' });
  await weigh(north, 'transferred', what, weight, { from_truck: 'tr', at_station: 'st' });
  await weigh(north, 'delivered', what, weight, { from_station: 'st', at_plant: 'pl' });
  await weigh(north, 'treated', what, weight, { treated_at: 'pl', way });
}

async function complaint(
  area: string,
  called: string,
  days: readonly string[],
  outcome: string,
  satisfied: string,
) {
  const [filed = '', answered = ''] = days;
  const about = { category: 'water', urgency: 'complaint', description: 'Smell', location: '31.03,121.22' };
  await play(
    'complaints',
    area,
    called,
    ['filed', about, filed],
    ['routed', { department: 'Water office', publish: 'yes' }, filed],
    ['answered', { answer: 'Done' }, answered],
    ['closed', { outcome }, answered],
    ['called-back', { satisfied }, answered],
  );
}

async function records(): Promise<void> {
  await play('organisations', north, 'e1', ['enterprise.added', { code: 'e1', name: 'Steel works' }]);
  await play('organisations', south, 'e2', ['enterprise.added', { code: 'e2', name: 'Power station' }]);
  for (const [kind, code, area] of [
    ['point', 'pn', north],
    ['point', 'ps', south],
    ['truck', 'tr', north],
    ['station', 'st', north],
    ['plant', 'pl', north],
  ] as const)
    await play('domestic-waste', area, code, [`${kind}.added`, { code, name: code }]);
  // Published: September 2019 and 2020, tonnes a day.
  await putOut(north, 'recyclable', '5605', '2019-09-15');
  await putOut(north, 'wet', '9008', '2019-09-15');
  await putOut(south, 'dry', '15275', '2019-09-15');
  await putOut(south, 'hazardous', '0.62', '2019-09-15');
  await putOut(north, 'recyclable', '6375');
  await putOut(north, 'dry', '14194');
  await putOut(south, 'wet', '9504');
  await treated('recyclable', '6375', 'recycled');
  await treated('dry', '14194', 'incinerated');

  // Published: 1,504 kt generated in 2021 = 545 utilised + 980 disposed of − 50 of earlier years + 29 stored.
  for (const [called, origin, kt, day] of [
    ['earlier', 'earlier', 50, '2020-12-31'],
    ['made', 'production', 1504, '2021-06-30'],
  ] as const)
    await play('hazardous-waste', north, called, [
      'generated',
      { producer: 'e1', origin, generated: String(kt * 1000), generated_on: day },
    ]);
  for (const [way, kt] of [
    ['utilised', 545],
    ['disposed', 980],
  ] as const)
    await play('hazardous-waste', north, way, [
      'treated',
      { treated_by: 'e1', way, treated: String(kt * 1000), treated_on: '2021-11-30' },
    ]);

  const issue = { issue_year: '2019', issued_item: 'allowance', issued_blocks: 'SHEA-2019:1-1030' };
  await play('carbon', north, 'issue', ['issued', { issued_to: 'e1', ...issue }]);
  for (const [called, area, verified] of [
    ['e1', north, '1030'],
    ['e2', south, '500'],
  ] as const)
    await play(
      'carbon',
      area,
      `cycle ${called}`,
      ['planned', { enterprise: called, cycle_year: '2019', monitoring: 'Coal' }],
      ['reported', { reported: verified }],
      ['verified', { verified, verifier: 'V' }],
    );
  await play('carbon', north, 'surrender', [
    'surrendered',
    {
      surrenderer: 'e1',
      surrender_year: '2019',
      surrendered_item: 'allowance',
      surrendered_blocks: 'SHEA-2019:1-1030',
    },
  ]);
  await play('carbon', north, 'cycle e1', ['cleared', { allocated: '1030' }]);

  for (const [called, area] of [
    ['e1', north],
    ['e2', south],
  ] as const)
    await play('disclosure', area, `report ${called}`, ['due', { enterprise: called, year: '2021' }]);
  await play('disclosure', north, 'report e1', ['filed'], ['published']);

  await complaint(north, 'c1', ['2021-03-01T02:00:00Z', '2021-03-05T02:00:00Z'], 'resolved', 'yes');
  await complaint(south, 'c2', ['2021-03-01T02:00:00Z', '2021-06-05T02:00:00Z'], 'unresolved', 'no');

  // Published: 81.35 billion yuan with an eco-label, 85.5 % of the same categories.
  for (const [called, area, category, amount, green] of [
    ['b1', north, 'computers', '81350000000', 'national'],
    ['b2', south, 'furniture', '13796000000', 'none'],
    ['b3', south, 'other', '500000000000', 'none'],
  ] as const)
    await play('green-procurement', area, called, [
      'bought',
      { ocid: called, buyer: 'City', category, amount, green, signed_on: '2020-06-01' },
    ]);

  await play(
    'clean-production',
    north,
    'audit e1',
    ['listed', { enterprise: 'e1', list_year: '2021', why: 'energy' }],
    ['published'],
    ['audited', { schemes: '12', energy_saved: '340.5' }],
    ['accepted', { grade: 'passed' }],
  );
  await play(
    'clean-production',
    south,
    'audit e2',
    ['listed', { enterprise: 'e2', list_year: '2021', why: 'energy' }],
    ['published'],
    ['audited', { schemes: '1', energy_saved: '20' }],
  );

  for (const [called, area, kwh] of [
    ['e1', north, '1000000'],
    ['e2', south, '500000'],
  ] as const)
    await play(
      'energy-declarations',
      area,
      `use ${called}`,
      ['declared', { enterprise: called, ...declared, use_electricity: kwh, days_total: kwh }],
      ['checked'],
    );
  // The moment at which deadlines are judged is when the newest record came: after 15 March 2022.
  await play('organisations', north, 'e3', [
    'enterprise.added',
    { code: 'e3', name: 'Mill' },
    '2022-06-01T02:00:00Z',
  ]);
}
const declared = { month: '2021-01-01', expected: '10', reported_meters: '10' };

interface Named {
  readonly id: string;
  readonly period: string;
  readonly values: readonly [city: string, north: string | null, south: string | null];
  readonly official?: string;
  /** A period without records, and the reason that is told. */
  readonly late: () => Promise<void>;
  readonly after: string;
}

const named: readonly Named[] = [
  {
    id: 'waste.sorted_share',
    ...{ period: '2019-09', official: 'sorted_waste_share' },
    values: ['48.89', '100.00', '0.00'],
    late: () => corrected('domestic-waste', 'T1', 1, weighing('T1', '2019-09-15', 'recyclable', '5705')),
    after: '49.06',
  },
  {
    id: 'waste.sorted_share_year',
    period: '2020',
    values: ['52.80', '30.99', '100.00'],
    late: () =>
      corrected('domestic-waste', 'T7', 1, {
        ...weighing('T7', '2020-06-15', 'wet', '9000'),
        at_point: 'ps',
      }),
    after: '52.00',
  },
  {
    id: 'waste.recycling_rate',
    ...{ period: '2020', official: 'recycling_rate' },
    values: ['21.20', '30.99', '0.00'],
    late: () =>
      corrected('domestic-waste', 'T11', 1, {
        ...{ ticket: 'T11', weighed_on: '2020-06-15T08:00', class: 'recyclable', weight: '6000' },
        ...{ treated_at: 'pl', way: 'recycled' },
      }),
    after: '20.29',
  },
  {
    id: 'waste.harmless_rate',
    ...{ period: '2020', official: 'harmless_treatment_rate' },
    values: ['68.40', '100.00', '0.00'],
    late: () => Promise.resolve(),
    after: '68.29',
  },
  {
    id: 'hazardous.generated',
    ...{ period: '2021', official: 'hazardous_waste_generated' },
    values: ['150.40', '150.40', null],
    late: () =>
      corrected('hazardous-waste', 'made', 1, {
        ...{ producer: 'e1', origin: 'production', generated: '1500000', generated_on: '2021-06-30' },
      }),
    after: '150.00',
  },
  {
    id: 'carbon.clearance_rate',
    ...{ period: '2019', official: 'carbon_clearance_rate' },
    values: ['67.32', '100.00', '0.00'],
    late: () => corrected('carbon', 'cycle e2', 3, { verified: '470', verifier: 'V' }),
    after: '68.67',
  },
  {
    id: 'disclosure.rate',
    ...{ period: '2021', official: 'environmental_disclosure_rate' },
    values: ['50.00', '100.00', '0.00'],
    late: () => play('disclosure', south, 'report e3', ['due', { enterprise: 'e3', year: '2021' }]),
    after: '33.33',
  },
  {
    id: 'complaints.answered_in_time',
    ...{ period: '2021', official: 'complaint_answered_in_time' },
    values: ['50.00', '100.00', '0.00'],
    late: () => complaint(south, 'c3', ['2021-04-01T02:00:00Z', '2021-04-02T02:00:00Z'], 'resolved', 'no'),
    after: '66.67',
  },
  {
    id: 'complaints.resolved',
    ...{ period: '2021', official: 'complaint_settlement_rate' },
    values: ['50.00', '100.00', '0.00'],
    late: () => corrected('complaints', 'c2', 4, { outcome: 'resolved' }),
    after: '100.00',
  },
  {
    id: 'complaints.satisfied',
    ...{ period: '2021', official: 'complaint_satisfaction' },
    values: ['50.00', '100.00', '0.00'],
    late: () => corrected('complaints', 'c2', 5, { satisfied: 'yes' }),
    after: '66.67',
  },
  {
    id: 'procurement.green_share',
    ...{ period: '2020', official: 'green_procurement_share' },
    values: ['85.50', '100.00', '0.00'],
    late: () =>
      corrected('green-procurement', 'b2', 1, {
        ...{ ocid: 'b2', buyer: 'City', category: 'furniture', amount: '13796000000' },
        ...{ green: 'eu', signed_on: '2020-06-01' },
      }),
    after: '100.00',
  },
  {
    id: 'clean_production.completed',
    ...{ period: '2021', official: 'clean_production_audit_rate' },
    values: ['50.00', '100.00', '0.00'],
    late: () => play('clean-production', south, 'audit e2', ['accepted', { grade: 'passed' }]),
    after: '100.00',
  },
  {
    id: 'clean_production.saved',
    period: '2021',
    values: ['340.50', '340.50', null],
    late: () => corrected('clean-production', 'audit e1', 3, { schemes: '12', energy_saved: '300' }),
    after: '320.00',
  },
  {
    id: 'energy.per_gdp',
    ...{ period: '2021', official: 'energy_per_gdp' },
    // 122.9 and 61.45 tce; the south has no gross domestic product.
    values: ['0.18', '0.25', null],
    late: () =>
      corrected('energy-declarations', 'use e2', 1, {
        ...{ enterprise: 'e2', ...declared, use_electricity: '1000000', days_total: '1000000' },
      }),
    after: '0.25',
  },
];

function weighing(ticket: string, day: string, what: string, weight: string) {
  return { ticket, weighed_on: `${day}T08:00`, class: what, weight, at_point: 'pn' };
}

const engine = testEngines.at(-1);
beforeAll(async () => {
  if (engine === undefined) throw new Error('no engine');
  const { directory, open } = await engine.place();
  store = await open();
  const received = '2012-01-01T00:00:00Z';
  const files = exportWorkspace(place);
  await store.submit({
    city: place.city.id,
    kind: 'workspace',
    agent: 'test',
    received,
    files,
    workspace: place,
  });
  all = openRegisters(place, store, directory);
  await records();
  before = await all.refresh();
  first = await withRegisters(place, store, before);
}, 180_000);
afterAll(() => store.close());

function figureOf(figures: FigureSet, indicator: string, area: string, period: string) {
  return figures.get({
    city: place.city.id,
    indicator,
    area,
    breakdown: {},
    measure: { kind: 'value', period },
  });
}
/** As it is written beside others: two decimals. */
const short = (value: string | null): string | null => (value === null ? null : Number(value).toFixed(2));

describe('figures out of records', () => {
  it.each(named)(
    '$id of the city and its districts, traced, beside the official one',
    ({ id, period, values, official }) => {
      const figures = new FigureSet(first, { asOf: before });
      const found = [city, north, south].map((area) => figureOf(figures, id, area, period));
      expect(found.map(({ value }) => short(value))).toEqual(values);
      const [whole] = found;
      if (whole === undefined) throw new Error('three areas');
      expect(whole.contributions.length).toBeGreaterThan(0);
      // Every record of it is one that a register or a statistic holds.
      for (const { record, source } of whole.contributions)
        expect([record, source.startsWith('register.') || record.startsWith('observation/')]).toEqual([
          record,
          true,
        ]);
      for (const figure of found)
        expect([figure.value !== null, recompute(figure)]).toEqual([figure.value !== null, []]);
      // What is not there says why.
      for (const figure of [...found, figureOf(figures, id, city, '2014')])
        expect([
          figure.value === null,
          figure.missing?.en !== undefined,
          figure.missing?.zh !== undefined,
        ]).toEqual([figure.value === null, figure.value === null, figure.value === null]);
      if (official !== undefined) {
        expect(first.derived?.official[id]).toContain(official);
        expect(figureOf(figures, official, city, period.slice(0, 4)).value).not.toBeNull();
      }
    },
  );

  it('say which districts are not in them, where each is to report', () => {
    const figures = new FigureSet(first, { asOf: before });
    const there = figureOf(figures, 'waste.sorted_share', city, '2019-09');
    expect(there.completeness).toEqual({ present: 2, expected: 3, missing: ['310151'] });
    expect(there.status).toBe('E');
  });

  it('change with what comes late, and stay as they were as of before', async () => {
    const figures = new FigureSet(first, { asOf: before });
    const held = new Map(named.map(({ id, period }) => [id, figureOf(figures, id, city, period)] as const));
    for (const { late } of named) await late();
    await all.refresh();
    const now = await withRegisters(place, store, all.projection.position);
    const newest = new FigureSet(now, { asOf: all.projection.position });
    const then = new FigureSet(await withRegisters(place, store, before), { asOf: before });
    for (const { id, period, after } of named) {
      const [old, again, late] = [
        held.get(id),
        figureOf(then, id, city, period),
        figureOf(newest, id, city, period),
      ];
      expect([id, short(late.value), late.root === old?.root]).toEqual([id, after, false]);
      expect([id, again]).toEqual([id, old]);
    }
  });

  it('have formulas over indicators of the place only', async () => {
    expect(readFormulas(first.indicators).findings).toEqual([]);
    const without = place.indicators.filter(({ id }) => id !== 'gdp');
    const { indicators } = await withRegisters({ ...place, indicators: without }, store, before);
    expect(readFormulas(indicators).findings).toEqual([]);
    expect(indicators.map(({ id }) => id)).not.toContain('energy.per_gdp');
    expect(indicatorSchema.array().safeParse(place.indicators).success).toBe(true);
  });
});
