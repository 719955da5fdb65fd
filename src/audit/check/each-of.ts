import { compare, decimal, divide, multiply, rational } from '../../model/index.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { hanDigits, numberWords } from '../read/units.ts';
import { judgeEach } from './head.ts';
import { emptyReport, placeOf, type Report, said, shown } from './report.ts';

/** A whole, how many shares it, and what each has: `640 pupils in 20 classes, 24 per class`; `5,200 jobs each year, 36,000 in total`. */
export function checkEachOf(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) {
    if (sentence.block.kind === 'row' || sentence.quantities.length < 2) continue;
    for (let at = 0; at + 1 < sentence.quantities.length; at += 1) {
      shared(sentence, at, report);
      yearly(sentence, at, report);
    }
  }
  return report;
}

const counted = ({ dimension, upper, hedge }: Quantity): boolean =>
  dimension === 'count' && upper === undefined && hedge === 'exact';

/** `640 pupils in 20 classes, 24 per class`; 20个班640名学生，平均每班24人. */
function shared(sentence: Sentence, at: number, report: Report): void {
  const [a, b, each] = sentence.quantities.slice(at, at + 3);
  if (a === undefined || b === undefined || each === undefined || ![a, b, each].every(counted)) return;
  const [ab, bc] = [wordsBetween(sentence, a.end, b.start), wordsBetween(sentence, b.end, each.start)];
  const noun =
    /^ ([a-z]{4,})(?:es|s)(?:,| \(| -| –)\s*(?:or |an average of |on average |about |i\.e\. )?$/.exec(
      bc,
    )?.[1];
  const tail = wordsBetween(sentence, each.end, each.end + 30);
  const isEnglish =
    noun !== undefined &&
    /^ [a-z]+(?: [a-z]+)? (?:in|at|on|for|across|over) (?:the |its )?$/.test(ab) &&
    new RegExp(`^(?: [a-z]+)? (?:per|a|in each|to each|for each|for every) ${noun.slice(0, 5)}`).test(tail);
  const unit = /^(?:个)?(\p{Script=Han})/u.exec(wordsBetween(sentence, a.end, a.end + 3))?.[1] ?? '';
  const isHan =
    !isEnglish &&
    unit !== '' &&
    /^个?\p{Script=Han}{1,3}[，,、共]?(?:共有|共|有)?$/u.test(ab) &&
    new RegExp(`^[名个张辆户]?[^，。；\\d]{1,6}[，,]平均每(?:个)?${unit}[^，。；\\d]{0,4}$`, 'u').test(bc);
  if (!isEnglish && !isHan) return;
  const [whole, sharers] = isEnglish ? [a, b] : [b, a];
  judgeEach(sentence, { total: whole, heads: sharers, stated: each }, '0.03', report);
}

/** `5,200 jobs were created each year, 36,000 in total`, 平均每年新增5200人，累计3.6万人: over the years that the sentence gives. */
function yearly(sentence: Sentence, at: number, report: Report): void {
  const [each, whole] = sentence.quantities.slice(at, at + 2);
  if (each === undefined || whole === undefined || each.upper !== undefined || whole.upper !== undefined)
    return;
  if (
    each.dimension.split('/')[0] !== whole.dimension ||
    ['percent', 'points', 'times', 'years', 'duration'].includes(whole.dimension)
  )
    return;
  const between = wordsBetween(sentence, each.end, whole.start);
  if (between.length > 60 || /[;；。]/.test(between)) return;
  const lead = wordsBetween(sentence, Math.max(0, each.start - 30), each.start);
  const isEach =
    each.unit.endsWith('/year') ||
    /^(?: [a-z]+){0,5} (?:each|every|a|per) year\b/.test(between) ||
    /(?:每年|年均|平均每年)[^，。；\d]{0,8}$/.test(lead);
  const tail = wordsBetween(sentence, whole.end, whole.end + 30);
  const isWhole =
    /^(?: [a-z]+){0,2} (?:in total|in all|altogether)\b/.test(tail) ||
    /\b(?:a total of|in total|altogether) (?:some |about )?$/.test(between) ||
    /(?:累计|共计?|总计|合计)[^，。；\d]{0,6}$/.test(between);
  if (!isEach || !isWhole || /\b(?:growth|increase)\b|增长|增速/.test(lead + between)) return;
  const years = yearsOf(sentence);
  if (years === null) return;
  // A span may count both its ends or one of them.
  const fits = years.some((count) =>
    near(
      multiply(multiply(each.value, each.factor), rational(BigInt(count))),
      multiply(whole.value, whole.factor),
    ),
  );
  const count = years[0] ?? 1;
  const places = [placeOf(sentence, each, whole)];
  const values = {
    whole: said(sentence, whole),
    heads: String(count),
    computed: shown(
      divide(divide(multiply(whole.value, whole.factor), rational(BigInt(count))), each.factor),
      1,
    ),
    stated: said(sentence, each),
  };
  if (fits) report.checked.push({ rule: 'ratio.parts', places, values });
  else report.findings.push({ rule: 'ratio.parts', places, values });
}

/** Within a twentieth: means are told round. */
const near = (a: Parameters<typeof compare>[0], b: Parameters<typeof compare>[0]): boolean =>
  compare(multiply(a, decimal('1.05')), b) >= 0 && compare(multiply(a, decimal('0.95')), b) <= 0;

/** How many years a sentence is about; null where it gives none or more than one span. */
function yearsOf(sentence: Sentence): readonly number[] | null {
  const spans = sentence.times.filter(({ first, last }) => last > first);
  const [span] = spans;
  if (spans.length === 1 && span !== undefined && sentence.times.length === 1) {
    const count = span.last - span.first + 1;
    return [count, count - 1];
  }
  if (sentence.times.length > 0) return null;
  const told =
    /(?:过去|近|最近|这)?([两二三四五六七八九十])年(?:来|间|内)|\b(?:over|in|during|for) (?:the (?:past|last) )?(two|three|four|five|six|seven|eight|nine|ten) years\b/i.exec(
      sentence.text,
    );
  const count = hanDigits.get(told?.[1] ?? '') ?? numberWords.get(told?.[2]?.toLowerCase() ?? '');
  return count === undefined ? null : [count];
}
