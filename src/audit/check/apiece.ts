import { compare, divide, multiply, rational, subtract } from '../../model/index.ts';
import { baseInterval } from '../read/marks.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { type Interval, overlaps } from './interval.ts';
import { emptyReport, placeOf, type Report, said, shown } from './report.ts';

/** Totals with what falls to each part: `€1.2 million to 60 projects, on average €20,000 each`; stops on a line; tonnes a day and a year. */
export function checkApiece(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) {
    if (sentence.block.kind === 'row') continue;
    const { quantities } = sentence;
    for (let at = 0; at + 1 < quantities.length; at += 1) {
      const [a, b, c] = quantities.slice(at, at + 3);
      if (a === undefined || b === undefined) continue;
      daily(sentence, a, b, report);
      yearly(sentence, a, b, report);
      if (c === undefined) continue;
      each(sentence, a, b, c, report);
      spaced(sentence, a, b, c, report);
    }
  }
  return report;
}

const meanBefore =
  /(?:\bon average|\ban average of|\baveraging|\bor)(?: (?:about|nearly|over|some|around))?\s*$|(?:平均每[个项家户人所座名台辆]|[个项家户]均|(?<!人)平均)[^，。；\d]{0,6}$/;
const meanBehind = /^(?: \p{Ll}+){0,2} (?:each|apiece|per (\p{Ll}+))\b|^ on average\b/u;

/** The total, how many share it, and the mean. */
function each(sentence: Sentence, a: Quantity, b: Quantity, c: Quantity, report: Report): void {
  const [total, count] = a.dimension === c.dimension ? [a, b] : [b, a];
  if (total.dimension !== c.dimension || !/^(?:count|households)$/.test(count.dimension)) return;
  if (total.unit === '' || ['percent', 'points', 'times', 'years', 'duration'].includes(c.dimension)) return;
  if ([total, count, c].some(({ upper, hedge }) => upper !== undefined || hedge === 'upto')) return;
  const to = wordsBetween(sentence, b.end, c.start);
  const after = wordsBetween(sentence, c.end, c.end + 30);
  const between = wordsBetween(sentence, a.end, b.start);
  if (between.length > 50 || to.length > 50 || /[;；。]/.test(between + to)) return;
  const han = /\p{Script=Han}/u.test(to);
  const behind = meanBehind.exec(after);
  // `per village` is the mean of the villages that were counted.
  const noun = wordsBetween(sentence, count.end, count.end + 60);
  if (behind?.[1] !== undefined && !noun.includes(behind[1].replace(/y$/, ''))) return;
  if (!meanBefore.test(to) || /距/.test(to) || (!han && behind === null)) return;
  if (/\b(?:a year|annually|per year|a month)\b|年均|每年|月均/.test(to + after.slice(0, 16))) return;
  const [whole, heads] = [baseInterval(total), baseInterval(count)];
  if (heads.low.n <= 0n) return;
  const computed = { low: divide(whole.low, heads.high), high: divide(whole.high, heads.low) };
  tell(sentence, [a, b, c], computed, baseInterval(c), report, {
    parts: `${said(sentence, total)} / ${said(sentence, count)}`,
    computed: shown(
      divide(divide(multiply(total.value, total.factor), multiply(count.value, count.factor)), c.factor),
      2,
    ),
    stated: said(sentence, c),
  });
}

/** `12 km long, has 25 stops, one every 500 metres`: as many stretches as stops, or one fewer. */
function spaced(sentence: Sentence, length: Quantity, stops: Quantity, step: Quantity, report: Report): void {
  if (length.dimension !== 'length' || step.dimension !== 'length' || stops.dimension !== 'count') return;
  const [between, to] = [
    wordsBetween(sentence, length.end, stops.start),
    wordsBetween(sentence, stops.end, step.start),
  ];
  if (between.length > 50 || to.length > 40 || /[;；。]/.test(between + to)) return;
  const told =
    /^ (?:stops|stations|stands|points|hydrants|lamps)\b[^.;]{0,16}(?:one every|spaced|an average of|on average|average (?:distance|spacing)[^.;]{0,12})(?: about)?\s*$/.test(
      to,
    ) || /^[座个处][^，。；]{0,6}[，,](?:平均)?(?:站间距|站距|间距)(?:约?为)?约?\s*$/.test(to);
  if (!told || compare(stops.value, rational(3n)) < 0) return;
  const whole = baseInterval(length);
  const computed = {
    low: divide(whole.low, multiply(stops.value, stops.factor)),
    high: divide(whole.high, subtract(multiply(stops.value, stops.factor), rational(1n))),
  };
  const { low, high } = baseInterval({ ...step, hedge: 'about' });
  tell(sentence, [length, stops, step], computed, { low, high }, report, {
    parts: `${said(sentence, length)} / ${said(sentence, stops)}`,
    computed: shown(divide(divide(multiply(length.value, length.factor), stops.value), step.factor), 1),
    stated: said(sentence, step),
  });
}

/** `5,000 tonnes a day, or 1.83 million tonnes a year`; 日均清运量5000吨，全年清运量182.5万吨 */
function daily(sentence: Sentence, day: Quantity, year: Quantity, report: Report): void {
  if (day.upper !== undefined || year.upper !== undefined) return;
  const mass = (unit: string) => unit.replace(/\/(?:day|d|year|a)$/, '');
  if (mass(day.unit) === '' || mass(day.unit) !== mass(year.unit)) return;
  const lead = wordsBetween(sentence, Math.max(0, day.start - 14), day.start);
  const between = wordsBetween(sentence, day.end, year.start);
  const after = wordsBetween(sentence, year.end, year.end + 12);
  const noun = /日均([^，。；\d]{1,8}?)(?:量)?(?:约?为|达到?|约)?$/u.exec(lead)?.[1];
  const han =
    noun !== undefined &&
    new RegExp(`^[，,、](?:全年|年)${noun}量?(?:约?为|达到?|约)?$`, 'u').test(between.trim());
  const english =
    /^(?: of [a-z ]{3,20})? (?:a|per|each|every) day,? (?:or|that is|i\.e\.|which (?:is|makes)|equal to|equivalent to)(?: (?:about|some|nearly))?\s*$/.test(
      between,
    ) && /^(?: of [a-z ]{3,20})? (?:a|per|each) year\b/.test(after);
  if (!han && !english) return;
  const { low, high } = baseInterval(day);
  const days = rational(365n);
  const loose = baseInterval({ ...year, hedge: year.hedge === 'exact' ? 'exact' : 'about' });
  tell(
    sentence,
    [day, year],
    { low: multiply(low, days), high: multiply(high, rational(366n)) },
    loose,
    report,
    {
      parts: `${said(sentence, day)} × 365`,
      computed: shown(divide(multiply(multiply(day.value, day.factor), days), year.factor), 1),
      stated: said(sentence, year),
    },
  );
}

/** `Since 2015, 10,000 trees a year, 60,000 in all by the end of 2020`; 2016年以来每年新增300户，累计1500户 */
function yearly(sentence: Sentence, mean: Quantity, total: Quantity, report: Report): void {
  if (mean.dimension !== total.dimension || mean.unit !== total.unit || total.upper !== undefined) return;
  if (['percent', 'points', 'times', 'years', 'duration'].includes(mean.dimension)) return;
  const between = wordsBetween(sentence, mean.end, total.start);
  const after = wordsBetween(sentence, total.end, total.end + 24);
  const lead = wordsBetween(sentence, Math.max(0, mean.start - 16), mean.start);
  const english =
    /^(?: [a-z-]+){0,3} (?:a|per|each|every) year,? (?:and |or |making |that is )?$/.test(between) &&
    /^(?: [a-z-]+){0,2} (?:in all|in total|altogether|overall)\b/.test(after);
  const han =
    /每年[^，。；\d]{0,8}$/.test(lead) &&
    /^\p{Script=Han}{0,4}[，,](?:至今|已|共|现)?累计[^，。；\d]{0,6}$/u.test(between);
  if (!english && !han) return;
  const [first, last] = [sentence.times[0], sentence.times.at(-1)];
  if (first === undefined || last === undefined || last.last <= first.first || last.last - first.first > 40)
    return;
  // A span told with both its years is judged in each-of.ts.
  if (!/\b(?:since|began|begun|started|launched)\b|以来|起/.test(sentence.text.toLowerCase())) return;
  const steps = BigInt(last.last - first.first);
  // A yearly amount is told round.
  const { low, high } = baseInterval({ ...mean, hedge: 'about' });
  tell(
    sentence,
    [mean, total],
    { low: multiply(low, rational(steps)), high: multiply(high, rational(steps + 1n)) },
    baseInterval(total),
    report,
    {
      parts: `${said(sentence, total)} / ${steps + 1n}`,
      computed: shown(
        divide(divide(multiply(total.value, total.factor), rational(steps + 1n)), mean.factor),
        1,
      ),
      stated: said(sentence, mean),
    },
  );
}

function tell(
  sentence: Sentence,
  quantities: readonly Quantity[],
  computed: Interval,
  stated: Interval,
  report: Report,
  values: Readonly<Record<'parts' | 'computed' | 'stated', string>>,
): void {
  const claim = { rule: 'average.list' as const, places: [placeOf(sentence, ...quantities)], values };
  if (overlaps(computed, stated)) report.checked.push(claim);
  else report.findings.push(claim);
}
