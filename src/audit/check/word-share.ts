import { decimal } from '../../model/index.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { hanDigits, numberWords } from '../read/units.ts';
import { emptyReport, type Report } from './report.ts';
import { fractionParts, fractionShare, tellShare } from './told-share.ts';

/** A share told in words beside its part and whole: `half of the 86 schools (43)`, `of the 1,260 buses, 315 …: one bus in four`. */
export function checkWordShares(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) {
    if (sentence.block.kind === 'row') continue;
    for (const [at, one] of sentence.quantities.entries()) {
      const next = sentence.quantities[at + 1];
      before(sentence, one, report);
      if (next === undefined) continue;
      behind(sentence, one, next, report);
      aside(sentence, one, next, report);
    }
  }
  return report;
}

interface Told {
  readonly words: string;
  readonly top: number;
  readonly bottom: number;
  readonly hedge: string;
}

const hedges = '(?:about|around|roughly|nearly|almost|over|more than|just over|just under) ';
const fraction =
  '(?:(?:one )?half|(?<top>a|an|one|two|three|four)[ -](?<bottom>third|quarter|fourth|fifth|sixth|eighth|tenth)s?)';
const leading = new RegExp(
  `(?<hedge>${hedges})?\\b${fraction} of (?:the|its|our|all|all the|these|their) $`,
  'i',
);
const oneIn =
  /[:,(–-] ?(?<hedge>(?:about|nearly|almost|roughly) )?(?<top>one|two|three|four)(?: [a-z]+)? (?:in|out of) (?:every )?(?<bottom>two|three|four|five|six|seven|eight|ten|twelve|twenty)\b/i;
const numberOf = (word: string): number => numberWords.get(word.toLowerCase()) ?? Number(word);

/** `Half of the 86 primary schools (43)`: a lone number in brackets is a count of what stands before it. */
function before(sentence: Sentence, whole: Quantity, report: Report): void {
  const lead = wordsBetween(sentence, Math.max(0, whole.start - 60), whole.start);
  const groups = leading.exec(lead)?.groups;
  const inBrackets = /^[^.;()\d]{1,40}\((\d[\d,]*)(?: [a-z]+)?\)/.exec(sentence.text.slice(whole.end));
  if (groups === undefined || inBrackets === null || whole.unit !== '') return;
  const written = inBrackets[1] ?? '';
  const start = whole.end + inBrackets[0].indexOf('(') + 1;
  const part = {
    ...whole,
    value: decimal(written.replaceAll(',', '')),
    written,
    start,
    end: start + written.length,
  };
  const bottom = fractionParts[groups.bottom?.toLowerCase() ?? ''] ?? 2;
  const top = /^(?:an?)?$/i.test(groups.top ?? '') ? 1 : numberOf(groups.top ?? '');
  const words = lead.slice(lead.search(leading)).trim();
  weigh(sentence, whole, part, { words, top, bottom, hedge: groups.hedge ?? '' }, report);
}

/** `Of the 1,260 buses, 315 run on electricity: one bus in four`; 1260辆公交车中，315辆为电动车，占四分之一 */
function behind(sentence: Sentence, whole: Quantity, part: Quantity, report: Report): void {
  const lead = wordsBetween(sentence, Math.max(0, whole.start - 14), whole.start);
  const between = wordsBetween(sentence, whole.end, part.start);
  if (between.length > 60 || /[;；。]/.test(between)) return;
  const after = wordsBetween(sentence, part.end, part.end + 90);
  if (/(?:^|[,.;] )(?:of|among|out of) (?:the |all |these |its |our )*$/.test(lead)) {
    const match = oneIn.exec(after);
    const other =
      /[:,(–-] ?(?:or |that is )?(?<hedge>(?:about|nearly|almost|roughly|over|more than) )?(?<top>a|an|one|two|three|four) (?<bottom>half|third|quarter|fifth|sixth|tenth)s?(?: of (?:them|the total|all|the whole))?(?=[.,;)]|$)/i.exec(
        after,
      );
    const groups = (match ?? other)?.groups;
    if (groups === undefined) return;
    const top = /^an?$/i.test(groups.top ?? '') ? 1 : numberOf(groups.top ?? '');
    const bottom = fractionParts[groups.bottom?.toLowerCase() ?? ''] ?? numberOf(groups.bottom ?? '');
    const words = (match ?? other)?.[0].replace(/^[:,(–-] ?/, '') ?? '';
    weigh(sentence, whole, part, { words, top, bottom, hedge: groups.hedge ?? '' }, report);
    return;
  }
  if (!/中[，,]?|其中/.test(between)) return;
  const han =
    /^[^。；\d]{0,24}[，,](?:约|接近)?占(?:总数|全部|总量)?的?(约|近|超过?)?(?:([二三四五六八十])分之([一二两三四])|一半)/u.exec(
      after,
    );
  if (han === null) return;
  const [words, hedge = '', below = '二', above = '一'] = han;
  const one = (digit: string) => (digit === '一' ? 1 : (hanDigits.get(digit) ?? NaN));
  weigh(
    sentence,
    whole,
    part,
    { words: words.replace(/^[^，,]*[，,]/, ''), top: one(above), bottom: one(below), hedge },
    report,
  );
}

const asideEnglish = new RegExp(
  `[,(] ?(?:or |equal to |only |just |which is )*(?<hedge>${hedges})?${fraction} of (?:the |its |our |all |all the )?(?:[a-z]+[’']s |total of |whole of )?$`,
  'i',
);
const asideHan = /^[^。；\d]{0,4}[，,](?:仅|只|约)?(?:占|为|是|相当于)[^。；，\d]{0,16}$/u;
const hanBehind =
  /^的?(?<hedge>约|近)?(?:(?<below>[二三四五六八十])分之(?<above>[一二两三四])|(?<half>一半))/u;

/** `22,500 homes, a quarter of the city's 90,000`; 22.5万户，占全市90万户的四分之一 */
function aside(sentence: Sentence, part: Quantity, whole: Quantity, report: Report): void {
  const between = wordsBetween(sentence, part.end, whole.start);
  if (between.length > 60) return;
  const groups = asideEnglish.exec(between)?.groups;
  if (groups !== undefined) {
    const bottom = fractionParts[groups.bottom?.toLowerCase() ?? ''] ?? 2;
    const top = /^(?:an?)?$/i.test(groups.top ?? '') ? 1 : numberOf(groups.top ?? '');
    const words = between.slice(between.search(asideEnglish)).replace(/^[,(] ?| of [^,]*$/g, '');
    weigh(sentence, whole, part, { words, top, bottom, hedge: groups.hedge ?? '' }, report);
    return;
  }
  if (!asideHan.test(between)) return;
  const told = hanBehind.exec(wordsBetween(sentence, whole.end, whole.end + 8));
  if (told === null) return;
  const one = (digit: string) => (digit === '一' ? 1 : (hanDigits.get(digit) ?? NaN));
  const { below = '二', above = '一', hedge = '' } = told.groups ?? {};
  weigh(
    sentence,
    whole,
    part,
    { words: told[0].replace(/^的/, ''), top: one(above), bottom: one(below), hedge },
    report,
  );
}

/** Words are round: two hundredths either way, five where they are hedged. */
function weigh(sentence: Sentence, whole: Quantity, part: Quantity, told: Told, report: Report): void {
  const kind = ({ dimension }: Quantity) => (dimension === 'households' ? 'count' : dimension);
  if (kind(whole) !== kind(part) || whole.dimension === 'percent') return;
  if (![told.top, told.bottom].every(Number.isFinite)) return;
  if (part.value.n <= 0n) return;
  const share = fractionShare(told.top, told.bottom, told.hedge === '' ? 2n : 6n, told.words);
  if (share !== null) tellShare({ sentence, part, whole }, share, report);
}
