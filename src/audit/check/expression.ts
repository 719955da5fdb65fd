import { add, equals, multiply, type Rational, zero } from '../../model/index.ts';
import { interval } from '../read/marks.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { holds } from './interval.ts';
import { emptyReport, placeOf, type Report, said, shown } from './report.ts';

/** Products and sums in brackets behind their value: `14.75 MW (9×1.5 kW + 1×1.25 kW)`. */
export function checkExpressions(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences)
    for (let at = 0; at < sentence.quantities.length; at += 1) expression(sentence, at, report);
  return report;
}

const sumOf = (values: readonly Rational[]): Rational => values.reduce(add, zero);

/** `14.75 MW (9×1.5 kW + 1×1.25 kW)`: the terms in brackets computed. */
function expression(sentence: Sentence, at: number, report: Report): void {
  const whole = sentence.quantities[at];
  if (whole === undefined || whole.unit === '') return;
  const terms: { count: Quantity; size: Quantity }[] = [];
  let i = at + 1;
  const gap = (a: number, b: number) =>
    wordsBetween(sentence, sentence.quantities[a]?.end ?? 0, sentence.quantities[b]?.start ?? 0).trim();
  if (!/^[(（=]$/.test(gap(at, i))) return;
  while (i + 1 < sentence.quantities.length && /^[×x*]$/.test(gap(i, i + 1))) {
    const [count, size] = [sentence.quantities[i], sentence.quantities[i + 1]];
    if (count === undefined || size === undefined || size.dimension !== whole.dimension) return;
    terms.push({ count, size });
    i += 2;
    if (gap(i - 1, i) !== '+') break;
  }
  const last = terms.at(-1);
  if (last === undefined) return;
  const sum = sumOf(terms.map(({ count, size }) => multiply(count.value, size.value)));
  const factor = last.size.factor;
  const total = interval(whole);
  const inBase = multiply(sum, factor);
  const places = [placeOf(sentence, whole, last.size)];
  const words = {
    expression: terms
      .map(({ count, size }) => `${said(sentence, count)} × ${said(sentence, size)}`)
      .join(' + '),
    computed: shown(sum, 4),
    unit: last.size.unit,
    stated: said(sentence, whole),
    right: whole.unit,
  };
  if (holds({ low: multiply(total.low, whole.factor), high: multiply(total.high, whole.factor) }, inBase))
    report.checked.push({ rule: 'sum.parts', places, values: words });
  else if (holds(total, sum) && !equals(factor, whole.factor))
    report.findings.push({ rule: 'unit.expression', places, values: words });
  else
    report.findings.push({
      rule: 'sum.parts',
      places,
      values: { parts: words.expression, sum: `${words.computed} ${words.unit}`, whole: words.stated },
    });
}
