import { add, compare, decimal, divide, multiply, one, subtract } from '../../model/index.ts';
import { interval } from '../read/marks.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { emptyReport, placeOf, type Report, said, shown } from './report.ts';

/** A total, the people and the amount a head told in one sentence. */
export function checkHeads(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) {
    if (sentence.block.kind === 'row' || !/per capita|per person|a head|人均/i.test(sentence.text)) continue;
    const people = sentence.quantities.filter((quantity) => isPeople(sentence, quantity));
    const each = sentence.quantities.filter((quantity) => isEach(sentence, quantity));
    const [population, stated] = [people[0], each[0]];
    if (people.length !== 1 || each.length !== 1 || population === undefined || stated === undefined)
      continue;
    const thing = subject(sentence, stated);
    const totals = sentence.quantities.filter(
      (quantity) =>
        quantity !== stated &&
        quantity !== population &&
        quantity.dimension === stated.dimension.split('/')[0] &&
        thing !== '' &&
        subject(sentence, quantity).includes(thing),
    );
    const [total] = totals;
    if (totals.length !== 1 || total === undefined) continue;
    judgeEach(sentence, { total, heads: population, stated }, '0.1', report);
  }
  return report;
}

const named =
  /\bpopulation(?: of| was| is| reached| totall?ed| stood at)?(?: (?:about|over|nearly|more than))?\s*$|人口[^，。；]{0,8}$/;

function isPeople(sentence: Sentence, quantity: Quantity): boolean {
  if (quantity.dimension !== 'count' || compare(quantity.value, decimal('1000')) < 0) return false;
  return (
    named.test(wordsBetween(sentence, Math.max(0, quantity.start - 40), quantity.start)) ||
    /^\s*(?:permanent |registered )?(?:inhabitants|residents|people)\b/.test(
      wordsBetween(sentence, quantity.end, quantity.end + 30),
    )
  );
}

function isEach(sentence: Sentence, quantity: Quantity): boolean {
  if (/\/(?:person|capita|人)$/.test(quantity.dimension)) return true;
  const lead = wordsBetween(sentence, Math.max(0, quantity.start - 50), quantity.start);
  const own = lead.slice(
    Math.max(lead.lastIndexOf(','), lead.lastIndexOf(';'), lead.lastIndexOf('，'), lead.lastIndexOf('；')),
  );
  return quantity.dimension !== 'count' && /\bper (?:capita|person)\b|人均/.test(own);
}

/** What is shared out: the indicator's own word before the number. */
function subject(sentence: Sentence, quantity: Quantity): string {
  const lead = wordsBetween(sentence, Math.max(0, quantity.start - 50), quantity.start);
  const after = wordsBetween(sentence, quantity.end, quantity.end + 20);
  const known =
    /gdp|gross domestic product|生产总值|water|用水|electricity|用电|green|公园|绿地|park|garbage|waste|垃圾/g;
  return [...`${lead} ${after}`.matchAll(known)].map(([word]) => same[word] ?? word).at(-1) ?? '';
}

const same: Readonly<Record<string, string>> = {
  'gross domestic product': 'gdp',
  park: 'green',
  绿地: '公园',
  garbage: 'waste',
};

/**
 * What each of some has against the total and their number. `leeway`: how far apart the two may be, as a share; a population in
 * the middle of the year or another boundary explains a tenth.
 */
export function judgeEach(
  sentence: Sentence,
  { total, heads, stated }: { readonly total: Quantity; readonly heads: Quantity; readonly stated: Quantity },
  leeway: string,
  report: Report,
): void {
  const amount = divide(multiply(total.value, total.factor), multiply(heads.value, heads.factor));
  const computed = divide(amount, stated.factor);
  const { low, high } = interval(stated);
  const values = {
    whole: said(sentence, total),
    heads: said(sentence, heads),
    computed: shown(computed, 1),
    stated: said(sentence, stated),
  };
  const places = [placeOf(sentence, total, heads, stated)];
  const apart = decimal(leeway);
  const fits =
    compare(multiply(computed, add(one, apart)), low) >= 0 &&
    compare(multiply(computed, subtract(one, apart)), high) <= 0;
  if (fits) report.checked.push({ rule: 'ratio.parts', places, values });
  else report.findings.push({ rule: 'ratio.parts', places, values });
}
