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
  const band = Math.max(leastBand, Math.abs(n - m) + 60);
  const width = m + 1;
  const score = new Float64Array((n + 1) * width).fill(Number.NEGATIVE_INFINITY);
  const step = new Uint8Array((n + 1) * width);
  score[0] = 0;
  for (let i = 0; i <= n; i += 1) {
    const middle = Math.round((i * m) / n);
    for (let j = Math.max(0, middle - band); j <= Math.min(m, middle + band); j += 1) {
      const here = i * width + j;
      const reach = (from: number, gain: number, kind: number) => {
        const value = (score[from] ?? Number.NEGATIVE_INFINITY) + gain;
        if (value > (score[here] ?? Number.NEGATIVE_INFINITY)) {
          score[here] = value;
          step[here] = kind;
        }
      };
      if (i > 0) reach(here - width, 0, 1);
      if (j > 0) reach(here - 1, 0, 2);
      const [a, b] = [left[i - 1], right[j - 1]];
      if (a !== undefined && b !== undefined) reach(here - width - 1, likeness(a, b), 3);
    }
  }
  return path(left, right, step, width);
}

function path(left: readonly Side[], right: readonly Side[], step: Uint8Array, width: number): Aligned[] {
  const pairs: Aligned[] = [];
  let [i, j] = [left.length, right.length];
  while (i > 0 || j > 0) {
    const kind = step[i * width + j] ?? 0;
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
