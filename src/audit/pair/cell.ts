import type { Block } from '../text.ts';
import { topics } from './lexicon.ts';
import { spelledAt, syllablesOf } from './pinyin.ts';
import type { Term } from './terms.ts';

/** One cell of a row, with where it stands in its block. */
export interface TableCell {
  readonly block: Block;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The cells of a row written with bars or tabs. */
export function cellsOf(block: Block): TableCell[] {
  const cells: TableCell[] = [];
  const bars = block.text.startsWith('|');
  const parting = bars ? /\|/g : /\t/g;
  let from = bars ? 1 : 0;
  const put = (to: number) => {
    const whole = block.text.slice(from, to);
    const start = from + whole.length - whole.trimStart().length;
    const text = whole.trim().replace(/[*_`]/g, '');
    cells.push({ block, text, start, end: Math.max(start, from + whole.trimEnd().length) });
    from = to + 1;
  };
  for (const { index } of block.text.matchAll(parting)) if (!bars || index > 0) put(index);
  if (from < block.text.length) put(block.text.length);
  return cells;
}

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
