import { compare, decimal, multiply, type Rational, rational } from '../../model/index.ts';
import { baseInterval } from '../read/marks.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { overlaps } from './interval.ts';
import { emptyReport, placeOf, type Report, said, shown } from './report.ts';

/** So many of one size and what they make, a price and an amount and what it costs, a capacity a day and a year. */
export function checkProducts(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) {
    if (sentence.block.kind === 'row' || sentence.quantities.length < 2) continue;
    for (let at = 0; at + 1 < sentence.quantities.length; at += 1) {
      sized(sentence, at, report);
      priced(sentence, at, report);
      inYear(sentence, at, report);
    }
  }
  return report;
}

const exact = ({ hedge, upper }: Quantity): boolean => hedge === 'exact' && upper === undefined;

/** `40 turbines of 2.5 MW give 100 MW`; 40台2.5兆瓦的风机总装机100兆瓦. */
function sized(sentence: Sentence, at: number, report: Report): void {
  const [count, size, whole] = sentence.quantities.slice(at, at + 3);
  if (count === undefined || size === undefined || whole === undefined || ![count, size, whole].every(exact))
    return;
  if (count.dimension !== 'count' || size.dimension !== whole.dimension || size.unit === '') return;
  const [of, gives] = [
    wordsBetween(sentence, count.end, size.start),
    wordsBetween(sentence, size.end, whole.start),
  ];
  const english =
    /^(?: [a-z-]+){1,4} of $/.test(of) &&
    /^,?(?: each)?,? (?:give|giving|make|making|total|totall?ing|together (?:give|have|make)|add up to|adding up to|with a total(?: capacity| area| length)? of|for a total of|or) (?:up to )?$/.test(
      gives,
    );
  const chinese =
    /^[台座套个块辆艘口处]\s*$/.test(of) &&
    /^的?[^，。；\d]{0,10}[，,]?(?:总(?:装机|容量|能力|面积|长度)|共计|合计|总计)(?:容量|规模)?(?:为|达|约)?\s*$/.test(
      gives,
    );
  if (!english && !chinese) return;
  tell(sentence, [count, size, whole], report);
}

/** `At 0.42 yuan per kWh, the 2.5 million kWh cost 1.05 million yuan`. */
function priced(sentence: Sentence, at: number, report: Report): void {
  const [price, amount, cost] = sentence.quantities.slice(at, at + 3);
  if (
    price === undefined ||
    amount === undefined ||
    cost === undefined ||
    ![price, amount, cost].every(exact)
  )
    return;
  const [money, per = ''] = price.unit.split('/');
  if (money !== cost.unit || !/^(?:CNY|USD|EUR)$/.test(cost.unit)) return;
  if (
    per !== amount.unit &&
    !/^ per (?:person|household|place|tree|bus|visit)/.test(wordsBetween(sentence, price.end, price.end + 16))
  )
    return;
  if (per === '') return;
  if (!/^[^.;]{0,40}\bthe $|^[^.;]{0,20}, $/.test(wordsBetween(sentence, price.end, amount.start))) return;
  if (
    !/^(?: [a-z]+){0,4} (?:cost|costs|are worth|were worth|came to|amount to|amounted to|make|made) (?:about )?$/.test(
      wordsBetween(sentence, amount.end, cost.start),
    )
  )
    return;
  tell(sentence, [price, amount, cost], report);
}

const days = rational(366n);

/** 日处理能力120万吨，年处理能力4.38亿吨: a year has no more than 366 days. */
function inYear(sentence: Sentence, at: number, report: Report): void {
  const [day, year] = sentence.quantities.slice(at, at + 2);
  if (day === undefined || year === undefined || ![day, year].every(exact)) return;
  if (day.dimension.split('/')[0] !== year.dimension.split('/')[0] || day.unit === '') return;
  const [lead, between] = [
    wordsBetween(sentence, Math.max(0, day.start - 40), day.start),
    wordsBetween(sentence, day.end, year.start),
  ];
  if (between.length > 60 || /[;；。]/.test(between)) return;
  const perDay =
    day.unit.endsWith('/day') ||
    /\bdaily (?:[a-z]+ ){1,3}(?:of|is|was) $|日(?:均)?(?:处理|供水|供气|生产|焚烧|发电|收集)(?:能力|量)?(?:为|达)?\s*$/.test(
      lead,
    );
  const tail = wordsBetween(sentence, year.end, year.end + 16);
  const perYear =
    year.unit.endsWith('/year') ||
    /^ (?:a|per|each|every) year\b|^ annually\b/.test(tail) ||
    /年(?:处理|供水|供气|生产|焚烧|发电|收集)(?:能力|量)?(?:为|达)?\s*$/.test(between);
  if (!perDay || !perYear) return;
  const [low, high] = [baseInterval(day), baseInterval(year)];
  if (compare(multiply(low.high, days), high.low) >= 0) return;
  tell(sentence, [day, year], report);
}

/** The product against the whole; of a day and a year, what 366 days make. */
function tell(sentence: Sentence, quantities: readonly Quantity[], report: Report): void {
  const whole = quantities.at(-1);
  const factors = quantities.slice(0, -1);
  if (whole === undefined) return;
  const product = factors.map(({ value, factor }) => multiply(value, factor)).reduce(multiply, rational(1n));
  const isYear = factors.length === 1;
  const all = isYear ? multiply(product, days) : product;
  const stated = baseInterval(whole);
  // The unit of a price has its own factor for what it is told per.
  const spread = { low: multiply(all, decimal('0.97')), high: multiply(all, decimal('1.03')) };
  const values = {
    parts: `${factors.map((one) => said(sentence, one)).join(' × ')}${isYear ? ' × 366' : ''}`,
    sum: shown(inUnit(all, whole), 4),
    whole: said(sentence, whole),
  };
  const places = [placeOf(sentence, ...quantities)];
  if (overlaps(spread, stated)) report.checked.push({ rule: 'sum.parts', places, values });
  else report.findings.push({ rule: 'sum.parts', places, values });
}

const inUnit = (value: Rational, { factor }: Quantity): Rational =>
  multiply(value, rational(factor.d, factor.n));
