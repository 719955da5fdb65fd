import { compare, divide, equals, multiply, rational } from '../../model/index.ts';
import { directionOf } from '../read/direction.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { emptyReport, placeOf, type Report, said } from './report.ts';
import { tellingWords } from './words.ts';

/** Sentences that tell the same thing twice: what they share shows that they do, what differs is then a contradiction. */
export function checkTwins(reading: Reading): Report {
  const report = emptyReport();
  const prose = reading.sentences.filter(
    ({ block, quantities }) => block.kind !== 'row' && quantities.length > 0,
  );
  for (const [a, b] of twins(prose)) differences(a, b, report);
  repeatedChanges(prose, report);
  return report;
}

const keyOf = ({ value, unit }: Quantity): string => `${value.n}/${value.d} ${unit}`;

/** A number that two sentences hardly share by chance: it has a unit or at least three digits. */
const telling = ({ value, unit, written }: Quantity): boolean =>
  (unit !== '' && written.replace(/\D/g, '').length >= 2) || (value.d === 1n && value.n >= 100n);

function* twins(prose: readonly Sentence[]): Generator<[Sentence, Sentence]> {
  const byKey = new Map<string, Sentence[]>();
  for (const sentence of prose) {
    const counts = new Map<Sentence, number>();
    for (const key of new Set(sentence.quantities.filter(telling).map(keyOf))) {
      const others = byKey.get(key) ?? [];
      for (const other of others) counts.set(other, (counts.get(other) ?? 0) + 1);
      others.push(sentence);
      if (others.length > 20) others.shift();
      byKey.set(key, others);
    }
    for (const [other, shared] of counts)
      if (shared >= 2 && other.part === sentence.part && other.block !== sentence.block)
        yield [other, sentence];
  }
}

function differences(a: Sentence, b: Sentence, report: Report): void {
  const rest = (sentence: Sentence, other: Sentence) => {
    const there = new Set(other.quantities.map(keyOf));
    return sentence.quantities.filter((quantity) => !there.has(keyOf(quantity)) && telling(quantity));
  };
  const [left, right] = [rest(a, b), rest(b, a)];
  for (const one of left) {
    const same = right.filter(({ dimension }) => dimension === one.dimension);
    const other = same[0];
    if (
      other === undefined ||
      same.length > 1 ||
      left.filter(({ dimension }) => dimension === one.dimension).length > 1
    )
      continue;
    const [x, y] = [multiply(one.value, one.factor), multiply(other.value, other.factor)];
    if (x.n <= 0n || y.n <= 0n) continue;
    const ratio = compare(x, y) > 0 ? divide(x, y) : divide(y, x);
    const power = [10n, 100n, 1000n].some((ten) => equals(ratio, rational(ten)));
    if (!power && compare(ratio, rational(3n, 2n)) > 0) continue;
    const common = tellingWords(a.text).filter((word) => tellingWords(b.text).includes(word));
    if (new Set(common).size < 3) continue;
    report.findings.push({
      rule: 'series.value',
      severity: 'contradiction',
      places: [placeOf(a, one), placeOf(b, other)],
      values: {
        name: [...new Set(common)].slice(0, 6).join(' '),
        one: said(a, one),
        other: said(b, other),
        when: times(a),
        latter: times(b),
        reason: power ? '@reason.magnitude' : '@reason.same',
      },
    });
  }
}

const times = ({ times: marks }: Sentence): string =>
  marks[0] === undefined
    ? '@undated'
    : marks[0].first === marks[0].last
      ? String(marks[0].first)
      : `${marks[0].first}–${marks[0].last}`;

/** One level with two changes: `92.2 %, up by 21.5 %` here and `92.2 %, up by 16` there. */
function repeatedChanges(prose: readonly Sentence[], report: Report): void {
  const told: { sentence: Sentence; level: Quantity; change: Quantity; words: ReadonlySet<string> }[] = [];
  for (const sentence of prose)
    for (const [index, level] of sentence.quantities.entries()) {
      const change = sentence.quantities[index + 1];
      if (change === undefined || level.written.replace(/\D/g, '').length < 2) continue;
      const between = wordsBetween(sentence, level.end, change.start);
      if (between.length > 30 || directionOf(between).direction === null) continue;
      if (!['percent', 'points', 'times'].includes(change.dimension)) continue;
      told.push({
        sentence,
        level,
        change,
        words: new Set(tellingWords(wordsBetween(sentence, 0, level.start))),
      });
    }
  const before = new Map<string, (typeof told)[number][]>();
  for (const other of told) {
    const key = `${other.sentence.part} ${keyOf(other.level)}`;
    const group = before.get(key) ?? [];
    before.set(key, group);
    for (const one of group.slice(-20)) {
      if (one.sentence.block === other.sentence.block || equals(one.change.value, other.change.value))
        continue;
      const common = [...one.words].filter((word) => other.words.has(word));
      if (common.length < 2) continue;
      report.findings.push({
        rule: 'series.change',
        places: [
          placeOf(one.sentence, one.level, one.change),
          placeOf(other.sentence, other.level, other.change),
        ],
        values: {
          name: common.slice(0, 6).join(' '),
          one: said(one.sentence, one.change),
          other: said(other.sentence, other.change),
          when: times(one.sentence),
          latter: times(other.sentence),
        },
      });
    }
    group.push(other);
  }
}
