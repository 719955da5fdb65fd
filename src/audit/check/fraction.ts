import { compare, decimal, divide, magnitude, multiply, rational, subtract } from '../../model/index.ts';
import { baseInterval, interval } from '../read/marks.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { emptyReport, placeOf, type Report, said, shown } from './report.ts';
import { tellShare } from './told-share.ts';

/** Shares told in other forms than `of which … accounting for`: of the total, of them, in brackets, 占, days of a year. */
export function checkFractions(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) {
    if (sentence.block.kind === 'row' || sentence.quantities.length < 2) continue;
    for (let at = 0; at < sentence.quantities.length; at += 1) {
      portion(sentence, at, report);
      days(sentence, at, report);
      partFirst(sentence, at, report);
      ofThese(reading, sentence, at, report);
    }
  }
  return report;
}

const hundred = rational(100n);
const countedAs = (dimension: string) => (dimension === 'households' ? 'count' : dimension);

/** `Of the 31,000 lamps, 24,800 are LED, 85 % of the total`; 2480个村，其中1860个……，占65%. */
function portion(sentence: Sentence, at: number, report: Report): void {
  const [whole, part, rate] = sentence.quantities.slice(at, at + 3);
  if (whole === undefined || part === undefined || rate?.dimension !== 'percent') return;
  if (countedAs(whole.dimension) !== countedAs(part.dimension) || whole.dimension === 'percent') return;
  if ([whole, part, rate].some(({ upper }) => upper !== undefined)) return;
  const [w, p] = [baseInterval(whole), baseInterval(part)];
  if (w.low.n <= 0n || p.low.n <= 0n || compare(p.low, w.high) > 0) return;
  const lead = wordsBetween(sentence, Math.max(0, whole.start - 14), whole.start);
  const between = wordsBetween(sentence, whole.end, part.start);
  const to = wordsBetween(sentence, part.end, rate.start);
  const after = wordsBetween(sentence, rate.end, rate.end + 24);
  if (between.length > 80 || to.length > 70 || /[;；。]/.test(between + to)) return;
  if (/\b(?:growth|increase|decrease|rose|fell|year-on-year)\b|[增降升]/.test(to)) return;
  const english =
    (/(?:^|[,.;] )of (?:the |all |these )?(?:total )?$/.test(lead) ||
      /\b(?:of which|of them|among)\b/.test(between)) &&
    /[,(]\s*(?:or |about |nearly |over |i\.e\. )*$/.test(to) &&
    /^\s*(?:of (?:the total|them|all|the whole)\b|of the (?:[a-z]+ )?(?:total|number)\b)/.test(after);
  const ofThem =
    /^ of (?:them|these|which|whom|the total)\b[^.;]{0,30}[(,]\s*(?:or |about |nearly )?$/.test(to) &&
    /^\s*[),]/.test(after);
  const chinese =
    (/其中|中(?:[，,]|已|有|共|\p{Script=Han}{0,4}$)/u.test(between) ||
      (/共有?[^，。]{0,10}$/.test(lead.trim()) &&
        /[个家座处条所户名项件]\s*[，,](?:已|现)有?\s*$/.test(between))) &&
    /(?:[，,][^，。；]{1,6}率(?:为|达到?)?|[，,（(]占(?:比|总数|全部|总量)?(?:为|的|达)?约?)\s*$/.test(to) &&
    /^\s*(?:[，,。）)]|左右|$)/.test(after);
  const measured = (quantity: Quantity) => sentence.text.charAt(quantity.end);
  const twoCounts =
    sentence.quantities.filter(({ dimension }) => dimension === 'count').length === 2 &&
    whole.dimension === 'count' &&
    /[个家座处条所户名项件份批]/.test(measured(whole)) &&
    measured(whole) === measured(part) &&
    /共有?$|总数(?:为)?$|共计?$|发放(?:问卷)?$|受理$|检查$|抽检$|应[^，。]{1,4}$/.test(lead.trim()) &&
    /[，,][^，。；]{0,8}(?:达标|优良|合格|完成|覆盖|普及|办结|通过|建成|改造|达到|回收|答复|签约)率(?:为|达到?|是)?约?\s*$/.test(
      to,
    );
  if (!english && !ofThem && !chinese && !twoCounts) return;
  tell(sentence, sentence, whole, part, rate, report);
}

/** Reports a part of a whole against its share. */
function tell(
  near: Sentence,
  sentence: Sentence,
  whole: Quantity,
  part: Quantity,
  rate: Quantity,
  report: Report,
): void {
  const places =
    near === sentence
      ? [placeOf(sentence, whole, part, rate)]
      : [placeOf(near, whole), placeOf(sentence, part, rate)];
  const share = { ...interval(rate), words: said(sentence, rate) };
  tellShare({ sentence, near, part, whole, places }, share, report);
}

/** `1,180 of the 1,475 compounds (80 %)`, `12.6 billion kWh of the 175 billion kWh consumed, equal to 7.2 %` */
function partFirst(sentence: Sentence, at: number, report: Report): void {
  const [part, whole, rate] = sentence.quantities.slice(at, at + 3);
  if (part === undefined || whole === undefined || rate?.dimension !== 'percent') return;
  if (countedAs(whole.dimension) !== countedAs(part.dimension) || whole.dimension === 'percent') return;
  if ([whole, part, rate].some(({ upper }) => upper !== undefined)) return;
  const [w, p] = [baseInterval(whole), baseInterval(part)];
  if (w.low.n <= 0n || p.low.n <= 0n || compare(p.low, w.high) > 0) return;
  const between = wordsBetween(sentence, part.end, whole.start);
  const to = wordsBetween(sentence, whole.end, rate.start);
  if (
    !/^(?: [a-z-]+){0,2} (?:out )?of (?:the |all |its |a total of )?(?:city's |district's )?$/.test(
      between,
    ) ||
    to.length > 60
  )
    return;
  if (/\b(?:growth|increase|decrease|rose|fell|up|down|by)\b/.test(to)) return;
  const told =
    (/[(]\s*(?:or |about )?$/.test(to) && /^\s*[),]/.test(wordsBetween(sentence, rate.end, rate.end + 3))) ||
    /,? (?:equal(?:ling|ing)? to|equivalent to|which is|that is|i\.e\.|or|accounting for|an? (?:[a-z]+ )?(?:rate|share|proportion) of)\s*(?:about )?$/.test(
      to,
    );
  if (told) tell(sentence, sentence, whole, part, rate, report);
}

/** `The city has 17,600 buses. Of these, 14,700 are electric, or 83.5 % of the fleet.` */
function ofThese(reading: Reading, sentence: Sentence, at: number, report: Report): void {
  const [part, rate] = sentence.quantities.slice(at, at + 2);
  const before = reading.sentences[sentence.index - 1];
  if (at !== 0 || part?.dimension !== 'count' || rate?.dimension !== 'percent') return;
  if (before === undefined || before.block !== sentence.block) return;
  if (
    !/^\s*(?:of|among) (?:these|them)\b[a-z ,]{0,24}$|^\s*其中，?[^，。]{0,10}$/.test(
      wordsBetween(sentence, 0, part.start),
    )
  )
    return;
  const to = wordsBetween(sentence, part.end, rate.start);
  if (
    to.length > 60 ||
    !/[,(，]\s*(?:or|accounting for|representing|占(?:比|总数的?)?)?\s*(?:about |约)?$/.test(to)
  )
    return;
  const wholes = before.quantities.filter(
    ({ dimension, value, hedge }) =>
      dimension === 'count' && hedge === 'exact' && compare(value, part.value) >= 0,
  );
  const [whole] = wholes;
  if (wholes.length === 1 && whole !== undefined && part.hedge === 'exact')
    tell(before, sentence, whole, part, rate, report);
}

const air = /\b(?:good|excellent|fine|clean)\b[^.;]{0,30}\b(?:air|days)\b|\bair quality\b|优良|空气质量/;
const yearShare =
  /\b(?:accounting for|account(?:s|ed) for|a (?:rate|proportion|share) of|rate (?:of|was|reached|reaching|is)|or)\s*(?:about |nearly )?$|(?:优良率|达标率|优良天数比例|优良天数比率|比例|占比|占全年的?)(?:为|达到?|是)?约?\s*$|[，,]占(?:全年)?\s*$/;

/** `335 days with good air, 95.8 % of the year`: a year has 365 or 366 days, and a few may lack a reading. */
function days(sentence: Sentence, at: number, report: Report): void {
  const [part, rate] = sentence.quantities.slice(at, at + 2);
  if (part === undefined || rate?.dimension !== 'percent') return;
  if (!/(?:\bdays?|天)/.test(sentence.text.slice(part.start, part.end + 6).toLowerCase())) return;
  if (compare(part.value, rational(150n)) < 0 || compare(part.value, rational(366n)) > 0) return;
  const before = wordsBetween(sentence, Math.max(0, part.start - 60), rate.start);
  const to = wordsBetween(sentence, part.end, rate.start);
  const ofYear =
    /^\s*of the year\b/.test(wordsBetween(sentence, rate.end, rate.end + 14)) &&
    /[,(]\s*(?:i\.e\.,? |or |that is,? )?(?:about )?$/.test(to);
  if (to.length > 60 || part.hedge !== 'exact') return;
  if (!ofYear && (!air.test(before) || !yearShare.test(to))) return;
  const short = sentence.times.some(({ month }) => month !== undefined && month < 12);
  if (short || /上半年|季度|前[一二三四五六七八九十]|half|quarter|months/.test(sentence.text)) return;
  const leap = sentence.times.some(({ last }) => last % 4 === 0);
  const whole = rational(leap ? 366n : 365n);
  const exact = multiply(divide(part.value, whole), hundred);
  const miss = subtract(exact, rate.value);
  const far = compare(magnitude(miss), decimal('1.6')) > 0;
  const values = {
    part: said(sentence, part),
    whole: leap ? '366' : '365',
    computed: `${shown(exact, 1)} %`,
    stated: said(sentence, rate),
  };
  const places = [placeOf(sentence, part, rate)];
  if (far) report.findings.push({ rule: 'share.parts', places, values });
  else report.checked.push({ rule: 'share.parts', places, values });
}
