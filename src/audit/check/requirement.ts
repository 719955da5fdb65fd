import { compare, multiply, type Rational } from '../../model/index.ts';
import { interval } from '../read/marks.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { emptyReport, placeOf, type Report, said } from './report.ts';

/** A required bound, the value reached, and words on whether it is met that the two do not bear out. */
export function checkRequirements(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) {
    if (sentence.block.kind === 'row') continue;
    for (const wanted of sentence.quantities) {
      const way = boundOf(sentence, wanted);
      if (way !== null) held(reading, sentence, wanted, way, report);
    }
  }
  return report;
}

type Way = 'least' | 'most';
const asked =
  /\b(?:requir(?:e|es|ed|ement|ements|ing)|targets?|goals?|standards?|plan(?:s|ned)?|stipulat\w+|criterion|indicator)\b|要求|目标|标准|规划|指标|任务|规定/;
const least =
  /(?:\b(?:no|not) (?:be )?(?:less|lower|fewer) than|\bnot (?:be |fall )?below|\bat least|≥|>=|不低于|不少于|不小于)\s*$/;
const most =
  /(?:\b(?:no|not) (?:be )?(?:more|higher|greater) than|\bnot (?:to )?exceed(?:ing)?|\bat most|≤|<=|不超过|不高于|不大于)\s*$/;

function boundOf(sentence: Sentence, { start, end, upper }: Quantity): Way | null {
  if (upper !== undefined) return null;
  const lead = wordsBetween(sentence, Math.max(0, start - 100), start);
  if (!asked.test(lead)) return null;
  const near = lead.slice(-34);
  const after = wordsBetween(sentence, end, end + 12);
  if (least.test(near) || /^\s*(?:or (?:more|above|higher)\b|以上|及以上)/.test(after)) return 'least';
  if (most.test(near) || /^\s*(?:or (?:less|below|lower)\b|以内|以下|及以下)/.test(after)) return 'most';
  return null;
}

const reached =
  /(?:\b(?:was|is|reached|stood at|had reached|came to|at|amounted to|to|actual(?:ly)?|value of)|达到?|为|是|实际|仅|降至|升至|[到至])\s*(?:only |just |about )?$/;
const meets =
  /^[^.;。；]{0,10}(?:[,，;；]|\band\b)\s*(?:and |thus |thereby |which )?(?:has |have )?(?:fully |all )?(?:meet(?:s|ing)?|met|fulfil\w*|achiev\w+|satisf\w+|comple\w+|comply\w*|complie[sd]|in line with|达到了?|完成了?|满足|符合|实现)[^.;。；]{0,30}(?:targets?|goals?|requirements?|standards?|plan|目标|要求|任务|标准|指标)/;
const misses =
  /^[^.;。；]{0,10}(?:[,，;；]|\b(?:and|but)\b)\s*(?:and |but |thus |which )?(?:fail(?:s|ed|ing) to (?:meet|reach|fulfil)|not (?:meeting|reaching)|short of|未达到?|没有达到|未完成|未满足|不符合)/;

function held(reading: Reading, sentence: Sentence, wanted: Quantity, way: Way, report: Report): void {
  const next = reading.sentences[sentence.index + 1];
  const near = [
    ...sentence.quantities
      .filter(({ start }) => start > wanted.end)
      .map((quantity) => ({ of: sentence, quantity })),
    ...(next?.block === sentence.block ? next.quantities.map((quantity) => ({ of: next, quantity })) : []),
  ].slice(0, 4);
  for (const { of, quantity } of near) {
    if (
      quantity.dimension !== wanted.dimension ||
      quantity.unit !== wanted.unit ||
      quantity.upper !== undefined
    )
      continue;
    if (!reached.test(wordsBetween(of, Math.max(0, quantity.start - 24), quantity.start))) continue;
    const after = wordsBetween(of, quantity.end, quantity.end + 70);
    const [told, untold] = [meets.test(after), misses.test(after)];
    if (told === untold) continue;
    const holds = within(quantity, wanted, way);
    const values = { words: '@words.target', bound: said(sentence, wanted), value: said(of, quantity) };
    const places = [placeOf(sentence, wanted), placeOf(of, quantity)];
    if (holds === told) report.checked.push({ rule: 'bound.value', places, values });
    else report.findings.push({ rule: 'bound.value', places, values });
    return;
  }
}

/** Whether the value keeps the bound, however both were rounded. */
function within(value: Quantity, wanted: Quantity, way: Way): boolean {
  // A bound is meant as it is written; only the value may be rounded.
  const a = interval({ ...value, hedge: 'exact' });
  const b = { low: wanted.value, high: wanted.value };
  const base = (size: Rational, { factor }: Quantity) => multiply(size, factor);
  return way === 'least'
    ? compare(base(a.high, value), base(b.low, wanted)) >= 0
    : compare(base(a.low, value), base(b.high, wanted)) <= 0;
}
