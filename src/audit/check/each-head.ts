import { compare, decimal } from '../../model/index.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { judgeEach } from './head.ts';
import { emptyReport, type Report } from './report.ts';

/** An amount, the people it is for and the amount for each in one sentence: `36 million euros on 240,000 inhabitants, 250 euros per head`. */
export function checkEachHead(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) {
    if (sentence.block.kind === 'row' || sentence.quantities.length !== 3) continue;
    if (
      !/\bper (?:head|resident|inhabitant|person|capita|citizen)\b|\b(?:each|a) (?:resident|inhabitant|person|citizen|head)\b/.test(
        sentence.text,
      )
    )
      continue;
    const people = sentence.quantities.filter((quantity) => isPeople(sentence, quantity));
    const each = sentence.quantities.filter((quantity) => isEach(sentence, quantity));
    const [heads, stated] = [people[0], each[0]];
    const total = sentence.quantities.find((quantity) => quantity !== heads && quantity !== stated);
    if (people.length !== 1 || each.length !== 1 || heads === undefined || stated === undefined) continue;
    if (total === undefined || total.dimension !== stated.dimension.split('/')[0]) continue;
    if ([total, heads, stated].some(({ upper, hedge }) => upper !== undefined || hedge !== 'exact')) continue;
    // The amount of another year or another thing goes by its own words.
    if (
      sentence.times.length > 1 ||
      /\b(?:target|planned|limit|national|average of|instead)\b/.test(sentence.text)
    )
      continue;
    if (!sameThing(sentence, total, stated)) continue;
    // More than rounding apart: one twentieth.
    judgeEach(sentence, { total, heads, stated }, '0.05', report);
  }
  return report;
}

function isPeople(sentence: Sentence, { dimension, value, start, end }: Quantity): boolean {
  if (dimension !== 'count' || compare(value, decimal('1000')) < 0) return false;
  return (
    /^\s*(?:permanent |registered |million )?(?:inhabitants|residents|people|citizens)\b/.test(
      wordsBetween(sentence, end, end + 34),
    ) || /\bpopulation of (?:about )?$/.test(wordsBetween(sentence, Math.max(0, start - 24), start))
  );
}

function isEach(sentence: Sentence, { dimension, start, end }: Quantity): boolean {
  if (dimension === 'count') return false;
  const tail = wordsBetween(sentence, end, end + 60);
  const lead = wordsBetween(sentence, Math.max(0, start - 24), start);
  return (
    /^(?: of [a-z]+(?: [a-z]+){0,2})? (?:per|for each|for every) (?:head|resident|inhabitant|person|capita|citizen)\b/.test(
      tail,
    ) ||
    /\/(?:person|capita)$/.test(dimension) ||
    /\b(?:each|every) (?:resident|inhabitant|person|citizen) (?:has|gets|had|got|uses|used|receives|received) $/.test(
      lead,
    )
  );
}

/** What is told of the whole is told of each: both have the same noun behind them, or one has none. */
function sameThing(sentence: Sentence, total: Quantity, stated: Quantity): boolean {
  const noun = ({ end }: Quantity) =>
    /^ of ([a-z]{3,})/.exec(wordsBetween(sentence, end, end + 40))?.[1] ?? '';
  const [a, b] = [noun(total), noun(stated)];
  return a === '' || b === '' || a.slice(0, 4) === b.slice(0, 4);
}
