import { compare, divide, multiply, type Rational, rational } from '../../model/index.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { type Measured, measuredOf } from './context.ts';
import { endpointsOf } from './endpoints.ts';
import { weights } from './likeness.ts';
import { listsOf } from './list.ts';
import { emptyReport, placeOf, type Report, said, shown } from './report.ts';
import { isLevel } from './series.ts';
import { tellingWords } from './words.ts';

/**
 * Slips of a magnitude word or a unit: one value of a list a thousand times off the others, the two ends of a series in
 * two magnitudes, the same digits of one thing with another unit in another place.
 */
export function checkMagnitudes(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) {
    for (const { values } of listsOf(sentence)) listed(sentence, values, report);
    for (const { from, to } of endpointsOf(sentence)) ends(sentence, from, to, report);
    otherUnit(sentence, report);
  }
  sameDigits(reading, report);
  inTurn(reading, report);
  return report;
}

const size = ({ value, factor }: Quantity): Rational => multiply(value, factor);
const ratioOf = (a: Quantity, b: Quantity): Rational | null => {
  const [x, y] = [size(a), size(b)];
  if (x.n <= 0n || y.n <= 0n) return null;
  return compare(x, y) > 0 ? divide(x, y) : divide(y, x);
};
const far = rational(300n);

function tell(
  report: Report,
  a: { sentence: Sentence; quantity: Quantity },
  b: { sentence: Sentence; quantity: Quantity },
): void {
  const ratio = ratioOf(a.quantity, b.quantity);
  if (ratio === null) return;
  const same = a.sentence === b.sentence;
  report.findings.push({
    rule: 'value.magnitude',
    places: same
      ? [placeOf(a.sentence, a.quantity, b.quantity)]
      : [placeOf(a.sentence, a.quantity), placeOf(b.sentence, b.quantity)],
    values: {
      one: said(a.sentence, a.quantity),
      other: said(b.sentence, b.quantity),
      ratio: shown(ratio, 0),
    },
  });
}

function listed(sentence: Sentence, values: readonly Quantity[], report: Report): void {
  if (values.length < 3 || values[0]?.unit === '' || values[0]?.dimension === 'percent') return;
  const odd = values.filter((value) =>
    values.every((other) => {
      if (other === value) return true;
      const ratio = ratioOf(value, other);
      return ratio !== null && compare(ratio, far) >= 0;
    }),
  );
  const [wrong] = odd;
  const other = values.find((value) => value !== wrong);
  if (odd.length !== 1 || wrong === undefined || other === undefined) return;
  // `5.53, 8.13 and 11.33 bn`: the last lends its unit to the others.
  if (/^[\d.,]+$/.test(said(sentence, other)) || /^[\d.,]+$/.test(said(sentence, wrong))) return;
  tell(report, { sentence, quantity: wrong }, { sentence, quantity: other });
}

/** Between two ends of one series nothing grows three hundredfold, save a count that starts at a handful. */
function ends(sentence: Sentence, from: Quantity, to: Quantity, report: Report): void {
  const ratio = ratioOf(from, to);
  if (ratio === null || compare(ratio, far) < 0 || from.unit === '') return;
  tell(report, { sentence, quantity: from }, { sentence, quantity: to });
}

const noAmount = new Set(['percent', 'points', 'times', 'years', 'duration', 'count', 'permille']);

/** `from 0.277 tons of standard coal/10,000 yuan … to 0.191 kilograms`: ends that cannot be compared. */
function otherUnit(sentence: Sentence, report: Report): void {
  for (const [index, from] of sentence.quantities.entries()) {
    const to = sentence.quantities[index + 1];
    if (to === undefined || from.dimension === to.dimension) continue;
    if ([from, to].some(({ unit, dimension }) => unit === '' || noAmount.has(dimension))) continue;
    // `from 520 kWh to 462 kWh per 10,000 yuan`: the base is told once.
    if (to.dimension.startsWith(`${from.dimension}/`) || from.dimension.startsWith(`${to.dimension}/`))
      continue;
    const lead = wordsBetween(sentence, from.start - 14, from.start);
    const between = wordsBetween(sentence, from.end, to.start);
    if (!/\bfrom (?:about )?$/.test(lead) || !/^[^,;()]{0,40}\bto (?:about )?$/.test(between)) continue;
    report.findings.push({
      rule: 'unit.mixed',
      places: [placeOf(sentence, from, to)],
      values: { name: '@thing.series', one: said(sentence, from), other: said(sentence, to) },
    });
  }
}

/** 800亿 by 2012, 1700亿 by 2015, 3500万 by 2020: one value of a series told in turn that is hundreds of times off. */
function inTurn(reading: Reading, report: Report): void {
  const levels = measuredOf(reading).filter(
    ({ quantity, time }) =>
      time !== null && time.first === time.last && quantity.unit !== '' && !noAmount.has(quantity.dimension),
  );
  for (const [index, level] of levels.entries()) {
    const near = levels
      .slice(Math.max(0, index - 4), index + 5)
      .filter(
        (other) =>
          other !== level &&
          other.sentence !== level.sentence &&
          other.quantity.dimension === level.quantity.dimension &&
          other.time?.first !== level.time?.first &&
          Math.abs(other.sentence.block.index - level.sentence.block.index) <= 4 &&
          lastWord(other) !== '' &&
          lastWord(other) === lastWord(level),
      );
    const [a, b] = near;
    if (a === undefined || b === undefined || a.sentence.part !== level.sentence.part) continue;
    const [own, x, y] = [
      ratioOf(a.quantity, b.quantity),
      ratioOf(level.quantity, a.quantity),
      ratioOf(level.quantity, b.quantity),
    ];
    if (own === null || x === null || y === null || compare(own, rational(12n)) > 0) continue;
    if (compare(x, far) < 0 || compare(y, far) < 0) continue;
    tell(report, level, a);
  }
}

/** What is measured, by its last telling word before the number. */
const lastWord = ({ sentence, quantity }: Measured): string =>
  tellingWords(wordsBetween(sentence, Math.max(0, quantity.start - 30), quantity.start)).at(-1) ?? '';

/** The same two or more digits of the same thing with units a hundred times apart. */
function sameDigits(reading: Reading, report: Report): void {
  const levels = measuredOf(reading).filter(
    (level) => level.quantity.unit !== '' && level.quantity.dimension !== 'percent' && isLevel(level),
  );
  const weight = weights(levels);
  const groups = new Map<string, Measured[]>();
  for (const level of levels) {
    const digits = level.quantity.written.replace(/[^\d]/g, '').replace(/^0+|0+$/g, '');
    if (digits.length < 1) continue;
    const key = `${level.sentence.part} ${level.quantity.dimension} ${level.quantity.written.replace(/,/g, '')}`;
    const group = groups.get(key) ?? [];
    if (group.length < 30) group.push(level);
    groups.set(key, group);
  }
  for (const group of groups.values())
    for (const [index, a] of group.entries())
      for (const b of group.slice(index + 1)) {
        const ratio = ratioOf(a.quantity, b.quantity);
        if (ratio === null || compare(ratio, rational(100n)) < 0) continue;
        if (a.sentence === b.sentence) continue;
        const common = [...a.words].filter((word) => b.words.has(word));
        const heft = common.reduce((sum, word) => sum + (weight.get(word) ?? 0), 0);
        const digits = a.quantity.written.replace(/[^\d]/g, '').replace(/0+$/, '').length;
        if (common.length < 2 || heft < (digits >= 3 ? 4 : 5.5)) continue;
        tell(report, a, b);
        break;
      }
}
