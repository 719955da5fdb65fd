import type { Reading } from '../read/reading.ts';
import type { Block } from '../text.ts';
import type { Anchor } from './anchor.ts';
import type { Term } from './terms.ts';

/** Blocks of the English and of the Chinese text that say the same; one side may be empty. */
export interface Aligned {
  readonly en: readonly Block[];
  readonly zh: readonly Block[];
}

interface Side {
  readonly block: Block;
  readonly keys: readonly string[];
  readonly terms: ReadonlySet<number>;
  readonly letters: number;
}

/** Blocks beyond this distance from the diagonal are never compared, so that long texts stay affordable. */
const leastBand = 120;
/** Most cells that the programme may hold and weigh, whatever the texts: six megabytes of steps, a few seconds. */
const mostCells = 6_000_000;

/**
 * Aligns two texts block by block: a dynamic programme over the pairs, held together by numbers, dates, terms of the base,
 * Latin words that a translation keeps, kinds of block and lengths. Order is kept, as translations keep it.
 */
export function align(
  en: Reading,
  zh: Reading,
  anchors: {
    readonly en: ReadonlyMap<number, readonly Anchor[]>;
    readonly zh: ReadonlyMap<number, readonly Anchor[]>;
  },
  terms: readonly Term[],
): Aligned[] {
  const left = sides(en, anchors.en, terms, 'en');
  const right = sides(zh, anchors.zh, terms, 'zh');
  const [n, m] = [left.length, right.length];
  if (n === 0 || m === 0)
    return [{ en: left.map(({ block }) => block), zh: right.map(({ block }) => block) }];
  const affordable = Math.max(40, Math.floor(mostCells / (n + 1) / 2));
  const band = Math.min(affordable, Math.max(leastBand, Math.abs(n - m) + 60), m);
  const width = Math.min(m, 2 * band) + 1;
  const step = new Uint8Array((n + 1) * width);
  const startOf = (i: number) => Math.max(0, Math.min(Math.round((i * m) / n) - band, m + 1 - width));
  let above = new Float64Array(width).fill(Number.NEGATIVE_INFINITY);
  let aboveStart = 0;
  for (let i = 0; i <= n; i += 1) {
    const start = startOf(i);
    const row = new Float64Array(width).fill(Number.NEGATIVE_INFINITY);
    for (let j = start; j < start + width; j += 1) {
      const at = j - start;
      let best = i === 0 && j === 0 ? 0 : Number.NEGATIVE_INFINITY;
      let kind = 0;
      const reach = (value: number | undefined, gain: number, by: number) => {
        if (value === undefined || value + gain <= best) return;
        best = value + gain;
        kind = by;
      };
      if (i > 0) reach(above[j - aboveStart], 0, 1);
      if (j > start) reach(row[at - 1], 0, 2);
      const [a, b] = [left[i - 1], right[j - 1]];
      const diagonal = i > 0 ? above[j - 1 - aboveStart] : undefined;
      if (a !== undefined && b !== undefined && diagonal !== undefined && diagonal > Number.NEGATIVE_INFINITY)
        reach(diagonal, likeness(a, b), 3);
      row[at] = best;
      step[i * width + at] = kind;
    }
    above = row;
    aboveStart = start;
  }
  return path(left, right, (i, j) => step[i * width + j - startOf(i)] ?? 0);
}

function path(
  left: readonly Side[],
  right: readonly Side[],
  stepAt: (i: number, j: number) => number,
): Aligned[] {
  const pairs: Aligned[] = [];
  let [i, j] = [left.length, right.length];
  while (i > 0 || j > 0) {
    const kind = stepAt(i, j);
    const [a, b] = [left[i - 1]?.block, right[j - 1]?.block];
    if (kind === 3 && a !== undefined && b !== undefined) {
      pairs.push({ en: [a], zh: [b] });
      i -= 1;
      j -= 1;
    } else if ((kind === 1 || j === 0) && a !== undefined) {
      pairs.push({ en: [a], zh: [] });
      i -= 1;
    } else {
      if (b !== undefined) pairs.push({ en: [], zh: [b] });
      j -= 1;
    }
  }
  return pairs.reverse();
}

function sides(
  reading: Reading,
  anchors: ReadonlyMap<number, readonly Anchor[]>,
  terms: readonly Term[],
  language: 'en' | 'zh',
): Side[] {
  const index = terms.map((term) =>
    term[language]
      .map((name) => name.toLowerCase())
      .filter((name) => name.length > (language === 'en' ? 4 : 1)),
  );
  return reading.blocks
    .filter(({ kind }) => kind !== 'contents')
    .map((block) => {
      const lower = block.text.toLowerCase();
      const there = new Set<number>();
      if (lower.length < 6000)
        for (const [at, names] of index.entries())
          if (names.some((name) => lower.includes(name))) there.add(at);
      const latin = [...block.text.matchAll(/\b[A-Z]{3,8}\b/g)].map(([word]) => `w${word}`);
      return {
        block,
        keys: [...(anchors.get(block.index) ?? []).map(({ key }) => key), ...new Set(latin)],
        terms: there,
        letters:
          language === 'en'
            ? block.text.length
            : (block.text.match(/\p{Script=Han}/gu)?.length ?? 0) * 3.4 +
              (block.text.match(/[A-Za-z]/g)?.length ?? 0),
      };
    });
}

function likeness(a: Side, b: Side): number {
  const rest = [...b.keys];
  let common = 0;
  for (const key of a.keys) {
    const at = rest.indexOf(key);
    if (at < 0) continue;
    rest.splice(at, 1);
    common += key.length > 2 ? 1.5 : 1;
  }
  const unmatched = a.keys.length + b.keys.length - 2 * (b.keys.length - rest.length);
  let shared = 0;
  for (const term of a.terms) if (b.terms.has(term)) shared += 1;
  const ratio = Math.min(a.letters, b.letters) / Math.max(a.letters, b.letters, 1);
  const kind = a.block.kind === b.block.kind ? 0.4 : -0.6;
  const first =
    /^\W*(\d{1,2}|[一二三四五六七八九十]{1,2}|[IV]{1,4})[.、]/.exec(a.block.text) !== null &&
    /^\W*(\d{1,2}|[一二三四五六七八九十]{1,2})[.、]/.test(b.block.text)
      ? 0.3
      : 0;
  return common * 1.2 - unmatched * 0.3 + Math.min(shared, 6) * 0.8 + ratio * 1.2 + kind + first - 0.5;
}
