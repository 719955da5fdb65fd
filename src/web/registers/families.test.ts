import type { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testEngines } from '../../../scripts/test-stores.ts';
import { FigureSet } from '../../figures/index.ts';
import { exportWorkspace } from '../../intake/index.ts';
import { citySchema, type Workspace } from '../../model/index.ts';
import {
  type Case,
  cellValue,
  derive,
  genealogy,
  openRegisters,
  type Registers,
  shippedRegister,
  shippedRegisters,
  withRegisters,
} from '../../registers/index.ts';
import type { Store } from '../../store/index.ts';
import { createApp } from '../index.ts';
import type { Person } from '../who.ts';
import { gate } from './gate.fixture.ts';

const engine = testEngines[0];
const now = '2022-12-31T02:00:00Z';
const both = (text: string) => ({ en: text, zh: text });
const place: Workspace = {
  city: citySchema.parse({
    modelcity: 1,
    id: 'shanghai',
    name: both('Shanghai'),
    area: '310000',
    languages: ['en', 'zh'],
    areas: [
      { id: '310000', name: both('Shanghai'), kind: 'city' },
      { id: '310117', name: both('Songjiang'), kind: 'district', parent: '310000' },
    ],
    sources: [
      { id: 'review', title: both('Review'), producer: both('City'), date: '2022-10', licence: 'public' },
    ],
  }),
  indicators: [],
  observations: [],
  targets: [],
  claims: [],
  frameworks: [],
  plans: [],
  reviews: [],
  registers: [gate],
};
const official: Person = {
  id: 'li',
  name: 'Li',
  grants: (['reporter', 'checker', 'approver', 'editor', 'assessor', 'administrator'] as const).map(
    (role) => ({ role, area: '*', department: '*' }),
  ),
};

let store: Store;
let home = '';
let app: Hono;
/** Reads the same log beside the server: balances and genealogies. */
let all: Registers;
let who: Person | null = official;

beforeAll(async () => {
  if (engine === undefined) throw new Error('no engine');
  const at = await engine.place();
  home = at.directory;
  store = await at.open();
  await store.submit({
    city: 'shanghai',
    kind: 'workspace',
    agent: 'test',
    received: '2012-01-01T00:00:00Z',
    files: exportWorkspace(place),
    workspace: place,
  });
  all = openRegisters(place, store, home);
  app = served(place, 1);
  await run('organisations', ['enterprise.added', { code: 'e1', name: 'Steel works' }]);
});
afterAll(() => store.close());

function served(workspace: Workspace, asOf: number): Hono {
  return createApp({
    places: [{ workspace, figures: new FigureSet(workspace, { asOf }), asOf, store }],
    store,
    who: async () => who,
    registers: { home, now: () => now, apiKeys: new Map() },
  });
}

/** A case as the server tells it. */
type Told = Pick<Case, 'number' | 'stream' | 'at' | 'state' | 'values' | 'flags'> & {
  readonly deadlines: readonly { readonly id: string; readonly due: string }[];
};
type Taken =
  | { readonly case: Told }
  | { readonly case: null; readonly rules: readonly string[]; readonly why: string };

const api = 'http://city.example/api/places/shanghai/registers';

/** Takes a step as another program of the city would: over the JSON interface. */
async function take(
  register: string,
  kind: string,
  values: Record<string, string> = {},
  each?: Pick<Case, 'number'>,
): Promise<Taken> {
  const answer = await app.request(
    `${api}/${register}/cases${each === undefined ? '' : `/${each.number}/steps`}`,
    {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ kind, values, area: '310117' }),
    },
  );
  const told = await answer.json();
  if (answer.status !== 201)
    return {
      case: null,
      rules: (told.findings ?? []).map(({ rule }: { rule: string }) => rule),
      why: JSON.stringify(told),
    };
  await all.refresh();
  return { case: await read(register, told.number) };
}

async function read(register: string, number: string): Promise<Told> {
  const answer = await app.request(`${api}/${register}/cases/${number}`);
  if (answer.status !== 200) throw new Error(`${register}/${number}: ${answer.status}`);
  return { ...(await answer.json()), stream: `${register}.${number}` };
}

async function must(taken: Promise<Taken>): Promise<Told> {
  const done = await taken;
  if (done.case === null) throw new Error(done.why);
  return done.case;
}

async function rulesOf(taken: Promise<Taken>): Promise<readonly string[]> {
  const done = await taken;
  return done.case === null ? done.rules : [];
}

/** Takes steps in a row; the first begins the case. */
async function run(
  register: string,
  ...steps: readonly (readonly [string, Record<string, string>?])[]
): Promise<Told> {
  let each: Told | undefined;
  for (const [kind, values = {}] of steps) each = await must(take(register, kind, values, each));
  if (each === undefined) throw new Error('no steps');
  return each;
}

function known(register: string, { number }: Pick<Case, 'number'>): Case {
  const each = all.get(register)?.knownByNumber(number) ?? null;
  if (each === null) throw new Error(`${register}/${number} is not there`);
  return each;
}

function childrenOf(register: string, each: Pick<Case, 'number'>): readonly Case[] {
  return all.get(register)?.children(known(register, each)) ?? [];
}

async function value(id: string, period = '2022'): Promise<string | null> {
  await all.refresh();
  const { cells, indicators } = derive(all, '2022-12-31T03:00:00Z');
  const cell = cells.find(
    (each) => each.indicator === id && each.area === '310000' && each.period === period,
  );
  return cell === undefined ? null : cellValue(cell, indicators.find((each) => each.id === id)?.unit ?? '1');
}

describe('registers of twenty families and more', () => {
  it('are there', () => {
    const families = new Set(shippedRegisters().map((id) => shippedRegister(id).family));
    families.delete('organisations');
    expect(families.size).toBeGreaterThanOrEqual(20);
  });

  it('energy: fuels become coal equivalent by sourced factors; meters, days and limits are checked', async () => {
    const use = {
      enterprise: 'e1',
      month: '2022-05-01',
      expected: '100',
      use_coal: '1000',
      use_electricity: '10000',
    };
    const good = await run(
      'energy-declarations',
      ['declared', { ...use, reported_meters: '95', days_total: '9900', product: '2', limit: '1000' }],
      ['checked'],
    );
    expect([good.values.coal_equivalent, good.flags]).toEqual(['1943.3', []]);
    const poor = await must(
      take('energy-declarations', 'declared', {
        ...use,
        reported_meters: '80',
        days_total: '9000',
        product: '1',
        limit: '1000',
      }),
    );
    expect(poor.flags).toEqual(['complete', 'day-month', 'limit']);
    expect(
      await rulesOf(take('energy-declarations', 'declared', { ...use, reported_meters: '101' })),
    ).toEqual(['check.meters']);
    expect(await value('energy.declared')).toBe('0.00019433');
    expect(await value('energy.meter_coverage')).toBe('87.5');
  });

  it('water: an outlet off its river is refused, one above the limit is flagged, a VOC plan adds up its measures', async () => {
    const reach = JSON.stringify({
      type: 'Polygon',
      coordinates: [
        [
          [121, 31],
          [122, 31],
          [122, 32],
          [121, 32],
          [121, 31],
        ],
      ],
    });
    await run('water-outlets', ['river.added', { code: 'r1', name: 'Creek', reach }]);
    const found = (outlet_code: string, outlet_place: string) =>
      take('water-outlets', 'found', {
        outlet_code,
        outlet_name: 'Pipe',
        river: 'r1',
        outlet_place,
        kind: 'urban',
      });
    expect(await rulesOf(found('o1', '30.5,121.5'))).toEqual(['register.needs']);
    const outlet = await must(found('o1', '31.5,121.5'));
    const traced = await must(
      take('water-outlets', 'traced', { traced_to: 'e1', cod: '80', cod_limit: '50' }, outlet),
    );
    expect(traced.flags).toEqual(['cod']);
    await must(take('water-outlets', 'treated', { measure: 'closed' }, outlet));
    expect(await value('outlets.treated')).toBe('100');
    const plan = await run(
      'water-outlets',
      [
        'voc-planned',
        {
          plant: 'e1',
          emission: '12.5',
          measures: '[{"measure":"RTO","cut":"4.5"},{"measure":"LDAR","cut":"1"}]',
        },
      ],
      ['voc-checked', { emission_after: '7' }],
    );
    expect([plan.values.planned_cut, await value('voc.cut')]).toEqual(['5.5', '5.5']);
  });

  it('industry: an audit has its own deadline of the year; only one that passed counts', async () => {
    const audit = await run(
      'clean-production',
      ['listed', { enterprise: 'e1', list_year: '2021', why: 'energy' }],
      ['published'],
      ['audited', { schemes: '12', energy_saved: '340.5' }],
    );
    expect(audit.deadlines[0]?.due).toBe('2022-12-31T15:59:59Z');
    await must(take('clean-production', 'accepted', { grade: 'passed' }, audit));
    await run('clean-production', ['listed', { enterprise: 'e1', list_year: '2021', why: 'over' }]);
    expect([
      await value('clean_production.completed', '2021'),
      await value('clean_production.saved', '2021'),
    ]).toEqual(['50', '340.5']);
  });

  it('disclosure: a filing is filled in from the waste register, and disagreement is told', async () => {
    await must(
      take('hazardous-waste', 'generated', {
        producer: 'e1',
        origin: 'production',
        generated: '12.5',
        generated_on: '2021-05-01',
      }),
    );
    const filed = await run('disclosure', ['due', { enterprise: 'e1', year: '2021' }], ['filed', {}]);
    expect([filed.values.waste_generated, filed.flags]).toEqual(['12.5', []]);
    const other = await run(
      'disclosure',
      ['due', { enterprise: 'e1', year: '2021' }],
      ['filed', { waste_generated: '10' }],
      ['published'],
    );
    expect([other.values.waste_generated, other.flags]).toEqual(['10', ['differs.waste_generated']]);
    // Published on 31 December 2022, due on 15 March 2022: late, so below the line only.
    expect(await value('disclosure.rate', '2021')).toBe('0');
  });

  it('tells which of those that are expected stand in a figure, and why others do not', async () => {
    const owes = { key_discharger: 'yes', makes_hazardous_waste: 'yes' };
    for (const [code, name] of [
      ['d1', 'Plater'],
      ['d2', 'Tanner'],
      ['d3', 'Dyer'],
    ])
      await run('organisations', ['enterprise.added', { code: code ?? '', name: name ?? '', ...owes }]);
    await run('disclosure', ['due', { enterprise: 'd1', year: '2022' }], ['filed', {}], ['published']);
    // Due on 15 March 2023: not yet, and not published, so it is not counted yet.
    await run('disclosure', ['due', { enterprise: 'd2', year: '2022' }], ['filed', {}]);
    const generated = { origin: 'production', generated: '3', generated_on: '2022-05-01' };
    await run('hazardous-waste', ['generated', { producer: 'd2', ...generated }]);
    await all.refresh();
    const { cells } = derive(all, '2022-12-31T03:00:00Z');
    const of = (id: string) =>
      cells.find((each) => each.indicator === id && each.area === '310000' && each.period === '2022')
        ?.completeness;
    const enterprise = { en: 'Enterprise', zh: '企业' };
    expect(of('disclosure.rate')).toEqual({
      present: 1,
      expected: 3,
      missing: ['Tanner', 'Dyer'],
      of: enterprise,
      reasons: [
        { reason: { en: 'Filed', zh: '提交' }, count: 1, names: ['Tanner'] },
        { reason: { en: 'no record', zh: '无记录' }, count: 1, names: ['Dyer'] },
      ],
    });
    expect(of('hazardous.generated')).toMatchObject({ present: 1, expected: 3, missing: ['Plater', 'Dyer'] });
  });

  it('supervision: the risk of a dispute is a rule whose rows can be seen', async () => {
    const judged = await must(
      take('supervision', 'judged', {
        site_name: 'Plant',
        site: '31.1,121.1',
        complaints_90: '12',
        reopened: '3',
        late: '2',
        people: '9',
        contested: 'no',
      }),
    );
    expect([judged.values.score, judged.values.level]).toEqual(['51', 'high']);
    await run(
      'supervision',
      ['asked', { asked_of: 'Water office', question: 'When?' }],
      ['replied', { reply: 'In May.' }],
    );
    await run('supervision', ['referred', { aid_number: 'A1' }], ['aided', { aid_outcome: 'helped' }]);
    expect(await value('supervision.answered')).toBe('100');
  });

  it('procurement: the share is of the same categories, 85.5 % as published for 2020', async () => {
    const buy = (ocid: string, category: string, amount: string, green: string) =>
      must(
        take('green-procurement', 'bought', {
          ocid,
          buyer: 'City',
          category,
          amount,
          green,
          signed_on: '2020-06-01',
        }),
      );
    await buy('ocds-1', 'computers', '81350000000', 'national');
    await buy('ocds-2', 'furniture', '13796000000', 'none');
    await buy('ocds-3', 'other', '500000000000', 'none');
    expect(Number(await value('procurement.green_share', '2020')).toFixed(1)).toBe('85.5');
    expect(await value('procurement.green_share', '2018')).toBeNull();

    // Public bodies that are listed have to buy: one does, told by OCDS with its code as the buyer's id, one has not.
    const whole = () =>
      derive(all, '2022-12-31T03:00:00Z').cells.find(
        ({ indicator, area, period }) =>
          indicator === 'procurement.green_share' && area === '310000' && period === '2022',
      )?.completeness;
    for (const [code, name] of [
      ['b1', 'Library'],
      ['b2', 'School'],
    ] as const)
      await run('organisations', ['body.added', { code, name }]);
    const release = {
      ...{ ocid: 'ocds-x-4', id: '4', date: '2020-07-01T00:00:00Z', tag: ['contract'] },
      ...{ initiationType: 'tender', buyer: { id: 'b1', name: 'Library' } },
      contracts: [
        {
          ...{
            id: 'c',
            awardID: 'a',
            dateSigned: '2022-06-30T00:00:00+08:00',
            'modelcity:green': 'national',
          },
          value: { amount: 100, currency: 'CNY' },
          items: [{ id: '1', classification: { scheme: 'CPV', id: '39110000' } }],
        },
      ],
    };
    const sent = await app.request(`${api}/green-procurement/ocds`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        ...{ uri: 'https://city.example/r', publishedDate: '2020-07-02T00:00:00Z', publisher: { name: 'P' } },
        releases: [release],
      }),
    });
    expect(sent.status).toBe(201);
    await all.refresh();
    expect(whole()).toMatchObject({ present: 1, expected: 2, missing: ['School'] });
  });

  it('approvals and projects: parallel cases join in one step', async () => {
    const dossier = await must(take('project-approvals', 'applied', { project: 'Line 1' }));
    const children = childrenOf('project-approvals', dossier);
    expect(children.map(({ values }) => values.matter)).toEqual([
      'land',
      'planning',
      'environment',
      'fire',
      'energy',
    ]);
    for (const child of children.slice(0, 4)) await must(take('project-approvals', 'approved', {}, child));
    expect(await rulesOf(take('project-approvals', 'issued', { permit_number: 'P1' }, dossier))).toEqual([
      'register.join',
    ]);
    for (const child of children.slice(4)) await must(take('project-approvals', 'approved', {}, child));
    expect((await must(take('project-approvals', 'issued', { permit_number: 'P1' }, dossier))).state).toBe(
      'closed',
    );

    const project = await must(
      take('projects', 'entered', {
        title: 'Pipes',
        lead: 'Water office',
        budget: '100',
        demonstration: 'no',
      }),
    );
    expect((await must(take('projects', 'progressed', { spent: '120' }, project))).flags).toEqual(['budget']);
    expect(await rulesOf(take('projects', 'finished', {}, project))).toEqual(['register.join']);
    for (const child of childrenOf('projects', project)) await must(take('projects', 'met', {}, child));
    await must(take('projects', 'finished', {}, project));
  });

  it('health: no more bookings than places, a cancelled place is free again', async () => {
    const session = await must(
      take('health-checks', 'opened', { where: 'Clinic', day: '2023-01-05', capacity: '2' }),
    );
    const book = () => take('health-checks', 'booked', { session: session.number, person: 'Zhang' });
    const first = await must(book());
    const second = await must(book());
    expect(await rulesOf(book())).toEqual(['flow.uncovered']);
    await must(take('health-checks', 'cancelled', {}, first));
    await must(book());
    await must(take('health-checks', 'checked', { finding: 'normal' }, second));
    expect(await value('health.attendance')).toMatch(/^33\.3/);
  });

  it('care: payments split 70 to 30 by themselves', async () => {
    expect(
      await rulesOf(take('long-term-care', 'applied', { applicant: 'Wang', birth_year: '1980' })),
    ).toEqual(['register.needs']);
    await run(
      'long-term-care',
      ['applied', { applicant: 'Wang', birth_year: '1940' }],
      ['assessed', { level: '4' }],
      ['served', { hours: '30', rate: '65' }],
    );
    const declaration = shippedRegister('long-term-care');
    expect([
      all.balance(declaration, 'payment', 'long-term-care.fund'),
      all.balance(declaration, 'payment', 'long-term-care.person'),
    ]).toEqual(['-1365', '-585']);
  });

  it('tea: a packet leads back through making, split and merge to its gardens', async () => {
    await run('tea', ['garden.added', { code: 'g1', name: 'North' }]);
    const picked = await must(take('tea', 'picked', { lot_code: 'L1', garden: 'g1', picked: '100' }));
    const other = await must(take('tea', 'picked', { lot_code: 'L2', garden: 'g1', picked: '50' }));
    const split = await must(take('tea', 'split', { lot_code: 'L3', source: 'L1', amount: '40' }));
    await must(take('tea', 'merged', { merge_from: 'L2', merge_amount: '50' }, split));
    expect(
      await rulesOf(take('tea', 'made', { lot_code: 'T0', source: 'L3', amount: '91', made: '20' })),
    ).toEqual(['flow.uncovered']);
    const made = await must(take('tea', 'made', { lot_code: 'T1', source: 'L3', amount: '90', made: '20' }));
    await must(take('tea', 'sold', { sold_kg: '5' }, made));
    const declaration = shippedRegister('tea');
    expect(
      genealogy(all, declaration, known('tea', made), 'before')
        .map(({ number }) => number)
        .sort(),
    ).toEqual(['L1', 'L2', 'L3']);
    expect(genealogy(all, declaration, known('tea', other), 'after').map(({ number }) => number)).toEqual([
      'L3',
      'T1',
    ]);
    expect(all.balance(declaration, 'leaf', picked.stream)).toBe('60');
  });

  it('compensation: a missed target makes the payment due', async () => {
    const month = await must(
      take('ecological-compensation', 'read', {
        section: 'A',
        month: '2022-03-01',
        value: '1.2',
        target: '1',
      }),
    );
    const [claim] = childrenOf('ecological-compensation', month);
    expect([claim?.values.sum, claim?.at]).toEqual(['120', 'owed']);
    if (claim !== undefined) await must(take('ecological-compensation', 'paid', {}, claim));
    const fine = await must(
      take('ecological-compensation', 'read', {
        section: 'B',
        month: '2022-03-01',
        value: '0.9',
        target: '1',
      }),
    );
    expect(childrenOf('ecological-compensation', fine)).toEqual([]);
    expect(await value('compensation.paid')).toBe('120');
  });

  it('education, buildings, children, transport, cooperation, parks, plans and titles go through their steps', async () => {
    await run('credit-bank', ['learner.added', { code: 'l1', name: 'Li' }]);
    await run('credit-bank', ['base.added', { code: 'b1', name: 'Museum' }]);
    await run('credit-bank', ['earned', { learner: 'l1', base: 'b1', credits: '9' }]);
    expect(await rulesOf(take('credit-bank', 'certified', { holder: 'l1' }))).toEqual(['register.needs']);
    await run('credit-bank', ['earned', { learner: 'l1', base: 'b1', credits: '2' }]);
    await run('credit-bank', ['certified', { holder: 'l1' }]);

    const asked = await run(
      'renewal',
      ['proposed', { neighbourhood: 'N', households: '90', floor_area: '12000' }],
      ['asked', { agreed: '59' }],
    );
    expect(await rulesOf(take('renewal', 'begun', {}, asked))).toEqual(['register.needs']);
    await must(take('renewal', 'asked', { agreed: '60' }, asked));
    await must(take('renewal', 'begun', {}, asked));
    await must(take('renewal', 'accepted', { accepted_on: '2022-10-01' }, asked));
    expect(await value('renewal.area')).toBe('1.2');

    await run('child-friendly', ['service-point.added', { code: 'p1', name: 'House' }]);
    await run(
      'child-friendly',
      ['applied', { community: 'C', points: 'p1', children: '300' }],
      ['visited', { met: '18', of_all: '20' }],
      ['named'],
    );
    expect(await value('child_friendly.standing')).toBe('1');

    await run('buses', ['in-service', { plate: 'B1', drive: 'battery', since: '2020-01-05' }]);
    await run(
      'buses',
      ['in-service', { plate: 'B2', drive: 'diesel', since: '2020-01-05' }],
      ['retired', { retired_on: '2022-06-01' }],
    );
    expect([await value('buses.clean_share', '2021'), await value('buses.clean_share')]).toEqual([
      '50',
      '100',
    ]);

    const project = await run(
      'paired-assistance',
      ['agreed', { title: 'School', partner: 'P', amount: '100' }],
      ['paid', { part: '60' }],
    );
    expect(await rulesOf(take('paired-assistance', 'paid', { part: '41' }, project))).toEqual([
      'flow.uncovered',
    ]);
    await must(take('paired-assistance', 'accepted', { people: '300' }, project));

    const outline = JSON.stringify({
      type: 'Polygon',
      coordinates: [
        [
          [121, 31],
          [121.1, 31],
          [121.1, 31.1],
          [121, 31.1],
          [121, 31],
        ],
      ],
    });
    await run('park-assessment', ['park.added', { code: 'k1', name: 'Park', outline }]);
    const seen = await must(
      take('park-assessment', 'inspected', {
        park: 'k1',
        day: '2022-05-01',
        score: '91.5',
        spot: '31.5,121.05',
      }),
    );
    expect([seen.flags, await value('parks.score')]).toEqual([['inside'], '91.5']);

    await run(
      'decisions',
      ['referred', { proposal: 'Plant', referred_to: 'Ecology office' }],
      ['judged', { view: 'no' }],
      ['decided', { decision: 'dropped' }],
    );
    const examined = await run(
      'titles',
      ['applied', { title: 'eco-city' }],
      ['examined', { criteria: '22', met: '21' }],
    );
    expect(await rulesOf(take('titles', 'named', {}, examined))).toEqual(['register.needs']);
    await run(
      'green-units',
      ['applied', { unit: 'School', kind: 'school' }],
      ['checked', { points: '85' }],
      ['named'],
    );
    expect([await value('green_units.standing'), await value('green_units.named')]).toEqual(['1', '1']);
    const consultation = await must(
      take('consultations', 'noticed', { subject: 'Rule', what: 'rule', until_day: '2023-02-01' }),
    );
    await run(
      'consultations',
      ['said', { about: consultation.number, comment: 'More trees' }],
      ['considered', { reply: 'Yes', effect: 'taken' }],
    );
    expect(await value('consultation.answered')).toBe('100');
  });

  it('a register of the city’s own: walking time, a relation as it was, evidence, matches, who sees what, consent', async () => {
    await run('gates', ['home.added', { code: 'h1', place: '31.0,121.0', keeper: 'e1' }]);
    const asked = (more: Record<string, string>) =>
      take('gates', 'asked', { home: 'h1', park: '31.0,121.01', resident: 'Zhang', ...more });
    const near = await must(asked({ park: '31.0,121.0', may: 'no', story: 'Ours' }));
    const far = await must(asked({ may: 'yes', story: 'The gate is shut' }));
    // 960 m along the street at 80 m a minute; what formulas of others gave stays as it was.
    expect([near.values.minutes, far.values.minutes, far.values.keeper_then]).toEqual(['0', '12', 'e1']);
    await run('organisations', ['enterprise.added', { code: 'e9', name: 'Garden works' }]);
    await must(
      take('gates', 'home.changed', { code: 'h1', place: '31.0,121.0', keeper: 'e9' }, { number: 'home.h1' }),
    );
    const later = await must(asked({ may: 'no' }));
    expect([(await read('gates', far.number)).values.keeper_then, later.values.keeper_then]).toEqual([
      'e1',
      'e9',
    ]);
    const keeps = await app.request('http://city.example/en/shanghai/registers/gates/cases/home.h1/');
    expect((await keeps.text()).match(/<li>/g)?.length).toBeGreaterThanOrEqual(2);

    // Evidence that lies in another register is filled in and not asked for again.
    const audited = await run(
      'clean-production',
      ['listed', { enterprise: 'e9', list_year: '2021', why: 'energy' }],
      ['published'],
      ['audited', { schemes: '3', energy_saved: '77' }],
    );
    const judged = await must(take('gates', 'judged', { saver: 'e9' }, far));
    expect([audited.at, judged.values.saved]).toEqual(['audited', '77']);

    const pages = async (path: string) =>
      (await app.request(`http://city.example/zh/shanghai/registers/gates/${path}`)).text();
    expect(await pages('matches/')).toContain(judged.number);
    const seen = async (number: string) =>
      [await pages(`cases/${number}/`), JSON.stringify(await read('gates', number))].map((text) => [
        text.includes('Zhang'),
        text.includes('The gate is shut') || text.includes('Ours'),
      ]);
    expect(await seen(far.number)).toEqual([
      [true, true],
      [true, true],
    ]);
    who = { ...official, grants: [{ role: 'reporter', area: '*', department: '*' }] };
    expect((await seen(far.number))[0]).toEqual([false, true]);
    who = null;
    expect(await seen(far.number)).toEqual([
      [false, true],
      [false, true],
    ]);
    expect(await seen(near.number)).toEqual([
      [false, false],
      [false, false],
    ]);
    const table = await (await app.request(`${api}/gates/cases.csv`)).text();
    expect([table.includes('The gate is shut'), table.includes('Ours'), table.includes('Zhang')]).toEqual([
      true,
      false,
      false,
    ]);
    who = official;
  });

  it('each has its public page, its cases and its figures in both languages', async () => {
    const [head] = (await store.cities()).map((each) => each.head);
    const counted = await withRegisters(place, store, head ?? 1);
    const site = served(counted, head ?? 1);
    who = null;
    const shown = async (path: string): Promise<string> => {
      const answer = await site.request(`http://city.example${path}`);
      expect([path, answer.status]).toEqual([path, 200]);
      return answer.text();
    };
    const figures = new FigureSet(counted, { asOf: head ?? 1 });
    for (const language of ['en', 'zh'] as const)
      for (const register of all.all()) {
        const { declaration, id } = register;
        const list = await shown(`/${language}/shanghai/registers/${id}/`);
        expect(list).toContain(declaration.name[language].replaceAll('&', '&amp;'));
        await shown(`/${language}/shanghai/registers/${id}/rules/`);
        const [first] = register.known().filter((each) => each.type !== null || each.steps.length > 0);
        if (first !== undefined && list.includes(`/cases/${first.number}/`))
          await shown(`/${language}/shanghai/registers/${id}/cases/${first.number}/`);
      }
    const given = counted.derived?.indicators ?? [];
    expect(given.length).toBeGreaterThanOrEqual(25);
    for (const id of given) {
      const page = await shown(`/en/shanghai/indicators/${encodeURIComponent(id)}/`);
      const codes = [...figures.all()].filter(({ key }) => key.indicator === id);
      expect([id, codes.length > 0 && page.includes('/figures/')]).toEqual([id, true]);
    }
    // From a figure's trace to the case that it counts.
    const packets = [...figures.all()].find(({ key }) => key.indicator === 'compensation.paid');
    const trace = await shown(`/en/shanghai/figures/${packets?.code}/`);
    const [, href = ''] = /<a href="(\/en\/shanghai\/registers\/[^"]+\/cases\/[^"]+)"/.exec(trace) ?? [];
    expect(await shown(href)).toContain('120');
    who = official;
  });
});
