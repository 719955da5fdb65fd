import { add, compare, decimal, divide, multiply, type Rational, rational } from '../../model/index.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { type Endpoints, endpointsOf } from './endpoints.ts';
import { emptyReport, placeOf, type Report, said, shown } from './report.ts';
import { tellingWords } from './words.ts';

interface Growth {
  readonly sentence: Sentence;
  readonly delta: Quantity;
  readonly rate: Quantity;
  readonly start: Rational;
  readonly end: Rational;
  readonly words: readonly string[];
}

interface Series {
  readonly sentence: Sentence;
  readonly pair: Endpoints;
  readonly words: readonly string[];
}

/** `an increase of 101,057 users, 27.5 %` says where it began; another place that tells the series must hold that. */
export function checkBases(reading: Reading): Report {
  const report = emptyReport();
  const growths = reading.sentences.flatMap((sentence) => growthsIn(sentence));
  if (growths.length === 0) return report;
  const series = reading.sentences.flatMap((sentence): Series[] =>
    endpointsOf(sentence).map((pair) => ({
      sentence,
      pair,
      words: tellingWords(sentence.text.slice(0, pair.from.start)),
    })),
  );
  for (const growth of growths) {
    const other = series.find(
      ({ sentence, pair, words }) =>
        sentence.block !== growth.sentence.block &&
        sentence.part === growth.sentence.part &&
        sameThing(growth, pair, words) &&
        outside(growth, pair),
    );
    if (other === undefined) continue;
    report.findings.push({
      rule: 'series.base',
      places: [
        placeOf(growth.sentence, growth.delta, growth.rate),
        placeOf(other.sentence, other.pair.from, other.pair.to),
      ],
      values: {
        name: growth.words.join(' '),
        delta: said(growth.sentence, growth.delta),
        rate: said(growth.sentence, growth.rate),
        start: shown(growth.start, 0),
        end: shown(growth.end, 0),
        from: said(other.sentence, other.pair.from),
        to: said(other.sentence, other.pair.to),
      },
    });
  }
  return report;
}

const additive = /(?:\b(?:increase|growth|rise) of|\bincreased by|\badded|增加了?|新增)\s*(?:about|约)?\s*$/;
const relative = /(?:\b(?:rate|increase|growth|rise) of|\bup by|\bup|增长|增幅)\s*(?:about|约|为|达)?\s*$/;

function growthsIn(sentence: Sentence): Growth[] {
  return sentence.quantities.flatMap((delta, index): Growth[] => {
    const rate = sentence.quantities
      .slice(index + 1, index + 3)
      .find(({ dimension }) => dimension === 'percent');
    if (rate === undefined || delta.dimension === 'percent' || delta.value.n <= 0n || rate.value.n <= 0n)
      return [];
    if (!additive.test(wordsBetween(sentence, Math.max(0, delta.start - 60), delta.start))) return [];
    if (!relative.test(wordsBetween(sentence, Math.max(delta.end, rate.start - 60), rate.start))) return [];
    const start = divide(multiply(delta.value, rational(100n)), rate.value);
    const words = tellingWords(wordsBetween(sentence, delta.end, delta.end + 40).split(/[,;]/)[0] ?? '');
    return words.length < 2 ? [] : [{ sentence, delta, rate, start, end: add(start, delta.value), words }];
  });
}

function sameThing({ delta, words }: Growth, { from }: Endpoints, others: readonly string[]): boolean {
  const counted = (dimension: string) => (dimension === 'households' ? 'count' : dimension);
  if (counted(delta.dimension) !== counted(from.dimension)) return false;
  const common = words.filter((word) => others.includes(word));
  return common.length >= 2 && common.length * 3 >= words.length * 2;
}

/** Whether the implied way lies wholly outside the told one, with a tenth to spare for rounded rates. */
function outside({ start, end, delta }: Growth, { from, to }: Endpoints): boolean {
  const scale = (quantity: Quantity) => divide(multiply(quantity.value, quantity.factor), delta.factor);
  const [a, b] = [scale(from), scale(to)];
  const [low, high] = compare(a, b) < 0 ? [a, b] : [b, a];
  return (
    compare(start, multiply(high, decimal('1.1'))) > 0 || compare(end, multiply(low, decimal('0.9'))) < 0
  );
}
