import { compare, divide, equals, rational } from '../../model/index.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { emptyReport, placeOf, type Report, said } from './report.ts';
import { tellingWords } from './words.ts';

interface Count {
  readonly sentence: Sentence;
  readonly quantity: Quantity;
  readonly nouns: readonly string[];
  readonly words: readonly string[];
}

/** Things of which a text may well have two numbers in two paragraphs: people, places, events. */
const common =
  /^(?:person|people|household|enterpris\w*|company|project|resident|house|village|town|school|student|activity|event|family|farmer|worker|vehicle|case|place|product|community|station|talent|award|member|patient|bed|teacher|job|visitor|meter|tree)$/;

/** `over 200 standards and guidelines` beside `more than 120 local standards`: neighbours that count one kind of thing. */
export function checkNeighbours(reading: Reading): Report {
  const report = emptyReport();
  const counts = reading.sentences.flatMap((sentence) => countsIn(sentence));
  for (const [index, a] of counts.entries())
    for (const b of counts.slice(index + 1)) {
      const far = b.sentence.block.index - a.sentence.block.index;
      if (far > 3) break;
      if (far === 0 || a.sentence.part !== b.sentence.part || equals(a.quantity.value, b.quantity.value))
        continue;
      const noun = a.nouns.find((word) => b.nouns.includes(word));
      if (noun === undefined || a.words.filter((word) => word !== noun && b.words.includes(word)).length < 2)
        continue;
      const ratio = divide(a.quantity.value, b.quantity.value);
      if (compare(ratio, rational(4n)) > 0 || compare(ratio, rational(1n, 4n)) < 0) continue;
      report.findings.push({
        rule: 'series.value',
        places: [placeOf(a.sentence, a.quantity), placeOf(b.sentence, b.quantity)],
        values: {
          name: `${noun}s`,
          one: said(a.sentence, a.quantity),
          other: said(b.sentence, b.quantity),
          when: '@undated',
          latter: '@undated',
          reason: '@reason.scope',
        },
      });
    }
  return report;
}

function countsIn(sentence: Sentence): Count[] {
  if (sentence.block.kind !== 'paragraph') return [];
  return sentence.quantities.flatMap((quantity) => {
    if (
      quantity.dimension !== 'count' ||
      quantity.hedge !== 'over' ||
      compare(quantity.value, rational(20n)) < 0
    )
      return [];
    const after = wordsBetween(sentence, quantity.end, quantity.end + 60);
    const phrase =
      /^((?: [a-z-]+){1,5}?)(?=,|\.|;| (?:have|has|had|were|was|are|is|in|for|to|of|with|that|which)\b)/.exec(
        after,
      )?.[1];
    if (phrase === undefined) return [];
    const nouns = phrase
      .split(' and ')
      .flatMap((part) => tellingWords(part).slice(-1))
      .filter((word) => !common.test(word));
    const words = tellingWords(sentence.text.slice(Math.max(0, quantity.start - 160), quantity.end + 160));
    return nouns.length === 0 ? [] : [{ sentence, quantity, nouns, words: [...new Set(words)] }];
  });
}
