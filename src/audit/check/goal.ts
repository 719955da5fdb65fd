import { compare, multiply } from '../../model/index.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { emptyReport, placeOf, type Report, said } from './report.ts';

const lowerIsBetter =
  /\b(?:reduc|decreas|emission|consumption|concentration|intensity|mortality|death|loss|no more than|not exceed|limit)|下降|降低|减|能耗|浓度|排放|死亡|不超过/;
const over =
  /(?:超额|提前|超)完成了?[^，。；\d]{0,14}$|\b(?:exceed|surpass|beat|top)(?:s|ed|ing)? (?:the |its |an? )?[a-z ]{0,20}(?:target|goal|plan) of (?:about )?$/i;
const aim = /^[^，。；,.;]{0,24}(?:目标|任务|计划)/;

/** `完成造林4.2万亩，超额完成5万亩的年度目标`: a goal said to be met or beaten beside what was done. */
export function checkGoals(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) {
    if (sentence.block.kind === 'row' || lowerIsBetter.test(sentence.text.toLowerCase())) continue;
    for (const [at, wanted] of sentence.quantities.entries()) {
      const lead = wordsBetween(sentence, Math.max(0, wanted.start - 50), wanted.start);
      const open = over.exec(lead.replace(/到?\d{4}年底?/, ''));
      if (open === null) continue;
      if (/\p{Script=Han}/u.test(open[0]) && !aim.test(wordsBetween(sentence, wanted.end, wanted.end + 40)))
        continue;
      const done = doneBeside(sentence, wanted, at);
      if (done === undefined || compare(base(done), base(wanted)) >= 0) continue;
      report.findings.push({
        rule: 'bound.value',
        places: [placeOf(sentence, wanted, done)],
        values: { words: '@words.target', bound: said(sentence, wanted), value: said(sentence, done) },
      });
    }
    passive(reading, sentence, report);
  }
  return report;
}

const base = ({ value, factor }: Quantity) => multiply(value, factor);
const like = (a: Quantity, b: Quantity) =>
  a.dimension === b.dimension && a.unit === b.unit && a.upper === undefined && b.upper === undefined;

/** What was done: right before the goal, or right behind it (`…的目标，建成168个`). */
function doneBeside(sentence: Sentence, wanted: Quantity, at: number): Quantity | undefined {
  const [before, after] = [sentence.quantities[at - 1], sentence.quantities[at + 1]];
  const measure = (quantity: Quantity) =>
    quantity.unit === '' ? (/^\p{Script=Han}/u.exec(sentence.text.charAt(quantity.end))?.[0] ?? '') : '';
  if (
    before !== undefined &&
    like(before, wanted) &&
    measure(before) === measure(wanted) &&
    /^[^。；;.]{0,12}[，,]\s*(?:并)?(?:已)?(?:超额|提前|超)?(?:完成)?[^，。；,.;]{0,40}$/.test(
      wordsBetween(sentence, before.end, wanted.start),
    ) &&
    /(?:完成|建成|达到?|实现|新增|built|completed|planted|reached|created)[^，。；,.;\d]{0,12}$/.test(
      wordsBetween(sentence, Math.max(0, before.start - 30), before.start),
    )
  )
    return before;
  if (
    after !== undefined &&
    like(after, wanted) &&
    measure(after) === measure(wanted) &&
    /^[^，。；]{0,24}(?:目标|任务)[，,](?:已|共|实际|累计)?(?:完成|建成|达到?|实现|新增)[^，。；\d]{0,6}$/.test(
      wordsBetween(sentence, wanted.end, after.start),
    )
  )
    return after;
  return undefined;
}

/** `a target of 60 kilometres …. In fact 52 kilometres were restored, so the target was exceeded.` */
function passive(reading: Reading, sentence: Sentence, report: Report): void {
  const match =
    /\bso the (?:target|goal|plan) was (?:exceeded|surpassed|met|reached|over-?fulfilled)\b/i.exec(
      sentence.text,
    );
  const done = match === null ? undefined : sentence.quantities.findLast(({ end }) => end <= match.index);
  if (match === null || done === undefined) return;
  const earlier = reading.sentences[sentence.index - 1];
  const places = [sentence, ...(earlier?.block === sentence.block ? [earlier] : [])];
  for (const place of places)
    for (const wanted of place.quantities) {
      if (wanted === done || !like(wanted, done)) continue;
      if (
        !/\b(?:target|goal|plan) (?:of|was|is|for)[^.;]{0,12}$/i.test(
          wordsBetween(place, Math.max(0, wanted.start - 40), wanted.start),
        )
      )
        continue;
      if (compare(base(done), base(wanted)) >= 0) return;
      report.findings.push({
        rule: 'bound.value',
        places: [placeOf(place, wanted), placeOf(sentence, done)],
        values: { words: '@words.target', bound: said(place, wanted), value: said(sentence, done) },
      });
      return;
    }
}
