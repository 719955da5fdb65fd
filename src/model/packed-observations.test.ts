import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Observation } from './observation.ts';
import { ObservationPacker, packedOf } from './packed-observations.ts';

const text = fc.string({ unit: 'binary', maxLength: 8 });
const maybe = fc.option(text);
const rowOf: fc.Arbitrary<Observation> = fc.record({
  indicator: fc.constantFrom('paper', 'waste', 'water'),
  area: fc.constantFrom('C', 'D1', 'D2'),
  period: fc.constantFrom('2019', '2020', '2021-03', 'undated'),
  breakdown: fc.constantFrom<Record<string, string>>({}, { sex: 'f' }, { sex: 'm', age: 'old' }),
  value: maybe,
  unit: fc.constantFrom('t', '%', '{person}'),
  status: fc.constantFrom('A', 'P', 'O'),
  reason: fc.option(fc.record({ en: text, zh: text })),
  qualifier: fc.option(fc.constantFrom('over', 'about')),
  source: text,
  locator: text,
  ref: maybe,
  note: maybe,
});
const rows = fc.array(rowOf, { maxLength: 60 });

function packed(all: readonly Observation[]) {
  const packer = new ObservationPacker();
  for (const each of all) packer.add(each);
  return packer.packed();
}

describe('packed observations', () => {
  it('are what was packed, in its order, gone through or asked for one by one', () => {
    fc.assert(
      fc.property(rows, fc.array(fc.nat(70)), (all, asked) => {
        const list = packed(all).list();
        expect(list.length).toBe(all.length);
        expect([...list]).toEqual(all);
        expect(list.map((each) => each)).toEqual(all);
        expect(list).toEqual(all);
        for (const at of asked) expect(list[at]).toEqual(all[at]);
        expect(list.findLast(({ area }) => area === 'D2')).toEqual(all.findLast(({ area }) => area === 'D2'));
        expect(list.slice(2, 5)).toEqual(all.slice(2, 5));
        expect(list.at(-1)).toEqual(all.at(-1));
        expect(5 in list).toBe(5 in all);
      }),
    );
  });

  it('tell absent from empty, and many different texts from few', () => {
    const [first] = fc.sample(rowOf, { numRuns: 1, seed: 1 });
    if (first === undefined) throw new Error('no row');
    const all = Array.from(
      { length: 70_000 },
      (_, at): Observation => ({
        ...first,
        indicator: 'paper',
        area: `area ${at % 300}`,
        source: `source ${at}`,
        ref: at % 3 === 0 ? null : at % 3 === 1 ? '' : `水${at}`,
      }),
    );
    const list = packed(all).list();
    for (const at of [0, 1, 2, 299, 300, 59_999, 60_000, 69_999, 0]) expect(list[at]).toEqual(all[at]);
    expect(list[70_000]).toBeUndefined();
    let at = 0;
    for (const each of list) {
      if (each.ref !== all[at]?.ref || each.source !== all[at]?.source || each.area !== all[at]?.area)
        expect([at, each]).toEqual([at, all[at]]);
      at += 1;
    }
    expect(at).toBe(all.length);
  });

  it('take other rows for an indicator, and leave the older state as it was', () => {
    fc.assert(
      fc.property(rows, rows, (given, other) => {
        const all = given.toSorted((a, b) =>
          a.indicator < b.indicator ? -1 : a.indicator > b.indicator ? 1 : 0,
        );
        const fresh = other.filter(({ indicator }) => indicator === 'waste');
        const before = packed(all);
        const after = before.withRows(new Map([['waste', fresh]])).list();
        const of = (id: string) => all.filter(({ indicator }) => indicator === id);
        expect([...after]).toEqual([...of('paper'), ...fresh, ...of('water')]);
        expect([...before.list()]).toEqual(all);
      }),
    );
  });

  it('cannot be written to, and a plain list is not packed', () => {
    const all = fc.sample(rowOf, { numRuns: 3, seed: 1 });
    const list = packed(all).list();
    expect(packedOf(list)?.length).toBe(3);
    expect(packedOf(all)).toBeNull();
    expect(() => Object.assign(list, { 0: all[1] })).toThrow(TypeError);
    expect([...list]).toEqual(all);
  });
});
