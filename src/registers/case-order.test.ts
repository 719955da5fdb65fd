import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CaseOrder } from './case-order.ts';
import type { CaseRecord } from './case-record.ts';

const record = (number: number, at = 0): CaseRecord => ({
  stream: `r.${String(number).padStart(5, '0')}`,
  register: 'r',
  number: String(number),
  area: 'a',
  steps: [],
  values: { at: String(at) },
});

it('cases stand by number however they come, each as it was put in last', () => {
  const batches = fc.array(fc.array(fc.integer({ min: 0, max: 3000 }), { maxLength: 900 }), {
    maxLength: 5,
  });
  fc.assert(
    fc.property(batches, (all) => {
      const order = new CaseOrder();
      const expected = new Map<string, CaseRecord>();
      for (const [at, batch] of all.entries()) {
        for (const number of batch) {
          const each = record(number, at);
          order.put(each);
          expected.set(each.stream, each);
        }
        const sorted = [...expected.values()].sort((a, b) => (a.stream < b.stream ? -1 : 1));
        expect(order.all()).toEqual(sorted);
        expect(order.pieces().flat()).toEqual(sorted);
      }
    }),
    { numRuns: 30 },
  );
});

it('a change makes one piece anew, and a copy keeps what it was', () => {
  const order = new CaseOrder();
  for (let at = 0; at < 2000; at += 1) order.put(record(at));
  const before = order.pieces();
  const copy = order.copy();
  order.put(record(700, 1));
  order.put(record(5000));
  const after = order.pieces();
  expect(before.length).toBe(4);
  expect(after.filter((piece) => before.includes(piece)).length).toBe(2);
  expect(order.all().length).toBe(2001);
  expect(copy.pieces()).toEqual(before);
  expect(order.all()).toBe(order.all());
});
