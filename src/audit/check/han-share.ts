import { interval } from '../read/marks.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { emptyReport, placeOf, type Report, said } from './report.ts';
import { tellShare } from './told-share.ts';

/** A part, the whole named behind 占, and the share: 参保96万人，占常住人口120万人的80%; `96,000 people, 80 % of the 120,000 residents`. */
export function checkHanShares(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) {
    if (sentence.block.kind === 'row') continue;
    for (let at = 0; at + 2 < sentence.quantities.length; at += 1) {
      const [part, second, third] = sentence.quantities.slice(at, at + 3);
      if (part === undefined || second === undefined || third === undefined) continue;
      const han = third.dimension === 'percent';
      const [whole, rate] = han ? [second, third] : [third, second];
      if (second.dimension === 'percent' && ofThem(sentence, part, second, third))
        judge(sentence, third, part, second, report);
      else if (rate.dimension === 'percent' && isTold(sentence, part, second, third, han))
        judge(sentence, part, whole, rate, report);
    }
  }
  return report;
}

/** `12,000 meals, 60 % of them vegetarian, that is 7,200`; 1.2万份，其中60%为素食，即7200份 */
function ofThem(sentence: Sentence, whole: Quantity, rate: Quantity, part: Quantity): boolean {
  const between = wordsBetween(sentence, whole.end, rate.start);
  const to = wordsBetween(sentence, rate.end, part.start);
  return (
    (/^[^.;\d]{0,30}, (?:about )?$/.test(between) &&
      /^ of (?:them|which|these)\b[^.;\d]{0,30}[,(] ?(?:that is|i\.e\.|or)\s*$/.test(to)) ||
    (/^[^。；\d]{0,12}[，,]其中(?:约)?$/.test(between) && /^[^。；，\d]{0,12}[，,]即(?:约)?$/.test(to))
  );
}

function isTold(
  sentence: Sentence,
  part: Quantity,
  second: Quantity,
  third: Quantity,
  han: boolean,
): boolean {
  const between = wordsBetween(sentence, part.end, second.start);
  const to = wordsBetween(sentence, second.end, third.start);
  if (/[增降升]|growth|increase/.test(between + to)) return false;
  if (han)
    return /^[^，。；\d]{0,8}[，,（(]占[^，。；\d]{0,14}$/.test(between) && /^[^，。；\d]{0,4}的$/.test(to);
  return (
    /^(?: [a-z-]+){0,4}[,(] ?(?:or |equal to |which is |representing |about )*$/.test(between) &&
    /^ of (?:the|its|our|all|all the) (?:city’s |city's |district's )?$/.test(to)
  );
}

function judge(sentence: Sentence, part: Quantity, whole: Quantity, rate: Quantity, report: Report): void {
  const kind = ({ dimension }: Quantity) => (dimension === 'households' ? 'count' : dimension);
  if (kind(part) !== kind(whole) || part.dimension === 'percent') return;
  if ([part, whole, rate].some(({ upper }) => upper !== undefined)) return;
  const places = [placeOf(sentence, part, whole, rate)];
  tellShare({ sentence, part, whole, places }, { ...interval(rate), words: said(sentence, rate) }, report);
}
