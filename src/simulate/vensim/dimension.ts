import type { Place } from '../../model/index.ts';
import { refuse } from '../fault.ts';
import type { Dimension } from '../xmile/document.ts';
import { canonical } from '../xmile/name.ts';
import type { Token } from '../xmile/token.ts';
import { isSign } from './token.ts';

/** A subscript range as written: its elements may be ranges themselves. */
export interface RangeEntry {
  readonly name: Token & { readonly kind: 'name' };
  readonly where: Place;
  /** Tokens after the colon, or of the range that it equals (`<->`). */
  readonly tokens: readonly Token[];
  readonly same: boolean;
}

const mostElements = 100_000;
const mostRanges = 2000;

/** Settles ranges that are made of other ranges, their numbered series and their mappings. */
export function settleRanges(ranges: readonly RangeEntry[]): Map<string, Dimension> {
  const [first] = ranges;
  if (first !== undefined && ranges.length > mostRanges)
    fault(first, `is one of ${ranges.length} ranges`, `at most ${mostRanges} are read`);
  const byName = new Map(ranges.map((range) => [range.name.name, range]));
  const lists = new Map<string, string[]>();
  const open = new Set<string>();
  const elementsOf = (name: string): string[] => {
    const known = lists.get(name);
    if (known !== undefined) return known;
    const range = byName.get(name);
    if (range === undefined) return [];
    if (open.has(name)) fault(range, 'is made of itself', 'ranges are made of elements');
    open.add(name);
    const found = range.same
      ? elementsOf(firstName(range))
      : before(range.tokens).flatMap((item) => itemElements(item, range));
    open.delete(name);
    const unique = [...new Map(found.map((text) => [canonical(text), text])).values()];
    if (unique.length === 0) fault(range, 'has no elements', 'a range names its elements');
    if (unique.length > mostElements)
      fault(range, `has more than ${mostElements} elements`, 'memory is bounded');
    lists.set(name, unique);
    return unique;
  };
  const itemElements = (item: readonly Token[], range: RangeEntry): string[] => {
    const [first] = item;
    if (isSign(first, '(')) return series(item, range);
    if (first?.kind === 'number') return [first.text];
    if (first?.kind !== 'name' || item.length > 1)
      return fault(range, 'is not understood', 'elements are names');
    return byName.has(first.name) ? elementsOf(first.name) : [first.text];
  };
  const found = new Map<string, Dimension>();
  for (const range of ranges) {
    const elements = elementsOf(range.name.name);
    found.set(range.name.name, {
      name: range.name.name,
      text: range.name.text,
      elements,
      keys: elements.map(canonical),
    });
  }
  for (const range of ranges) {
    const dimension = found.get(range.name.name);
    const maps = mapsOf(range, found);
    if (dimension !== undefined && maps.size > 0) found.set(range.name.name, { ...dimension, maps });
  }
  return found;
}

function fault(range: RangeEntry, what: string, why: string): never {
  return refuse({
    rule: 'mdl.range',
    where: range.where,
    what: `the subscript range '${range.name.text}' ${what}`,
    why,
    mend: 'correct the range',
  });
}

function firstName(range: RangeEntry): string {
  const [first] = range.tokens;
  return first?.kind === 'name' ? first.name : fault(range, 'equals nothing', '<-> names another range');
}

/** The items before `->`, at the level of the list. */
function before(tokens: readonly Token[]): Token[][] {
  const arrow = tokens.findIndex((token) => isSign(token, '->'));
  return items(arrow < 0 ? tokens : tokens.slice(0, arrow));
}

/** Splits at commas outside brackets. */
function items(tokens: readonly Token[]): Token[][] {
  const list: Token[][] = [];
  let current: Token[] = [];
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === 'end') continue;
    if (isSign(token, '(')) depth++;
    if (isSign(token, ')')) depth--;
    if (depth === 0 && isSign(token, ',')) {
      list.push(current);
      current = [];
    } else current.push(token);
  }
  if (current.length > 0) list.push(current);
  return list;
}

/** `(A1-A5)`: the names from A1 to A5. */
function series(item: readonly Token[], range: RangeEntry): string[] {
  const text = item
    .flatMap((token) => (isSign(token, '(') || isSign(token, ')') ? [] : [token.text]))
    .join('');
  const match = /^(.*?)(\d+)-(.*?)(\d+)$/.exec(text);
  const [, stem = '', low = '', again = '', high = ''] = match ?? [];
  const from = Number(low);
  const to = Number(high);
  if (match === null || canonical(stem) !== canonical(again) || to < from || to - from > mostElements)
    return fault(range, `holds the series '${text}'`, 'a series is written (A1-A9)');
  return Array.from({ length: to - from + 1 }, (_, i) => `${stem}${from + i}`);
}

/** `-> DimB` maps element by element; `-> (DimB: B1, SubB)` says which stands for which. */
function mapsOf(
  range: RangeEntry,
  dimensions: ReadonlyMap<string, Dimension>,
): Map<string, ReadonlyMap<string, number>> {
  const maps = new Map<string, ReadonlyMap<string, number>>();
  const arrow = range.tokens.findIndex((token) => isSign(token, '->'));
  if (arrow < 0 || range.same) return maps;
  const own = dimensions.get(range.name.name)?.keys ?? [];
  for (const item of items(range.tokens.slice(arrow + 1))) {
    const inside = isSign(item[0], '(') ? item.slice(1, -1) : item;
    const [first] = inside;
    const target = first?.kind === 'name' ? dimensions.get(first.name) : undefined;
    if (target === undefined) return fault(range, 'maps to nothing known', '-> names another range');
    const map = new Map<string, number>();
    if (inside.length === 1) {
      if (target.keys.length !== own.length)
        fault(range, `maps to '${target.text}' of another size`, 'element stands for element');
      target.keys.forEach((key, index) => {
        map.set(key, index);
      });
    } else {
      items(inside.slice(2)).forEach((part, index) => {
        const [token] = part;
        if (token?.kind !== 'name') fault(range, 'has a mapping that is not understood', 'it lists names');
        for (const key of dimensions.get(token.name)?.keys ?? [token.name]) map.set(key, index);
      });
    }
    maps.set(target.name, map);
  }
  return maps;
}
