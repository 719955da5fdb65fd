import { divide } from '../../model/index.ts';
import { baseInterval, interval } from '../read/marks.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { overlaps, quotient } from './interval.ts';
import { emptyReport, placeOf, type Report, said, shown } from './report.ts';

/** Two values and their ratio: 城镇5.2万元，农村2.6万元，收入比为2.0; `52,000 in town, 26,000 in the country, a ratio of 2.0`. */
export function checkRatios(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) {
    if (sentence.block.kind === 'row') continue;
    for (let at = 0; at + 2 < sentence.quantities.length; at += 1) {
      const [one, other, ratio] = sentence.quantities.slice(at, at + 3);
      if (one !== undefined && other !== undefined && ratio !== undefined)
        judge(sentence, one, other, ratio, report);
    }
  }
  return report;
}

const leads =
  /^[^.;。；\d]{0,30}[,，] ?(?:(?:so that |and )?(?:the |a |an )?(?:[a-z-]+ ){0,4}ratio (?:of|is|was|being|comes to|stood at)|[^，。；\d]{0,8}(?:收入|支出|消费|二者|两者)?之?比(?:值|例)?(?:约?为|是|达)?)\s*$/u;
const ends = /^(?:\s*(?:to one|to 1|:\s?1|：\s?1|∶\s?1))?\s*(?:[.,;。，；)）]|$)/;

function judge(sentence: Sentence, one: Quantity, other: Quantity, ratio: Quantity, report: Report): void {
  if (one.unit !== other.unit || one.dimension !== other.dimension || one.unit === '') return;
  if (ratio.unit !== '' || ratio.dimension !== 'count' || !ratio.written.includes('.')) return;
  if ([one, other, ratio].some(({ upper }) => upper !== undefined)) return;
  const between = wordsBetween(sentence, one.end, other.start);
  if (between.length > 50 || /[;；。]/.test(between)) return;
  if (!leads.test(wordsBetween(sentence, other.end, ratio.start))) return;
  if (!ends.test(wordsBetween(sentence, ratio.end, ratio.end + 8))) return;
  const [a, b] = [baseInterval(one), baseInterval(other)];
  const [down, up] = [quotient(b, a), quotient(a, b)];
  if (down === null || up === null) return;
  const larger = one.value.n * other.value.d >= other.value.n * one.value.d;
  const values = {
    one: said(sentence, one),
    other: said(sentence, other),
    computed: shown(larger ? divide(one.value, other.value) : divide(other.value, one.value), 2),
    stated: said(sentence, ratio),
  };
  const claim = { rule: 'ratio.pair' as const, places: [placeOf(sentence, one, other, ratio)], values };
  if (overlaps(down, interval(ratio)) || overlaps(up, interval(ratio))) report.checked.push(claim);
  else report.findings.push(claim);
}
