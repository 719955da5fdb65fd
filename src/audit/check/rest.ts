import { compare, divide, equals, multiply, rational, subtract } from '../../model/index.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { emptyReport, placeOf, type Report, said, shown } from './report.ts';
import { tellingWords } from './words.ts';

const hundred = rational(100n);

/** What a rate of 100 % must not leave behind. */
const left =
  /^\s*(?:\([^)]{0,60}\)\s*)?(?:of [a-z ]{3,30} )?(?:were|was|are|is|have been|has been|had been|remain(?:ed|s)?)\s+(?:still |safely |temporarily |not yet |yet to be )*(?:stored|left|untreated|undisposed|uncollected|unresolved|unfinished|outstanding|pending|stockpiled)\b|^(?:尚未|未|暂存|贮存|结转|待)/;
const notYet = /\b(?:not yet|yet to be|un[a-z]+ed|stored|left|outstanding|pending|stockpiled|remain)/;

/**
 * `The treatment rate of hazardous waste reached 100 %`, where `29,000 tons were stored` of the 1.504 million tons
 * of hazardous waste that were generated.
 */
export function checkRests(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) {
    if (sentence.block.kind === 'row') continue;
    for (const rest of sentence.quantities) {
      const whole = wholeOf(sentence, rest);
      if (whole === null) continue;
      const full = fullRate(reading, sentence, whole);
      if (full === null) continue;
      const done = multiply(divide(subtract(whole.value, rest.value), whole.value), hundred);
      report.findings.push({
        rule: 'share.rest',
        places: [placeOf(full.sentence, full.quantity), placeOf(sentence, whole), placeOf(sentence, rest)],
        values: {
          stated: said(full.sentence, full.quantity),
          rest: said(sentence, rest),
          whole: said(sentence, whole),
          computed: `${shown(done, 1)} %`,
        },
      });
    }
  }
  return report;
}

/** The first larger amount of the sentence in the unit of what is left. */
function wholeOf(sentence: Sentence, rest: Quantity): Quantity | null {
  if (rest.unit === '' && rest.dimension !== 'count' && rest.dimension !== 'households') return null;
  if (['percent', 'points', 'duration', 'years', 'times', 'permille'].includes(rest.dimension)) return null;
  const after = wordsBetween(sentence, rest.end, rest.end + 90);
  const before = wordsBetween(sentence, Math.max(0, rest.start - 12), rest.start);
  const verb = (left.exec(after)?.[0] ?? '').replace(/\([^)]*\)/, '');
  if (
    !(verb !== '' && (notYet.test(verb) || /[未存转待]/.test(verb))) &&
    !/(?:尚余|剩余|暂存|贮存|结转|未处理|未完成)$/.test(before)
  )
    return null;
  const whole = sentence.quantities.find(
    ({ dimension, unit, end }) =>
      dimension === rest.dimension && (unit === rest.unit || dimension === 'mass') && end <= rest.start,
  );
  return whole !== undefined && compare(whole.value, rest.value) > 0 ? whole : null;
}

/** A rate of exactly 100 % of the same thing in the paragraph of the amounts. */
function fullRate(
  reading: Reading,
  sentence: Sentence,
  whole: Quantity,
): { sentence: Sentence; quantity: Quantity } | null {
  const thing = new Set(
    tellingWords(
      `${wordsBetween(sentence, whole.start - 40, whole.start)} ${wordsBetween(sentence, whole.end, whole.end + 50)}`,
    ),
  );
  for (let back = 0; back <= 3; back += 1) {
    const near = reading.sentences[sentence.index - back];
    if (near === undefined || near.block !== sentence.block) return null;
    const quantity = near.quantities.find(({ dimension, value, start }) => {
      if (dimension !== 'percent' || !equals(value, hundred)) return false;
      const lead = wordsBetween(near, Math.max(0, start - 90), start);
      if (!/\brate\b|\bcoverage\b|率/.test(lead)) return false;
      return tellingWords(lead).filter((word) => thing.has(word)).length >= (reading.chinese ? 1 : 2);
    });
    if (quantity !== undefined) return { sentence: near, quantity };
  }
  return null;
}
