import { add, compare, magnitude, rational, subtract } from '../../model/index.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { emptyReport, placeOf, type Report, said, shown } from './report.ts';

/** Parts of every hundred, and two halves of one whole: `of every 100 tons, 62 are recycled, 31 burned and 17 dumped`; `48 % women and 54 % men`. */
export function checkHundreds(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) {
    if (sentence.block.kind === 'row') continue;
    for (let at = 0; at + 1 < sentence.quantities.length; at += 1) {
      ofEvery(sentence, at, report);
      halves(sentence, at, report);
    }
  }
  return report;
}

const hundred = rational(100n);

function ofEvery(sentence: Sentence, at: number, report: Report): void {
  const whole = sentence.quantities[at];
  if (whole === undefined || !['100', '1000', '1,000'].includes(whole.written)) return;
  const lead = wordsBetween(sentence, Math.max(0, whole.start - 20), whole.start);
  if (!/(?:^|[\s,;])(?:out )?of every $/i.test(lead) && !/每$/.test(lead)) return;
  const parts: Quantity[] = [];
  let last = whole;
  for (const part of sentence.quantities.slice(at + 1)) {
    const between = wordsBetween(sentence, last.end, part.start);
    if (
      between.length > 44 ||
      /[;；。]/.test(between) ||
      part.unit !== whole.unit ||
      part.upper !== undefined
    )
      break;
    parts.push(part);
    last = part;
  }
  const before = parts.at(-2);
  if (parts.length < 3 || before === undefined) return;
  const closed = /\band\b|[和及，,]/.test(wordsBetween(sentence, before.end, last.start));
  const only = /\b(?:have|has|had|own|use|like)\b|有|使用/.test(
    wordsBetween(sentence, whole.end, last.end + 20),
  );
  if (!closed || only) return;
  const sum = parts.map(({ value }) => value).reduce(add);
  const over = compare(sum, whole.value) > 0;
  if (!over) return;
  report.findings.push({
    rule: 'sum.parts',
    places: [placeOf(sentence, whole, last)],
    values: {
      parts: parts.map((part) => said(sentence, part)).join(' + '),
      sum: shown(sum, 2),
      whole: said(sentence, whole),
    },
  });
}

const opposite: readonly (readonly [RegExp, RegExp])[] = [
  [
    /^ (?:of (?:them|whom) (?:are )?|are |were )?(?:women|female|girls)\b/,
    /^ (?:of (?:them|whom) (?:are )?|are |were )?(?:men|male|boys)\b/,
  ],
  [/^ (?:are |were )?(?:urban|public|native)\b/, /^ (?:are |were )?(?:rural|private|foreign)\b/],
];

/** `48 % women and 54 % men`. */
function halves(sentence: Sentence, at: number, report: Report): void {
  const [a, b] = sentence.quantities.slice(at, at + 2);
  if (
    a?.dimension !== 'percent' ||
    b?.dimension !== 'percent' ||
    a.upper !== undefined ||
    b.upper !== undefined
  )
    return;
  const between = wordsBetween(sentence, a.end, b.start);
  const tail = wordsBetween(sentence, b.end, b.end + 24);
  const lead = wordsBetween(sentence, Math.max(0, a.start - 60), a.start);
  if (!/^ [a-z ]{3,24}(?:,? and| while|,) $/.test(between)) return;
  if (
    /\b(?:rate|grew|growth|rose|fell|increase\w*|among|of (?:women|men)|employ\w*|insured|by)\b[^,.]{0,30}$/.test(
      lead,
    )
  )
    return;
  if (
    !opposite.some(
      ([one, other]) => (one.test(between) && other.test(tail)) || (other.test(between) && one.test(tail)),
    )
  )
    return;
  const sum = add(a.value, b.value);
  const slack = add(a.slack, b.slack);
  const values = {
    parts: `${said(sentence, a)} + ${said(sentence, b)}`,
    sum: `${shown(sum, 2)} %`,
    whole: '100 %',
  };
  const places = [placeOf(sentence, a, b)];
  const miss = magnitude(subtract(sum, hundred));
  if (compare(miss, slack) <= 0) report.checked.push({ rule: 'sum.parts', places, values });
  else if (compare(miss, rational(15n)) <= 0) report.findings.push({ rule: 'sum.parts', places, values });
}
