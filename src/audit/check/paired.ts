import type { Reading, Sentence } from '../read/reading.ts';
import { placeIn } from '../text.ts';
import { emptyReport, type Report } from './report.ts';
import { stem } from './words.ts';

interface Pair {
  readonly sentence: Sentence;
  readonly at: number;
  readonly words: string;
  readonly nouns: readonly [string, string];
  readonly names: readonly string[];
}

const form = /(?<![\d.,-])(\d{1,4}) ([a-z]{4,14}s) and (\d{1,4}) ([a-z]{4,14}s)\b/g;

/** Two counts told of one named thing twice, with another noun for one of them: `9 units and 23 lines`, `9 stations and 23 lines`. */
export function checkPaired(reading: Reading): Report {
  const report = emptyReport();
  const byCounts = new Map<string, Pair[]>();
  for (const sentence of reading.sentences)
    for (const match of sentence.text.matchAll(form)) {
      const [words, one = '', first = '', two = '', second = ''] = match;
      const key = `${sentence.part} ${one} ${two}`;
      const pair: Pair = {
        sentence,
        at: match.index,
        words,
        nouns: [stem(first), stem(second)],
        names: namesIn(sentence.block.text),
      };
      byCounts.set(key, [...(byCounts.get(key) ?? []), pair].slice(0, 20));
    }
  for (const pairs of byCounts.values()) {
    const [one] = pairs;
    const other = pairs.find((pair) => one !== undefined && isRival(one, pair));
    if (one === undefined || other === undefined) continue;
    report.findings.push({
      rule: 'name.form',
      places: [one, other].map(({ sentence, at, words }) =>
        placeIn(sentence.block, sentence.start + at, sentence.start + at + words.length),
      ),
      values: { one: one.words, other: other.words },
    });
  }
  return report;
}

/** The names of three capitalised words at least: they tell of which thing the counts are. */
const namesIn = (text: string): readonly string[] =>
  text.slice(0, 1500).match(/\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+){2,5}/gu) ?? [];

/** One noun the same, the other not, in two paragraphs about one named thing. */
function isRival(one: Pair, other: Pair): boolean {
  const same = one.nouns.filter((noun, at) => noun === other.nouns[at]).length;
  return (
    same === 1 &&
    one.sentence.block !== other.sentence.block &&
    one.names.some((name) => other.names.includes(name))
  );
}
