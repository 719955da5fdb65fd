import { add, compare, decimal, divide, type Rational, rational, subtract, zero } from '../../model/index.ts';
import { interval } from '../read/marks.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { hanDigits, numberWords } from '../read/units.ts';
import { overlaps } from './interval.ts';
import { emptyReport, placeOf, type Report, said, shown } from './report.ts';

/** A mean and all its values in brackets behind it: `the average of the four seasons was 46 (spring 41, summer 22, autumn 35, winter 58)`. */
export function checkMeansOf(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) {
    if (sentence.block.kind === 'row') continue;
    for (const mean of sentence.quantities) meanOf(sentence, mean, report);
    placed(sentence, report);
  }
  return report;
}

const simple =
  /\b(?:average|mean) (?:of|over|for) (?:the |all )?(\d+|two|three|four|five|six|seven|twelve) [a-z]+[^.;(]{0,40}$|(?:四季|四个季度|([两三四五六七])个?(?:站点|点位|监测点|季度|月|区|年)?|各(?:站点|点位|监测点|季度|月))的?(?:平均|均值)[^，。；（(]{0,8}$/;

function meanOf(sentence: Sentence, mean: Quantity, report: Report): void {
  if (mean.upper !== undefined || mean.hedge !== 'exact' || mean.dimension === 'percent') return;
  const told = simple.exec(wordsBetween(sentence, Math.max(0, mean.start - 80), mean.start));
  if (told === null) return;
  const open = /^[^.;。；(（]{0,12}[(（]/.exec(wordsBetween(sentence, mean.end, mean.end + 14));
  if (open === null) return;
  const from = mean.end + open[0].length;
  const close = sentence.text.slice(from, from + 240).search(/[)）]/);
  if (close < 0) return;
  const pieces = wordsBetween(sentence, from, from + close)
    .split(/[,，、;；]|\band\b|和/)
    .filter((piece) => piece.trim() !== '');
  // A name and a number each, in the unit of the mean or none.
  const list = pieces.flatMap((piece) => {
    const match = /^[^\d]{1,30}?(\d{1,7}(?:\.\d{1,4})?)\s*([^\d\s]{0,12})\s*$/u.exec(piece);
    return match === null || !['', said(sentence, mean).replace(/^[\d.,\s]+/, '')].includes(match[2] ?? '')
      ? []
      : [match[1] ?? ''];
  });
  if (list.length < 2 || list.length !== pieces.length) return;
  // Of twelve months two are examples.
  const word = told[1] ?? told[2] ?? (told[0].startsWith('四') ? '四' : '');
  const wanted = numberWords.get(word) ?? hanDigits.get(word) ?? Number(word);
  if (word !== '' && wanted !== list.length) return;
  const count = rational(BigInt(list.length));
  const middle = divide(list.map(decimal).reduce(add, zero), count);
  const loose: Rational = divide(
    list.map((one) => rational(1n, 2n * 10n ** BigInt(one.split('.')[1]?.length ?? 0))).reduce(add, zero),
    count,
  );
  const values = { parts: list.join(', '), computed: shown(middle, 3), stated: said(sentence, mean) };
  const places = [placeOf(sentence, { start: mean.start, end: from + close })];
  if (overlaps({ low: subtract(middle, loose), high: add(middle, loose) }, interval(mean)))
    report.checked.push({ rule: 'average.list', places, values });
  else report.findings.push({ rule: 'average.list', places, values });
}

/** 在14个城市中排名第15位, `in 15th place among the 14 cities`: a rank that no one can have. */
function placed(sentence: Sentence, report: Report): void {
  for (const whole of sentence.quantities) {
    if (whole.dimension !== 'count' || whole.upper !== undefined || whole.value.d !== 1n) continue;
    const lead = wordsBetween(sentence, Math.max(0, whole.start - 40), whole.start);
    const tail = wordsBetween(sentence, whole.end, whole.end + 40);
    const english =
      /\b(?:rank(?:ed|s|ing)? (?:at |only )?|in )(\d{1,3})(?:st|nd|rd|th)(?: place)? (?:among|of|out of) (?:the |all )?$/.exec(
        lead,
      );
    const chinese =
      /^个?\p{Script=Han}{1,8}中[，,]?\p{Script=Han}{0,6}?(?:排名|位列|列|居|位居)?第(\d{1,3})(?:位|名)?/u.exec(
        tail,
      );
    const rank = Number(english?.[1] ?? chinese?.[1] ?? '0');
    if (compare(rational(BigInt(rank)), whole.value) <= 0) continue;
    report.findings.push({
      rule: 'sum.subset',
      places: [placeOf(sentence, whole)],
      values: { part: english === null ? `第${rank}` : `${rank}th`, whole: said(sentence, whole) },
    });
  }
}
