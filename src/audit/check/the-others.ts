import type { Reading, Sentence } from '../read/reading.ts';
import { hanDigits, numberWords } from '../read/units.ts';
import { placeIn } from '../text.ts';
import { emptyReport, type Report } from './report.ts';

/** Some of so many, and the others counted: `Seven of the ten have a plan; the other three have none`; 10家中7家达标，其余3家未达标. */
export function checkTheOthers(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) if (sentence.block.kind !== 'row') others(sentence, report);
  return report;
}

const small = '(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|\\d{1,3})';
const english = new RegExp(
  `\\b(one|${small}) (?:out )?of (?:the|its|our|these|their) (${small}) (?!(?:per|%|years|days))[^.]{5,140}?[,;] (?:and |while |but )?(?:the )?(?:other|remaining) (one|${small})\\b(?! (?:per ?cent|%|years))`,
  'giu',
);
const han =
  /(?<!\d)(\d{1,3}|[二三四五六七八九十])[个家所座项](?:\p{Script=Han}{1,8})?中[，,]?(?:有|已有)?(\d{1,3}|[一二三四五六七八九])[个家所座项][^。；\d]{1,30}[，,；](?:其余|剩余|另外?)(?:的)?(\d{1,3}|[一二三四五六七八九])[个家所座项]/gu;

function others(sentence: Sentence, report: Report): void {
  const numberOf = (word: string) =>
    word === '一' ? 1 : (hanDigits.get(word) ?? numberWords.get(word.toLowerCase()) ?? Number(word));
  for (const form of [english, han])
    for (const match of sentence.text.matchAll(form)) {
      const [words, a = '', b = '', c = ''] = match;
      const [part, whole] = form === han ? [numberOf(b), numberOf(a)] : [numberOf(a), numberOf(b)];
      const rest = numberOf(c);
      if (![part, whole, rest].every(Number.isInteger) || part >= whole) continue;
      // A third count between the two is a part of its own.
      const between = words.slice(words.indexOf(b) + b.length, words.lastIndexOf(c));
      const counts =
        between.replace(/\([^()]*\)/g, '').match(new RegExp(`\\b${small}\\b`, 'gi'))?.length ?? 0;
      if (form === english && counts > 0) continue;
      const at = sentence.start + match.index;
      const claim = {
        rule: 'sum.parts' as const,
        places: [placeIn(sentence.block, at, at + words.length)],
        values: { parts: `${part} + ${rest}`, sum: String(part + rest), whole: String(whole) },
      };
      (part + rest === whole ? report.checked : report.findings).push(claim);
    }
}
