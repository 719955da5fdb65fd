import type { Quantity } from '../read/quantity.ts';
import type { Reading, Sentence } from '../read/reading.ts';
import { hanDigits, numberWords } from '../read/units.ts';
import { type Block, placeIn } from '../text.ts';
import { emptyReport, type Report, said } from './report.ts';

/** Announced numbers of things against the things named: `five terminals, namely a, b, c and d`. */
export function checkCounts(reading: Reading): Report {
  const report = emptyReport();
  for (const block of reading.blocks) enumerated(reading, block, report);
  for (const sentence of reading.sentences) {
    for (const quantity of sentence.quantities) counted(sentence, quantity, report);
    apposed(sentence, report);
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
  { form: /^(?: [a-z'’-]+){1,9},? (?:including|such as) /, whole: false },
];
/** `three goals, innovation, humanity and green path, have …`: names set in commas, before a verb. */
const apposition =
  /^(?: [a-z’'-]+){1,3}, ((?:[a-z’' -]{3,40}, ){1,5}(?:and )?[a-z’' -]{3,40} and [a-z’' -]{3,40}|(?:[a-z’' -]{3,40}, ){1,6}and [a-z’' -]{3,40}), (?:have|has|are|is|were|will|can)\b/;

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
    // Names in quotation marks behind a colon: see tally.ts.
    if (match[0].endsWith(': ') && /^["“]/.test(list)) return;
    const bracket = match[0].endsWith('(');
    const span = bracket ? upTo(list, ')') : list.slice(0, endOfList(list));
    if (
      span === null ||
      /\d\)/.test(span) ||
      /\b(?:such as|etc|was|were|is|are|has|have|will|can)\b/.test(masked(span))
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
    if (!whole && number > 6 && !/\band\b/.test(span)) return;
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
    if (most < 2 && !(bracket && number === 3)) return;
    if (number >= least && number <= most) {
      report.checked.push({ rule: 'count.list', places, values });
      return;
    }
    const short = number - most;
    const certain = least === most;
    // `including` may leave out some; it cannot name more than there are.
    if (
      !whole &&
      !(
        (short === 1 && number <= 6) ||
        (certain && number < least && least - number <= 3) ||
        (!/\b(?:in|of|for|with|at|to)\b|\b(?:times|years|sessions)\b/.test(match[0]) &&
          closedList(span, short))
      )
    )
      return;
    const named = /namely|that is|i\.e\./.test(match[0]);
    const items = span.split(',').length;
    const farthest = named || (bracket && items > 2) || (certain && items > 2) ? 3 : 1;
    if (whole && (Math.abs(short) > farthest || (bracket && least < 3 && !certain))) return;
    if (/->|→/.test(span)) return;
    const pair = certain && / and /.test(span) && (bracket || /^["“].*["”]$/.test(span.trim()));
    if (whole && !/[,、;]/.test(span) && !pair) return;
    report.findings.push({ rule: 'count.list', severity: whole ? 'contradiction' : 'gap', places, values });
    return;
  }
}

/** `in the six fields including water, air, waste and soil`: closed by `and`, two short. */
const closedList = (span: string, short: number): boolean =>
  short === 2 && (span.match(/,/g)?.length ?? 0) >= 2 && /\band\b[^,]{3,60}$/.test(span);

const upTo = (text: string, mark: string): string | null => {
  const at = text.indexOf(mark);
  return at < 0 || at > 400 ? null : text.slice(0, at);
};

/** A list ends with its sentence, at a semicolon, or where a clause with a verb of its own follows. */
function endOfList(text: string): number {
  const stop =
    /[.;:](?:\s|$)|, (?:the|it|this|these|they|we|there) [^,;.]{0,60}\b(?:has|have|is|are|was|were|will|can|needs?|may)\b|, (?:which|where|while|so as|to |in |thus|and take|and strive|consisting|aiming|providing|making|forming|with |and has|and have|and is|and was|all of which)/.exec(
      text,
    );
  const end = stop?.index ?? text.length;
  const closing = /, and [^,]{2,200}(?=,)/.exec(text.slice(0, end));
  return closing === null ? end : closing.index + closing[0].length;
}

/** A list with what stands in brackets or quotation marks made one `x` a letter: verbs and commas there join nothing. */
function masked(list: string): string {
  let depth = 0;
  let quoted = false;
  const flat: string[] = [];
  for (const letter of list) {
    if (letter === '(' || letter === '（') depth += 1;
    else if (letter === ')' || letter === '）') depth = Math.max(0, depth - 1);
    else if (letter === '“' || letter === '《') quoted = true;
    else if (letter === '”' || letter === '》') quoted = false;
    else if (letter === '"') quoted = !quoted;
    flat.push(depth > 0 || quoted ? 'x' : letter);
  }
  return flat.join('');
}

/** How many items a list may have: commas are certain, an `and` inside an item is not. */
export function itemsIn(list: string): { least: number; most: number } {
  const text = masked(list);
  const clauses = text.split(';').filter((part) => part.trim() !== '');
  if (clauses.length > 1) return { least: clauses.length, most: clauses.length };
  const parts = text.split(/,\s*(?:and\s+)?|;\s*(?:and\s+)?/).filter((part) => part.trim() !== '');
  const commas = parts.length;
  const last = parts.at(-1) ?? '';
  // `a, b, and c for d and e`: the comma before `and` closes the list; what stands in the last item is its own.
  const closed = /,\s*and\s/.test(text);
  const open = closed && parts.length > 2 ? parts.slice(0, -1) : parts;
  const ands = open.reduce((sum, part) => sum + part.split(/\band\b|\s\+\s|\bas well as\b/).length - 1, 0);
  const joined = !closed && /\band\b|\bas well as\b/.test(last);
  return { least: commas + (joined && isPair(last, parts) ? 1 : 0), most: commas + ands };
}

/** Whether the last piece of a list, `c and d`, is surely two items: both as short as the others, or both names. */
function isPair(last: string, parts: readonly string[]): boolean {
  const sides = last.split(/\band\b|\bas well as\b/).map((side) => side.trim());
  if (sides.length !== 2) return true;
  // A list of three pieces or more needs one `and`; the only one it has is that of the list.
  if (parts.length >= 3 && !parts.slice(0, -1).some((part) => /\band\b/.test(part))) return true;
  const length = (text: string) => text.trim().split(/\s+/).length;
  const longest = Math.max(...parts.slice(0, -1).map(length), 1);
  if (parts.length === 1) return true;
  const named = sides.every((side) => /^\p{Lu}/u.test(side));
  // `power system, motor system and control system`: both sides end in the word that the others end in.
  const end = (text: string) => text.trim().split(/\s+/).at(-1) ?? '';
  const common = parts.slice(0, -1).every((part) => end(part) === end(sides[1] ?? ''));
  const alike = common && sides.every((side) => end(side) === end(parts[0] ?? '') && length(side) > 1);
  return named || alike || (longest <= 1 && sides.every((side) => length(side) <= 1));
}

const announced =
  /\b(two|three|four|five|six|seven|eight|nine|ten|\d{1,2}) ((?:[a-z][a-z’'-]+ ){0,4}[a-z][a-z’'-]+)(?: (?:of|in|for|to) [^.:;]{3,80})?: ?(?:\(1\)|1\)|1\.|①|\(a\)|a\))/gi;
const announcedHan =
  /(?<![第\d])([两二三四五六七八九十]|\d{1,2})(?:个|项|大|类|种|条|点)(方面|\p{Script=Han}{1,12})[：:]\s*(?:（1）|\(1\)|1）|1\)|①|（一）|1[.、])/gu;
const circled = '①②③④⑤⑥⑦⑧⑨⑩';
const hanOrder = '一二三四五六七八九十';
/** The mark of item `at` in the style of the mark that a list begins with. */
function markOf(opening: string): (at: number) => string {
  const first = /[(（]?(?:1|a|A|①|一)[)）.、]?$/.exec(opening)?.[0] ?? '1.';
  return (at) =>
    first.replace(/1|a|A|①|一/, (sign) => {
      if (sign === '1') return String(at);
      if (sign === '①') return circled.charAt(at - 1) || '⑳';
      if (sign === '一') return hanOrder.charAt(at - 1) || '百';
      return String.fromCharCode(sign.charCodeAt(0) + at - 1);
    });
}

/** `the following three aspects: 1) … 2) … 3) …`, over as many paragraphs as the numbering runs. */
function enumerated(reading: Reading, block: Block, report: Report): void {
  if (block.kind === 'row' || block.kind === 'contents' || !/1[)）.、]|①|a\)|（一）/i.test(block.text))
    return;
  for (const match of [...block.text.matchAll(announced), ...block.text.matchAll(announcedHan)]) {
    const [words, stated = '', noun = ''] = match;
    if (/\b(?:years?|months?|days?|percent|million|billion)\b/.test(noun)) continue;
    const number = numberWords.get(stated.toLowerCase()) ?? hanDigits.get(stated) ?? Number(stated);
    const mark = markOf(words);
    // A page break may cut the list anywhere: it goes on to the next heading or the next list.
    let text = block.text.slice(match.index + words.length, match.index + 6000);
    for (const next of reading.blocks.slice(block.index + 1, block.index + 12)) {
      if (next.kind === 'heading' || /^(?:case|figure|table) \d/i.test(next.text)) break;
      text += `\n${next.text.slice(0, 4000)}`;
    }
    const again = text.indexOf(mark(1));
    if (again >= 0) text = text.slice(0, again);
    let last = 1;
    for (let at = text.indexOf(mark(2)); at >= 0 && last < 20; at = text.indexOf(mark(last + 1), at))
      last += 1;
    if (last < 2) continue;
    const places = [placeIn(block, match.index, match.index + words.length)];
    const values = { stated, counted: String(last) };
    if (last === number) report.checked.push({ rule: 'count.list', places, values });
    else if (Math.abs(last - number) <= 3) report.findings.push({ rule: 'count.list', places, values });
  }
}

function apposed(sentence: Sentence, report: Report): void {
  for (const quantity of sentence.quantities) {
    if (quantity.dimension !== 'count' || quantity.value.d !== 1n || quantity.hedge !== 'exact') continue;
    const number = Number(quantity.value.n);
    if (number < 2 || number > longestCount) continue;
    const tail = sentence.text
      .slice(quantity.end, quantity.end + 400)
      .replace(/[*_]/g, '')
      .toLowerCase();
    const match = apposition.exec(tail);
    const list = match?.[1];
    if (match === null || list === undefined) continue;
    if (/\b(?:which|where|while|including|such|with|by|to|for|in|is|are|has|have|was|were)\b/.test(list))
      continue;
    const { least, most } = itemsIn(list);
    const start = sentence.start + quantity.start;
    const places = [placeIn(sentence.block, start, sentence.start + quantity.end + match[0].length)];
    const values = {
      stated: said(sentence, quantity),
      counted: least === most ? String(least) : `${least}–${most}`,
    };
    if (number >= least && number <= most) report.checked.push({ rule: 'count.list', places, values });
    else if (number > most ? number - most <= 2 : least === most && least - number <= 2)
      report.findings.push({ rule: 'count.list', places, values });
  }
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
    /([两二三四五六七八九十]|\d{1,2})(?:个|项|大|类|种|条|家|部分)([\p{Script=Han}]{1,10})(?:：|，?(?:分别为|分别是|即|包括)：?)([^。；：]{4,200})/gu;
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
    const pieces = span.split('、');
    const joiner = /和|及|以及|与/;
    // 政府与市场相结合、城市与农村相结合: a joiner inside every item joins no items.
    const inside = pieces.slice(0, -1).some((piece) => joiner.test(piece));
    const least = pieces.length + (!inside && joiner.test(pieces.at(-1) ?? '') ? 1 : 0);
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
