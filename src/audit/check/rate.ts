import { add, divide, multiply, one, rational, subtract } from '../../model/index.ts';
import { directionOf } from '../read/direction.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { endpointsOf } from './endpoints.ts';
import { emptyReport, placeOf, type Report, said, shown } from './report.ts';

const hundred = rational(100n);

/** Percent where points are meant, and multiples without a base: sentences that give no start to compute from. */
export function checkRates(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) {
    const paired = new Set(endpointsOf(sentence).flatMap(({ from, to }) => [from, to]));
    for (const [index, quantity] of sentence.quantities.entries()) {
      const next = sentence.quantities[index + 1];
      if (quantity.dimension === 'percent' && next?.dimension === 'percent' && !paired.has(next)) {
        if (isDifference(sentence, quantity, next)) difference(sentence, quantity, next, report);
        else if (!paired.has(quantity) && isBareChange(sentence, quantity, next))
          ambiguous(sentence, quantity, next, report);
      }
      if (quantity.dimension === 'times') times(sentence, index, quantity, paired, report);
    }
  }
  return report;
}

/** `8.9 %, 1.1 % higher than …`, `34.27 %, exceeding the standard by 14.27 %`, 高于…5.3% */
function isDifference(sentence: Sentence, rate: Quantity, gap: Quantity): boolean {
  const between = wordsBetween(sentence, rate.end, gap.start);
  const after = wordsBetween(sentence, gap.end, gap.end + 30);
  if (/\d{4}年|上年|去年|同期/.test(sentence.text.slice(rate.end, gap.start))) return false;
  if (
    between.length <= 12 &&
    /^\s*[,，;]?\s*(?:which (?:is|was)|or|about|and|比[^，,]{0,20}[高低])?\s*$/.test(between)
  )
    return /^\s*(?:higher|lower|above|below|more|less) than\b/.test(after) || /比/.test(between);
  if (between.length > 60) return false;
  return /\b(?:exceeding|above|below|higher than|lower than|exceeded)\b[^,.;]{0,50}\bby\s*(?:about|nearly|over)?\s*$|^[，,]?\s*(?:高于|低于|超过|超出)[^，,]{0,20}$/.test(
    between,
  );
}

function difference(sentence: Sentence, rate: Quantity, gap: Quantity, report: Report): void {
  const between = `${wordsBetween(sentence, rate.end, gap.start)} ${wordsBetween(sentence, gap.end, gap.end + 12)}`;
  const above = /higher|above|more|exceed|高|超/.test(between);
  report.findings.push({
    rule: 'change.difference',
    places: [placeOf(sentence, rate, gap)],
    values: {
      rate: said(sentence, rate),
      stated: said(sentence, gap),
      points: shown(gap.value),
      other: shown(above ? subtract(rate.value, gap.value) : add(rate.value, gap.value)),
    },
  });
}

const shareWords =
  /\b(?:proportion|share|rate|ratio|coverage|percentage|index|level|waters?)\b|比例|占比|比重|率|覆盖/;

/** `increased to 80.6 % by 65.9 %`, `was 92.2 %, up by 21.5 % compared with 2015`: points or a relative change? */
function isBareChange(sentence: Sentence, share: Quantity, change: Quantity): boolean {
  const between = wordsBetween(sentence, share.end, change.start);
  if (between.length > 40) return false;
  const subject = wordsBetween(sentence, Math.max(0, share.start - 140), share.start);
  if (!shareWords.test(subject) || /growth rate|rate of growth|增长率|增速/.test(subject)) return false;
  if (/^\s*by\s*$/.test(between)) return directionOf(subject).direction !== null;
  return (
    /^\s*[,，]?\s*(?:(?:比|较)[^，。；]{2,12}|up|down|an? (?:increase|decrease|rise|drop) of|increasing|decreasing|同比)?\s*(?:by|of)?\s*(?:增长|增加|提高|上升|提升|下降|减少|降低)?了?\s*$/.test(
      between,
    ) && directionOf(between).direction !== null
  );
}

function ambiguous(sentence: Sentence, share: Quantity, change: Quantity, report: Report): void {
  const context = wordsBetween(sentence, Math.max(0, share.start - 140), change.start);
  const falls = directionOf(context).direction === 'down';
  const ratio = divide(change.value, hundred);
  const factor = falls ? subtract(one, ratio) : add(one, ratio);
  if (factor.n <= 0n) return;
  report.findings.push({
    rule: 'change.ambiguous',
    places: [placeOf(sentence, share, change)],
    values: {
      to: said(sentence, share),
      stated: said(sentence, change),
      points: shown(falls ? add(share.value, change.value) : subtract(share.value, change.value)),
      relative: shown(divide(share.value, factor), 1),
    },
  });
}

/** `RMB 8,123 billion, 6.8 times that of 2015`: the base stands nowhere beside it. */
function times(
  sentence: Sentence,
  index: number,
  multiple: Quantity,
  paired: ReadonlySet<Quantity>,
  report: Report,
): void {
  const before = sentence.quantities[index - 1];
  if (before === undefined || paired.has(before) || before.dimension === 'times' || before.unit === '')
    return;
  if (multiple.value.n <= multiple.value.d) return;
  const between = wordsBetween(sentence, before.end, multiple.start);
  const after = wordsBetween(sentence, multiple.end, multiple.end + 40);
  const ofYear =
    /^\s*(?:that|those|the (?:figure|value|level|amount|number))\b.{0,14}(?:of|in) (?:\d{4}|the)/.test(after);
  const hanOf = /^[，,]?\s*(?:是|为|相当于|增长)/.test(between) && /年/.test(between);
  if (between.length > 40 || !(ofYear || hanOf)) return;
  const base = divide(before.value, multiple.value);
  const written = divide(before.value, mantissa(before));
  const inUnit = (number: string) => said(sentence, before).replace(before.written, () => grouped(number));
  report.findings.push({
    rule: 'times.base',
    places: [placeOf(sentence, before, multiple)],
    values: {
      to: said(sentence, before),
      stated: shown(multiple.value),
      percent: shown(multiply(subtract(multiple.value, one), hundred)),
      implied: inUnit(shown(divide(base, written), 1)),
      added: inUnit(shown(divide(divide(before.value, add(multiple.value, one)), written), 1)),
    },
  });
}

const grouped = (number: string): string =>
  number.replace(/^\d+/, (whole) => whole.replace(/\B(?=(?:\d{3})+$)/g, ','));

function mantissa({ written, value }: Quantity) {
  const digits = written.replaceAll(',', '');
  if (!/^\d+(?:\.\d+)?$/.test(digits)) return value;
  const point = digits.indexOf('.');
  return point < 0
    ? rational(BigInt(digits))
    : rational(BigInt(digits.replace('.', '')), 10n ** BigInt(digits.length - point - 1));
}
