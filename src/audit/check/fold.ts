import { compare, decimal, divide, multiply, type Rational, rational } from '../../model/index.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { numberWords } from '../read/units.ts';
import { type Endpoints, endpointsOf } from './endpoints.ts';
import { emptyReport, placeOf, type Report, said, shown } from './report.ts';

/** Changes told as a multiple in one word, `doubled`, `halved`, 翻一番, against their ends; falls below nothing. */
export function checkFolds(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) {
    if (sentence.block.kind === 'row') continue;
    for (const quantity of sentence.quantities) below(sentence, quantity, report);
    if (!folds.test(sentence.text)) continue;
    const pairs = endpointsOf(sentence);
    if (pairs.length === 1 && pairs[0] !== undefined) judge(sentence, pairs[0], report);
  }
  return report;
}

const folds =
  /\b(?:doubl(?:ed|ing|es)|tripl(?:ed|ing|es)|trebled|quadrupl(?:ed|ing|es)|halv(?:ed|ing|es)|(?:two|three|four|five|six|seven|eight|nine|ten)-?fold)\b|翻(?:了)?[一两二三]?番|减半|减少(?:了)?一半|下降(?:了)?一半/i;

/** What the end is of the start. */
function factorOf(word: string): Rational {
  const lower = word.toLowerCase();
  const many = /^([a-z]+?)-?fold$/.exec(lower)?.[1];
  if (many !== undefined) return rational(BigInt(numberWords.get(many) ?? 1));
  if (/^halv|减半|一半/.test(lower)) return rational(1n, 2n);
  if (/^tr/.test(lower)) return rational(3n);
  if (/^quad|[两二]番/.test(lower)) return rational(4n);
  return /三番/.test(lower) ? rational(8n) : rational(2n);
}

function judge(sentence: Sentence, { from, to }: Endpoints, report: Report): void {
  const match = folds.exec(sentence.text);
  if (match === null || from.value.n <= 0n || from.dimension !== to.dimension) return;
  const near = Math.min(
    Math.abs(match.index - Math.max(from.end, to.end)),
    Math.abs(match.index - from.start),
    Math.abs(match.index - to.start),
  );
  if (near > 60) return;
  const ratio = divide(multiply(to.value, to.factor), multiply(from.value, from.factor));
  const factor = factorOf(match[0]);
  const lead = wordsBetween(sentence, Math.max(0, match.index - 16), match.index);
  // A word for a multiple is round: it holds from a fifteenth below to a quarter above, and beyond where the text says so.
  const more = /\b(?:more than|over)\s*$|[超]过?$|多$/.test(lead);
  const less = /\b(?:nearly|almost|about)\s*$|近|约|接近/.test(lead.slice(-10));
  const [low, high] =
    compare(factor, rational(1n)) < 0
      ? [more ? '0' : '0.78', less ? '1.25' : '1.1']
      : [less ? '0.82' : '0.93', more ? '1.6' : '1.25'];
  const share = divide(ratio, factor);
  const values = {
    stated: match[0],
    from: said(sentence, from),
    to: said(sentence, to),
    computed: `× ${shown(ratio)}`,
    reason: '@reason.unknown',
  };
  const places = [placeOf(sentence, from, to, { start: match.index, end: match.index + match[0].length })];
  if (compare(share, decimal(low)) >= 0 && compare(share, decimal(high)) <= 0)
    report.checked.push({ rule: 'change.endpoints', places, values });
  else report.findings.push({ rule: 'change.endpoints', places, values });
}

const falls =
  /\b(?:fell|fallen|dropped|decreased|declined|reduced|lowered|cut|down)(?: \w+)? by(?: about| nearly| over| more than)?\s*$|(?:下降|减少|降低)了?[约近]?\s*$/;

/** `fell by 120 %`: nothing falls by more than all of it; `fell 2 times` says nothing that can be computed. */
function below(sentence: Sentence, quantity: Quantity, report: Report): void {
  const lead = wordsBetween(sentence, Math.max(0, quantity.start - 40), quantity.start);
  const times = quantity.dimension === 'times' && /倍$/.test(said(sentence, quantity));
  if (!(quantity.dimension === 'percent' && compare(quantity.value, rational(100n)) > 0) && !times) return;
  if (!falls.test(lead)) return;
  report.findings.push({
    rule: 'value.impossible',
    places: [placeOf(sentence, quantity)],
    values: { thing: '@thing.fall', stated: said(sentence, quantity), reason: '@reason.fall' },
  });
}
