import { compare, multiply } from '../../model/index.ts';
import { interval } from '../read/marks.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { emptyReport, placeOf, type Report, said } from './report.ts';

/** Values told beside a bound or aim that they are said to keep or reach, and do not. */
export function checkAimed(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) {
    if (sentence.block.kind === 'row') continue;
    for (let at = 0; at + 1 < sentence.quantities.length; at += 1) {
      const [a, b] = sentence.quantities.slice(at, at + 2);
      if (a === undefined || b === undefined || !isKin(a, b)) continue;
      kept(sentence, a, b, report);
      reached(sentence, a, b, at, report);
    }
  }
  return report;
}

const isKin = (a: Quantity, b: Quantity): boolean =>
  a.dimension === b.dimension && a.unit === b.unit && a.upper === undefined && b.upper === undefined;

/** Whether the value lies above or below what it is held against, however it was rounded. */
const isAbove = (value: Quantity, mark: Quantity): boolean =>
  compare(
    multiply(interval({ ...value, hedge: 'exact' }).low, value.factor),
    multiply(mark.value, mark.factor),
  ) > 0;
const isBelow = (value: Quantity, mark: Quantity): boolean =>
  compare(
    multiply(interval({ ...value, hedge: 'exact' }).high, value.factor),
    multiply(mark.value, mark.factor),
  ) < 0;

const keptUnder =
  /\b(?:kept|held|remained|stayed|dropped|fell|brought|was|stood)(?: down)? (?:below|under|within)\s*$|控制在$|保持在$/;
const thenUnder =
  /^[^.;。；\d]{0,24}(?:[,，:;；] ?(?:at |to |and )?(?:the end of the year |year's end |it |the (?:[a-z]+ )?(?:rate|value|mean|average|level|figure) |in the end )*(?:it )?(?:was|stood at|reached|at|to|with)|以[内下][，,][^，。；\d]{0,10}(?:为|达到?|实际为))\s*$/;
const keptOver = /\b(?:kept|held|remained|stayed|rose|climbed|brought)(?: up)? above\s*$|(?:保持|稳定)在$/;
const thenOver =
  /^[^.;。；\d]{0,24}(?:[,，] ?(?:at |to |and )?(?:it )?(?:was|stood at|reached|at|to)|以上[，,][^，。；\d]{0,10}(?:为|达到?|实际为))\s*$/;

/** `dropped below 10 % for the first time, to 10.6 %`; 控制在3%以内，年末为3.4% */
function kept(sentence: Sentence, mark: Quantity, value: Quantity, report: Report): void {
  const lead = wordsBetween(sentence, Math.max(0, mark.start - 30), mark.start);
  // The year of the value may stand before it: 98%以上，2022年为96.5%.
  const between = wordsBetween(sentence, mark.end, value.start).replace(
    / in (?:19|20)\d\d(?=[ ,:;])|(?:19|20)\d\d年[末底]?/,
    '',
  );
  const wrong =
    (keptUnder.test(lead) && thenUnder.test(between) && isAbove(value, mark)) ||
    (keptOver.test(lead) && thenOver.test(between) && isBelow(value, mark));
  if (wrong) tell(sentence, mark, value, lead.trim().split(/\s/).slice(-2).join(' '), report);
}

const aimAhead =
  /^[^.;。；\d]{0,12}[,，] ?(?:thus |thereby |and )?(?:meeting|reaching|exceeding|surpassing|ahead of|fulfilling|beating)(?: [\p{L}’'-]+){0,6}? (?:target|goal|plan|requirement|aim)s?(?: \p{Ll}+){0,6}? of\s*$|^[^，。；\d]{0,8}[，,](?:已)?(?:提前|超额|圆满|如期)?(?:完成|实现|达到|超过)[^，。；\d]{0,12}$/u;

/** `rose from 30 to 42, ahead of the target of 45`; 由30张增加到42张，提前完成规划45张的目标 */
function reached(sentence: Sentence, value: Quantity, mark: Quantity, at: number, report: Report): void {
  if (!aimAhead.test(wordsBetween(sentence, value.end, mark.start))) return;
  const after = wordsBetween(sentence, mark.end, mark.end + 24);
  if (
    /\p{Script=Han}/u.test(after) &&
    !/^[^，。；]{0,8}的?(?:规划|年度|预期|约束性)?(?:目标|任务|要求)/u.test(after)
  )
    return;
  const start = sentence.quantities[at - 1];
  const from = start !== undefined && isKin(start, value) ? start : undefined;
  // Which way is better shows in the way that the value went.
  if (from === undefined) return;
  const rises = compare(value.value, from.value);
  if (rises > 0 ? isBelow(value, mark) : rises < 0 && isAbove(value, mark))
    tell(sentence, mark, value, '@words.target', report);
}

function tell(sentence: Sentence, mark: Quantity, value: Quantity, words: string, report: Report): void {
  report.findings.push({
    rule: 'bound.value',
    places: [placeOf(sentence, mark, value)],
    values: { words, bound: said(sentence, mark), value: said(sentence, value) },
  });
}
