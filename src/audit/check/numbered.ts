import type { Reading } from '../read/reading.ts';
import { type Block, placeIn } from '../text.ts';
import { emptyReport, type Report } from './report.ts';

interface Named {
  readonly block: Block;
  readonly at: number;
  readonly words: string;
  readonly number: string;
}

const english =
  /[“"‘'](?:the )?(Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten)[ -]([A-Z][\p{L}-]+(?: [A-Z][\p{L}-]+){1,3})[”"’']/gu;
const han = /[“「]([二三四五六七八九十])(\p{Script=Han}{3,8})[”」]/gu;

/** “Four Network Integration” here, “Five Network Integration” there: one name with two numbers. */
export function checkNumbered(reading: Reading): Report {
  const report = emptyReport();
  const groups = new Map<string, Named[]>();
  for (const block of reading.blocks) {
    if (block.kind === 'contents' || block.text.length < 10) continue;
    for (const form of [english, han])
      for (const match of block.text.matchAll(form)) {
        const [words, number = '', rest = ''] = match;
        const key = `${reading.parts[block.index] ?? 0} ${rest.toLowerCase()}`;
        const group = groups.get(key) ?? [];
        group.push({ block, at: match.index, words, number });
        groups.set(key, group);
      }
  }
  for (const group of groups.values()) {
    const [first] = group;
    const other = group.find(({ number }) => number !== first?.number);
    if (first === undefined || other === undefined) continue;
    report.findings.push({
      rule: 'name.number',
      places: [first, other].map(({ block, at, words }) => placeIn(block, at, at + words.length)),
      values: { one: first.words, other: other.words },
    });
  }
  return report;
}
