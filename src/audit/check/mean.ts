import { compare, divide, rational } from '../../model/index.ts';
import { interval } from '../read/marks.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { hanDigits, numberWords } from '../read/units.ts';
import { overlaps } from './interval.ts';
import { emptyReport, placeOf, type Report, said, shown } from './report.ts';

/** A total over some years beside its yearly mean: `4,200 households from 2016 to 2021, an average of 900 a year`. */
export function checkMeans(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) {
    if (sentence.block.kind === 'row' || sentence.quantities.length < 2) continue;
    const years = yearsIn(sentence);
    if (years.length === 0) continue;
    for (const [index, mean] of sentence.quantities.entries()) {
      if (!isMean(sentence, mean)) continue;
      const total = sentence.quantities
        .slice(0, index)
        .findLast((quantity) => thing(quantity) === thing(mean));
      if (total === undefined || !isTotal(sentence, total)) continue;
      const between = wordsBetween(sentence, total.end, mean.start);
      if (between.length > 70 || /[;；。]/.test(between)) continue;
      judge(sentence, total, mean, years, report);
      break;
    }
  }
  return report;
}

const thing = ({ dimension, unit }: Quantity) =>
  dimension === 'households' ? 'count' : `${dimension}${unit}`;
const totals =
  /\b(?:a total of|in total|altogether|cumulative(?:ly)?|total(?:l?ed|l?ing)?|sum)\b[^,;.]{0,20}$|(?:累计|共计?|总计|合计|总共)[^，；。]{0,10}$/;
const isTotal = (sentence: Sentence, { start }: Quantity): boolean =>
  totals.test(wordsBetween(sentence, Math.max(0, start - 40), start));

function isMean(sentence: Sentence, { start, end, dimension }: Quantity): boolean {
  if (['percent', 'points', 'times', 'years', 'duration'].includes(dimension)) return false;
  const lead = wordsBetween(sentence, Math.max(0, start - 40), start);
  if (/growth|increase|增长|增速|递增|下降/.test(lead.slice(-24))) return false;
  const after = wordsBetween(sentence, end, end + 40);
  const tail = /^(?: [a-z-]+){0,2} (?:(?:a|per|each|every) year|annually) on average\b/.test(after);
  return (
    tail ||
    /(?:\bannual average of|\byearly average of|\baverag(?:e|ing) (?:of )?(?:annually|a year)|年均|平均每年|每年平均)[^，。；]{0,6}$/.test(
      lead,
    ) ||
    (/\b(?:an? average of|averaging|or)\s*(?:about |nearly )?$/.test(lead) &&
      /^(?: [a-z-]+){0,2} (?:a|per|each|every) year\b/.test(after))
  );
}

/** How many years the sentence may speak of: by its span, counted and stepped, or by a word. */
function yearsIn(sentence: Sentence): number[] {
  const span = sentence.times.find(({ first, last }) => last > first && last - first < 30);
  const word =
    /\b([a-z]+|\d{1,2}) years\b|(?<!\d)([两二三四五六七八九十]|\d{1,2})年(?:间|来|内|里|累计|共|合计|总共)/.exec(
      sentence.text.toLowerCase(),
    );
  const told = word === null ? undefined : (word[1] ?? word[2] ?? '');
  const number = told === undefined ? NaN : (hanDigits.get(told) ?? numberWords.get(told) ?? Number(told));
  if (Number.isFinite(number) && number > 1 && number < 40) return [number];
  const years = [...(span === undefined ? [] : [span.last - span.first + 1, span.last - span.first])];
  return [...new Set(years)];
}

function judge(
  sentence: Sentence,
  total: Quantity,
  mean: Quantity,
  years: readonly number[],
  report: Report,
): void {
  const whole = interval(total);
  const [first = 1] = years;
  const places = [placeOf(sentence, total, mean)];
  const values = {
    parts: `${said(sentence, total)} / ${first}`,
    computed: perYear(total, mean, first),
    stated: said(sentence, mean),
  };
  const holds = years.some((count) => {
    const of = rational(BigInt(count));
    return overlaps({ low: divide(whole.low, of), high: divide(whole.high, of) }, interval(mean));
  });
  if (holds) report.checked.push({ rule: 'average.list', places, values });
  else if (compare(mean.value, total.value) < 0)
    report.findings.push({
      rule: 'average.list',
      places,
      values,
    });
}

/** The mean in the words of the writer: 42 for 42万亩 where the mean is given in 万亩 too. */
function perYear(total: Quantity, mean: Quantity, years: number): string {
  const written = Number(mean.written.replaceAll(',', ''));
  if (!(written > 0)) return shown(divide(total.value, rational(BigInt(years))), 2);
  const [whole = '0', decimals = ''] = mean.written.replaceAll(',', '').split('.');
  const plain = rational(BigInt(whole + decimals), 10n ** BigInt(decimals.length));
  const scale = divide(mean.value, plain);
  return shown(divide(divide(total.value, rational(BigInt(years))), scale), 2);
}
