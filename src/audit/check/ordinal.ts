import type { Reading } from '../read/reading.ts';
import { type Block, bareHeading, placeIn } from '../text.ts';
import { emptyReport, type Report } from './report.ts';

const ordinals = 'First Second Third Fourth Fifth Sixth Seventh Eighth Ninth'.split(' ');
const cardinals = 'One Two Three Four Five Six Seven Eight Nine'.split(' ');
const romans = 'I II III IV V VI VII VIII IX'.split(' ');
const hanDigits = '一二三四五六七八九';

/** Points and chapters counted first in one kind of number, then in another: `Third, … Four, …`; `I.` and then `Second,`. */
export function checkOrdinals(reading: Reading): Report {
  const report = emptyReport();
  for (const block of reading.blocks) if (block.kind === 'paragraph') points(block, report);
  chapters(reading, report);
  return report;
}

interface Count {
  readonly at: number;
  readonly words: string;
  readonly number: number;
  readonly isOrdinal: boolean;
}

const begins =
  /(?<=^|[.;:] )(First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth)(ly)?,|(?<=^|[.;] )(One|Two|Three|Four|Five|Six|Seven|Eight|Nine),(?= [a-z])|(?<=^|[。；：])(第)?([一二三四五六七八九])，/gu;

function points(block: Block, report: Report): void {
  const counts: Count[] = [...block.text.matchAll(begins)].map((match) => {
    const [words, ordinal, , cardinal, han, digit = ''] = match;
    const number =
      ordinal !== undefined
        ? ordinals.indexOf(ordinal)
        : cardinal !== undefined
          ? cardinals.indexOf(cardinal)
          : hanDigits.indexOf(digit);
    const isOrdinal = ordinal !== undefined || han !== undefined;
    return { at: match.index, words: words.slice(0, -1), number: number + 1, isOrdinal };
  });
  for (const [index, now] of counts.entries()) {
    const last = counts[index - 1];
    if (last === undefined || now.number !== last.number + 1 || now.isOrdinal || !last.isOrdinal) continue;
    report.findings.push({
      rule: 'numbering.style',
      places: [placeIn(block, now.at, now.at + now.words.length + 1)],
      values: { before: last.words, after: now.words },
    });
  }
}

/** A chapter `I. …` and the next `Second, …`. */
function chapters(reading: Reading, report: Report): void {
  let last: { number: number; mark: string } | null = null;
  for (const block of reading.blocks) {
    if (block.kind === 'row' || block.kind === 'contents' || block.text.length > 110) continue;
    const numbered = /^[#*\s]*([IVX]{1,4})\. ?(?=\p{Lu})/u.exec(block.text);
    if (numbered !== null) {
      last = { number: romans.indexOf(numbered[1] ?? '') + 1, mark: `${numbered[1]}.` };
      continue;
    }
    const word = /^[#*\s]*(Second|Third|Fourth|Fifth|Sixth), \p{Ll}/u.exec(block.text)?.[1] ?? '';
    if (last === null || last.number === 0 || ordinals.indexOf(word) !== last.number) continue;
    if (/[.。]$/.test(bareHeading(block.text))) continue;
    report.findings.push({
      rule: 'numbering.style',
      places: [placeIn(block, 0, block.text.indexOf(word) + word.length + 1)],
      values: { before: last.mark, after: word },
    });
    last = null;
  }
}
