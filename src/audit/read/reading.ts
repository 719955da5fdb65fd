import { type AuditText, type Block, isChinese } from '../text.ts';
import { blocksOf } from './blocks.ts';
import { marksOf } from './marks.ts';
import type { Mark, Quantity, TimeMark } from './quantity.ts';
import { type Token, tokensOf } from './token.ts';

/** A sentence with all that was read in it. Offsets are those of its block's text. */
export interface Sentence {
  readonly block: Block;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly marks: readonly Mark[];
  readonly quantities: readonly Quantity[];
  readonly times: readonly TimeMark[];
  /** Which of the documents bound together in the file: a report, its first annex … */
  readonly part: number;
  readonly index: number;
}

/** A text read once; every check works on this. */
export interface Reading {
  readonly file: string;
  readonly chinese: boolean;
  readonly blocks: readonly Block[];
  readonly sentences: readonly Sentence[];
  /** The part of each block. */
  readonly parts: readonly number[];
}

export function read(source: AuditText): Reading {
  const blocks = blocksOf(source);
  const parts = partsOf(blocks);
  const sentences: Sentence[] = [];
  for (const block of blocks) {
    if (block.kind === 'contents') continue;
    for (const [start, end] of sentenceSpans(block.text)) {
      const text = block.text.slice(start, end);
      const tokens = tokensOf(text);
      const marks = marksOf(tokens);
      sentences.push({
        block,
        start,
        end,
        text,
        tokens,
        marks,
        quantities: marks.filter((mark) => mark.kind === 'quantity'),
        times: marks.filter((mark) => mark.kind === 'time'),
        part: parts[block.index] ?? 0,
        index: sentences.length,
      });
    }
  }
  return { file: source.file, chinese: isChinese(sample(source)), blocks, sentences, parts };
}

const sample = (source: AuditText): string =>
  source.lines
    .slice(0, 3000)
    .map(({ text }) => text.slice(0, 200))
    .join('\n');

/** A new table of contents begins a new document inside the file. */
function partsOf(blocks: readonly Block[]): number[] {
  let part = 0;
  return blocks.map(({ text, index }) => {
    const bare = text.replace(/[#*\s]/g, '');
    if (index > 20 && /^(?:contents|tableofcontents|目录)$/i.test(bare)) part += 1;
    return part;
  });
}

const abbreviations = new Set(
  'no co ltd inc st dr mr ms prof vs etc e.g i.e approx ha sec fig vol al jan feb mar apr jun jul aug sep oct nov dec corp dept est'.split(
    ' ',
  ),
);

/** No sentence of prose is longer; what is, is cut here, so that the work on one sentence stays bounded. */
const longestSentence = 3000;

/** Sentence bounds. Linear: one look at each character. */
export function sentenceSpans(text: string): [number, number][] {
  const spans: [number, number][] = [];
  let start = 0;
  for (let i = 0; i < text.length; i += 1) {
    const mark = text.charAt(i);
    if (i - start >= longestSentence) {
      spans.push([start, i]);
      start = i;
    }
    if (mark === '。' || mark === '！' || mark === '？') {
      spans.push([start, i + 1]);
      start = i + 1;
      continue;
    }
    if (mark !== '.' && mark !== '!' && mark !== '?') continue;
    if (!endsSentence(text, i)) continue;
    let end = i + 1;
    while (end < text.length && '"”’\')*'.includes(text.charAt(end))) end += 1;
    spans.push([start, end]);
    start = end;
    i = end - 1;
  }
  if (text.slice(start).trim() !== '') spans.push([start, text.length]);
  return spans;
}

function endsSentence(text: string, at: number): boolean {
  let next = at + 1;
  while (next < text.length && '"”’\')*'.includes(text.charAt(next))) next += 1;
  if (next >= text.length) return true;
  if (!/\s/.test(text.charAt(next))) return false;
  while (next < text.length && /[\s*]/.test(text.charAt(next))) next += 1;
  const follows = text.charAt(next);
  if (!/[\p{Lu}\d"“‘'(●•-]/u.test(follows)) return false;
  if (text.charAt(at) !== '.') return true;
  const before = /[\p{L}.]{1,12}$/u.exec(text.slice(Math.max(0, at - 12), at))?.[0] ?? '';
  if (abbreviations.has(before.toLowerCase()))
    return /^[\p{Lu}]/u.test(follows) && before.length > 2 && before.toLowerCase() === 'etc';
  if (/^\p{Lu}$/u.test(before)) return false;
  return !(
    /^\s*\d{1,2}$/.test(text.slice(Math.max(0, at - 3), at)) &&
    /^\s{0,3}\d{1,2}\.\s/.test(text.slice(0, at + 2))
  );
}

/** The words between two offsets of a sentence, without emphasis marks, in lower case. */
export function wordsBetween(sentence: Sentence, from: number, to: number): string {
  return sentence.text.slice(Math.max(0, from), Math.max(0, to)).replace(/[*_]+/g, '').toLowerCase();
}
