import { type Cell, cellsOf } from '../read/cells.ts';
import type { Block } from '../text.ts';
import { topics } from './lexicon.ts';
import { spelledAt, syllablesOf } from './pinyin.ts';
import type { Term } from './terms.ts';

/** One cell of a row, with the block it stands in. */
export interface TableCell extends Cell {
  readonly block: Block;
}

export const tableCells = (block: Block): TableCell[] =>
  cellsOf(block.text).map((cell) => ({ ...cell, block }));

/** Whether two names of a first column name one thing, as far as spelling, terms and figures can tell. */
export function nameMatch(en: string, zh: string, terms: readonly Term[]): boolean {
  if (en === zh) return true;
  const place = en
    .replace(
      /\b(?:New Area|District|County|City|Town(?:ship)?|Subdistrict|Village|River|Lake|Park|the)\b/gi,
      '',
    )
    .trim();
  if (place !== '' && spelledAt(syllablesOf(place), zh) >= 0) return true;
  const [years, others] = [/(?:19|20)\d\d/.exec(en)?.[0], /(?:19|20)\d\d/.exec(zh)?.[0]];
  if (years !== undefined && years === others) return true;
  const [x, y] = [topics(en, 'en', terms), topics(zh, 'zh', terms)];
  return [...x].some((id) => y.has(id));
}
