import type { Reading } from '../read/reading.ts';
import { numberWords } from '../read/units.ts';
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
  outliers(reading, report);
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

const counts =
  /(?<![\p{L}\d.,“"’+-])(two|three|four|five|six|seven|eight|nine|ten|\d{1,2}) ((?:[a-z][a-z-]{2,} ){0,2}[a-z][a-z-]{2,})(?: ((?:of|in|for) (?:the )?(?:[A-Z][\w’'-]* ?){1,4}))?/gu;
const idle =
  /^(?:years?|months?|days?|hours?|minutes?|times?|people|persons?|percent|million|billion|thousand|hundred|consecutive|kilometers?|meters?|square|cubic|tons?|yuan|mu|hectares?|of|and|or|to|in|more|new|other|major|main|key|such|types?|aspects?|projects?|batch(?:es)?)\b/;

/** `nine cities in G60 …` ten times, `ten cities in G60 …` once: a count of one named whole that slipped. */
function outliers(reading: Reading, report: Report): void {
  const groups = new Map<string, Named[]>();
  for (const block of reading.blocks) {
    if (block.kind === 'contents' || block.kind === 'row') continue;
    for (const match of block.text.matchAll(counts)) {
      const [words, number = '', noun = '', of = ''] = match;
      const nouns = noun.split(' ');
      if (idle.test(noun) || (nouns.length < 2 && of === '')) continue;
      const whole =
        of === ''
          ? nouns.slice(0, 2).join(' ')
          : `${nouns[0]} ${/[A-Z][\w-]*/.exec(of)?.[0].toLowerCase() ?? ''}`;
      const key = `${reading.parts[block.index] ?? 0} ${whole}`;
      const group = groups.get(key) ?? [];
      if (group.length < 50) group.push({ block, at: match.index, words, number: numeral(number) });
      groups.set(key, group);
    }
  }
  for (const group of groups.values()) {
    const tally = new Map<string, Named[]>();
    for (const one of group) tally.set(one.number, [...(tally.get(one.number) ?? []), one]);
    if (tally.size !== 2) continue;
    const [few = [], many = []] = [...tally.values()].sort((a, b) => a.length - b.length);
    const [odd, usual] = [few[0], many[0]];
    if (few.length !== 1 || many.length < 3 || odd === undefined || usual === undefined) continue;
    report.findings.push({
      rule: 'name.number',
      places: [odd, usual].map(({ block, at, words }) => placeIn(block, at, at + words.length)),
      values: { one: odd.words, other: usual.words },
    });
  }
}

const numeral = (word: string): string => String(numberWords.get(word) ?? word);
