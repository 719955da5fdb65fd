import { compare, multiply, type Rational } from '../../model/index.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { emptyReport, placeOf, type Report, said } from './report.ts';

/** A part larger than its whole: `123 visits, of which 456 …`, `23 projects … Among them 157`, `120 of the 80 villages`. */
export function checkSubsets(reading: Reading): Report {
  const report = emptyReport();
  for (const [index, sentence] of reading.sentences.entries()) {
    for (let at = 0; at < sentence.quantities.length; at += 1) {
      part(sentence, at, report);
      beside(sentence, at, report);
    }
    const next = reading.sentences[index + 1];
    if (next !== undefined && next.block === sentence.block) subset(sentence, next, report);
  }
  return report;
}

const base = (quantity: Quantity): Rational => multiply(quantity.value, quantity.factor);

/** `123 visits, of which 456 …`, 接待123人次，其中境外456人次: one part, larger than what it is part of. */
function part(sentence: Sentence, at: number, report: Report): void {
  const [whole, own] = [sentence.quantities[at], sentence.quantities[at + 1]];
  if (whole === undefined || own === undefined || whole.unit !== own.unit || whole.hedge === 'over') return;
  if (['percent', 'points', 'times', 'years', 'duration'].includes(whole.dimension)) return;
  if (whole.unit.includes('/') || isMean(wordsBetween(sentence, Math.max(0, whole.start - 60), whole.start)))
    return;
  const between = wordsBetween(sentence, whole.end, own.start);
  const opened = /^[^;；。]{0,60}(?:\bof which,?|\bamong which,?|其中)[^,，;；。]{0,14}$/.test(between);
  // Of what is measured `including` names a part too; of what is counted it may name an example.
  const measured =
    whole.dimension !== 'count' && /^[^;；。(]{0,40}[,，]? including\s+(?:about |over )?$/.test(between);
  if ((!opened && !measured) || compare(base(own), base(whole)) <= 0) return;
  const thing = (quantity: Quantity) =>
    /^\s*(\p{Script=Han}{1,2}|[a-z]{3,20})/u.exec(
      wordsBetween(sentence, quantity.end, quantity.end + 24),
    )?.[1] ?? '';
  if (whole.unit === '' && (thing(whole) === '' || thing(whole) !== thing(own))) return;
  report.findings.push({
    rule: 'sum.subset',
    places: [placeOf(sentence, whole, own)],
    values: { part: said(sentence, own), whole: said(sentence, whole) },
  });
}

/** Whether what is told is a mean or an intensity, of which a part may well be higher: life expectancy, income per head. */
const isMean = (lead: string): boolean =>
  /\b(?:average|mean|median|per|rate|expectancy|age|price|density|intensity|concentration|highest|maximum|longest)\b|平均|年均|人均|户均|每|率|寿命|年龄|均价|单价|密度|强度|浓度|最高|最大|最长/.test(
    lead.split(/[;；。.]\s/).at(-1) ?? lead,
  );

/** `23 projects were approved … Among them 157 were …`: a part larger than its whole. */
function subset(sentence: Sentence, next: Sentence, report: Report): void {
  const part = next.quantities[0];
  if (part === undefined || part.dimension !== 'count') return;
  const lead = wordsBetween(next, 0, part.start);
  if (!/^\s*(?:among (?:them|these)|of (?:these|them|which)),?\s*$|^其中[，,]?\s*\S{0,8}$/.test(lead)) return;
  const counts = sentence.quantities.filter(({ dimension }) => dimension === 'count');
  const whole = counts.at(0);
  if (whole === undefined || whole.hedge === 'over') return;
  if (counts.some(({ value }) => compare(value, part.value) >= 0)) return;
  report.findings.push({
    rule: 'sum.subset',
    places: [placeOf(sentence, whole), placeOf(next, part)],
    values: { part: said(next, part), whole: said(sentence, whole) },
  });
}

/** `120 of the 80 villages`, 80个村中有120个完成: a part of a whole that is told right beside it. */
function beside(sentence: Sentence, at: number, report: Report): void {
  const [a, b] = sentence.quantities.slice(at, at + 2);
  if (a === undefined || b === undefined || a.dimension !== 'count' || b.dimension !== 'count') return;
  if (a.upper !== undefined || b.upper !== undefined || a.unit !== b.unit) return;
  const between = wordsBetween(sentence, a.end, b.start);
  const english = /^ (?:out )?of (?:the |its |our |their |all )?(?:city['’]s |district['’]s )?$/.test(
    between,
  );
  // `Of the 46 monitored rivers, 51 reached …`
  const opened =
    /(?:^|[.;] ?)\s*(?:Out )?[Oo]f (?:the|its|our|all|these)(?: the)? $/.test(
      wordsBetween(sentence, Math.max(0, a.start - 16), a.start),
    ) &&
    /^ (?:[a-z-]+ ){0,4}[a-z-]+,? (?:only |some |about )?$/.test(between) &&
    between.includes(',') &&
    /^ (?:[a-z]+ )?(?:reached|met|were|have|had|are|was|passed|joined|achieved|completed)\b/.test(
      wordsBetween(sentence, b.end, b.end + 40),
    );
  const measure = sentence.text.charAt(a.end);
  const chinese =
    /^[个家座处条所户名项件]\p{Script=Han}{0,8}中[，,]?(?:已|共)?有?\s*$/u.test(between) &&
    measure === sentence.text.charAt(b.end) &&
    /^.(?:[，。；]|完成|已|实现|通过|建成|达标|达到|获|被|开展|参与|纳入|实施|启动|设|为|是)/.test(
      wordsBetween(sentence, b.end, b.end + 6),
    );
  const [whole, own] = english ? [b, a] : [a, b];
  if ((!english && !chinese && !opened) || whole.hedge === 'over' || compare(own.value, whole.value) <= 0)
    return;
  report.findings.push({
    rule: 'sum.subset',
    places: [placeOf(sentence, a, b)],
    values: { part: said(sentence, own), whole: said(sentence, whole) },
  });
}
