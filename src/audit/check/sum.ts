import {
  add,
  compare,
  decimal,
  divide,
  equals,
  magnitude,
  multiply,
  type Rational,
  rational,
  subtract,
  zero,
} from '../../model/index.ts';
import { baseInterval, interval } from '../read/marks.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { isListed, leavesLittle, mayOverlap, sameNouns } from './listed.ts';
import { emptyReport, placeOf, type Report, said, shown } from './report.ts';
import { rounded, weigh } from './whole.ts';

/** Totals against the parts that are told with them. */
export function checkSums(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences)
    for (let at = 0; at < sentence.quantities.length; at += 1) parts(sentence, at, report);
  return report;
}

const base = (quantity: Quantity): Rational => multiply(quantity.value, quantity.factor);
const sumOf = (values: readonly Rational[]): Rational => values.reduce(add, zero);

const opens =
  /(?:\bincluding|\bof which|\bof them|\bamong which|\bamong them|\bcomprising|\bcomprises?|\bconsisting of|\bconsists? of|\bcomposed of|\bnamely|\bmade up of|其中|包括|分别为|由)(?:[^.;。；]{0,50})$|[(（:：]\s*(?:about|some|with)?\s*$|（[\p{Script=Han}]{1,8}$/u;
const closed = /\b(?:comprising|comprises?|consisting of|consists? of|composed of|namely|made up of)\b|由/;

interface Parts {
  readonly list: readonly Quantity[];
  /** Amounts in brackets inside a part: carried over, counted elsewhere. */
  readonly inner: readonly Quantity[];
  readonly next: number;
  readonly partial: boolean;
}

/** What stands between the members of a list. */
const separated = /[,，、+(（-]|\band\b|\bplus\b|\bas well as\b|和|及|与/;

/** The quantities of the whole's kind that follow `including`, up to the end of the listing. */
function partsAfter(sentence: Sentence, whole: Quantity, first: number): Parts {
  const list: Quantity[] = [];
  const inner: Quantity[] = [];
  const opening = sentence.quantities[first - 1] ?? whole;
  const lead = wordsBetween(sentence, opening.end, sentence.quantities[first]?.start ?? 0);
  let depth = 0;
  const bracketed = /[(（][^)）]{0,20}$/.test(lead);
  let at = first;
  let partial = false;
  for (; at < sentence.quantities.length && at < first + 24; at += 1) {
    const quantity = sentence.quantities[at];
    if (quantity === undefined) break;
    if (at > first) {
      const between = wordsBetween(sentence, sentence.quantities[at - 1]?.end ?? 0, quantity.start);
      if (between.length > 150 || /[;。；]|\s\/\s|\|/.test(between)) break;
      if (/[^(（]\s*\b(?:among (?:them|which)|covering|with a total|totall?ing|benefiting)\b/.test(between))
        break;
      for (const mark of between) {
        if (mark === '(' || mark === '（') depth += 1;
        if (mark === ')' || mark === '）') depth -= 1;
      }
      if (bracketed && depth < 0) break;
      if (/\b(?:some|other|others|etc|as well as|and more)\b|等/.test(between)) partial = true;
      if (
        /\b(?:accounting for|up|down|compared (?:with|to)|increase of|by)\s*(?:about|nearly|over|some)?\s*$/.test(
          between,
        )
      )
        continue;
    }
    // `01-aa-02` is a code: amounts have no leading zero.
    // `3.6 billion yuan: 1.2 billion from …`: the money is told once.
    const money =
      /^(?:CNY|USD|EUR)$/.test(whole.unit) &&
      quantity.unit === '' &&
      compare(quantity.value, rational(1_000_000n)) >= 0 &&
      quantity.written.length <= 5;
    if ((quantity.dimension !== whole.dimension && !money) || /^0\d/.test(quantity.written)) continue;
    // 床位15.86万张，其中养老机构362家: 家 are no 张.
    if (!money && measureOf(sentence, quantity) !== measureOf(sentence, whole)) continue;
    const listed = list.at(-1);
    if (listed !== undefined && !separated.test(wordsBetween(sentence, listed.end, quantity.start))) break;
    if (depth > 0) inner.push(quantity);
    else list.push(quantity);
  }
  const tail = wordsBetween(sentence, sentence.quantities[at - 1]?.end ?? 0, sentence.text.length);
  if (/^[^.;。；]{0,60}(?:\b(?:some|others|etc|as well as|among others)\b|等)/.test(tail)) partial = true;
  return { list, inner, next: at, partial };
}

/** The Chinese measure word behind a count; none in English, nor where a unit stands. */
function measureOf(sentence: Sentence, { dimension, end }: Quantity): string {
  if (dimension !== 'count') return '';
  const next = sentence.text.charAt(end);
  return /[家张座所辆台套株份户亩册件]/.test(next) ? next : '';
}

function parts(sentence: Sentence, at: number, report: Report): void {
  const near = sentence.quantities[at];
  const first = sentence.quantities[at + 1];
  if (near === undefined || first === undefined) return;
  const between = wordsBetween(sentence, near.end, first.start);
  if (between.length > 110 || between.includes('|') || !opens.test(between)) return;
  if (/[;。；)）]/.test(between) && /[(（:：]\s*\S{0,8}\s*$/.test(between) && /[)）]/.test(between)) return;
  if (/[;。；]/.test(between) || /^\s*[×x*]/.test(wordsBetween(sentence, first.end, first.end + 3))) return;
  const wholes = sentence.quantities
    .slice(Math.max(0, at - 2), at + 1)
    .filter((quantity) => {
      // A number in a name, “Four Good Roads”, is no whole.
      if (/[“"]$/.test(sentence.text.slice(0, quantity.start))) return false;
      const way = wordsBetween(sentence, quantity.end, near.start).replace(/[(（][^()（）]*[)）]/g, ' ');
      return way.length < 90 && !/[;；。(（]/.test(way);
    })
    .reverse();
  const tried = wholes.map((whole) => ({ whole, ...partsAfter(sentence, whole, at + 1) }));
  const fit = tried.find(({ whole, list, inner }) => list.length >= 2 && agrees(whole, list, inner));
  if (fit !== undefined) {
    if (plainMiss(sentence, fit.whole, fit.list)) return void missed(sentence, fit.whole, fit.list, report);
    return void ok(sentence, fit.whole, fit.list, report);
  }
  const mixed = tried.find(({ whole, list }) => list.length >= 2 && digitsAgree(whole, list));
  if (mixed !== undefined) {
    const odd =
      mixed.list.find(
        ({ unit, factor }) => unit !== mixed.whole.unit || !equals(factor, mixed.whole.factor),
      ) ?? mixed.list[0];
    if (odd === undefined) return;
    const [x, y] = [base(odd), base(mixed.whole)];
    return void report.findings.push({
      rule: 'value.magnitude',
      places: [placeOf(sentence, mixed.whole, ...mixed.list)],
      values: {
        one: said(sentence, odd),
        other: said(sentence, mixed.whole),
        ratio: shown(compare(x, y) > 0 ? divide(x, y) : divide(y, x), 0),
      },
    });
  }
  const wrong = tried.find(
    ({ whole, list }) =>
      list.length >= 2 &&
      whole.hedge !== 'over' &&
      (list.every((part) => compare(base(part), base(whole)) <= 0) || slips(whole, list)),
  );
  if (wrong === undefined) return;
  const { whole, list, partial } = wrong;
  if (
    near !== whole &&
    near.dimension === 'count' &&
    compare(near.value, rational(BigInt(list.length))) === 0
  )
    return;
  if (
    ['percent', 'duration', 'years', 'times', 'points'].includes(whole.dimension) ||
    sentence.text.charAt(whole.end) === '岁' ||
    whole.upper !== undefined
  )
    return;
  const sum = sumOf(list.map(base));
  const total = base(whole);
  const near1000 = compare(multiply(magnitude(subtract(sum, total)), rational(60n)), total) <= 0;
  const over = compare(sum, multiply(interval(whole).high, whole.factor)) > 0;
  const bracket = /[(（]\s*$|（\p{Script=Han}{1,8}$/u.test(between);
  const must =
    closed.test(between) ||
    isListed(sentence, list, between) ||
    (bracket && !partial && list.length >= 2 && sameNouns(sentence, list));
  const rest = !partial && leavesLittle(sentence, whole, list, sum, total);
  if (over && !near1000 && mayOverlap(sentence, list)) return;
  if (!(over || (near1000 && !partial) || (must && !partial) || rest)) return;
  if (bracket && !over && compare(multiply(sum, rational(2n)), total) < 0) return;
  if (over && !slips(whole, list) && compare(sum, multiply(total, rational(9n, 5n))) > 0) return;
  if (list.some(({ hedge, upper }) => hedge !== 'exact' || upper !== undefined) && !over) return;
  report.findings.push({
    rule: 'sum.parts',
    // What is left out may be small on purpose.
    ...(rest && !over && !near1000 && !must ? { severity: 'unlike' as const } : {}),
    places: [placeOf(sentence, whole, ...list)],
    values: {
      parts: list.map((part) => said(sentence, part)).join(' + '),
      sum: shown(divide(sum, whole.factor), 3),
      whole: said(sentence, whole),
    },
  });
}

/** Parts whose digits add up to the digits of the whole, in other units: `119 hectares, including 53 hectares and 66 km²`. */
function digitsAgree(whole: Quantity, list: readonly Quantity[]): boolean {
  const plain = ({ written }: Quantity) => decimal(written.replaceAll(',', ''));
  if ([whole, ...list].some(({ written }) => !/^\d[\d,]*(?:\.\d+)?$/.test(written))) return false;
  if (list.every(({ unit, value }) => unit === whole.unit && value.d === whole.value.d) && whole.unit === '')
    return false;
  return equals(sumOf(list.map(plain)), plain(whole));
}

/** Parts whose sum is the whole, were its unit a thousand times larger: the unit of the whole is wrong. */
function slips(whole: Quantity, list: readonly Quantity[]): boolean {
  if (whole.unit === '') return false;
  const sum = sumOf(list.map(base));
  return [1000n, 10_000n, 1_000_000n].some((power) => {
    const scaled = multiply(base(whole), rational(power));
    return compare(multiply(magnitude(subtract(sum, scaled)), rational(50n)), scaled) <= 0;
  });
}

function agrees(whole: Quantity, list: readonly Quantity[], inner: readonly Quantity[]): boolean {
  const meant = whole.hedge === 'upto' ? ({ ...whole, hedge: 'exact' } as const) : whole;
  const target = { value: base(whole), ...baseInterval(meant) };
  const around = (part: Quantity) => rounded(base(part), multiply(part.slack, part.factor));
  if (weigh(list.map(around), target).holds) return true;
  // What a bracket inside a part carries over is counted elsewhere.
  const less = inner.map((part) => rounded(subtract(zero, base(part)), zero));
  return less.length > 0 && weigh([...list.map(around), ...less], target).holds;
}

/** 12亿元, 3亿元, 5亿元, 3亿元: only rounding of every part would make it right, and a reader will ask. */
function plainMiss(sentence: Sentence, whole: Quantity, list: readonly Quantity[]): boolean {
  const all = [whole, ...list];
  if (
    list.length > 5 ||
    all.some(
      ({ hedge, written, unit }) => hedge !== 'exact' || !/^\d{1,3}$/.test(written) || unit !== whole.unit,
    )
  )
    return false;
  const scales = new Set(all.map((one) => said(sentence, one).replace(/[\d\s]/g, '')));
  return scales.size === 1 && !equals(sumOf(list.map(base)), base(whole));
}

function missed(sentence: Sentence, whole: Quantity, list: readonly Quantity[], report: Report): void {
  report.findings.push({
    rule: 'sum.parts',
    severity: 'unlike',
    places: [placeOf(sentence, whole, ...list)],
    values: {
      parts: list.map((part) => said(sentence, part)).join(' + '),
      sum: sumOf(list.map(({ written }) => decimal(written))).n.toString(),
      whole: said(sentence, whole),
    },
  });
}

function ok(sentence: Sentence, whole: Quantity, list: readonly Quantity[], report: Report): void {
  report.checked.push({
    rule: 'sum.parts',
    places: [placeOf(sentence, whole, ...list)],
    values: { parts: list.map((part) => said(sentence, part)).join(' + '), whole: said(sentence, whole) },
  });
}
