import { compare, divide, magnitude, multiply, one, rational, subtract } from '../../model/index.ts';
import { baseInterval, interval } from '../read/marks.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { overlaps, relativeChange } from './interval.ts';
import { emptyReport, placeOf, type Report, said, shown } from './report.ts';
import { namedAs, tellingWords } from './words.ts';

/** Growth over the year before, beside both years; one change told with two base years. */
export function checkFollowing(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) {
    if (sentence.block.kind === 'row') continue;
    twoYears(sentence, report);
  }
  bases(reading, report);
  return report;
}

const hundred = rational(100n);
const onYear =
  /\b(?:year-on-year|year on year|over the previous year|on the previous year|from the previous year|over the year before)\b|同比|比上年|较上年|比上一年/;
const way =
  /\b(?:increase|growth|rise|up|decrease|decline|drop|down|increased|grew|rose|fell)\b|增|升|提高|降|减/;
const plain = new Set(['percent', 'points', 'times', 'years', 'duration', 'permille']);

/** `12 million in 2020; 15 million in 2021, a year-on-year increase of 15 %` */
function twoYears(sentence: Sentence, report: Report): void {
  const rate = sentence.quantities.find(({ dimension, start }) => {
    const lead = wordsBetween(sentence, Math.max(0, start - 60), start);
    return dimension === 'percent' && onYear.test(lead) && way.test(lead);
  });
  if (rate === undefined) return;
  const before = sentence.quantities.filter(({ end }) => end <= rate.start);
  const [b, a] = [before.at(-1), before.at(-2)];
  if (a === undefined || b === undefined || before.length !== 2 || plain.has(a.dimension)) return;
  if (a.dimension !== b.dimension || a.unit !== b.unit) return;
  const years = sentence.times.filter(({ end, first, last }) => end <= rate.start && first === last);
  const [s, t] = years;
  if (s === undefined || t === undefined || years.length !== 2 || t.first - s.first !== 1) return;
  if (!(s.start < a.start && t.start > a.end && t.start < b.start)) return;
  if (wordsBetween(sentence, b.end, rate.start).length > 60) return;
  judge(sentence, a, b, rate, report);
}

function judge(sentence: Sentence, a: Quantity, b: Quantity, rate: Quantity, report: Report): void {
  const computed = relativeChange(baseInterval(a), baseInterval(b));
  if (computed === null || a.value.n <= 0n) return;
  const exact = multiply(
    subtract(divide(multiply(b.value, b.factor), multiply(a.value, a.factor)), one),
    hundred,
  );
  const values = {
    from: said(sentence, a),
    to: said(sentence, b),
    stated: said(sentence, rate),
    computed: `${shown(magnitude(exact))} %`,
    reason: '@reason.unknown',
  };
  const places = [placeOf(sentence, a, b, rate)];
  if (overlaps(computed, interval(rate))) report.checked.push({ rule: 'change.endpoints', places, values });
  else report.findings.push({ rule: 'change.endpoints', places, values });
}

interface Based {
  readonly sentence: Sentence;
  readonly rate: Quantity;
  readonly base: number;
  readonly end: number | null;
  readonly words: readonly string[];
}

const compared =
  /(?:compared (?:with|to)(?: that)?(?: (?:in|of))?|than(?: that)? (?:in|of)|from(?: the)?|over|against) ?(?:the )?(?:level (?:of|in) |year )?$/;

/** One percentage, one indicator, one end: `39.1 % less than in 2015` here, `than in 2010` there. */
function bases(reading: Reading, report: Report): void {
  const found = reading.sentences.flatMap((sentence) =>
    sentence.block.kind === 'row' ? [] : basedIn(sentence),
  );
  rivals(found, report);
  const groups = new Map<string, Based[]>();
  for (const one of found) {
    const key = `${one.sentence.part} ${one.rate.value.n}/${one.rate.value.d}`;
    const group = groups.get(key) ?? [];
    if (group.length < 20) group.push(one);
    groups.set(key, group);
  }
  for (const group of groups.values()) {
    for (const [index, a] of group.entries()) {
      const b = group
        .slice(index + 1)
        .find(
          (other) =>
            other.base !== a.base &&
            other.sentence.block !== a.sentence.block &&
            (other.end === null || a.end === null || other.end === a.end) &&
            sameWords(a.words, other.words),
        );
      if (b === undefined) continue;
      const common = new Set(a.words.filter((word) => b.words.includes(word)));
      report.findings.push({
        rule: 'series.change',
        places: [placeOf(a.sentence, a.rate), placeOf(b.sentence, b.rate)],
        values: {
          name: namedAs(a.sentence.text, a.rate.start, common),
          one: said(a.sentence, a.rate),
          when: `@since:${a.base}`,
          other: said(b.sentence, b.rate),
          latter: `@since:${b.base}`,
        },
      });
      break;
    }
  }
}

function sameWords(a: readonly string[], b: readonly string[]): boolean {
  const common = new Set(a.filter((word) => b.includes(word)));
  return common.size >= 2 && common.size * 5 >= Math.min(new Set(a).size, new Set(b).size) * 4;
}

/** `Compared with 2015, … fell by 25.2 % in 2020`, 与2015年相比，……: the base stands at the head of the sentence. */
function opening(sentence: Sentence, rate: Quantity): Sentence['times'][number] | undefined {
  const [first] = sentence.times;
  if (first === undefined || first.first !== first.last || first.start > 20 || rate.start < first.end)
    return undefined;
  const head = wordsBetween(sentence, 0, first.start);
  const english = /^\s*(?:as )?compared (?:with|to) (?:the level (?:of|in) )?$/.test(head);
  const chinese =
    /^\s*(?:与|同|和|较|比)$/.test(head) &&
    /^相比[，,]/.test(wordsBetween(sentence, first.end, first.end + 3));
  return english || chinese ? first : undefined;
}

/** Both rates with all their words in common, one base and one end: only one can be right. */
function sameSpan(a: Based, b: Based): boolean {
  if (a.base !== b.base || a.end === null || a.end !== b.end || a.sentence.block === b.sentence.block)
    return false;
  if (a.sentence.part !== b.sentence.part || overlaps(interval(a.rate), interval(b.rate))) return false;
  const [x, y] = [new Set(a.words), new Set(b.words)];
  const [less, more] = x.size <= y.size ? [x, y] : [y, x];
  const common = [...less].filter((word) => more.has(word)).length;
  return less.size >= 3 && common === less.size && more.size - less.size <= 1;
}

/** `22.5 % lower than in 2015` here and `25.2 %` there. */
function rivals(found: readonly Based[], report: Report): void {
  const groups = new Map<string, Based[]>();
  for (const one of found) {
    const key = `${one.sentence.part} ${one.base} ${one.end}`;
    const group = groups.get(key) ?? [];
    if (group.length < 30) group.push(one);
    groups.set(key, group);
  }
  for (const group of groups.values())
    for (const [index, a] of group.entries()) {
      const b = group.slice(index + 1).find((other) => sameSpan(a, other));
      if (b === undefined) continue;
      report.findings.push({
        rule: 'series.change',
        severity: 'contradiction',
        places: [placeOf(a.sentence, a.rate), placeOf(b.sentence, b.rate)],
        values: {
          name: namedAs(
            a.sentence.text,
            a.rate.start,
            new Set(a.words.filter((word) => b.words.includes(word))),
          ),
          one: said(a.sentence, a.rate),
          when: `${a.base}–${a.end}`,
          other: said(b.sentence, b.rate),
          latter: `${b.base}–${b.end}`,
        },
      });
      break;
    }
}

function basedIn(sentence: Sentence): Based[] {
  return sentence.quantities.flatMap((rate): Based[] => {
    if (rate.dimension !== 'percent' || compare(rate.value, rational(2n)) < 0) return [];
    const after = sentence.times.find(
      ({ start, first, last }) =>
        first === last &&
        start >= rate.end &&
        start - rate.end < 40 &&
        compared.test(wordsBetween(sentence, rate.end, start)),
    );
    const before = sentence.times.findLast(
      ({ start, end, first, last }) =>
        first === last &&
        end <= rate.start &&
        rate.start - end < 14 &&
        /[比较]\s?$/.test(wordsBetween(sentence, start - 3, start)),
    );
    const base = after ?? before ?? opening(sentence, rate);
    if (base === undefined) return [];
    const end =
      sentence.times.find((time) => time !== base && time.end <= rate.start) ??
      sentence.times.find((time) => time !== base && time.start >= rate.end && time.start - rate.end < 8);
    const words = tellingWords(
      wordsBetween(
        sentence,
        Math.max(0, rate.start - 90, base.end <= rate.start && base !== before ? base.end : 0),
        before === undefined ? rate.start : before.start,
      ),
    )
      .filter(
        (word) => !/^(?:emission|fell|drop|low|相比|下降|降低|提高|增长)$/.test(word) || word === 'emission',
      )
      .slice(-10);
    return [{ sentence, rate, base: base.first, end: end?.last ?? null, words }];
  });
}
