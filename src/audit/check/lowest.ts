import { compare, multiply } from '../../model/index.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { emptyReport, placeOf, type Report, said } from './report.ts';

const claims =
  /\b(?:lowest|smallest|fewest) (?:level |value |figure |number |mean )?(?:ever|on record|since|in history|for (?:\d+|[a-z]+) years)\b|(?:有(?:监测|记录|统计)|历史)[^，。；]{0,6}(?:最低|最少|新低)/i;

/** A lowest value claimed beside a lower one of an earlier year: `27 μg/m³ was the lowest ever measured; in 2020 it had been 26`. */
export function checkLowest(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) {
    const claim = claims.exec(sentence.text);
    if (claim === null || sentence.block.kind === 'row') continue;
    const now = sentence.quantities.findLast(({ end }) => end <= claim.index && claim.index - end < 40);
    const year = now === undefined ? undefined : yearNear(sentence, now);
    if (now === undefined || year === undefined || now.upper !== undefined) continue;
    const others = [sentence, reading.sentences[sentence.index + 1], reading.sentences[sentence.index - 1]];
    for (const other of others) {
      if (other === undefined || other.block !== sentence.block) continue;
      const before = other.quantities.find((quantity) => isEarlier(other, quantity, now, year));
      if (before === undefined || compare(base(before), base(now)) >= 0) continue;
      report.findings.push({
        rule: 'record.beaten',
        places: [placeOf(sentence, now), placeOf(other, before)],
        values: { now: said(sentence, now), before: said(other, before) },
      });
      break;
    }
  }
  return report;
}

const base = ({ value, factor }: Quantity) => multiply(value, factor);

/** The one year right before a number, in its own clause. */
function yearNear(sentence: Sentence, { start }: Quantity): number | undefined {
  const time = sentence.times.findLast((mark) => mark.end <= start && start - mark.end < 36);
  return time === undefined || time.first !== time.last ? undefined : time.first;
}

/** A value of the same kind of an earlier year that the words say is of the same thing: `in 2020 it had been`, 2020年为. */
function isEarlier(sentence: Sentence, quantity: Quantity, now: Quantity, year: number): boolean {
  if (quantity === now || quantity.unit !== now.unit || quantity.upper !== undefined) return false;
  const own = yearNear(sentence, quantity);
  if (own === undefined || own >= year) return false;
  const lead = wordsBetween(sentence, Math.max(0, quantity.start - 30), quantity.start);
  return /\b(?:it|they) (?:had been|was|were|stood at|had stood at) (?:only |still |at )?$|\d{4}年(?:仅)?(?:为|是)\s*$/.test(
    lead,
  );
}
