import { expect, it } from 'vitest';
import { looksAt } from './stands-alone.ts';

it('a judgement that asks for other records or the time is not kept with its case', () => {
  expect(looksAt({ reached: 'answered' }, undefined)).toEqual({ others: false, time: false });
  expect(looksAt(undefined, "either(weight, '0') * 2")).toEqual({ others: false, time: false });
  expect(looksAt(undefined, 'station.capacity')).toEqual({ others: true, time: false });
  expect(looksAt({ holds: "balance('dry', 'own') > 0" }, undefined)).toEqual({ others: true, time: false });
  expect(looksAt({ holds: "children('approval', 'given') >= 5" }, undefined).others).toBe(true);
  expect(
    looksAt({ not: { any: [{ at: ['filed'] }, { all: [{ due: 'answer' }] }] } }, 'sum(parts.weight)'),
  ).toEqual({ others: true, time: true });
});
