import type { Draft } from '../finding.ts';
import { type Block, placeIn } from '../text.ts';
import type { Aligned } from './align.ts';
import type { Anchor } from './anchor.ts';
import { topics } from './lexicon.ts';
import { blockOf, clauseAround, type Matched, type Sides } from './matched.ts';
import type { Term } from './terms.ts';

type Anchors = ReadonlyMap<number, readonly Anchor[]>;

/** Numbers that stand in another order, or belong to another thing, in one version than in the other. */
export function orderDrafts(
  sides: Sides,
  aligned: readonly Aligned[],
  anchors: { readonly en: Anchors; readonly zh: Anchors },
  matched: readonly Matched[],
  terms: readonly Term[],
): Draft[] {
  const rows = rowsApart(aligned, anchors);
  const told = new Set(rows.flatMap(({ places }) => places.map(({ line, column }) => `${line}:${column}`)));
  const exchanged = labelsExchanged(sides, matched, terms).filter(({ places }) =>
    places.every(({ line, column }) => !told.has(`${line}:${column}`)),
  );
  return [...rows, ...exchanged, ...itemsExchanged(aligned, anchors), ...itemsMoved(aligned, anchors)];
}

const between = /^\s*(?:,|、|，|和|及|与|and|, and|;|；|\/)\s*$/;

/** `6.2%, 41.5% and 52.3%`: numbers with nothing but signs of a list between them. */
function rowsOf(block: Block, list: readonly Anchor[]): Anchor[][] {
  const rows: Anchor[][] = [];
  let open: Anchor[] = [];
  for (const anchor of list.filter(({ kind }) => kind !== 'year' && kind !== 'class')) {
    const last = open.at(-1);
    if (last !== undefined && between.test(block.text.slice(last.end, anchor.start))) open.push(anchor);
    else {
      if (open.length > 1) rows.push(open);
      open = [anchor];
    }
  }
  if (open.length > 1) rows.push(open);
  return rows;
}

/** A number without its unit: `6.2, 41.5 and 52.3%` has the sign once. */
const bare = ({ key }: Anchor): string => key.replace('%', '');

function rowsApart(aligned: readonly Aligned[], anchors: { en: Anchors; zh: Anchors }): Draft[] {
  return aligned.flatMap(({ en, zh }): Draft[] => {
    const [a, b] = [en[0], zh[0]];
    if (a === undefined || b === undefined || a.kind === 'row') return [];
    const right = rowsOf(b, anchors.zh.get(b.index) ?? []);
    return rowsOf(a, anchors.en.get(a.index) ?? []).flatMap((row): Draft[] => {
      const keys = row.map(bare);
      const alike = right.filter(
        (other) =>
          other.length === row.length && [...other.map(bare)].sort().join() === [...keys].sort().join(),
      );
      const other = alike[0];
      if (other === undefined || alike.some((one) => one.map(bare).join() === keys.join())) return [];
      const [one, two] = [span(a, row), span(b, other)];
      return [{ rule: 'pair.order', places: [one, two], values: { one: one.text, other: two.text } }];
    });
  });
}

function span(block: Block, row: readonly Anchor[]) {
  return placeIn(block, row[0]?.start ?? 0, row.at(-1)?.end ?? 0);
}

/** Most numbers of a paragraph that are held against each other. */
const mostNumbers = 40;

/** `wind 1.86 million kW, photovoltaic 1.32 million kW` where the other version has the two the other way round. */
function labelsExchanged({ en, zh }: Sides, matched: readonly Matched[], terms: readonly Term[]): Draft[] {
  const byBlocks = new Map<string, Matched[]>();
  for (const one of matched) {
    if (one.en.kind === 'year' || one.en.kind === 'class') continue;
    const key = `${one.en.block}:${one.zh.block}`;
    byBlocks.set(key, [...(byBlocks.get(key) ?? []), one]);
  }
  const drafts: Draft[] = [];
  for (const group of byBlocks.values()) {
    if (group.length < 2 || group.length > mostNumbers) continue;
    const labelled = group.flatMap((one) => {
      const [a, b] = [blockOf(en, one.en), blockOf(zh, one.zh)];
      if (a === undefined || b === undefined || a.kind === 'row') return [];
      const [english, chinese] = [clauseAround(a.text, one.en), clauseAround(b.text, one.zh)];
      return [
        {
          one,
          en: topics(a.text.slice(...english), 'en', terms),
          zh: topics(b.text.slice(...chinese), 'zh', terms),
          places: [placeIn(a, ...english), placeIn(b, ...chinese)] as const,
        },
      ];
    });
    for (const [index, x] of labelled.entries())
      for (const y of labelled.slice(index + 1)) {
        if (x.one.en.kind !== y.one.en.kind || x.one.en.unit !== y.one.en.unit) continue;
        if (x.one.en.key === y.one.en.key) continue;
        const own = (of: ReadonlySet<number>, not: ReadonlySet<number>) =>
          [...of].filter((id) => !not.has(id));
        const [ex, ey, zx, zy] = [own(x.en, y.en), own(y.en, x.en), own(x.zh, y.zh), own(y.zh, x.zh)];
        const common = (a: readonly number[], b: readonly number[]) => a.some((id) => b.includes(id));
        if (!common(ex, zy) || !common(ey, zx) || common(ex, zx) || common(ey, zy)) continue;
        drafts.push({
          rule: 'pair.order',
          places: [x.places[0], y.places[0], x.places[1], y.places[1]],
          values: {
            one: `${x.places[0].text.trim()}; ${y.places[0].text.trim()}`,
            other: `${x.places[1].text.trim()}; ${y.places[1].text.trim()}`,
          },
        });
      }
  }
  return drafts;
}

/** Two items of a list that changed places: each holds the numbers that the other holds in the other version. */
function itemsExchanged(aligned: readonly Aligned[], anchors: { en: Anchors; zh: Anchors }): Draft[] {
  const items = aligned.flatMap(({ en, zh }) => {
    const [a, b] = [en[0], zh[0]];
    if (a === undefined || b === undefined || a.kind === 'row' || b.kind === 'row') return [];
    if (!isItem(a.text) || !isItem(b.text)) return [];
    const keys = (list: readonly Anchor[] | undefined) =>
      new Set((list ?? []).filter(({ soft, key }) => !soft && key.length > 1).map(({ key }) => key));
    return [{ a, b, left: keys(anchors.en.get(a.index)), right: keys(anchors.zh.get(b.index)) }];
  });
  return items.flatMap((one, index): Draft[] =>
    items.slice(index + 1, index + 8).flatMap((two): Draft[] => {
      const inside = (left: ReadonlySet<string>, right: ReadonlySet<string>) =>
        left.size > 0 && [...left].every((key) => right.has(key));
      const crossed = inside(one.left, two.right) && inside(two.left, one.right);
      if (
        !crossed ||
        [...one.left].some((key) => one.right.has(key)) ||
        [...two.left].some((key) => two.right.has(key))
      )
        return [];
      const quote = (block: Block, most: number) => placeIn(block, 0, Math.min(most, block.text.length));
      const [a, b] = [quote(one.a, 60), quote(one.b, 30)];
      return [
        {
          rule: 'pair.order',
          places: [a, quote(two.a, 60), b, quote(two.b, 30)],
          values: { one: a.text, other: b.text },
        },
      ];
    }),
  );
}

/** An item of a list that the other version has further up or down: its fellow has no fellow, and holds its numbers. */
function itemsMoved(aligned: readonly Aligned[], anchors: { en: Anchors; zh: Anchors }): Draft[] {
  const keys = (list: readonly Anchor[] | undefined) =>
    (list ?? []).filter(({ soft, key }) => !soft && key.length > 1).map(({ key }) => key);
  return aligned.flatMap((pair, index): Draft[] => {
    const a = pair.en[0];
    if (a === undefined || pair.zh.length > 0 || a.kind === 'row' || !isItem(a.text)) return [];
    const left = keys(anchors.en.get(a.index));
    if (left.length === 0) return [];
    for (const other of aligned.slice(Math.max(0, index - 4), index + 5)) {
      const b = other.zh[0];
      if (b === undefined || other.en.length > 0 || b.kind === 'row' || !isItem(b.text)) continue;
      const right = keys(anchors.zh.get(b.index));
      if (right.length === 0 || [...left].sort().join() !== [...right].sort().join()) continue;
      const places = [placeIn(a, 0, Math.min(60, a.text.length)), placeIn(b, 0, Math.min(30, b.text.length))];
      return [
        { rule: 'pair.order', places, values: { one: places[0]?.text ?? '', other: places[1]?.text ?? '' } },
      ];
    }
    return [];
  });
}

const isItem = (text: string): boolean =>
  /^(?:\W{0,3}(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[a-z])[.)、）]|[(（](?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）]|[-*•●])/.test(
    text,
  );
