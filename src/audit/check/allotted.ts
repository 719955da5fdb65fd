import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { emptyReport, placeOf, type Report, said } from './report.ts';
import { timeText } from './series.ts';

/** All of one kind that a place has, told with two numbers in one paragraph: `the city has 16 districts. All 18 districts …`. */
export function checkAllotted(reading: Reading): Report {
  const report = emptyReport();
  let block = -1;
  let known = new Map<string, Whole>();
  for (const sentence of reading.sentences) {
    if (sentence.block.kind === 'row' || sentence.times.length > 1) continue;
    if (sentence.block.index !== block) {
      known = new Map();
      block = sentence.block.index;
    }
    for (const quantity of sentence.quantities) {
      const kind = kindOf(sentence, quantity);
      if (kind === null) continue;
      const before = known.get(kind);
      if (before === undefined) {
        known.set(kind, { sentence, quantity });
        continue;
      }
      if (before.quantity.value.n === quantity.value.n) continue;
      const [one, other] = [timeOf(before), timeOf({ sentence, quantity })];
      if (one !== null && other !== null && one.first !== other.first) continue;
      report.findings.push({
        rule: 'series.value',
        places: [placeOf(before.sentence, before.quantity), placeOf(sentence, quantity)],
        values: {
          name: kind,
          one: said(before.sentence, before.quantity),
          other: said(sentence, quantity),
          when: timeText(one),
          latter: timeText(other),
          reason: '@reason.same',
        },
      });
    }
  }
  return report;
}

interface Whole {
  readonly sentence: Sentence;
  readonly quantity: Quantity;
}

/** The only time of the sentence: with two, which belongs to the number is not told. */
const timeOf = ({ sentence }: Whole) => (sentence.times.length === 1 ? (sentence.times[0] ?? null) : null);

const english =
  /^ ((?:sub-?)?districts|counties|boroughs|townships|wards|municipalities|prefectures|provinces|neighbou?rhoods)\b(?! (?:in|of|with|that|which|where|under|along|such|and (?:towns|counties|cities|new)))/;
const han = /^\s*个?(市辖区|区县|县区|区|县|街道|乡镇|镇)(?!域|块|间|委|政府|级|[、和与及])/;

/** What is told whole: `all 16 districts`, `the city has 16 districts`, 全部16个区, 全市16个区均. */
function kindOf(sentence: Sentence, quantity: Quantity): string | null {
  const { value, dimension, hedge, upper, start, end } = quantity;
  if (dimension !== 'count' || hedge !== 'exact' || upper !== undefined || value.d !== 1n || value.n < 3n)
    return null;
  const lead = wordsBetween(sentence, Math.max(0, start - 44), start);
  const tail = wordsBetween(sentence, end, end + 44);
  const named = english.exec(tail)?.[1];
  if (named !== undefined)
    return /\ball (?:the |its |of (?:the|its) )?$|\b(?:city|municipality|metropolis) (?:has|comprises|consists of|is divided into|is made up of|administers|governs) $/i.test(
      lead,
    )
      ? named
      : null;
  const kind = han.exec(tail)?.[1];
  if (kind === undefined) return null;
  const after = tail.slice(tail.indexOf(kind) + kind.length);
  const whole = /(?:全部|所有)(?:的)?\s*$|全市(?:下辖|共有|共辖|现辖|辖)\s*$/.test(lead);
  const every = /全市(?:的)?\s*$/.test(lead) && /^(?:均|都|全部|已全部|全面)/.test(after);
  return whole || every ? kind : null;
}
