import { compare, divide, multiply, rational } from '../../model/index.ts';
import { baseInterval, interval } from '../read/marks.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { overlaps } from './interval.ts';
import { emptyReport, placeOf, type Report, said, shown } from './report.ts';
import { fractionNumbers, fractionParts, fractionShare, type ToldShare, tellShare } from './told-share.ts';

/** A share in words or percent, its whole and its part side by side: `half of the 84 communities, 52 in all`; 84个社区中有一半，即52个. */
export function checkFractionsOf(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) {
    if (sentence.block.kind === 'row' || sentence.quantities.length === 0) continue;
    for (let at = 0; at < sentence.quantities.length; at += 1) {
      worded(sentence, at, report);
      percented(sentence, at, report);
      inFour(sentence, at, report);
    }
  }
  return report;
}

const hundred = rational(100n);

/** A fraction in words leaves two hundredths either way, five where it is told loosely. */
const shareOf = (top: number | undefined, bottom: number | undefined, words: string): ToldShare | null =>
  fractionShare(
    top,
    bottom,
    /about|roughly|nearly|around|almost|over|more than|some|约|近|超过|多/.test(words) ? 5n : 2n,
    words.trim(),
  );

const kin = (a: Quantity, b: Quantity): boolean =>
  a.dimension === b.dimension &&
  !['percent', 'permille', 'points', 'times', 'years', 'duration'].includes(a.dimension) &&
  [a, b].every(({ upper, value }) => upper === undefined && value.n > 0n);

const englishFraction =
  /(?:^|[\s,;(])((?:about |nearly |over |more than |some |almost )?(?:(half)|(a|one|two|three|four) ?-?(third|quarter|fifth|sixth|eighth|tenth)s?)) of (?:the |all |its |our |all the )?(?:city['’]s |district['’]s )?$/i;
const hanFraction =
  /^[^，。；\d]{0,10}[中的里]有?((?:约|近|超过)?(?:(一半|半数)|([二三四五六七八九十])分之([一二两三四五六七八九])))[，,（(、]?\s*(?:即|共|约|为|计)?\s*$/;
const apposed = /^[^.;:()]{0,46}(?:,|\(|, or| or|, that is,?|, i\.e\.,?)\s*(?:some |about |nearly |or )?$/i;

/** `Two thirds of the 1,200 km of river banks (1,050 km)`: whole and part, the share before or between them. */
function worded(sentence: Sentence, at: number, report: Report): void {
  const [whole, part] = sentence.quantities.slice(at, at + 2);
  if (whole === undefined || part === undefined || !kin(whole, part)) return;
  const between = wordsBetween(sentence, whole.end, part.start);
  const before = englishFraction.exec(wordsBetween(sentence, Math.max(0, whole.start - 40), whole.start));
  if (before !== null && apposed.test(between)) {
    const tail = wordsBetween(sentence, part.end, part.end + 24);
    if (!/^(?: in (?:all|total)| altogether| of them| [a-z]+)?\s*[,)]/.test(tail)) return;
    const words = before[1] ?? '';
    const share =
      before[2] !== undefined
        ? shareOf(1, 2, words)
        : shareOf(
            fractionNumbers[before[3]?.toLowerCase() ?? ''],
            fractionParts[before[4]?.toLowerCase() ?? ''],
            words,
          );
    if (share !== null) tell(sentence, whole, part, share, report);
    return;
  }
  const han = hanFraction.exec(between);
  if (han === null) return;
  const words = han[1] ?? '';
  const share =
    han[2] !== undefined
      ? shareOf(1, 2, words)
      : shareOf(fractionNumbers[han[4] ?? ''], fractionNumbers[han[3] ?? ''], words);
  if (share !== null) tell(sentence, whole, part, share, report);
}

/** `75 % of the 3.1 million residents, 1.9 million people,`; `1.9 million people, 75 % of the 3.1 million residents`; 190万人，占310万人口的75%. */
function percented(sentence: Sentence, at: number, report: Report): void {
  const [a, b, c] = sentence.quantities.slice(at, at + 3);
  if (a === undefined || b === undefined || c === undefined) return;
  const [ab, bc] = [wordsBetween(sentence, a.end, b.start), wordsBetween(sentence, b.end, c.start)];
  const ofWhole =
    /^ of (?:the |all |its |our |all the )?(?:city['’]s |district['’]s )?(?:(?:total |storage |design |installed )?(?:capacity|volume|area|length) of )?$/;
  const tail = wordsBetween(sentence, c.end, c.end + 30);
  const share = (rate: Quantity): ToldShare => ({ ...interval(rate), words: said(sentence, rate) });
  if (
    a.dimension === 'percent' &&
    ofWhole.test(ab) &&
    kin(b, c) &&
    apposed.test(bc) &&
    /^(?: [a-z]+){0,2}\s*[,)]/.test(tail)
  )
    return void tell(sentence, b, c, share(a), report);
  if (
    b.dimension === 'percent' &&
    kin(a, c) &&
    /^(?: [a-z]+){0,3}\s*[,(]\s*(?:or |about |some )?$/.test(ab) &&
    ofWhole.test(bc)
  )
    return void tell(sentence, c, a, share(b), report);
  if (
    c.dimension === 'percent' &&
    kin(a, b) &&
    /^[^，。；\d]{0,8}[，,](?:约?占|为|相当于)[^，。；\d]{0,10}$/.test(ab) &&
    /^[^，。；\d]{0,12}的(?:约|近)?\s*$/.test(bc) &&
    !/^的?(?:左右)?[增提升]/.test(tail)
  )
    return void tell(sentence, b, a, share(c), report);
  // `With 24 of the 30 stations meeting the standard, the compliance rate reached 88 %`.
  if (
    c.dimension === 'percent' &&
    kin(a, b) &&
    ofWhole.test(ab) &&
    /^[^.;]{0,40}\b(?:meeting|passing|reaching|complying|connected|equipped|covered|completed|finished|served|restored)\b[^.;]{0,40}, (?:the|a|its|for an?) (?:[a-z-]+ ){0,3}(?:rate|share|proportion|compliance)(?: [a-z]+){0,2} (?:reached|was|is|stood at|of|came to|amounted to) $/.test(
      bc,
    ) &&
    /(?:^|[\s(])with $/i.test(wordsBetween(sentence, Math.max(0, a.start - 6), a.start))
  )
    tell(sentence, b, a, share(c), report);
}

/** `One in four residents, 38 % of the population,` and `half of all households (38 %)`. */
function inFour(sentence: Sentence, at: number, report: Report): void {
  const rate = sentence.quantities[at];
  if (rate?.dimension !== 'percent' || rate.upper !== undefined) return;
  const lead = wordsBetween(sentence, Math.max(0, rate.start - 80), rate.start);
  const told =
    /\b((?:about |nearly |some )?(one|two|three) (?:in|out of(?: every)?) (three|four|five|six|seven|eight|nine|ten))(?: [a-z-]+){1,4}(?:,| \()(?: or| some| about)? ?$/i.exec(
      lead,
    ) ??
    /(每([三四五六七八九十])(?:名|个|户)[^，。；\d]{1,8}中(?:就)?有([一二两三])(?:名|个|户)?)[^，。；\d]{0,8}[，,（(](?:即|约|占)?[^，。；\d]{0,4}$/.exec(
      lead,
    );
  if (told === null) return;
  const words = told[1] ?? '';
  const isHan = /\p{Script=Han}/u.test(words);
  const [top, bottom] = isHan ? [told[3], told[2]] : [told[2], told[3]];
  const share = shareOf(
    fractionNumbers[top?.toLowerCase() ?? ''],
    fractionNumbers[bottom?.toLowerCase() ?? ''],
    words,
  );
  if (share === null) return;
  const places = [placeOf(sentence, { start: rate.start - lead.length + told.index, end: rate.end })];
  const values = {
    part: String(fractionNumbers[top?.toLowerCase() ?? '']),
    whole: String(fractionNumbers[bottom?.toLowerCase() ?? '']),
    computed: `${shown(divide(multiply(hundred, rational(BigInt(fractionNumbers[top?.toLowerCase() ?? ''] ?? 1))), rational(BigInt(fractionNumbers[bottom?.toLowerCase() ?? ''] ?? 1))), 1)} %`,
    stated: said(sentence, rate),
  };
  if (overlaps(share, interval(rate))) report.checked.push({ rule: 'share.parts', places, values });
  else report.findings.push({ rule: 'share.parts', places, values });
}

function tell(sentence: Sentence, whole: Quantity, part: Quantity, share: ToldShare, report: Report): void {
  if (compare(baseInterval(part).low, baseInterval(whole).high) > 0) return;
  tellShare({ sentence, part, whole }, share, report);
}
