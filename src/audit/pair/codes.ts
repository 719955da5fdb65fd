import type { Draft } from '../finding.ts';
import { numberWords } from '../read/units.ts';
import { type Block, placeIn } from '../text.ts';
import type { Aligned } from './align.ts';
import { hanNumber } from './anchor.ts';

interface Code {
  readonly numbers: readonly number[];
  readonly words: string;
  readonly at: number;
}

/** “one city, four districts, five demonstrations”, “一城、四区、五大示范”: programmes that are named by a row of counts. */
export function codeDrafts(aligned: readonly Aligned[]): Draft[] {
  return aligned.flatMap(({ en, zh }): Draft[] => {
    const [a, b] = [en[0], zh[0]];
    if (a === undefined || b === undefined) return [];
    const [left, right] = [codesIn(a), codesIn(b)];
    return left.flatMap((code, index): Draft[] => {
      const other = right[index];
      if (other === undefined || left.length !== right.length) return [];
      if (code.numbers.join() === other.numbers.join()) return [];
      return [
        {
          rule: 'pair.number',
          places: [
            placeIn(a, code.at, code.at + code.words.length),
            placeIn(b, other.at, other.at + other.words.length),
          ],
          values: { one: `“${code.words}”`, other: `“${other.words}”` },
        },
      ];
    });
  });
}

function codesIn({ text }: Block): Code[] {
  return [...text.matchAll(/[“"「]([^“”"「」]{4,120})[”"」]/g)].flatMap((match) => {
    const words = match[1] ?? '';
    const parts = words
      .split(/,|、|，|\band\b/)
      .map((part) => part.trim())
      .filter((part) => part !== '');
    const numbers = parts.map(firstNumber);
    if (parts.length < 3 || numbers.some((number) => number === null)) return [];
    return [{ numbers: numbers.flatMap((number) => number ?? []), words, at: match.index + 1 }];
  });
}

function firstNumber(part: string): number | null {
  const han = /^[一二两三四五六七八九十百]{1,3}/.exec(part)?.[0];
  if (han !== undefined) return hanNumber(han);
  const word = /^[a-z]+|^\d{1,3}/i.exec(part)?.[0].toLowerCase() ?? '';
  if (word === 'hundred') return 100;
  return numberWords.get(word) ?? (/^\d+$/.test(word) ? Number(word) : null);
}
