import { compare, divide, magnitude, multiply, subtract } from '../../model/index.ts';
import { baseInterval } from '../read/marks.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { difference, overlaps } from './interval.ts';
import { emptyReport, placeOf, type Report, said, shown } from './report.ts';

/** What was added beside the two ends: 由320公里延长至480公里，新增160公里; `extended from 320 km to 480 km, adding 160 km`. */
export function checkAdded(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) {
    if (sentence.block.kind === 'row') continue;
    for (let at = 0; at + 2 < sentence.quantities.length; at += 1) {
      const [from, to, gap] = sentence.quantities.slice(at, at + 3);
      if (from !== undefined && to !== undefined && gap !== undefined) added(sentence, from, to, gap, report);
    }
  }
  return report;
}

const opens = /(?:\bfrom(?: (?:only|just|about))?|[由从自][^，,。；]{0,16})\s*$/;
const turns =
  /^(?: [a-z]+){0,4} (?:to|up to)(?: (?:about|nearly))?(?: [a-z]+){0,2}\s*$|^[^，。；\d]{0,14}(?:延长|扩展|拓展|扩大|扩建|扩容|增加?|上升|提高|提升|减少?|缩减|压缩|精简|缩短|[发增]展)[至到为](?:\d{4}年[末底]?的)?\s*$/;
const adds =
  /^(?: [a-z]+){0,4}(?: (?:in|by) \d{4})?[,，] ?(?:thus |thereby |with )?(?:adding|(?:a )?(?:net )?(?:gain|increase|addition) of|[a-z]+ (?:new|more|additional) being )\s*$|^[^，。；\d]{0,8}[，,](?:共|净|累计|五年)?(?:新增|净增|新建|新添|扩大|压减|减少|精简|缩短)了?\s*$/;

/** The difference of the two ends is what was added. */
function added(sentence: Sentence, from: Quantity, to: Quantity, gap: Quantity, report: Report): void {
  const all = [from, to, gap];
  if (
    all.some(
      ({ dimension, unit, upper, hedge }) =>
        dimension !== from.dimension || unit !== from.unit || upper !== undefined || hedge !== 'exact',
    )
  )
    return;
  if (['percent', 'points', 'times', 'years'].includes(from.dimension) || compare(from.value, to.value) === 0)
    return;
  if (!opens.test(wordsBetween(sentence, Math.max(0, from.start - 24), from.start))) return;
  if (!turns.test(wordsBetween(sentence, from.end, to.start))) return;
  if (!adds.test(wordsBetween(sentence, to.end, gap.start))) return;
  const values = {
    from: said(sentence, from),
    to: said(sentence, to),
    stated: said(sentence, gap),
    computed: shown(
      divide(
        magnitude(subtract(multiply(to.value, to.factor), multiply(from.value, from.factor))),
        gap.factor,
      ),
    ),
    reason: '@reason.unknown',
  };
  const places = [placeOf(sentence, from, to, gap)];
  const holds = overlaps(difference(baseInterval(from), baseInterval(to)), baseInterval(gap));
  (holds ? report.checked : report.findings).push({ rule: 'change.endpoints', places, values });
}
