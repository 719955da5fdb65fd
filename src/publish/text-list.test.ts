import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TextList } from './text-list.ts';

type Things = ReadonlyMap<string, readonly string[]>;

const texts = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { maxLength: 4 });
const edits = fc.array(fc.tuple(fc.constantFrom('one', 'two', 'three', 'four'), fc.option(texts)), {
  maxLength: 12,
});

describe('a list of texts that things have in common', () => {
  it('follows the things as they change, as if made from what they are now', () => {
    fc.assert(
      fc.property(edits, (all) => {
        let things: Things = new Map([['one', ['a', 'b']]]);
        let list = new TextList(things, (thing) => thing);
        for (const [name, thing] of all) {
          const next = new Map(things);
          if (thing === null) next.delete(name);
          else next.set(name, thing);
          const followed = list.after(things, next);
          const fresh = new TextList<readonly string[]>(next, (each) => each);
          expect(followed.all).toEqual(fresh.all);
          for (const each of next.values()) expect(followed.at(each)).toEqual(fresh.at(each));
          [things, list] = [next, followed];
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is the same list only while it has the same texts', () => {
    const before: Things = new Map([
      ['one', ['a', 'b']],
      ['two', ['b']],
    ]);
    const list = new TextList(before, (thing) => thing);
    const swapped: Things = new Map([...before, ['one', ['b', 'a']]]);
    expect(list.after(before, swapped)).toBe(list);
    // As many texts as before, and others.
    const other: Things = new Map([...before, ['one', ['c', 'b']]]);
    expect(list.after(swapped, other).all).toEqual(['b', 'c']);
  });
});
