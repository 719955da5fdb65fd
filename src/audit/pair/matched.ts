import type { Reading } from '../read/reading.ts';
import type { Block } from '../text.ts';
import type { Anchor } from './anchor.ts';

/** One thing that both versions give, with the blocks it stands in. */
export interface Matched {
  readonly en: Anchor;
  readonly zh: Anchor;
}

export interface Sides {
  readonly en: Reading;
  readonly zh: Reading;
}

/** The block of an anchor; an anchor always comes from a block of its reading. */
export const blockOf = (reading: Reading, { block }: Anchor): Block | undefined => reading.blocks[block];

/** Where the clause around an anchor begins and ends: between the signs that part clauses and items. */
export function clauseAround(text: string, { start, end }: Pick<Anchor, 'start' | 'end'>): [number, number] {
  const before = text.slice(Math.max(0, start - 160), start);
  const after = text.slice(end, end + 160);
  const parting =
    /[，。；：、;:！？!?|\t（）()]|,(?!\d)|\.(?!\d)|\b(?:and|while|but)\b|(?<=\p{Script=Han}|[%\d])[和及与](?=\p{Script=Han})/gu;
  let from = 0;
  for (const match of before.matchAll(parting)) from = match.index + match[0].length;
  const stop = after.search(parting);
  return [Math.max(0, start - 160) + from, stop < 0 ? end + after.length : end + stop];
}

/** `“一城、四区、五大示范”`: a programme named by its counts is compared as a whole (see codes.ts). */
export const isQuoted = (text: string, at: number): boolean =>
  text.lastIndexOf('“', at) > text.lastIndexOf('”', at) && at - text.lastIndexOf('“', at) < 60;
