import type { Draft } from '../finding.ts';
import { type Block, placeIn } from '../text.ts';
import type { Aligned } from './align.ts';
import type { Anchor } from './anchor.ts';
import { topics } from './lexicon.ts';
import { blockOf, clauseAround, isQuoted, type Matched, type Sides } from './matched.ts';
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
  return [
    ...rows,
    ...exchanged,
    ...coordinated(sides, matched, terms).filter(({ places }) =>
      places.every(({ line, column }) => !told.has(`${line}:${column}`)),
    ),
    ...itemsExchanged(aligned, anchors),
    ...itemsMoved(aligned, anchors),
  ];
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
        if (x.one.en.kind !== y.one.en.kind || (x.one.en.dimension ?? '') !== (y.one.en.dimension ?? ''))
          continue;
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

const joinEn = /[,;]|\band\b/;
const joinZh = /[，、；]|[和及与]/;
/** Words that make one number the measure of the other: their order is the language's. */
const relates =
  /\b(?:of|out of|in|than|from|to|more|fewer|less|up|down|rose|fell|increas\w*|decreas\w*|compared|against|versus|per|every|including|with)\b/i;
const relatesZh = /[比较由从占中]|其中|增|减|升|降|提高|达到/;

/** `57 experts and 1,230 citizens`: two counts side by side, which the other version gives the other way round. */
function coordinated({ en, zh }: Sides, matched: readonly Matched[], terms: readonly Term[]): Draft[] {
  const sorted = [...matched].sort((a, b) => a.en.block - b.en.block || a.en.start - b.en.start);
  return sorted.flatMap((x, index): Draft[] => {
    const y = sorted[index + 1];
    if (y === undefined || x.en.block !== y.en.block || x.zh.block !== y.zh.block || y.zh.start >= x.zh.start)
      return [];
    if (
      x.en.kind !== y.en.kind ||
      !['number', 'percent', 'money'].includes(x.en.kind) ||
      x.en.soft ||
      y.en.soft
    )
      return [];
    if ((x.en.dimension ?? '') !== (y.en.dimension ?? '') || x.en.key === y.en.key) return [];
    const [a, b] = [blockOf(en, x.en), blockOf(zh, x.zh)];
    if (a === undefined || b === undefined || a.kind === 'row') return [];
    const [english, chinese] = [a.text.slice(x.en.end, y.en.start), b.text.slice(y.zh.end, x.zh.start)];
    if (
      isQuoted(b.text, y.zh.start) ||
      english.length > 60 ||
      chinese.length > 16 ||
      /[.!?]\s|。/.test(english + chinese)
    )
      return [];
    if (
      !joinEn.test(english) ||
      !joinZh.test(chinese) ||
      relates.test(english.replace(/\bthat of\b/, '')) ||
      relatesZh.test(chinese)
    )
      return [];
    const [wordsEn, wordsZh] = [
      [clauseAround(a.text, x.en), clauseAround(a.text, y.en)].map((span) => a.text.slice(...span)),
      [clauseAround(b.text, x.zh), clauseAround(b.text, y.zh)].map((span) => b.text.slice(...span)),
    ];
    // Items that were exchanged with their names are in another order, and say the same.
    const same = wordsEn.some((words, at) => {
      const [one, other] = [topics(words, 'en', terms), topics(wordsZh[at] ?? '', 'zh', terms)];
      return [...one].some((id) => other.has(id) && !topics(wordsEn[1 - at] ?? '', 'en', terms).has(id));
    });
    if (same) return [];
    const places = [placeIn(a, x.en.start, y.en.end), placeIn(b, y.zh.start, x.zh.end)];
    return [
      { rule: 'pair.order', places, values: { one: places[0]?.text ?? '', other: places[1]?.text ?? '' } },
    ];
  });
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
