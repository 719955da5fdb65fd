import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testEngines } from '../../scripts/test-stores.ts';
import { add, decimal, equals, type Rational, zero } from '../model/index.ts';
import type { CaseEvent, Flow, Receipt, Records, Store, Submission } from './index.ts';

let cities = 0;
/** Every test writes to a city of its own. */
const newCity = (): string => {
  cities += 1;
  return `city-${cities}`;
};

const submission = (city: string, records: Records, corrects?: number): Submission => ({
  city,
  kind: 'record',
  agent: 'weighbridge',
  received: '2021-09-01T10:00:00Z',
  files: [],
  records,
  ...(corrects === undefined ? {} : { corrects }),
});

const flow = (id: string, from: string, to: string, quantity: string, area = '310117'): Flow => ({
  id,
  occurred: '2021-09-01T08:30:00.000Z',
  item: 'waste.wet',
  unit: 't',
  quantity,
  from: { area, holder: from },
  to: { area, holder: to },
  event: null,
});

const holders = ['truck', 'station', 'plant'];
const declared: Records = {
  items: [{ item: 'waste.wet', unit: 't' }],
  holders: [
    { area: '310117', holder: 'households', boundary: true },
    ...holders.map((holder) => ({ area: '310117', holder, boundary: false })),
  ],
};

const rules = (receipt: Receipt): readonly string[] =>
  receipt.outcome === 'refused' ? receipt.findings.map(({ rule }) => rule) : [];

async function held(store: Store, city: string, asOf?: number): Promise<Record<string, string>> {
  const balances = await store.balances(city, asOf === undefined ? {} : { asOf });
  return Object.fromEntries(balances.map(({ holder, quantity }) => [holder, quantity]));
}

describe.each(testEngines)('records on $name', (engine) => {
  let store: Store;
  beforeAll(async () => {
    store = await (await engine.place()).open();
  });
  afterAll(() => store.close());

  test('a flow moves a quantity once, however often it is sent', async () => {
    const city = newCity();
    const records = { ...declared, flows: [flow('1', 'households', 'truck', '2.50')] };
    expect(await store.submit(submission(city, records))).toMatchObject({ outcome: 'stored', position: 1 });
    expect(await store.submit(submission(city, records))).toMatchObject({
      outcome: 'unchanged',
      position: 1,
    });
    expect(await held(store, city)).toEqual({ households: '-2.50', truck: '2.50' });
    expect(await store.flows(city)).toEqual([{ ...flow('1', 'households', 'truck', '2.50'), position: 1 }]);
  });

  test('no holder goes below zero, and the refusal says by how much', async () => {
    const city = newCity();
    await store.submit(submission(city, { ...declared, flows: [flow('1', 'households', 'truck', '2.5')] }));
    const receipt = await store.submit(submission(city, { flows: [flow('2', 'truck', 'plant', '2.6')] }));
    expect(receipt).toMatchObject({
      outcome: 'refused',
      position: 1,
      findings: [
        {
          rule: 'flow.uncovered',
          what: 'truck would hold -0.1 of waste.wet: it holds 2.5 and changes by -2.6',
        },
      ],
    });
    expect(await held(store, city)).toEqual({ households: '-2.5', truck: '2.5' });
  });

  test('what passes through a holder in one submission is netted, in whatever order it is listed', async () => {
    const city = newCity();
    const through = [flow('2', 'truck', 'plant', '3'), flow('1', 'households', 'truck', '3')];
    await store.submit(submission(city, { ...declared, flows: through }));
    expect(await held(store, city)).toEqual({ households: '-3', plant: '3' });
  });

  test('a correction undoes the old flow and does the new one; the old state stays readable', async () => {
    const city = newCity();
    await store.submit(submission(city, { ...declared, flows: [flow('1', 'households', 'truck', '5')] }));
    const changed = { flows: [flow('1', 'households', 'truck', '4')] };
    expect(rules(await store.submit(submission(city, changed)))).toEqual(['record.exists']);
    expect(await store.submit(submission(city, changed, 1))).toMatchObject({
      position: 2,
      changes: { added: 0, changed: 1, withdrawn: 0 },
    });
    expect(await held(store, city)).toEqual({ households: '-4', truck: '4' });
    expect(await held(store, city, 1)).toEqual({ households: '-5', truck: '5' });
    const versions = await store.history(city, 'flow/310117/1');
    expect(versions.map(({ content }) => content)).toEqual([
      flow('1', 'households', 'truck', '5'),
      flow('1', 'households', 'truck', '4'),
    ]);
  });

  test('a correction that would leave a holder below zero is refused; together with what passed it on it is taken', async () => {
    const city = newCity();
    await store.submit(submission(city, { ...declared, flows: [flow('1', 'households', 'truck', '5')] }));
    await store.submit(submission(city, { flows: [flow('2', 'truck', 'plant', '5')] }));
    const refused = await store.submit(
      submission(city, { flows: [flow('1', 'households', 'truck', '3')] }, 1),
    );
    expect(refused).toMatchObject({
      outcome: 'refused',
      findings: [
        {
          rule: 'flow.uncovered',
          what: 'truck would hold -2 of waste.wet: it holds 0 and changes by -2',
          why: 'no holder goes below zero: what the correction takes away has been passed on already',
        },
      ],
    });
    expect(await held(store, city)).toEqual({ households: '-5', truck: '0', plant: '5' });
    // First what was passed on, then what was received: each step leaves everyone at zero or above.
    await store.submit(submission(city, { flows: [flow('2', 'truck', 'plant', '3')] }, 2));
    await store.submit(submission(city, { flows: [flow('1', 'households', 'truck', '3')] }, 1));
    expect(await held(store, city)).toEqual({ households: '-3', truck: '0', plant: '3' });
  });

  test('a withdrawn flow is undone, and withdrawing it again is refused', async () => {
    const city = newCity();
    await store.submit(submission(city, { ...declared, flows: [flow('1', 'households', 'truck', '5')] }));
    expect(await store.submit(submission(city, { withdraw: ['flow/310117/1'] }, 1))).toMatchObject({
      changes: { withdrawn: 1 },
    });
    expect(await held(store, city)).toEqual({ households: '0', truck: '0' });
    expect(await store.flows(city)).toEqual([]);
    expect(rules(await store.submit(submission(city, { withdraw: ['flow/310117/1'] }, 1)))).toEqual([
      'record.unknown',
    ]);
  });

  test.each([
    ['an unknown holder', [flow('1', 'households', 'nowhere', '1')], 'flow.holder'],
    ['an item in another unit', [{ ...flow('1', 'households', 'truck', '1'), unit: 'kg' }], 'flow.item'],
    ['an unknown item', [{ ...flow('1', 'households', 'truck', '1'), item: 'waste.dry' }], 'flow.item'],
    ['itself', [flow('1', 'truck', 'truck', '1')], 'flow.moves'],
    ['nothing', [flow('1', 'households', 'truck', '0')], 'record.form'],
    ['less than nothing', [flow('1', 'households', 'truck', '-1')], 'record.form'],
    ['a text', [flow('1', 'households', 'truck', 'five')], 'record.form'],
    [
      'the same id twice',
      [flow('1', 'households', 'truck', '1'), flow('1', 'households', 'truck', '2')],
      'record.duplicate',
    ],
    [
      'an event that is not there',
      [{ ...flow('1', 'households', 'truck', '1'), event: { stream: 'm-1', seq: 1 } }],
      'flow.event',
    ],
  ])('a flow of %s is refused', async (_, flows, rule) => {
    const city = newCity();
    await store.submit(submission(city, declared));
    expect(rules(await store.submit(submission(city, { flows })))).toContain(rule);
    expect(await store.cities()).toContainEqual({ id: city, head: 1 });
  });

  test('whatever is entered: quantities are conserved, nobody is below zero, every position stays as it was', async () => {
    const names = ['households', ...holders];
    const anyFlow = fc.record({
      from: fc.constantFrom(...names),
      to: fc.constantFrom(...names),
      quantity: fc.integer({ min: 1, max: 400 }).map((hundredths) => (hundredths / 100).toFixed(2)),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(anyFlow, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 5 }),
        async (batches) => {
          const [city, mirror] = [newCity(), newCity()];
          for (const each of [city, mirror]) await store.submit(submission(each, declared));
          const model = new Map<string, Rational>();
          const seen: Record<string, string>[] = [await held(store, city)];
          for (const [at, batch] of batches.entries()) {
            const flows = batch
              .filter(({ from, to }) => from !== to)
              .map(({ from, to, quantity }, index) => flow(`${at}-${index}`, from, to, quantity));
            const after = new Map(model);
            for (const { from, to, quantity } of flows) {
              after.set(from.holder, add(after.get(from.holder) ?? zero, decimal(`-${quantity}`)));
              after.set(to.holder, add(after.get(to.holder) ?? zero, decimal(quantity)));
            }
            const covered = [...after].every(([name, { n }]) => name === 'households' || n >= 0n);
            const receipt = await store.submit(submission(city, { flows }));
            const reversed = await store.submit(submission(mirror, { flows: [...flows].reverse() }));
            expect(receipt.outcome).toBe(flows.length === 0 ? 'unchanged' : covered ? 'stored' : 'refused');
            expect(reversed.outcome).toBe(receipt.outcome);
            if (receipt.outcome === 'stored') {
              for (const [name, quantity] of after) model.set(name, quantity);
              seen.push(await held(store, city));
            }
          }
          const balances = await store.balances(city);
          expect(await held(store, mirror)).toEqual(await held(store, city));
          let sum: Rational = zero;
          for (const { holder, quantity, boundary } of balances) {
            expect(equals(decimal(quantity), model.get(holder) ?? zero)).toBe(true);
            expect(boundary || !quantity.startsWith('-')).toBe(true);
            sum = add(sum, decimal(quantity));
          }
          expect(sum.n).toBe(0n);
          for (const [position, before] of seen.entries()) {
            const then = await held(store, city, position + 1);
            for (const [name, quantity] of Object.entries(before))
              expect(equals(decimal(then[name] ?? '0'), decimal(quantity))).toBe(true);
          }
        },
      ),
      { numRuns: 12 },
    );
  });

  const manifest = { register: 'manifest', version: 1 };
  const steps = [
    { from: '', to: 'created' },
    { from: 'created', to: 'collected' },
    { from: 'collected', to: 'received' },
    { from: 'collected', to: 'rejected' },
    { from: 'rejected', to: 'collected' },
  ];
  const event = (seq: number, from: string, kind: string, more: Partial<CaseEvent> = {}): CaseEvent => ({
    area: '310117',
    stream: 'm-1',
    seq,
    ...manifest,
    kind,
    from,
    occurred: '2021-09-01T08:30:00.000Z',
    actor: 'carrier 7',
    body: { weight: '1.20' },
    ...more,
  });

  test('a case moves along its declared steps, whatever order its events are listed in', async () => {
    const city = newCity();
    const events = [event(2, 'created', 'collected'), event(1, '', 'created')];
    const receipt = await store.submit(submission(city, { registers: [{ ...manifest, steps }], events }));
    expect(receipt).toMatchObject({ outcome: 'stored' });
    expect((await store.events(city)).map(({ seq, kind, body }) => ({ seq, kind, body }))).toEqual([
      { seq: 1, kind: 'created', body: { weight: '1.20' } },
      { seq: 2, kind: 'collected', body: { weight: '1.20' } },
    ]);
  });

  test('a case is of one area, a cell of a data round of each: also for who sees all, as a restored backup does', async () => {
    const city = newCity();
    const declared = { registers: [{ ...manifest, steps }] };
    const second = (stream: string) => ({ events: [event(1, '', 'created', { stream, area: '310120' })] });
    for (const stream of ['m-1', 'cell:r:energy:gas:2022:'])
      await store.submit(submission(city, { ...declared, events: [event(1, '', 'created', { stream })] }));
    expect(await store.submit(submission(city, second('m-1')))).toMatchObject({
      outcome: 'refused',
      findings: [{ rule: 'case.taken' }],
    });
    expect(await store.submit(submission(city, second('cell:r:energy:gas:2022:')))).toMatchObject({
      outcome: 'stored',
    });
  });

  test.each([
    ['a step that is not declared', [event(2, 'created', 'received')], 'case.step'],
    ['a step from where the case is not', [event(2, 'collected', 'received')], 'case.order'],
    ['a gap', [event(3, 'created', 'collected')], 'case.order'],
    ['another start', [event(1, '', 'created'), event(1, '', 'created', { body: {} })], 'record.exists'],
    ['another step in a place that is taken', [event(1, 'collected', 'received')], 'case.taken'],
    ['a start in the middle', [event(2, '', 'created')], 'case.order'],
    ['a register that has no such version', [event(2, 'created', 'collected', { version: 2 })], 'case.step'],
    ['one event twice', [event(2, 'created', 'collected'), event(2, 'created', 'collected')], 'case.taken'],
  ])('a case is refused %s', async (_, events, rule) => {
    const city = newCity();
    await store.submit(
      submission(city, { registers: [{ ...manifest, steps }], events: [event(1, '', 'created')] }),
    );
    expect(rules(await store.submit(submission(city, { events })))).toEqual([rule]);
    expect(await store.events(city)).toHaveLength(1);
  });

  test('a version of a register never changes; a mistake in an event is corrected, its step is not', async () => {
    const city = newCity();
    await store.submit(
      submission(city, { registers: [{ ...manifest, steps }], events: [event(1, '', 'created')] }),
    );
    const fewer = [{ ...manifest, steps: steps.slice(0, 2) }];
    expect(rules(await store.submit(submission(city, { registers: fewer })))).toEqual(['declaration.fixed']);
    const corrected = { events: [event(1, '', 'created', { body: { weight: '1.30' } })] };
    expect(rules(await store.submit(submission(city, corrected)))).toEqual(['record.exists']);
    expect(await store.submit(submission(city, corrected, 1))).toMatchObject({ position: 2 });
    expect((await store.events(city)).map(({ body }) => body)).toEqual([{ weight: '1.30' }]);
    expect((await store.events(city, { asOf: 1 })).map(({ body }) => body)).toEqual([{ weight: '1.20' }]);
    const versions = await store.history(city, 'event/310117/m-1/1');
    expect(versions.map(({ content }) => content)).toEqual([
      event(1, '', 'created'),
      event(1, '', 'created', { body: { weight: '1.30' } }),
    ]);
  });

  test('walks of a case: taken exactly when every step is declared', async () => {
    const kinds = ['created', 'collected', 'received', 'rejected'];
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...kinds), { minLength: 1, maxLength: 6 }), async (walk) => {
        const city = newCity();
        await store.submit(submission(city, { registers: [{ ...manifest, steps }] }));
        const events = walk.map((kind, at) => event(at + 1, walk[at - 1] ?? '', kind));
        const allowed = events.every(({ from, kind }) =>
          steps.some((step) => step.from === from && step.to === kind),
        );
        const receipt = await store.submit(submission(city, { events }));
        expect(receipt.outcome).toBe(allowed ? 'stored' : 'refused');
        expect(await store.events(city)).toHaveLength(allowed ? walk.length : 0);
      }),
      { numRuns: 25 },
    );
  });

  const meter = {
    area: '310117',
    series: 'meter 7',
    property: 'electricity',
    unit: 'kWh',
    decimals: 2,
    perDay: 4,
  };
  const day = (...readings: (string | null)[]) => ({
    area: '310117',
    series: 'meter 7',
    day: '2021-09-01',
    readings,
  });

  test('a day of readings fills up, keeps its total exact, and changes only by correction', async () => {
    const city = newCity();
    await store.submit(submission(city, { series: [meter], readings: [day('0.10', '0.20', null, null)] }));
    const filled = { readings: [day('0.10', '0.20', '-0.05', null)] };
    expect(await store.submit(submission(city, filled))).toMatchObject({ position: 2 });
    expect(await store.readings(city)).toEqual([
      { ...day('0.10', '0.20', '-0.05', null), position: 2, unit: 'kWh', total: '0.25', present: 3 },
    ]);
    expect(await store.readings(city, { asOf: 1 })).toMatchObject([{ total: '0.30', present: 2 }]);
    const other = { readings: [day('0.11', '0.20', '-0.05', null)] };
    expect(rules(await store.submit(submission(city, other)))).toEqual(['record.exists']);
    expect(await store.submit(submission(city, other, 2))).toMatchObject({ position: 3 });
    expect(await store.series(city)).toEqual([meter]);
    const versions = await store.history(city, 'reading/310117/meter 7/2021-09-01');
    expect(versions.map(({ content }) => content)).toEqual([
      day('0.10', '0.20', null, null),
      day('0.10', '0.20', '-0.05', null),
      day('0.11', '0.20', '-0.05', null),
    ]);
    expect(await store.history(city, 'reading/310117/meter 7/2021-13-01')).toEqual([]);
  });

  test('a day without readings has no total, which is not zero', async () => {
    const city = newCity();
    await store.submit(submission(city, { series: [meter], readings: [day(null, null, null, null)] }));
    expect(await store.readings(city)).toMatchObject([{ total: null, present: 0 }]);
  });

  test.each([
    ['12', '12.00'],
    ['12.5', '12.50'],
    ['12.500', '12.50'],
    ['007.05', '7.05'],
    ['1.2e1', '12.00'],
    ['+3', '3.00'],
    ['-0', '0.00'],
    ['0', '0.00'],
    ['21474836.47', '21474836.47'],
    ['21474836', '21474836.00'],
  ])('a reading written %s is kept as %s', async (written, kept) => {
    const city = newCity();
    await store.submit(submission(city, { series: [meter], readings: [day(written, null, null, null)] }));
    expect((await store.readings(city))[0]?.readings).toEqual([kept, null, null, null]);
  });

  test.each(['', '.5', '5.', '1,5', '１', '1 ', '- 1', '1.2.3', '1e'])(
    'what is no number (%j) is refused',
    async (written) => {
      const city = newCity();
      const records = { series: [meter], readings: [day(written, null, null, null)] };
      expect(rules(await store.submit(submission(city, records)))).toEqual(['record.form']);
    },
  );

  test.each([
    ['too few places', day('1'), 'reading.count'],
    ['more digits than the series keeps', day('0.001', null, null, null), 'reading.range'],
    ['more than the column holds', day('30000000', null, null, null), 'reading.range'],
    ['no series', { ...day('1', '1', '1', '1'), series: 'meter 8' }, 'reading.series'],
    ['no date', { ...day('1', '1', '1', '1'), day: '2021-02-30' }, 'record.form'],
  ])('a day with %s is refused', async (_, reading, rule) => {
    const city = newCity();
    expect(rules(await store.submit(submission(city, { series: [meter], readings: [reading] })))).toEqual([
      rule,
    ]);
  });

  const cell = {
    indicator: 'pm2.5',
    area: '310117',
    period: '2021',
    breakdown: {},
    value: '27',
    unit: 'ug/m3',
    status: 'A' as const,
    reason: null,
    qualifier: null,
    source: 'station',
    locator: 'form 1',
    ref: null,
    note: null,
  };

  test('an observation entered by itself is corrected by naming what it corrects, and can be withdrawn', async () => {
    const city = newCity();
    await store.submit(submission(city, { observations: [cell] }));
    const other = { observations: [{ ...cell, value: '26.5' }] };
    expect(rules(await store.submit(submission(city, other)))).toEqual(['record.exists']);
    expect(await store.submit(submission(city, other, 1))).toMatchObject({ position: 2 });
    expect(await store.submit(submission(city, other, 1))).toMatchObject({ outcome: 'unchanged' });
    const withdraw = { withdraw: ['observation/310117/pm2.5/2021/'] };
    expect(await store.submit(submission(city, withdraw, 2))).toMatchObject({ position: 3 });
    expect(await store.observations(city)).toEqual([]);
    expect(await store.observations(city, { asOf: 2 })).toMatchObject([{ value: '26.5', position: 2 }]);
    expect(rules(await store.submit(submission(city, withdraw, 2)))).toEqual(['record.unknown']);
  });

  test.each([
    ['a value with a missing status', { ...cell, status: 'O' as const }, 'observation.missing'],
    ['no value and no missing status', { ...cell, value: null }, 'observation.missing'],
    ['a text that can’t be kept', { ...cell, note: 'a\0b' }, 'text.unstorable'],
    ['half a character', { ...cell, note: 'a\ud800' }, 'text.unstorable'],
  ])('an observation with %s is refused', async (_, observation, rule) => {
    const city = newCity();
    expect(rules(await store.submit(submission(city, { observations: [observation] })))).toEqual([rule]);
  });

  test('text comes back as it went in, whatever it holds', async () => {
    const text = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
      .filter((each) => !/[\0\p{Cs}]/u.test(each));
    await fc.assert(
      fc.asyncProperty(text, async (note) => {
        const city = newCity();
        await store.submit(submission(city, { observations: [{ ...cell, note }] }));
        expect((await store.observations(city))[0]?.note).toBe(note);
      }),
      { numRuns: 20, examples: [['\\N'], ['\\.'], ["a\tb\nc\rd'\\"], ['中文 🏭']] },
    );
  });

  test('a submission can correct only what is in the log', async () => {
    expect(rules(await store.submit(submission(newCity(), { observations: [cell] }, 1)))).toEqual([
      'submission.corrects',
    ]);
  });
});
