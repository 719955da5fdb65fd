import { compare, rational } from '../../model/index.ts';
import { type Reading, wordsBetween } from '../read/reading.ts';
import { emptyReport, placeOf, type Report, said } from './report.ts';

/** Aggregates of an economy, which no year moves by more than a few tenths. */
const aggregate =
  /\b(?:gdp|gross (?:regional|domestic) product|regional gdp|retail sales|disposable income|net income|fixed[- ]assets? investment|investment in fixed assets|fiscal revenue|added value of industry|industrial added value)\b|生产总值|零售总额|可支配收入|纯收入|固定资产投资|财政收入|工业增加值/;
const grows =
  /\b(?:up|increase of|increase by|increased by|growth of|grew by|grew|rose by|rise of|growing by|year-on-year growth of|year-on-year increase of)(?: by)?\s*(?:about |nearly )?$|(?:增长|增加|上升|提高)了?\s*$/;
/** Words that make the growth one of many years. */
const long =
  /\b(?:from .{0,40} to|since|over the|compared (?:with|to)|cumulative|times|than|years|period)\b|累计|年间|期间|以来|比\d{4}年|较\d{4}年|翻|五年|十年/;

/** `retail sales were 375 billion yuan, up by 131 %` among rates of a tenth: a decimal point was lost. */
export function checkLeaps(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) {
    if (sentence.block.kind === 'row') continue;
    for (const quantity of sentence.quantities) {
      if (quantity.dimension !== 'percent' || compare(quantity.value, rational(70n)) <= 0) continue;
      const lead = wordsBetween(sentence, Math.max(0, quantity.start - 140), quantity.start);
      const clause = lead.slice(
        Math.max(lead.lastIndexOf(';'), lead.lastIndexOf('；'), lead.lastIndexOf('。')) + 1,
      );
      const thing = aggregate.exec(clause)?.[0];
      if (thing === undefined || !grows.test(clause) || long.test(clause)) continue;
      if (sentence.times.some(({ first, last }) => last > first)) continue;
      report.findings.push({
        rule: 'value.impossible',
        severity: 'unlike',
        places: [placeOf(sentence, quantity)],
        values: {
          thing: `@thing.leap:${thing}`,
          stated: said(sentence, quantity),
          reason: '@reason.growth',
        },
      });
    }
  }
  return report;
}
