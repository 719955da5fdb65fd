import { rational } from '../../model/index.ts';
import { baseInterval } from '../read/marks.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { placeIn } from '../text.ts';
import { endpointsOf } from './endpoints.ts';
import { overlaps, relativeChange } from './interval.ts';
import { emptyReport, placeOf, type Report, said, shown } from './report.ts';
import { fractionNumbers, fractionParts } from './told-share.ts';

/** A change told as a fraction in words beside its ends: `cut by a third, from 6 to 4 million`; 由600万吨降至400万吨，减少三分之一. */
export function checkFractionWords(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) {
    if (sentence.quantities.length < 2 || sentence.block.kind === 'row') continue;
    const told = fractionIn(sentence.text);
    if (told === null) continue;
    const pairs = endpointsOf(sentence);
    const [pair] = pairs;
    // One fraction and one pair: with more of either it is not said which belongs to which.
    if (pair === undefined || pairs.length > 1 || pair.from.dimension === 'percent') continue;
    const computed = relativeChange(baseInterval(pair.from), baseInterval(pair.to));
    if (computed === null) continue;
    const values = {
      from: said(sentence, pair.from),
      to: said(sentence, pair.to),
      stated: told.words,
      computed: `${shown(computed.low, 1)} %`,
      reason: '@reason.unknown',
    };
    const places = [placeOf(sentence, pair.from, pair.to)];
    // A fraction in words is a round one: two points of a hundred either way.
    const share = { low: rational(told.low), high: rational(told.high) };
    if (overlaps(computed, share)) report.checked.push({ rule: 'change.endpoints', places, values });
    else report.findings.push({ rule: 'change.endpoints', places, values });
  }
  return report;
}

const english =
  /\b(?:by|reduction of|decrease of|increase of|rise of|drop of|decline of|growth of)(?: (?:about|roughly|nearly|around|almost|over|more than))? (a|an|one|two|three|four)[- ](half|third|quarter|fourth|fifth|sixth|tenth)s?\b(?! of)/i;
const chinese =
  /(?:减少|下降|降低|压减|缩减|增长|增加|提高|上升|扩大)了?(?:约|近|超过)?([二三四五六八十])分之([一二两三四])/u;

/** The one fraction by which a sentence says that something changed, in hundredths with their leeway. */
function fractionIn(
  text: string,
): { readonly words: string; readonly low: bigint; readonly high: bigint } | null {
  const [words, top = '', bottom = ''] = english.exec(text) ?? [];
  const [han, below = '', above = ''] = chinese.exec(text) ?? [];
  const n = words === undefined ? fractionNumbers[above] : fractionNumbers[top.toLowerCase()];
  const d = words === undefined ? fractionNumbers[below] : fractionParts[bottom.toLowerCase()];
  const told = words ?? han;
  if (told === undefined || n === undefined || d === undefined || n >= d) return null;
  const loose = /about|roughly|nearly|around|almost|over|more than|约|近|超过/.test(told) ? 5 : 2;
  const share = (100 * n) / d;
  return { words: told, low: BigInt(Math.floor(share - loose)), high: BigInt(Math.ceil(share + loose)) };
}

/** The highest, and then one that is higher: `the highest share, 42 %, followed by Minhang with 47 %`; 最高，为42%，其次是闵行区47%. */
export function checkFollowed(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) {
    if (sentence.block.kind === 'row') continue;
    for (const [at, first] of sentence.quantities.entries()) {
      const next = sentence.quantities[at + 1];
      if (next !== undefined) followed(sentence, first, next, report);
    }
  }
  return report;
}

const most = /\b(?:highest|largest|greatest|biggest|most)\b[^.;]{0,60}$|(?:最高|最多|最大)[^。；]{0,20}$/;
const least = /\b(?:lowest|smallest|fewest|least)\b[^.;]{0,60}$|(?:最低|最少|最小)[^。；]{0,20}$/;
const then =
  /^[^.;。；\d]{0,24}[,，(（]?\s*(?:followed by|ahead of|before) [^.;\d]{2,40}\b(?:with|at|of|\()\s*$|^[^。；\d]{0,10}[，,](?:其次|随后|依次)[是为]?[^。；，\d]{1,14}[，,（(]?(?:为|达到?)?\s*$/;

function followed(
  sentence: Sentence,
  first: Sentence['quantities'][number],
  next: Sentence['quantities'][number],
  report: Report,
): void {
  if (first.dimension !== next.dimension || first.unit !== next.unit) return;
  if (first.upper !== undefined || next.upper !== undefined) return;
  if (!then.test(wordsBetween(sentence, first.end, next.start))) return;
  const lead = wordsBetween(sentence, Math.max(0, first.start - 90), first.start);
  const way = most.test(lead) ? 1 : least.test(lead) ? -1 : 0;
  if (way === 0) return;
  const [a, b] = [baseInterval(first), baseInterval(next)];
  if (overlaps(a, b)) return;
  const isBelow = a.high.n * b.low.d < b.low.n * a.high.d;
  if (way === 1 ? !isBelow : isBelow) return;
  report.findings.push({
    rule: 'rank.behind',
    places: [placeOf(sentence, first, next)],
    values: { first: said(sentence, first), behind: said(sentence, next) },
  });
}

/** Finished before it was begun: 2020年3月开工，2019年12月竣工; `started in 2021 … completed in 2019`. */
export function checkCourse(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) {
    firstYears(sentence, report);
    if (sentence.times.length !== 2 || sentence.block.kind === 'row') continue;
    const [one, other] = sentence.times;
    if (one === undefined || other === undefined || one.first !== one.last || other.first !== other.last)
      continue;
    const stages = [one, other].map((time) => stageOf(sentence, time));
    if (!stages.includes('begin') || !stages.includes('end')) continue;
    const [begin, end] = stages[0] === 'begin' ? [one, other] : [other, one];
    const when = ({ first, month = 0 }: typeof begin) => first * 12 + month;
    const sameYear = begin.first === end.first && (begin.month === undefined || end.month === undefined);
    if (sameYear || when(begin) <= when(end)) continue;
    const words = sentence.text.slice(Math.min(one.start, other.start), Math.max(one.end, other.end));
    report.findings.push({
      rule: 'date.range',
      places: [placeOf(sentence, begin, end)],
      values: { words: words.trim().slice(0, 80), first: String(begin.first), last: String(end.first) },
    });
  }
  return report;
}

const firstYear =
  /\b(?:opened|founded|launched|established|started|set up) in (?:[A-Z][a-z]+ )?((?:19|20)\d\d)\b[^.;]{0,30}[,;] (?:and )?in (?:its|their) first (?:full )?year,? \(?((?:19|20)\d\d)\b|((?:19|20)\d\d)年(?:\d{1,2}月)?(?:建成|投用|投入使用|开放|成立|启动)[^。；\d]{0,16}(?:首年|第一年)[（(，]?((?:19|20)\d\d)年/gu;

/** The first year of a thing before it was there: `opened in March 2021, and in its first year, 2020`. */
function firstYears(sentence: Sentence, report: Report): void {
  for (const match of sentence.text.matchAll(firstYear)) {
    const [words] = match;
    const [opened, first] = [Number(match[1] ?? match[3]), Number(match[2] ?? match[4])];
    if (first >= opened) continue;
    const at = sentence.start + match.index;
    report.findings.push({
      rule: 'date.range',
      places: [placeIn(sentence.block, at, at + words.length)],
      values: { words, first: String(opened), last: String(first) },
    });
  }
}

/** Which stage of a work a time is told of, by the verb right at it. */
function stageOf(sentence: Sentence, { start, end }: Sentence['times'][number]): 'begin' | 'end' | null {
  const before = wordsBetween(sentence, Math.max(0, start - 30), start);
  const after = wordsBetween(sentence, end, end + 12);
  if (/^(?:正式|全面)?(?:开工|动工|启动|开建|始建|奠基)/.test(after)) return 'begin';
  if (/^(?:全部|全面|基本|正式)?(?:竣工|完工|建成|投产|通车|投入使用|投入运营)/.test(after)) return 'end';
  if (/\b(?:begun|began|started|launched|commenced|broke ground) (?:in|on)\s+$/i.test(before)) return 'begin';
  if (
    /\b(?:completed|finished|opened|put into (?:use|operation)) (?:in|on|by(?: the end of)?)\s+$/i.test(
      before,
    )
  )
    return 'end';
  return null;
}
