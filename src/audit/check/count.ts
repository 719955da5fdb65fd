import type { Quantity } from '../read/quantity.ts';
import type { Reading, Sentence } from '../read/reading.ts';
import { hanDigits, numberWords } from '../read/units.ts';
import { placeIn } from '../text.ts';
import { emptyReport, type Report, said } from './report.ts';

/** Announced numbers of things against the things named: `five terminals, namely a, b, c and d`. */
export function checkCounts(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) {
    for (const quantity of sentence.quantities) counted(sentence, quantity, report);
    themes(sentence, report);
    bracketed(sentence, report);
    hanCounted(sentence, report);
  }
  return report;
}

const openers: readonly { readonly form: RegExp; readonly whole: boolean }[] = [
  { form: /^(?: [a-z'’-]+){1,8}, (?:namely|that is|i\.e\.),? /, whole: true },
  { form: /^(?: [a-z&'’-]+){1,8}: /, whole: true },
  { form: /^(?: [a-z'’-]+){1,6} \((?=["“a-z])/, whole: true },
  { form: /^(?: [a-z'’-]+){1,9}, (?:including|such as) /, whole: false },
];

const longestCount = 12;

function counted(sentence: Sentence, quantity: Quantity, report: Report): void {
  if (quantity.dimension !== 'count' || quantity.hedge !== 'exact' || quantity.value.d !== 1n) return;
  const number = Number(quantity.value.n);
  if (number < 2 || number > longestCount || quantity.upper !== undefined) return;
  const tail = sentence.text.slice(quantity.end, quantity.end + 1600).replace(/[*_]/g, '');
  for (const { form, whole } of openers) {
    const match = form.exec(tail.toLowerCase());
    if (match === null) continue;
    const list = tail.slice(match[0].length);
    const bracket = match[0].endsWith('(');
    const span = bracket ? upTo(list, ')') : list.slice(0, endOfList(list));
    if (
      span === null ||
      /\d\)/.test(span) ||
      /\b(?:such as|etc|was|were|is|are|has|have|will|can)\b/.test(span)
    )
      return;
    if (/\band (?:\d|one|two|three|four|five|six)/.test(match[0])) return;
    if (
      bracket &&
      /^(?:with|including|one|in|of|for|about|hereinafter|as|the|which|see|excluding|from|to|by)\b/i.test(
        span,
      )
    )
      return;
    const { least, most } = itemsIn(span);
    const places = [
      placeIn(
        sentence.block,
        sentence.start + quantity.start,
        sentence.start + quantity.end + match[0].length + span.length,
      ),
    ];
    const values = {
      stated: said(sentence, quantity),
      counted: least === most ? String(least) : `${least}–${most}`,
    };
    if (most < 2) return;
    if (number >= least && number <= most) {
      report.checked.push({ rule: 'count.list', places, values });
      return;
    }
    const short = number - most;
    if (!whole && !(short === 1 && number <= 6)) return;
    const named = /namely|that is|i\.e\./.test(match[0]);
    if (whole && (Math.abs(short) > (named || bracket ? 3 : 1) || (bracket && least < 3))) return;
    if (whole && !/[,、;]/.test(span)) return;
    report.findings.push({ rule: 'count.list', severity: whole ? 'contradiction' : 'gap', places, values });
    return;
  }
}

const upTo = (text: string, mark: string): string | null => {
  const at = text.indexOf(mark);
  return at < 0 || at > 400 ? null : text.slice(0, at);
};

/** A list ends with its sentence, at a semicolon, or where a clause with a verb of its own follows. */
function endOfList(text: string): number {
  const stop =
    /[.;](?:\s|$)|, (?:which|where|while|so as|to |in |thus|aiming|providing|making|forming|with |and has|and have|and is|and was|all of which)/.exec(
      text,
    );
  const end = stop?.index ?? text.length;
  const closing = /, and [^,]{2,200}(?=,)/.exec(text.slice(0, end));
  return closing === null ? end : closing.index + closing[0].length;
}

/** How many items a list may have: commas are certain, an `and` inside an item is not. */
function itemsIn(list: string): { least: number; most: number } {
  let depth = 0;
  let quoted = false;
  let commas = 0;
  let ands = 0;
  const flat: string[] = [];
  for (const letter of list) {
    if (letter === '(' || letter === '（') depth += 1;
    else if (letter === ')' || letter === '）') depth = Math.max(0, depth - 1);
    else if (letter === '“' || letter === '《') quoted = true;
    else if (letter === '”' || letter === '》') quoted = false;
    flat.push(depth > 0 || quoted ? 'x' : letter);
  }
  const text = flat.join('');
  const clauses = text.split(';').filter((part) => part.trim() !== '');
  if (clauses.length > 1) return { least: clauses.length, most: clauses.length };
  const parts = text.split(/,\s*(?:and\s+)?|;\s*(?:and\s+)?/).filter((part) => part.trim() !== '');
  commas = parts.length;
  ands = parts.reduce((sum, part) => sum + part.split(/\band\b|\s\+\s|\bas well as\b/).length - 1, 0);
  const last = parts.at(-1) ?? '';
  const joined = !/,\s*and\s/.test(text) && /\band\b|\bas well as\b/.test(last);
  return { least: commas + (joined && isPair(last, parts) ? 1 : 0), most: commas + ands };
}

/** Whether the last piece of a list, `c and d`, is surely two items: both as short as the others, or both names. */
function isPair(last: string, parts: readonly string[]): boolean {
  const sides = last.split(/\band\b|\bas well as\b/).map((side) => side.trim());
  if (sides.length !== 2) return true;
  const length = (text: string) => text.trim().split(/\s+/).length;
  const longest = Math.max(...parts.slice(0, -1).map(length), 1);
  if (parts.length === 1) return true;
  const named = sides.every((side) => /^\p{Lu}/u.test(side));
  return named || (longest <= 1 && sides.every((side) => length(side) <= 1));
}

/** `the seven themes of “a, b and c”`: the quoted names counted. */
function themes(sentence: Sentence, report: Report): void {
  const form =
    /\b(two|three|four|five|six|seven|eight|nine|ten|\d{1,2}) (?:[a-z]+ ){0,2}(?:themes|goals|aspects|principles|concepts|directions|keywords|key words|tasks|pillars) of [“"]([^”"]{5,160})[”"]/gi;
  for (let match = form.exec(sentence.text); match !== null; match = form.exec(sentence.text)) {
    const number = numberWords.get((match[1] ?? '').toLowerCase()) ?? Number(match[1]);
    const { least, most } = itemsIn(match[2] ?? '');
    if (most < 2 || (number >= least && number <= most)) continue;
    report.findings.push({
      rule: 'count.list',
      places: [
        placeIn(sentence.block, sentence.start + match.index, sentence.start + match.index + match[0].length),
      ],
      values: { stated: match[1] ?? '', counted: String(least) },
    });
  }
}

const small = '(?:two|three|four|five|six|seven|eight|nine|ten|one|\\d{1,2})';
const ownNumber = new RegExp(
  `\\b(${small}) ([a-z]{4,20}) \\(([^()]{3,120}) (${small}) ([a-z]{4,20})\\)`,
  'gi',
);

/** `four species (Alternanthera philoxeroides 1 species)`: a bracket that counts otherwise than the words before it. */
function bracketed(sentence: Sentence, report: Report): void {
  for (const match of sentence.text.matchAll(ownNumber)) {
    const [all, stated = '', noun = '', inside = '', counted = '', own = ''] = match;
    const value = (word: string) => numberWords.get(word.toLowerCase()) ?? Number(word);
    if (noun.toLowerCase() !== own.toLowerCase() || value(stated) === value(counted)) continue;
    if (/\d|\b(?:and|of which|including|plus)\b/i.test(inside)) continue;
    const start = sentence.start + match.index;
    report.findings.push({
      rule: 'count.list',
      places: [placeIn(sentence.block, start, start + all.length)],
      values: { stated, counted },
    });
  }
}

/** 包括五个方面：平台、业务、数据和系统 */
function hanCounted(sentence: Sentence, report: Report): void {
  const form =
    /([两二三四五六七八九十]|\d{1,2})(?:个|项|大|类|种|条|家)([\p{Script=Han}]{1,10})(?:：|，?(?:分别为|分别是|即|包括)：?)([^。；：]{4,200})/gu;
  for (let match = form.exec(sentence.text); match !== null; match = form.exec(sentence.text)) {
    const [all, word = '', , list = ''] = match;
    const number = hanDigits.get(word) ?? Number(word);
    if (
      !Number.isFinite(number) ||
      number < 2 ||
      number > longestCount ||
      !list.includes('、') ||
      /等/.test(list)
    )
      continue;
    const span = list.replace(/，(?=以及|和|及|与)/g, '').split('，')[0] ?? list;
    const items = span.split(/、|和|及|以及|与/).filter((item) => item !== '').length;
    const least = span.split('、').length + (/(?:和|及|以及|与)[^、]*$/.test(span) ? 1 : 0);
    const lengths = span.split('、').map((item) => item.length);
    const usual = [...lengths].sort((a, b) => a - b)[Math.floor(lengths.length / 2)] ?? 0;
    if ((lengths.at(-1) ?? 0) >= usual * 2 + 2 && /各|都|均|有|是|为/.test(span.split('、').at(-1) ?? ''))
      continue;
    const places = [
      placeIn(sentence.block, sentence.start + match.index, sentence.start + match.index + all.length),
    ];
    const values = { stated: word, counted: String(least) };
    if (number >= Math.min(least, items) && number <= items)
      report.checked.push({ rule: 'count.list', places, values });
    else if (!all.includes('包括')) report.findings.push({ rule: 'count.list', places, values });
  }
}
