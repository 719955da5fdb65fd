import { type Rational, toFixed } from '../../model/index.ts';
import type { CheckedClaim, Draft } from '../finding.ts';
import type { Mark, Quantity } from '../read/quantity.ts';
import type { Sentence } from '../read/reading.ts';
import { placeIn, type TextPlace } from '../text.ts';

/** What a check hands back: what is wrong, and what was recomputed and holds. */
export interface Report {
  readonly findings: Draft[];
  readonly checked: CheckedClaim[];
}

export const emptyReport = (): Report => ({ findings: [], checked: [] });

/** The place of the words from the first to the last of some marks of one sentence. */
export function placeOf(sentence: Sentence, ...marks: readonly Pick<Mark, 'start' | 'end'>[]): TextPlace {
  const start = Math.min(...marks.map((mark) => mark.start));
  const end = Math.max(...marks.map((mark) => mark.end));
  return placeIn(sentence.block, sentence.start + start, sentence.start + end);
}

/** A quantity as the text writes it, without emphasis marks. */
export function said(sentence: Sentence, quantity: Pick<Quantity, 'start' | 'end'>): string {
  return sentence.text.slice(quantity.start, quantity.end).replace(/[*_]+/g, '').replace(/\s+/g, ' ').trim();
}

/** A computed number for a reader: at most `places` decimals, no trailing zeros. */
export function shown(value: Rational, places = 2): string {
  const text = toFixed(value, places);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
