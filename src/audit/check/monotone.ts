import { compare, multiply } from '../../model/index.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { emptyReport, placeOf, type Report, said } from './report.ts';

const falling =
  /\b(?:kept|keeps|keep) (?:falling|declining|decreasing|dropping)\b|\b(?:continuously|steadily|constantly) (?:decreas|declin|fall|fell|dropp)\w*|\b(?:decreas|declin|fall|fell|dropp)\w*,? (?:year by year|year after year|every year|each year|continuously|steadily)\b|\b(?:fell|declined|decreased|dropped|shrank)\b[^.;:]{0,40} for the [a-z]+ (?:consecutive year|year running|year in a row|time in a row)\b|(?:逐年|连年|持续|连续(?:[两二三四五六七八九十\d]年)?|不断|稳步)(?:下降|减少|降低|递减|回落)/;
const rising =
  /\b(?:kept|keeps|keep) (?:rising|growing|increasing|climbing)\b|\b(?:continuously|steadily|constantly) (?:increas|grow|grew|ris|rose|climb)\w*|\b(?:increas|grow|grew|ris|rose|climb)\w*,? (?:year by year|year after year|every year|each year|continuously|steadily)\b|\b(?:rose|grew|increased|climbed)\b[^.;:]{0,40} for the [a-z]+ (?:consecutive year|year running|year in a row|time in a row)\b|(?:逐年|连年|持续|连续(?:[两二三四五六七八九十\d]年)?|不断|稳步)(?:上升|增加|提高|增长|递增|提升)/;

/** `kept falling: 5,200 in 2018, 4,800 in 2019, 4,950 in 2020`: values that each carry their year, against the word. */
export function checkMonotone(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) {
    if (sentence.block.kind === 'row' || sentence.quantities.length < 3 || sentence.times.length < 3)
      continue;
    const text = sentence.text.toLowerCase();
    const [down, up] = [falling.exec(text), rising.exec(text)];
    const word = down ?? up;
    if (word === null || (down !== null && up !== null)) continue;
    const row = dated(sentence);
    const at = row.findIndex(({ quantity }, index) => {
      const before = row[index - 1]?.quantity;
      if (before === undefined) return false;
      // Where the unit is told once, at the end, the bare numbers before it are in it too.
      const factorOf = ({ unit, factor }: Quantity) => (unit === '' ? quantity.factor : factor);
      const way = compare(
        multiply(quantity.value, factorOf(quantity)),
        multiply(before.value, factorOf(before)),
      );
      return down === null ? way < 0 : way > 0;
    });
    const [from, to] = [row[at - 1]?.quantity, row[at]?.quantity];
    if (row.length < 3 || from === undefined || to === undefined) continue;
    report.findings.push({
      rule: 'change.direction',
      places: [placeOf(sentence, from, to)],
      values: { words: word[0], from: said(sentence, from), to: said(sentence, to) },
    });
  }
  return report;
}

interface Dated {
  readonly quantity: Quantity;
  readonly year: number;
}

/** The values of one kind that stand just before or behind a year of their own, if the years rise one by one. */
function dated(sentence: Sentence): Dated[] {
  const pairs = sentence.quantities.flatMap((quantity): Dated[] => {
    if (['points', 'times', 'years', 'duration'].includes(quantity.dimension)) return [];
    const year = sentence.times.find(
      ({ first, last, start, end }) =>
        first === last &&
        (/^(?: [a-z]+)? in $/.test(wordsBetween(sentence, quantity.end, start)) ||
          (end <= quantity.start &&
            /^(?:为|的|有)?$/.test(wordsBetween(sentence, end, quantity.start).trim()))),
    );
    return year === undefined ? [] : [{ quantity, year: year.first }];
  });
  // 2020年为35，2021年为33，2022年为30微克/立方米: the unit is told once, at the end.
  const unit = pairs.at(-1)?.quantity.unit;
  const once = pairs.slice(0, -1).every(({ quantity }) => quantity.unit === '');
  const same = pairs.filter(({ quantity }) => once || quantity.unit === unit);
  const rises = same.every(({ year }, index) => index === 0 || year === (same[index - 1]?.year ?? 0) + 1);
  return same.length === pairs.length && rises ? same : [];
}
