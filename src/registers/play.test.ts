import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testEngines } from '../../scripts/test-stores.ts';
import { balanceSheet } from './balance-sheet.ts';
import { cellValue } from './cell-value.ts';
import { derive } from './derive.ts';
import { must, place, play, rulesOf, type TestRegisters, testRegisters } from './fixture.ts';
import type { Registers } from './registers.ts';

const engine = testEngines[0];
let at: TestRegisters;
let all: Registers;

beforeAll(async () => {
  if (engine === undefined) throw new Error('no engine');
  at = await testRegisters(engine);
  all = at.all;
  for (const [code, name] of [
    ['e1', 'Steel works'],
    ['e2', 'Power station'],
  ])
    await play(all, 'organisations', [['enterprise.added', { code: code ?? '', name: name ?? '' }]]);
});
afterAll(() => at.close());

/** Value of a derived indicator in an area and period. */
async function value(id: string, period: string, area = place.city.area): Promise<string | null> {
  await all.refresh();
  const { cells, indicators } = derive(all, '2023-01-01T00:00:00Z');
  const cell = cells.find((each) => each.indicator === id && each.area === area && each.period === period);
  const unit = indicators.find((each) => each.id === id)?.unit ?? '1';
  return cell === undefined ? null : cellValue(cell, unit);
}

function take(register: string, kind: string, values: Record<string, string>, stream?: string) {
  const of = all.get(register);
  if (of === undefined) throw new Error(register);
  const as = of.declaration.steps.find((each) => each.kind === kind)?.by[0] ?? 'administrator';
  return of.take({
    ...(stream === undefined ? {} : { stream }),
    area: '310117',
    kind,
    values,
    as,
    actor: 'test',
    now: '2023-01-01T02:00:00Z',
  });
}

describe('hazardous waste', () => {
  it('adds up to the published balance of Shanghai, 2021: 1,504 = 545 + 980 − 50 + 29 kt', async () => {
    const kt = (count: number) => String(count * 1000);
    const generated = (origin: string, quantity: number, day: string) =>
      must(
        take('hazardous-waste', 'generated', {
          producer: 'e1',
          origin,
          generated: kt(quantity),
          generated_on: day,
        }),
      );
    const treated = (way: string, quantity: number) =>
      must(
        take('hazardous-waste', 'treated', {
          treated_by: 'e1',
          way,
          treated: kt(quantity),
          treated_on: '2021-11-30',
        }),
      );
    await generated('earlier', 50, '2020-12-31');
    await generated('production', 1504, '2021-06-30');
    await treated('utilised', 545);
    await treated('disposed', 980);
    await all.refresh();
    const lines = balanceSheet(all, 'hazardous-waste', '2021');
    const held = lines.find(({ kind }) => kind === 'enterprise');
    expect(held).toMatchObject({ opening: '50000', inflow: '1504000', outflow: '1525000', closing: '29000' });
    expect(await value('hazardous.generated', '2021')).toBe('150.4');
    expect(await value('hazardous.treated_share', '2021')).toMatch(/^101\.39/);
  });

  it('binds the weight at receipt, flags a fifth, returns what is rejected, and lets nobody ship more than is held', async () => {
    await must(take('hazardous-waste', 'plant.added', { code: 'p1', name: 'Plant' }));
    await must(take('hazardous-waste', 'carrier.added', { code: 'c1', name: 'Carrier' }));
    const manifest = (sent: string) =>
      must(
        take('hazardous-waste', 'created', {
          sender: 'e1',
          manifest_carrier: 'c1',
          receiver: 'p1',
          waste_code: '900-041-49',
          intended: 'disposed',
          sent,
        }),
      );
    const collect = (stream: string) =>
      take('hazardous-waste', 'collected', { collected_on: '2022-03-01T08:00', vehicle: '沪A00001' }, stream);
    const receive = (stream: string, received: string) =>
      take('hazardous-waste', 'received', { received_on: '2022-03-02T08:00', received }, stream);
    const first = await manifest('100');
    expect(await rulesOf(receive(first.stream, '79'))).toEqual(['register.step']);
    await must(collect(first.stream));
    const short = await must(receive(first.stream, '80'));
    expect(short.flags).toEqual(['discrepancy']);
    expect(await rulesOf(receive(first.stream, '80'))).toEqual(['register.step']);
    const second = await manifest('10');
    await must(collect(second.stream));
    expect((await must(receive(second.stream, '9'))).flags).toEqual([]);
    const third = await manifest('5');
    await must(collect(third.stream));
    await must(
      take(
        'hazardous-waste',
        'rejected',
        { rejected_on: '2022-03-03T08:00', rejection: 'Wrong code' },
        third.stream,
      ),
    );
    await all.refresh();
    const holder = (name: string) => all.balance(declarationOf('hazardous-waste'), 'waste', name);
    expect(holder('hazardous-waste.plant.p1')).toBe('89');
    expect(holder('hazardous-waste.carrier.c1')).toBe('0');
    expect(holder('organisations.enterprise.e1')).toBe('28890');
    const tooMuch = await manifest('30000');
    expect(await rulesOf(collect(tooMuch.stream))).toEqual(['flow.uncovered']);
    expect(
      await rulesOf(
        take(
          'hazardous-waste',
          'collected',
          { collected_on: '2030-01-01T08:00', vehicle: 'x' },
          tooMuch.stream,
        ),
      ),
    ).toEqual(['register.future']);
  });
});

function declarationOf(id: string) {
  const declaration = all.declaration(id);
  if (declaration === undefined) throw new Error(id);
  return declaration;
}

describe('domestic waste', () => {
  it('gives the published sorted share out of weighings: September 2019 48.89 %, 2020 52.80 %', async () => {
    await must(take('domestic-waste', 'point.added', { code: 'pt1', name: 'Point' }));
    let ticket = 0;
    const put = (kind: string, weight: string, day: string) => {
      ticket += 1;
      return must(
        take('domestic-waste', 'put-out', {
          ticket: `T${ticket}`,
          weighed_on: `${day}T08:00`,
          class: kind,
          weight,
          at_point: 'pt1',
        }),
      );
    };
    const day = async (date: string, amounts: readonly (readonly [string, string])[]) => {
      for (const [kind, weight] of amounts) await put(kind, weight, date);
    };
    await day('2019-09-15', [
      ['recyclable', '5605'],
      ['wet', '9008'],
      ['dry', '15275'],
      ['hazardous', '0.62'],
    ]);
    await day('2020-06-15', [
      ['recyclable', '6375'],
      ['wet', '9504'],
      ['dry', '14194'],
    ]);
    expect((await value('waste.sorted_share', '2019-09'))?.slice(0, 5)).toBe('48.89');
    expect(Number(await value('waste.sorted_share_year', '2020')).toFixed(2)).toBe('52.80');
    const { cells } = derive(all, '2023-01-01T00:00:00Z');
    const city = cells.find(({ indicator, area }) => indicator === 'waste.sorted_share' && area === '310000');
    expect(city?.completeness).toEqual({ present: 1, expected: 2, missing: ['310120'] });
    // A weighing ticket that comes twice counts once.
    expect(
      await rulesOf(
        take('domestic-waste', 'put-out', {
          ticket: 'T1',
          weighed_on: '2019-09-15T08:00',
          class: 'wet',
          weight: '1',
          at_point: 'pt1',
        }),
      ),
    ).toEqual(['register.exists']);
    expect(
      await rulesOf(
        take('domestic-waste', 'put-out', {
          ticket: 'T99',
          weighed_on: '2019-09-15T08:00',
          class: 'wet',
          weight: '900 kg',
          at_point: 'pt1',
        }),
      ),
    ).toEqual(['form.unit']);
  });

  it('balances at every holder from point to plant, and flags trips that lose weight', async () => {
    await must(take('domestic-waste', 'truck.added', { code: 'tr1', name: '沪B00001' }));
    await must(take('domestic-waste', 'station.added', { code: 's1', name: 'Station' }));
    await must(take('domestic-waste', 'plant.added', { code: 'pl1', name: 'Plant' }));
    const weigh = (kind: string, ticket: string, weight: string, more: Record<string, string>) =>
      take('domestic-waste', kind, { ticket, weighed_on: '2020-07-01T08:00', class: 'wet', weight, ...more });
    await must(weigh('loaded', 'L1', '8', { from_point: 'pt1', on_truck: 'tr1' }));
    await must(weigh('transferred', 'L2', '8', { from_truck: 'tr1', at_station: 's1' }));
    expect(await rulesOf(weigh('delivered', 'L3', '9', { from_station: 's1', at_plant: 'pl1' }))).toEqual([
      'flow.uncovered',
    ]);
    await must(weigh('delivered', 'L3', '8', { from_station: 's1', at_plant: 'pl1' }));
    await must(weigh('treated', 'L4', '5', { treated_at: 'pl1', way: 'recycled' }));
    const started = await must(
      take('domestic-waste', 'started', {
        trip_truck: 'tr1',
        trip_class: 'dry',
        loaded: '10',
        started_on: '2020-07-01T09:00',
      }),
    );
    const arrived = await must(
      take(
        'domestic-waste',
        'arrived',
        { trip_station: 's1', unloaded: '9', arrived_on: '2020-07-01T10:00' },
        started.stream,
      ),
    );
    expect(arrived.flags).toEqual(['in-out']);
    await all.refresh();
    const sheet = balanceSheet(all, 'domestic-waste', '2020').filter(({ item }) => item === 'wet');
    expect(sheet.find(({ kind }) => kind === 'plant')).toMatchObject({
      inflow: '8',
      outflow: '5',
      closing: '3',
    });
    expect(sheet.find(({ kind }) => kind === 'truck')).toMatchObject({
      inflow: '8',
      outflow: '8',
      closing: '0',
    });
  });
});

describe('carbon accounts', () => {
  it('keep each serial in one account, and close a cycle only with enough and not too many offsets', async () => {
    const issue = (to: string, item: string, blocks: string) =>
      take('carbon', 'issued', {
        issued_to: to,
        issue_year: '2019',
        issued_item: item,
        issued_blocks: blocks,
      });
    await must(issue('e1', 'allowance', 'SHEA-2019:1-1000'));
    expect(await rulesOf(issue('e2', 'allowance', 'SHEA-2019:900-1100'))).toEqual(['serial.held']);
    await must(issue('e2', 'allowance', 'SHEA-2019:1001-1500'));
    await must(issue('e2', 'offset', 'CCER:1-200'));
    const move = (blocks: string, item = 'allowance') =>
      take('carbon', 'transferred', {
        seller: 'e2',
        buyer: 'e1',
        moved_item: item,
        moved_blocks: blocks,
        price: '41.55',
      });
    expect(await rulesOf(move('SHEA-2019:500-600'))).toEqual(['serial.held']);
    await must(move('SHEA-2019:1001-1100'));
    await must(move('CCER:1-200', 'offset'));
    const surrender = (item: string, blocks: string) =>
      take('carbon', 'surrendered', {
        surrenderer: 'e1',
        surrender_year: '2019',
        surrendered_item: item,
        surrendered_blocks: blocks,
      });
    expect(await rulesOf(surrender('allowance', 'SHEA-2019:1101-1200'))).toEqual(['serial.held']);
    const cycle = await must(
      take('carbon', 'planned', { enterprise: 'e1', cycle_year: '2019', monitoring: 'Coal' }),
    );
    expect(cycle.deadlines.map(({ due }) => due)).toEqual(['2020-03-31T15:59:59Z', '2020-10-30T15:59:59Z']);
    await must(take('carbon', 'reported', { reported: '1020' }, cycle.stream));
    await must(take('carbon', 'verified', { verified: '1030', verifier: 'V' }, cycle.stream));
    await must(surrender('allowance', 'SHEA-2019:1-900'));
    expect(await rulesOf(take('carbon', 'cleared', { allocated: '1000' }, cycle.stream))).toEqual([
      'register.needs',
    ]);
    await must(surrender('allowance', 'SHEA-2019:901-1000'));
    await must(surrender('offset', 'CCER:1-31'));
    // 31 offsets are more than 3 % of 1,000, the cap of 2019.
    expect(await rulesOf(take('carbon', 'cleared', { allocated: '1000' }, cycle.stream))).toEqual([
      'register.needs',
    ]);
    await must(take('carbon', 'cleared', { allocated: '1034' }, cycle.stream));
    expect(await value('carbon.clearance_rate', '2019')).toBe('100');
    // Cleared in 2023, after 30 October 2020.
    expect(await value('carbon.compliance_rate', '2019')).toBe('0');
    expect(all.balance(declarationOf('carbon'), 'allowance', 'organisations.enterprise.e1')).toBe('100');
  });
});
