import { compare, decimal } from '../../model/index.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { placeIn } from '../text.ts';
import { emptyReport, placeOf, type Report, said } from './report.ts';

/** Numbers that lack what makes them mean something: a rate its base, an amount its money, a count its things. */
export function checkBare(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) {
    if (sentence.block.kind === 'row') continue;
    for (const quantity of sentence.quantities) bare(sentence, quantity, report);
    percentages(sentence, report);
  }
  return report;
}

const intensity =
  /\b(?:energy consumption per unit[^.;]{0,40}|energy intensity[^.;]{0,30}|unit (?:gdp|industrial added value)[^.;]{0,20}consumption|(?:industrial )?added value (?:energy|water) consumption)\b[^.;]{0,40}$|(?:单位[^，。；]{1,12}(?:能耗|水耗|用水量)|增加值(?:能耗|水耗|用水量))[^，。；]{0,12}$/;

function bare(sentence: Sentence, quantity: Quantity, report: Report): void {
  const before = wordsBetween(sentence, Math.max(0, quantity.start - 120), quantity.start);
  const after = wordsBetween(sentence, quantity.end, quantity.end + 60);
  const told = (reason: string, thing: string) =>
    report.findings.push({
      rule: 'unit.missing',
      places: [placeOf(sentence, quantity)],
      values: { stated: said(sentence, quantity), thing: plainThing(thing), reason },
    });
  if (
    ['energy', 'coal equivalent', 'mass', 'volume'].includes(quantity.dimension) &&
    !quantity.unit.includes('/')
  ) {
    const named = intensity.exec(before);
    if (named !== null && !/^\s*(?:of standard coal\s*)?(?:\/|per\b|for every|每|equivalent)/.test(after))
      return void told('@reason.noBase', /^[^,;，；]{0,60}/.exec(named[0])?.[0] ?? '');
  }
  if (quantity.dimension !== 'count' || quantity.upper !== undefined) return;
  if (compare(quantity.value, decimal('1000000000')) >= 0) {
    const noun = /^\s*(?:industrial|industry|industries|market|clusters?)\b(?: clusters?)?/.exec(after)?.[0];
    if (noun !== undefined && /billion|trillion/i.test(said(sentence, quantity)))
      told('@reason.noMoney', noun);
    return;
  }
  if (
    compare(quantity.value, decimal('1000')) >= 0 &&
    /\b(?:involved|involving|benefited|benefiting)\s*$/.test(before) &&
    /^\s*[,.;]/.test(after)
  )
    told('@reason.noNoun', before.split(' ').at(-1) === '' ? (before.trim().split(' ').at(-1) ?? '') : '');
}

/** The indicator without the verb that led to its number: `energy consumption will be reduced to` names energy consumption. */
function plainThing(words: string): string {
  const name = words
    .replace(/\s+/g, ' ')
    .replace(
      /(?:\s+(?:will|would|is|was|are|were|has|have|had|to|be|been|by|of|about|reduced|decreased|dropped|fell|increased|raised|rose|reach(?:ed)?|lowered|cut))+\s*$/i,
      '',
    )
    .replace(/(?:将|力争)?(?:下降|降低|降|减少|提高|增加|控制|达)?(?:至|到|为|在)?$/, '')
    .trim();
  return name === '' || /^(?:involved|involving|benefited|benefiting)$/.test(name) ? '@thing.number' : name;
}

/** `up by 16 percentages`. */
function percentages(sentence: Sentence, report: Report): void {
  for (const match of sentence.text.matchAll(
    /\b\d{1,4}(?:\.\d{1,4})? (?:percentages|percents|percentage)\b(?! points?)/gi,
  )) {
    const start = sentence.start + match.index;
    report.findings.push({
      rule: 'change.form',
      places: [placeIn(sentence.block, start, start + match[0].length)],
      values: { words: match[0] },
    });
  }
}
