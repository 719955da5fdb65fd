import { add, compare, magnitude, multiply, rational, subtract, zero } from '../../model/index.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { emptyReport, placeOf, type Report, said, shown } from './report.ts';

/** Parts told one by one and their sum behind them, 第一批8个村，第二批12个村，共20个村; parts of every hundred. */
export function checkTailSums(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) {
    if (sentence.block.kind === 'row' || sentence.quantities.length < 3) continue;
    for (const [at, last] of sentence.quantities.entries()) if (at >= 2) summed(sentence, at, last, report);
    everyHundred(sentence, report);
  }
  return report;
}

const kept = ({ hedge, upper, dimension }: Quantity): boolean =>
  hedge === 'exact' && upper === undefined && !/^(?:percent|points|times|years|duration)$/.test(dimension);

/** What is counted, in Chinese by its measure word and what stands behind it. */
const thing = ({ text }: Sentence, { end, dimension, unit }: Quantity): string =>
  dimension === 'count' ? (/^\p{Script=Han}{1,3}/u.exec(text.slice(end))?.[0] ?? '') : unit;

/** 8个街道、6个镇，合计14个街镇: the sum is named by its parts. */
function isOne(part: string, total: string): boolean {
  if (part === total || part.slice(0, 2) === total.slice(0, 2)) return true;
  const [measure, ...noun] = total;
  return (
    part.charAt(0) === measure && noun.length > 1 && noun.some((letter) => part.slice(1).includes(letter))
  );
}

const hanSum =
  /^[^。；，\d]{0,8}[，,](?:[两二三四五六七八九十]年)?(?:一?共(?:计|有|为)?|合计|总计|总共)(?:为|有|\p{Script=Han}{2})?$/u;
const hanNext = /^[^。；，\d]{0,8}[，、][^。；，、\d]{0,12}$/u;
const englishNext = /^(?: [a-z-]+){0,6}(?:,| and|, and)(?: [a-z]+)?\s$/;
const englishSum = /^(?: [a-z-]+){0,6}, (?:making |or |that is |altogether )?$/;

/** Each part may have its year: `4,200 in 2021, 3,900 in 2022`. */
const undated = (words: string): string => words.replace(/ in (?:19|20)\d\d\b|(?:19|20)\d\d年/g, '');

function summed(sentence: Sentence, at: number, total: Quantity, report: Report): void {
  const between = undated(wordsBetween(sentence, sentence.quantities[at - 1]?.end ?? 0, total.start));
  const han = hanSum.test(between);
  const inAll =
    /^(?: [a-z-]+){0,2} (?:in all|in total|altogether|(?:over|in|during) (?:the|these|those) (?:[a-z]+ years|period))\b/;
  const english = englishSum.test(between) && inAll.test(wordsBetween(sentence, total.end, total.end + 40));
  if ((!han && !english) || !kept(total)) return;
  const parts: Quantity[] = [];
  for (let back = at - 1; back >= 0; back -= 1) {
    const part = sentence.quantities[back];
    const next = parts[0];
    if (part === undefined || !kept(part) || part.dimension !== total.dimension) break;
    if (han && !isOne(thing(sentence, part), thing(sentence, total))) break;
    const way = next === undefined ? '' : undated(wordsBetween(sentence, part.end, next.start));
    if (next !== undefined && !(han ? hanNext : englishNext).test(way)) break;
    parts.unshift(part);
  }
  // Amounts of several years may go with an earlier stock; new ones with what was there.
  if (parts.length < 2 || (sentence.times.length > 0 && sentence.times.length !== parts.length)) return;
  if (/其中|包括|原有|\b(?:including|of which|existing)\b/i.test(sentence.text)) return;
  tell(sentence, parts, total, report, false);
}

const everyWhole = /(?:(?:^|[.;:,] )(?:out )?of every|每)\s*$/;
const shared = /\b(?:both|also|ha[sv]e|own|use|know|speak|support|with)\b|同时|又|还|均|拥有|使用|知晓/;

/** `Of every 100 pupils, 64 walk, 21 cycle and 25 come by car.` */
function everyHundred(sentence: Sentence, report: Report): void {
  for (const [at, whole] of sentence.quantities.entries()) {
    const parts = sentence.quantities.slice(at + 1);
    if (!everyWhole.test(wordsBetween(sentence, Math.max(0, whole.start - 14), whole.start))) continue;
    if (![10n, 100n, 1000n].some((size) => compare(whole.value, rational(size)) === 0)) continue;
    if (parts.length < 2 || !parts.every((part) => kept(part) && part.dimension === 'count')) return;
    const words = wordsBetween(sentence, whole.end, sentence.text.length);
    if (shared.test(words) || /[;；]/.test(words)) return;
    const listed = parts.every((part, index) => {
      const before = parts[index - 1];
      return before === undefined || /[,，、]|\band\b/.test(wordsBetween(sentence, before.end, part.start));
    });
    if (listed) tell(sentence, parts, whole, report, true);
    return;
  }
}

/** Where not every part need be told, only more than the whole is wrong. */
function tell(
  sentence: Sentence,
  parts: readonly Quantity[],
  whole: Quantity,
  report: Report,
  open: boolean,
): void {
  const base = ({ value, factor }: Quantity) => multiply(value, factor);
  const sum = parts.map(base).reduce(add, zero);
  const slack = [...parts, whole].map(({ slack: own, factor }) => multiply(own, factor)).reduce(add, zero);
  const miss = subtract(sum, base(whole));
  const holds = compare(magnitude(miss), slack) <= 0 || (open && miss.n < 0n);
  const claim = {
    rule: 'sum.parts' as const,
    places: [placeOf(sentence, ...parts, whole)],
    values: {
      parts: parts.map((part) => said(sentence, part)).join(' + '),
      sum: shown(multiply(sum, rational(1n)), 3),
      whole: said(sentence, whole),
    },
  };
  if (holds) report.checked.push(claim);
  else report.findings.push(claim);
}
