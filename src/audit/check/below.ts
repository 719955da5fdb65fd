import { compare, divide, magnitude, multiply, one, rational, root, subtract } from '../../model/index.ts';
import { baseInterval, interval } from '../read/marks.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { hanDigits, numberWords } from '../read/units.ts';
import { difference, overlaps, relativeChange } from './interval.ts';
import { emptyReport, placeOf, type Report, said, shown } from './report.ts';

/** Distances from a level: `55 % below the level of 8 million tonnes, that is to 3.6 million`; `36 %, four points above the 32 %`; a fall over years and a year. */
export function checkBelow(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) {
    if (sentence.block.kind === 'row') continue;
    const { quantities } = sentence;
    for (let at = 0; at + 1 < quantities.length; at += 1) {
      const [a, b, c, d] = quantities.slice(at, at + 4);
      if (a === undefined || b === undefined) continue;
      overYears(sentence, a, b, report);
      if (c === undefined) continue;
      points(sentence, a, b, c, report);
      // `the 1990 level of` may be read as a number of its own.
      const isYear = d !== undefined && /^(?:19|20)\d\d$/.test(said(sentence, b));
      if (isYear) level(sentence, a, c, d, report);
      else level(sentence, a, b, c, report);
    }
  }
  return report;
}

const hundred = rational(100n);
const thatIs =
  /^[^.;。；\d]{0,6}[,，(（] ?(?:that is|that means|which is|i\.e\.,?|or|meaning|即|也就是|为)(?: a level of| to| at| by [a-z ]{1,12})?(?: about)?\s*$/;

function level(sentence: Sentence, share: Quantity, from: Quantity, to: Quantity, report: Report): void {
  if (share.dimension !== 'percent' || from.unit !== to.unit || from.dimension !== to.dimension) return;
  if (['percent', 'points', 'times'].includes(from.dimension)) return;
  if ([share, from, to].some(({ upper }) => upper !== undefined)) return;
  const between = wordsBetween(sentence, share.end, from.start);
  if (
    !/^ (?:below|under|less than|above|over|more than|higher than|lower than) (?:the |its |their )?(?:[a-z\d]+ ){0,4}(?:of )?$/.test(
      between,
    )
  )
    return;
  if (!thatIs.test(wordsBetween(sentence, from.end, to.start))) return;
  const rises = /above|over|more|higher/.test(between);
  const computed = relativeChange(baseInterval(from), baseInterval(to));
  if (computed === null) return;
  const goes = compare(to.value, from.value);
  const exact = magnitude(multiply(subtract(divide(to.value, from.value), one), hundred));
  tell(
    sentence,
    [share, from, to],
    overlaps(computed, interval(share)) && goes > 0 === rises,
    {
      from: said(sentence, from),
      to: said(sentence, to),
      stated: said(sentence, share),
      computed: `${shown(exact, 1)} %`,
      reason: '@reason.unknown',
    },
    'change.endpoints',
    report,
  );
}

/** `36 %, four points above the 32 % of 2019`; 36%，比2019年的32%高4个百分点 */
function points(sentence: Sentence, a: Quantity, b: Quantity, c: Quantity, report: Report): void {
  if (a.dimension !== 'percent') return;
  const [first, second] = [wordsBetween(sentence, a.end, b.start), wordsBetween(sentence, b.end, c.start)];
  const english =
    c.dimension === 'percent' &&
    (b.dimension === 'points' || (b.dimension === 'count' && /^ (?:percentage )?points? /.test(second))) &&
    /^(?: [a-z]+){0,4},? (?:or |which is )?$/.test(first) &&
    /\b(?:above|below|higher than|lower than|more than|less than|up from|down from) (?:the |its )?(?:[a-z]+ ){0,3}$/.test(
      second,
    );
  const han =
    b.dimension === 'percent' &&
    c.dimension === 'points' &&
    /^[，,][^，。；]{0,4}比[^，。；]{0,16}$/.test(first) &&
    /^[^，。；]{0,4}[高低多少][出于]?了?$/.test(second);
  if (!english && !han) return;
  const [gap, base] = english ? [b, c] : [c, b];
  if ([a, gap, base].some(({ upper, hedge }) => upper !== undefined || hedge !== 'exact')) return;
  const above = english ? /above|higher|more|up from/.test(second) : /[高多]/.test(second);
  const goes = compare(a.value, base.value);
  if (goes === 0) return;
  tell(
    sentence,
    [a, b, c],
    overlaps(difference(interval(base), interval(a)), interval(gap)) && goes > 0 === above,
    {
      from: said(sentence, base),
      to: said(sentence, a),
      stated: said(sentence, gap),
      computed: shown(magnitude(subtract(a.value, base.value)), 2),
      reason: '@reason.unknown',
    },
    'change.endpoints',
    report,
  );
}

const years =
  /(?:\b(?:over|in|within|during) (?:the |its )?(?:last |past |first )?([a-z]+|\d{1,2}) years\b|(?<!\d)([两二三四五六七八九十]|\d{1,2})年(?:间|来|累计|共|内|里|合计))/i;
const yearlyLead =
  /[,，(（；;] ?(?:or |that is |an average of |on average )?(?:about )?\s*$|[，,；]?(?:年均|平均每年)[^，。；\d]{0,8}$/;

/** 五年累计下降18%，年均下降3.9%: compounded, or divided. */
function overYears(sentence: Sentence, total: Quantity, mean: Quantity, report: Report): void {
  if (total.dimension !== 'percent' || mean.dimension !== 'percent') return;
  if ([total, mean].some(({ upper, hedge }) => upper !== undefined || hedge !== 'exact')) return;
  const before = wordsBetween(sentence, Math.max(0, total.start - 40), mean.start);
  const between = wordsBetween(sentence, total.end, mean.start);
  const after = wordsBetween(sentence, mean.end, mean.end + 26);
  const told = years.exec(before);
  const word = told?.[1] ?? told?.[2];
  const number = word === undefined ? NaN : (hanDigits.get(word) ?? numberWords.get(word) ?? Number(word));
  if (!Number.isInteger(number) || number < 2 || number > 30 || between.length > 40) return;
  const isYearly =
    /年均|平均每年/.test(between) || /^ (?:a|per|each|every) year\b|^ (?:annually|yearly)\b/.test(after);
  const way = (words: string) =>
    /\b(?:fell|fall|falls|declin|decreas|drop|reduc|cut|down)|[降减]/.test(words)
      ? -1
      : /\b(?:ros|rise|grew|grow|increas|up\b)|[增升]|提高/.test(words)
        ? 1
        : 0;
  const sign = way(wordsBetween(sentence, Math.max(0, total.start - 40), total.start));
  if (!isYearly || !yearlyLead.test(between) || sign === 0) return;
  const ratio = {
    n: sign > 0 ? total.value.n + 100n * total.value.d : 100n * total.value.d - total.value.n,
    d: 100n * total.value.d,
  };
  if (ratio.n <= 0n) return;
  const compound = magnitude(multiply(subtract(root(rational(ratio.n, ratio.d), number), one), hundred));
  const simple = divide(total.value, rational(BigInt(number)));
  const stated = interval(mean);
  const room = rational(1n, 10n);
  const wide = {
    low: subtract(stated.low, room),
    high: subtract(stated.high, multiply(room, rational(-1n))),
  };
  // The span may be counted by its years or by the steps between them.
  const steps =
    number > 2
      ? [magnitude(multiply(subtract(root(rational(ratio.n, ratio.d), number - 1), one), hundred))]
      : [];
  const holds = [compound, simple, ...steps].some((value) => overlaps({ low: value, high: value }, wide));
  const values = {
    from: '100',
    to: shown(multiply(ratio, hundred), 1),
    stated: said(sentence, mean),
    computed: `${shown(compound, 1)} %`,
    periods: String(number),
    reason: '@reason.mean',
  };
  tell(sentence, [total, mean], holds, values, 'change.annual', report);
}

function tell(
  sentence: Sentence,
  quantities: readonly Quantity[],
  holds: boolean,
  values: Readonly<Record<string, string>>,
  rule: 'change.endpoints' | 'change.annual',
  report: Report,
): void {
  const claim = { rule, places: [placeOf(sentence, ...quantities)], values };
  (holds ? report.checked : report.findings).push(claim);
}
