import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { testEngines } from '../../../scripts/test-stores.ts';
import { citySchema } from '../../model/index.ts';
import { changedIndicators } from '../changed-cells.ts';
import { derive } from '../derive.ts';
import { testRegisters } from '../fixture.ts';
import { Registers } from '../registers.ts';
import { syntheticCity } from './city.ts';
import { complaintCases } from './complaints.ts';
import { carbonCases } from './industry.ts';
import { loadSynthetic, syntheticCases } from './load.ts';
import { meterDay, syntheticMeters } from './meters.ts';
import type { SyntheticPlan } from './plan.ts';
import { SeededRandom, sharedOut } from './random.ts';
import { wasteCases } from './waste.ts';

const plan: SyntheticPlan = { seed: '1', thin: 3000, year: 2022, days: 1 };
const text = (of: SyntheticPlan): string => JSON.stringify([...syntheticCases(of)]);

describe('a made-up city', () => {
  it('is the same for the same seed, another for another, and says on its head that it is made up', () => {
    expect(text(plan)).toBe(text({ ...plan }));
    expect(text(plan)).not.toBe(text({ ...plan, seed: '2' }));
    // The generator itself: sfc32 seeded by xmur3, so that a new release makes the city of an old one.
    const random = new SeededRandom('1 waste');
    expect([random.whole(0, 999), random.whole(0, 999), random.whole(0, 999)]).toEqual([612, 132, 466]);
    expect(sharedOut(new SeededRandom('x'), 1001, 7).reduce((sum, each) => sum + each, 0)).toBe(1001);
    const city = citySchema.parse(parse(syntheticCity(plan)));
    expect(city.synthetic?.en).toContain('Nothing here was observed');
    expect(city.synthetic?.zh).toContain('并非实测');
    expect(city.areas.every(({ id }) => id.startsWith('99'))).toBe(true);
  });

  it('has the published quantities at full scale', () => {
    let put = 0;
    let complaints = 0;
    const points = new Set<string>();
    for (const { steps } of wasteCases({ ...plan, thin: 1 })) {
      const [first] = steps;
      if (first?.kind !== 'put-out') continue;
      put += Math.round(Number(first.values.weight) * 1000);
      points.add(first.values.at_point ?? '');
    }
    for (const { register } of complaintCases({ ...plan, thin: 1 }))
      if (register === 'complaints') complaints += 1;
    expect([put, points.size, complaints]).toEqual([32_700_000, 15_000, 34_554]);
    const full = { ...plan, thin: 1 };
    const meters = syntheticMeters(full);
    expect([meters.length, new Set(meters.map(({ area }) => area)).size]).toEqual([3000, 16]);
    const [meter] = meters;
    if (meter === undefined) throw new Error('no meter');
    const day = meterDay(full, meter, '2022-06-01');
    expect([day.length, day[0] === null, day]).toEqual([96, false, meterDay(full, meter, '2022-06-01')]);
  });

  it('moves at full scale only allowances that an account was given and has left', () => {
    const given = new Map<string, readonly [number, number]>();
    const used = new Set<string>();
    const rangeOf = (text = ''): readonly [number, number] => {
      const [, from = '', to = ''] = /:(\d+)-(\d+)$/.exec(text) ?? [];
      return [Number(from), Number(to)];
    };
    let moves = 0;
    for (const { steps } of carbonCases({ ...plan, thin: 1 }))
      for (const { kind, values } of steps) {
        if (kind === 'issued') given.set(values.issued_to ?? '', rangeOf(values.issued_blocks));
        const [of, blocks] =
          kind === 'transferred'
            ? [values.seller, values.moved_blocks]
            : kind === 'surrendered'
              ? [values.surrenderer, values.surrendered_blocks]
              : [];
        if (of === undefined) continue;
        moves += 1;
        const [[first, last], [from, to]] = [given.get(of) ?? [0, 0], rangeOf(blocks)];
        expect([of, first <= from && from <= to && to <= last]).toEqual([of, true]);
        // What is given on begins after what is surrendered.
        expect(used.has(`${kind} ${of}`)).toBe(false);
        used.add(`${kind} ${of}`);
      }
    expect([given.size, moves > 300]).toEqual([300, true]);
  });

  it('goes through the registers like any record, each saying who made it, and balances to the kilogram', async () => {
    const [engine] = testEngines;
    if (engine === undefined) throw new Error('no engine');
    const { all, store, close } = await testRegisters(engine);
    try {
      const made = await loadSynthetic(all, plan, () => undefined);
      const events = await store.events('shanghai');
      expect(events.length).toBe(made.steps);
      expect(new Set(events.map(({ actor }) => actor))).toEqual(new Set(['simulate-city, seed 1']));
      const declaration = all.get('domestic-waste')?.declaration;
      if (declaration === undefined) throw new Error('domestic-waste');
      const put = ['recyclable', 'wet', 'dry', 'hazardous']
        .map((item) => Number(all.balance(declaration, item, 'domestic-waste.households')))
        .reduce((sum, each) => sum + Math.round(each * 1000), 0);
      expect(put).toBe(-32_700_000 / plan.thin);
      const city = citySchema.parse(parse(syntheticCity(plan)));
      const opened = () =>
        new Registers({
          ...all.at,
          area: city.area,
          areas: city.areas,
          ...(city.synthetic === undefined ? {} : { synthetic: city.synthetic }),
        });
      const own = opened();
      const end = '2023-01-01T00:00:00Z';
      // Followed step by step, with what is kept between the steps, it comes to what reading all at once gives.
      const head = (await store.cities())[0]?.head ?? 0;
      for (let asOf = 1; asOf <= head; asOf += 1) {
        await own.projection.refresh(asOf);
        derive(own, asOf % 2 === 0 ? end : '2022-07-01T00:00:00Z');
      }
      const [followed, fresh] = [derive(own, end), opened()];
      await fresh.refresh();
      expect(followed).toEqual(derive(fresh, end));
      expect(followed.cells.length).toBeGreaterThan(50);
      // One more complaint leaves all that is not of complaints as it was, to the very objects.
      const [{ steps: [filed] = [] } = {}] = complaintCases({ ...plan, seed: '2' });
      if (filed === undefined) throw new Error('no complaint');
      await all.get('complaints')?.takeAll([{ ...filed, actor: null }]);
      await own.refresh();
      const changed = [...changedIndicators(followed.cells, derive(own, end).cells)];
      expect(changed.length).toBeGreaterThan(0);
      expect(changed.filter((id) => !id.startsWith('complaints.'))).toEqual([]);
      const { sources, indicators } = followed;
      expect(sources.map(({ title }) => [title.en.slice(0, 10), title.zh.slice(0, 5)])).toEqual(
        sources.map(() => ['Synthetic:', '合成数据：']),
      );
      expect(indicators.map(({ id }) => id)).toEqual(
        expect.arrayContaining(['waste.sorted_share', 'hazardous.generated', 'carbon.clearance_rate']),
      );
    } finally {
      await close();
    }
  });
});
