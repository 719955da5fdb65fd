import type { Reading } from '../read/reading.ts';
import { type Block, placeIn, type TextPlace } from '../text.ts';
import { emptyReport, type Report } from './report.ts';

interface Window {
  readonly words: readonly string[];
  readonly said: string;
  readonly place: TextPlace;
  /** Whether the name itself begins and ends where the window does. */
  readonly begins: boolean;
  readonly ends: boolean;
  readonly quoted: boolean;
}

/** A text with more windows than this is no review. */
const mostWindows = 200_000;

/** Names of which one word stands now in one form, now in another: `World City Day` and `World Cities Day`. */
export function checkCognates(reading: Reading): Report {
  const report = emptyReport();
  const groups = windowsOf(reading);
  const told: string[] = [];
  for (const size of [3, 4, 5])
    for (const windows of groups.values()) {
      const [one] = windows;
      if (one === undefined || one.words.length !== size || windows.length < 2) continue;
      const other = windows.find((each) => isOther(one, each));
      if (other === undefined) continue;
      // A longer window around the same two words says nothing new.
      const [a, b] = [one, other].map(({ words }) => ` ${words.join(' ')} `);
      if (a === undefined || b === undefined || told.some((words) => a.includes(words) || b.includes(words)))
        continue;
      told.push(a, b);
      report.findings.push({
        rule: 'name.form',
        places: [one.place, other.place],
        values: { one: one.said, other: other.said },
      });
    }
  synonyms(reading, report);
  return report;
}

/** Adjectives of one thing in different words, each a name of its own: 无废, 适老, 儿童友好. */
const rivals: readonly RegExp[] = [
  /\b(zero[- ]waste|waste[- ]free|no[- ]waste)\b/,
  /\b(age[- ]friendly|elderly[- ]friendly|aged[- ]friendly|senior[- ]friendly)\b/,
  /\b(child[- ]friendly|children[- ]friendly)\b/,
];

/** `“zero-waste city”` here and `“waste-free city”` there. */
function synonyms(reading: Reading, report: Report): void {
  for (const rival of rivals) {
    const seen = new Map<string, Map<string, TextPlace & { said: string }>>();
    const form = new RegExp(
      `${rival.source}(?= (city|cities|communit(?:y|ies)|park|district|zone)\\b)`,
      'gi',
    );
    for (const block of reading.blocks) {
      if (block.kind === 'contents' || block.kind === 'row') continue;
      for (const match of block.text.matchAll(form)) {
        const [words, , noun = ''] = match;
        const end = match.index + words.length + 1 + noun.length;
        const key = `${reading.parts[block.index] ?? 0} ${root(noun)}`;
        const forms = seen.get(key) ?? new Map();
        const plain = words.toLowerCase().replace('-', ' ');
        const said = block.text.slice(match.index, end);
        if (!forms.has(plain)) forms.set(plain, { ...placeIn(block, match.index, end), said });
        seen.set(key, forms);
      }
    }
    for (const forms of seen.values()) {
      const [one, other] = [...forms.values()];
      if (one === undefined || other === undefined) continue;
      report.findings.push({
        rule: 'name.form',
        places: [one, other].map(({ file, line, column, text }) => ({ file, line, column, text })),
        values: { one: one.said, other: other.said },
      });
    }
  }
}

const capitalised =
  /(?<![\p{L}-])\p{Lu}[\p{L}’'-]+(?:,? (?:(?:of|and|the|for|&|in) ){0,2}\p{Lu}[\p{L}’'-]+){2,11}/gu;
const quotedName = /[“"](\p{Lu}[\p{L}’' ,-]{8,70})[”"]/gu;

/** Every three to five words in a row of a name, by the roots of the words. */
function windowsOf(reading: Reading): Map<string, Window[]> {
  const groups = new Map<string, Window[]>();
  let count = 0;
  const add = (block: Block, at: number, name: string, quoted = false): void => {
    const words = [...name.matchAll(/[\p{L}’']+/gu)].filter(([word]) => !isSmall(word));
    for (const size of [3, 4, 5])
      for (let from = 0; from + size <= words.length && count < mostWindows; from += 1) {
        const window = words.slice(from, from + size);
        const [first, last] = [window[0], window.at(-1)];
        if (first === undefined || last === undefined) continue;
        const [start, end] = [at + first.index, at + last.index + last[0].length];
        const part = reading.parts[block.index] ?? 0;
        const key = `${part} ${window.map(([word]) => root(word)).join(' ')}`;
        const group = groups.get(key) ?? [];
        const plain = window.map(([word]) => word.toLowerCase());
        if (group.length < 40 && !group.some(({ words: known }) => known.join(' ') === plain.join(' ')))
          group.push({
            words: plain,
            said: block.text.slice(start, end),
            place: placeIn(block, start, end),
            begins: from === 0,
            ends: from + size === words.length,
            quoted,
          });
        groups.set(key, group);
        count += 1;
      }
  };
  for (const block of reading.blocks) {
    if (block.kind === 'contents' || block.text.length < 12) continue;
    if (block.kind !== 'row')
      for (const match of block.text.matchAll(quotedName)) add(block, match.index + 1, match[1] ?? '', true);
    if (block.kind === 'paragraph')
      for (const match of block.text.matchAll(capitalised)) add(block, match.index, match[0]);
  }
  return groups;
}

const isSmall = (word: string): boolean => /^(?:of|and|the|for|in)$/i.test(word);

const irregular: Readonly<Record<string, string>> = { technical: 'technolog', technological: 'technolog' };

/** A word without its ending: of grammar from three letters on, of derivation from five. */
function root(word: string): string {
  const plain = word.toLowerCase().replace(/[’']s?$/, '');
  const known = irregular[plain];
  if (known !== undefined) return known;
  const derived = plain.replace(/(?:ural|ure|ical|ional|ional|mental|ment|ive|ion|al|ic)$/, '');
  if (derived.length >= 5 && derived !== plain) return derived;
  const inflected = plain.replace(/(?:ies|ing|ed|es|s|y|e)$/, '');
  return inflected.length >= 3 ? inflected : plain;
}

/** One word apart, in the midst of the name or where both names begin or end, and not by a plural at the end. */
function isOther(one: Window, other: Window): boolean {
  const differing = one.words.flatMap((word, at) => (word === other.words[at] ? [] : [at]));
  const [at] = differing;
  if (at === undefined || differing.length > 1) return false;
  const [a = '', b = ''] = [one.words[at], other.words[at]];
  if (/[’']/.test(a + b)) return false;
  // Titles of two papers begin with the same verb in two forms; a slogan keeps its own.
  if (/ing$/.test(a) !== /ing$/.test(b) && !(one.quoted && other.quoted)) return false;
  if (at === 0) return one.begins && other.begins;
  return at < one.words.length - 1 || (one.ends && other.ends && !isPlural(a, b) && !isPlural(b, a));
}

const isPlural = (one: string, many: string): boolean =>
  many === `${one}s` || many === `${one}es` || many === `${one.replace(/y$/, '')}ies`;
