import { divide, magnitude, multiply, subtract } from '../../model/index.ts';
import { baseInterval } from '../read/marks.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { difference, overlaps } from './interval.ts';
import { emptyReport, placeOf, type Report, said, shown } from './report.ts';

/** `reached 1,305, an increase of 401 compared with 804 in 2019`: a value, a gap and what it was told against. */
export function checkGaps(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) {
    if (sentence.block.kind === 'row') continue;
    for (const [at, from] of sentence.quantities.entries())
      aside(sentence, from, sentence.quantities[at + 1], report);
    for (let at = 0; at + 2 < sentence.quantities.length; at += 1) {
      const [now, gap, before] = sentence.quantities.slice(at, at + 3);
      if (now !== undefined && gap !== undefined && before !== undefined)
        told(sentence, now, gap, before, report);
      if (now !== undefined && gap !== undefined && before !== undefined)
        apart(sentence, now, gap, before, report);
    }
  }
  return report;
}

/** `38,000 yuan in villages and 82,000 yuan in towns, a gap of 34,000 yuan`; 分别为3.8万元和8.2万元，相差3.4万元. */
function apart(sentence: Sentence, a: Quantity, b: Quantity, gap: Quantity, report: Report): void {
  const all = [a, b, gap];
  if (
    all.some(
      ({ dimension, upper, hedge }) => dimension !== a.dimension || upper !== undefined || hedge !== 'exact',
    )
  )
    return;
  const age = all.every(({ end }) => sentence.text.charAt(end) === '岁');
  if (['percent', 'points', 'times'].includes(a.dimension) || (a.dimension === 'count' && !age)) return;
  // Years with a decimal are an age; without, a term or a date.
  if (a.dimension === 'years' && !all.every(({ written }) => written.includes('.'))) return;
  const way = wordsBetween(sentence, a.end, b.start);
  if (way.length > 60 || !/\b(?:and|while|against)\b|[、和，,]/.test(way) || /[;；。]/.test(way)) return;
  if (
    !/^[^;；。\d]{0,24}(?:[,，(（]\s*(?:or )?(?:an? )?(?:gap|difference) of|[，,（(](?:二者|两者)?(?:差距|相差|差额)(?:为|达)?)\s*$/.test(
      wordsBetween(sentence, b.end, gap.start),
    )
  )
    return;
  const computed = magnitude(subtract(multiply(a.value, a.factor), multiply(b.value, b.factor)));
  const values = {
    from: said(sentence, a),
    to: said(sentence, b),
    stated: said(sentence, gap),
    computed: shown(divide(computed, gap.factor)),
    reason: '@reason.unknown',
  };
  const places = [placeOf(sentence, a, b, gap)];
  if (overlaps(difference(baseInterval(a), baseInterval(b)), baseInterval(gap)))
    report.checked.push({ rule: 'change.difference', places, values });
  else report.findings.push({ rule: 'change.difference', places, values });
}

const opens =
  /^[^.;:()]{0,50}[,，]\s*(?:or |that is |which is |(?:with |representing )?)(?:an? )?(?:(?:net )?(increase|rise|gain|growth|addition)|(decrease|fall|drop|reduction|decline)) of (?:about |some )?$/;
const against =
  /^(?: [a-z-]+){0,3},? (?:(?:as )?compared (?:with|to)|from|over|on|against) (?:the |its |only )?(?:(?:figure|number|total|level) of )?$/;

function told(sentence: Sentence, now: Quantity, gap: Quantity, before: Quantity, report: Report): void {
  const lead = wordsBetween(sentence, now.end, gap.start);
  const way = opens.exec(lead);
  if (way === null || !against.test(wordsBetween(sentence, gap.end, before.start))) return;
  const all = [now, gap, before];
  if (
    all.some(
      ({ dimension, upper, hedge }) =>
        dimension !== now.dimension || upper !== undefined || hedge !== 'exact',
    )
  )
    return;
  if (['percent', 'points', 'times', 'years'].includes(now.dimension)) return;
  const turned = way[1] === undefined;
  const [from, to] = turned ? [now, before] : [before, now];
  const values = {
    from: said(sentence, before),
    to: said(sentence, now),
    stated: said(sentence, gap),
    computed: shown(magnitude(subtract(now.value, before.value))),
    reason: '@reason.unknown',
  };
  const places = [placeOf(sentence, now, before)];
  const holds = overlaps(difference(baseInterval(from), baseInterval(to)), baseInterval(gap));
  (holds ? report.checked : report.findings).push({ rule: 'change.endpoints', places, values });
}

/** `mortality, at 2.9 per thousand in 2015, had risen to 1.8`: the verb against a value told in passing. */
function aside(sentence: Sentence, from: Quantity, to: Quantity | undefined, report: Report): void {
  if (
    to === undefined ||
    from.dimension !== to.dimension ||
    from.upper !== undefined ||
    to.upper !== undefined
  )
    return;
  if (
    !/[,，] (?:which (?:was|stood at|had been) |standing at |at |still )(?:only |about )?$/.test(
      wordsBetween(sentence, Math.max(0, from.start - 24), from.start),
    )
  )
    return;
  const way =
    /^[^,.;]{0,30}\b(?:in|at the end of|by) (?:the end of )?(?:19|20)\d\d, (?:had |has |have )?(?:(risen|rose|grown|grew|climbed|increased)|(fallen|fell|dropped|declined|decreased|shrunk)) to (?:about |only )?$/.exec(
      wordsBetween(sentence, from.end, to.start),
    );
  if (way === null) return;
  const gap = subtract(multiply(to.value, to.factor), multiply(from.value, from.factor));
  const up = way[1] !== undefined;
  if (gap.n === 0n || gap.n > 0n === up) return;
  report.findings.push({
    rule: 'change.direction',
    places: [placeOf(sentence, from, to)],
    values: { words: way[1] ?? way[2] ?? '', from: said(sentence, from), to: said(sentence, to) },
  });
}
