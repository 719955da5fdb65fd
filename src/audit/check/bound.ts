import { compare, magnitude, multiply, type Rational, subtract } from '../../model/index.ts';
import { baseInterval, interval } from '../read/marks.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { difference, overlaps } from './interval.ts';
import { emptyReport, placeOf, type Report, said, shown } from './report.ts';

/** Bounds, targets and distances told beside the value that they are told of. */
export function checkBounds(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) {
    if (sentence.block.kind === 'row') continue;
    for (let at = 0; at + 1 < sentence.quantities.length; at += 1) {
      const [a, b, c] = sentence.quantities.slice(at, at + 3);
      if (a === undefined || b === undefined) continue;
      bound(sentence, a, b, report);
      if (c !== undefined) distance(sentence, a, b, c, report);
    }
    target(reading, sentence, report);
  }
  return report;
}

const base = ({ value, factor }: Quantity): Rational => multiply(value, factor);
const alike = (a: Quantity, b: Quantity) =>
  a.dimension === b.dimension && a.upper === undefined && b.upper === undefined;

const above =
  /\b(?:exceed(?:ed|s|ing)?|surpass(?:ed|es|ing)?|topp(?:ed|ing)|over|more than|above)\s*$|(?:超过|突破|超出|高于|多于)了?\s*$/;
const under = /\b(?:less than|below|under|fewer than|lower than)\s*$|(?:低于|不足|不到|少于)\s*$/;
const reaching =
  /^\s*[,，]?\s*(?:and )?(?:reaching|reached|hitting|standing at|amounting to|totall?ing|达到?了?|为|实际为)\s*$/;

/** `exceeded 5.2 billion, reaching 5.13 billion` */
function bound(sentence: Sentence, a: Quantity, b: Quantity, report: Report): void {
  if (!alike(a, b)) return;
  const lead = wordsBetween(sentence, Math.max(0, a.start - 16), a.start);
  if (!reaching.test(wordsBetween(sentence, a.end, b.start))) return;
  const [low, high] = [interval({ ...a, hedge: 'exact' }), interval({ ...b, hedge: 'exact' })];
  const wrong =
    (above.test(lead) && compare(multiply(high.high, b.factor), multiply(low.low, a.factor)) < 0) ||
    (under.test(lead) && compare(multiply(high.low, b.factor), multiply(low.high, a.factor)) > 0);
  if (!wrong) return;
  const word = (above.exec(lead) ?? under.exec(lead))?.[0].trim() ?? '';
  report.findings.push({
    rule: 'bound.value',
    places: [placeOf(sentence, a, b)],
    values: { words: word, bound: said(sentence, a), value: said(sentence, b) },
  });
}

const aim =
  /\b(?:target|goal|requirement|plan(?:ned)?)\b[^.;]{0,40}\b(?:was|is|of|at)\s*$|\b(?:aimed|planned|was required|were required|pledged) to [a-z ]{2,24}?(?: at least)?\s*$|(?:目标|任务|计划|要求)(?:值|数)?(?:为|是)?\s*$|(?:计划|要求)\p{Script=Han}{2,6}\s*$/u;
const got =
  /\b(?:reached|was|had reached|stood at|achieved|hit|came to|planted|built|completed|finished|delivered|created)\s*$|(?:达到?|为|完成)了?\s*$/;
const met =
  /^[^.;。；]{0,6}\b(?:exceed|surpass|above the target|over-?fulfil|beat)|^[^。；]{0,4}(?:超额|超过目标|超出目标|高于目标)/;
const lowerIsBetter =
  /\b(?:reduc|decreas|emission|consumption|concentration|intensity|mortality|death|loss|no more than|not exceed|pm2\.5|limit)|下降|降低|减|能耗|浓度|排放|死亡|不超过/;

/** `The target was 15 %; the rate reached 13.2 %, exceeding the target`: over one sentence or the next. */
function target(reading: Reading, sentence: Sentence, report: Report): void {
  for (const wanted of sentence.quantities) {
    const lead = wordsBetween(sentence, Math.max(0, wanted.start - 60), wanted.start);
    if (!aim.test(lead) || lowerIsBetter.test(sentence.text.toLowerCase())) continue;
    const next = reading.sentences[sentence.index + 1];
    const near: { sentence: Sentence; quantity: Quantity }[] = [
      ...sentence.quantities
        .filter(({ start }) => start > wanted.end)
        .map((quantity) => ({ sentence, quantity })),
      ...(next?.block === sentence.block
        ? next.quantities.map((quantity) => ({ sentence: next, quantity }))
        : []),
    ];
    const found = near.find(
      ({ sentence: of, quantity }) =>
        alike(quantity, wanted) &&
        quantity.unit === wanted.unit &&
        got.test(wordsBetween(of, Math.max(0, quantity.start - 24), quantity.start)) &&
        met.test(wordsBetween(of, quantity.end, quantity.end + 40).replace(/^[,，]\s*/, '')),
    );
    if (found === undefined || compare(base(found.quantity), base(wanted)) >= 0) continue;
    report.findings.push({
      rule: 'bound.value',
      places: [placeOf(sentence, wanted), placeOf(found.sentence, found.quantity)],
      values: {
        words: '@words.target',
        bound: said(sentence, wanted),
        value: said(found.sentence, found.quantity),
      },
    });
    return;
  }
}

/** `120 were completed, 15 more than the 100 planned`; 完成120个，比计划的100个多15个 */
function distance(sentence: Sentence, a: Quantity, b: Quantity, c: Quantity, report: Report): void {
  const [first, second] = [wordsBetween(sentence, a.end, b.start), wordsBetween(sentence, b.end, c.start)];
  if (first.length > 50 || second.length > 40 || /[;；。]/.test(first + second)) return;
  const english =
    /^[^,]{0,40},?\s*(?:which is |or )?$/.test(first) &&
    /^\s*(?:[a-z]+ )?(?:more|fewer|less|higher|lower) than (?:the |its |their )?(?:[a-z]+ ){0,2}$/.test(
      second,
    );
  const chinese = /[，,]比[^，。；]{0,16}$/.test(first) && /^[^，。；]{0,6}[多少高低]出?了?$/.test(second);
  if (!english && !chinese) return;
  const [gap, other] = english ? [b, c] : [c, b];
  if (
    !alike(a, other) ||
    !alike(a, gap) ||
    a.dimension === 'percent' ||
    /^(?:times|points)$/.test(gap.dimension)
  )
    return;
  if ([a, gap, other].some(({ hedge }) => hedge !== 'exact')) return;
  const values = {
    from: said(sentence, other),
    to: said(sentence, a),
    stated: said(sentence, gap),
    computed: shown(magnitude(subtract(a.value, other.value))),
    reason: '@reason.unknown',
  };
  const places = [placeOf(sentence, a, b, c)];
  if (overlaps(difference(baseInterval(other), baseInterval(a)), baseInterval(gap)))
    report.checked.push({ rule: 'change.endpoints', places, values });
  else report.findings.push({ rule: 'change.endpoints', places, values });
}
