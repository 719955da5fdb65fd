import type { Reading, Sentence } from '../read/reading.ts';
import { placeIn, type TextPlace } from '../text.ts';
import { emptyReport, type Report } from './report.ts';

interface Named {
  readonly name: string;
  readonly place: TextPlace;
}

/** Names listed in one sentence and taken up one by one in a fixed phrase, of which one returns as another name. */
export function checkTakenUp(reading: Reading): Report {
  const report = emptyReport();
  for (const group of phrases(reading).values()) {
    const taken = [...new Map(group.map((each) => [plain(each.name), each])).values()];
    if (taken.length < 3 || taken.length > 12) continue;
    const pairs = [...listsFor(reading, group)].flatMap((list) => renamed(list, taken) ?? []);
    const [first] = pairs;
    if (first === undefined) continue;
    const same = pairs.filter(({ one, other }) => one.name === first.one.name && other === first.other);
    report.findings.push({
      rule: 'name.list',
      places: [...same.map(({ one }) => one.place), first.other.place],
      values: { one: first.one.name, other: first.other.name },
    });
  }
  return report;
}

const quoted = /[“"「]([^“”"「」]{3,60})[”"」]/gu;
const listed =
  /(?:, (?:and |including |namely |such as )?|including |namely |: | and )([a-z][a-z &-]{2,50}?)(?=,| and |[.;]|$)/g;

/** `Under the goal of “X”`, `In the X scene,`, 在“X”方面: the words before and behind tell which names belong together. */
const openers: readonly RegExp[] = [
  /^((?:\p{Lu}\p{Ll}+ )(?:\p{Ll}+ ){1,4})[“"]([^“”"]{3,60})[”"]()/u,
  /^(In the )([a-z][a-z ,&-]{3,50}?) (scene|scenario|field|area|sector|aspect|dimension|domain)s?,/u,
  /^(在?[^“”，。]{0,8})“([^“”]{2,30})”(方面|领域|场景|目标下|板块|维度)/u,
];

const plain = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[\s-]+/g, ' ')
    .trim();

interface Taken extends Named {
  readonly part: number;
  readonly index: number;
}

/** Paragraphs that begin with one phrase around different names. */
function phrases(reading: Reading): Map<string, Taken[]> {
  const groups = new Map<string, Taken[]>();
  let last = -1;
  for (const { block, text, start, part } of reading.sentences) {
    if (block.index === last || block.kind !== 'paragraph') continue;
    last = block.index;
    const lead = text.length - text.trimStart().length;
    for (const form of openers) {
      const match = form.exec(text.trimStart());
      if (match === null) continue;
      const [words, before = '', name = '', behind = ''] = match;
      const at = start + lead + words.indexOf(name, before.length);
      const key = `${part} ${before} ${behind}`;
      const group = groups.get(key) ?? [];
      group.push({ name, place: placeIn(block, at, at + name.length), part, index: block.index });
      groups.set(key, group);
    }
  }
  return groups;
}

/** Sentences of the same part that list names: all but one of those taken up stand in them. */
function* listsFor(reading: Reading, group: readonly Taken[]): Generator<readonly Named[]> {
  const names = [...new Set(group.map(({ name }) => plain(name)))];
  const [first] = group;
  if (first === undefined) return;
  for (const sentence of reading.sentences) {
    if (sentence.part !== first.part || sentence.block.kind !== 'paragraph') continue;
    if (sentence.block.index > first.index) return;
    const text = plain(sentence.text);
    if (names.filter((name) => text.includes(name)).length < Math.max(2, names.length - 1)) continue;
    yield* windowsOf(namesIn(sentence, names), names);
  }
}

/** The quoted names of a sentence, or the items of its bare list. */
function namesIn({ block, start, text }: Sentence, names: readonly string[]): readonly Named[] {
  const named = (form: RegExp): Named[] =>
    [...text.matchAll(form)].map((match) => {
      const name = match[1] ?? '';
      const at = start + match.index + match[0].lastIndexOf(name);
      return { name, place: placeIn(block, at, at + name.length) };
    });
  const inQuotes = named(quoted);
  return inQuotes.filter(({ name }) => names.includes(plain(name))).length >= 2 ? inQuotes : named(listed);
}

/** As many neighbours as are taken up, of which all but one are known. */
function* windowsOf(items: readonly Named[], names: readonly string[]): Generator<readonly Named[]> {
  for (let from = 0; from + names.length <= items.length; from += 1) {
    const window = items.slice(from, from + names.length);
    if (window.filter(({ name }) => names.includes(plain(name))).length === names.length - 1) yield window;
  }
}

/** One name of the list is not taken up, one that is taken up is not in the list, and the two share a word. */
function renamed(list: readonly Named[], taken: readonly Named[]): { one: Named; other: Named } | null {
  const open = list.filter(({ name }) => !taken.some((each) => plain(each.name) === plain(name)));
  const others = taken.filter(({ name }) => !list.some((each) => plain(each.name) === plain(name)));
  const [one] = open;
  const [other] = others;
  if (one === undefined || other === undefined || open.length > 1 || others.length > 1) return null;
  return share(plain(one.name), plain(other.name)) ? { one, other } : null;
}

const share = (one: string, other: string): boolean =>
  /\p{Script=Han}/u.test(one)
    ? [...one].some((letter) => other.includes(letter))
    : one.split(' ').some((word) => word.length > 3 && other.split(' ').includes(word));
