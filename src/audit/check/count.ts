import type { Quantity } from '../read/quantity.ts';
import type { Reading, Sentence } from '../read/reading.ts';
import { numberWords } from '../read/units.ts';
import { placeIn } from '../text.ts';
import { endOfList, itemsIn, masked } from './items.ts';
import { emptyReport, type Report, said } from './report.ts';

/** Announced numbers of things against the things named: `five terminals, namely a, b, c and d`. */
export function checkCounts(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) {
    for (const quantity of sentence.quantities) counted(sentence, quantity, report);
    apposed(sentence, report);
    themes(sentence, report);
    bracketed(sentence, report);
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
  // What is divided into its parts has no others, however they are introduced.
  const divided =
    /\b(?:divided into|consist(?:s|ed|ing)? of|composed of|made up of|compris(?:es|ed|ing)) $/.test(
      sentence.text.slice(Math.max(0, quantity.start - 30), quantity.start),
    );
  for (const { form, whole: closed } of openers) {
    const whole = closed || divided;
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
      /^(?:with|including|one|in|of|for|about|hereinafter|as|the(?![^,()]{1,40},)|which|see|excluding|from|to|by)\b/i.test(
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
    const named = /namely|that is|i\.e\./.test(match[0] + span.slice(0, 10));
    const items = span.split(',').length;
    const farthest =
      named || (bracket && (items > 2 || (certain && most > 2))) || (certain && items > 2) ? 3 : 1;
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
