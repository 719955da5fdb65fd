import { equals } from '../../model/index.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { emptyReport, placeOf, type Report, said } from './report.ts';
import { timeText } from './series.ts';
import { tellingWords } from './words.ts';

interface Share {
  readonly sentence: Sentence;
  readonly quantity: Quantity;
  readonly name: string;
  readonly words: readonly string[];
}

const ranks = /\brank(?:ed|s|ing)? (?:the )?(?:first|top|no\. ?1|1st)\b|位居(?:第一|首位)|排名第一/i;
const idle = /^(?:During|From|In|By|At|Since|The|Among|As|For|Of|On|After|With|Between|Shanghai|China)$/;
const place = /\p{Lu}[\p{L}-]+(?: \p{Lu}[\p{L}-]+){0,2}/gu;

/** `Hong Kong, Taiwan and Japan ranked the top three, accounting for 20 %, …` against `Hong Kong ranked first with 29 %`. */
export function checkRanked(reading: Reading): Report {
  const report = emptyReport();
  const shares = reading.sentences.flatMap((sentence) => shareIn(sentence) ?? []).slice(0, 1000);
  for (const [index, a] of shares.entries())
    for (const b of shares.slice(index + 1)) {
      if (a.name !== b.name || a.sentence.part !== b.sentence.part) continue;
      if (a.sentence.block === b.sentence.block || equals(a.quantity.value, b.quantity.value)) continue;
      const common = a.words.filter((word) => b.words.includes(word));
      if (common.length < 2) continue;
      const when = ({ sentence, quantity }: Share) =>
        timeText(sentence.times.findLast(({ end }) => end <= quantity.start) ?? null);
      report.findings.push({
        rule: 'series.value',
        places: [placeOf(a.sentence, a.quantity), placeOf(b.sentence, b.quantity)],
        values: {
          name: `${a.name} (${common.slice(0, 3).join(' ')})`,
          one: said(a.sentence, a.quantity),
          other: said(b.sentence, b.quantity),
          when: when(a),
          latter: when(b),
          reason: '@reason.scope',
        },
      });
    }
  return report;
}

/** The share of the place that a sentence ranks first: the first of its places, the first of its percentages. */
function shareIn(sentence: Sentence): Share | null {
  const at = ranks.exec(sentence.text)?.index;
  if (at === undefined) return null;
  const quantity = sentence.quantities.find(({ dimension, start }) => dimension === 'percent' && start > at);
  if (quantity === undefined || quantity.start - at > 140) return null;
  const lead = sentence.text.slice(0, at).replace(/\([^)]*\)/g, '');
  // The list of the ranked stands right before the verb.
  const names = [...lead.slice(-90).matchAll(place)].map(([name]) => name).filter((name) => !idle.test(name));
  const clause = lead.slice(Math.max(0, lead.lastIndexOf('regions,'), lead.length - 90));
  const name =
    [...clause.matchAll(place)].map(([each]) => each).find((each) => !idle.test(each)) ?? names.at(-1);
  if (name === undefined) return null;
  const words = tellingWords(wordsBetween(sentence, 0, quantity.start));
  return {
    sentence,
    quantity,
    name,
    words: [...new Set(words)].filter((word) => !name.toLowerCase().includes(word)),
  };
}
