import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { placeIn } from '../text.ts';
import { emptyReport, placeOf, type Report, said } from './report.ts';
import { tellingWords } from './words.ts';

const listed = /((?:[^.;()]{3,60} \((?:19|20)\d\d\)(?:, | and |, and )?){3,20})/;
const hosted =
  /\b(?:have|has|were|was)(?: all)?(?: been)? (?:held|hosted|staged|organi[sz]ed) in (\p{Lu}[\p{L}-]+)/u;

/** `held in Milan (2015), Quito (2016) …` beside `a total of 8 events have been hosted in Shanghai`. */
export function checkHosts(reading: Reading): Report {
  const report = emptyReport();
  const lists = reading.sentences.flatMap((sentence) => {
    const match = /\b(?:held|hosted|staged) in\b/.test(sentence.text) ? listed.exec(sentence.text) : null;
    return match === null ? [] : [{ sentence, words: match[1] ?? '', at: match.index }];
  });
  for (const { sentence, words, at } of lists) {
    const event = tellingWords(wordsBetween(sentence, Math.max(0, at - 160), at + 40));
    const years = [...words.matchAll(/\((\d{4})\)/g)].length;
    for (const other of reading.sentences.slice(sentence.index + 1, sentence.index + 40)) {
      const claim = hosted.exec(other.text);
      if (claim === null || other.part !== sentence.part) continue;
      const [, town = ''] = claim;
      const count = other.quantities.find(
        ({ dimension, end }) => dimension === 'count' && end < claim.index && claim.index - end < 80,
      );
      if (count === undefined || words.includes(town)) continue;
      const about = tellingWords(wordsBetween(other, count.end, claim.index));
      if (about.filter((word) => event.includes(word)).length < 2) continue;
      report.findings.push({
        rule: 'count.events',
        severity: 'unlike',
        places: [
          placeOf(other, count),
          placeIn(sentence.block, sentence.start + at, sentence.start + at + words.length),
        ],
        values: {
          name: nameOf(other, count.end, claim.index),
          one: `${said(other, count)} (${town})`,
          other: `${years} (${placesIn(words)})`,
        },
      });
      break;
    }
  }
  return report;
}

const nameOf = (sentence: Sentence, from: number, to: number): string => sentence.text.slice(from, to).trim();

const placesIn = (words: string): string =>
  [...words.matchAll(/(\p{Lu}[\p{L}-]+) \(\d{4}\)/gu)]
    .slice(0, 3)
    .map(([, name]) => name)
    .join(', ');
