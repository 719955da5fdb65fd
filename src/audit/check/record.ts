import { compare, multiply } from '../../model/index.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { timeOf } from './context.ts';
import { emptyReport, placeOf, type Report, said } from './report.ts';
import { tellingWords } from './words.ts';

const claims =
  /\brecord year\b|\b(?:new|all-time|historic|historical) (?:record|high)\b|\brecord (?:high|number)\b|\ba record (?=\d)|\bhighest (?:level )?(?:ever|in history|on record)\b|历史新高|新纪录|创纪录|历史最[高好]/i;

/** A record claimed beside a larger number of another year in the same paragraph. */
export function checkRecords(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) {
    if (!claims.test(sentence.text)) continue;
    const here = largest(sentence);
    const others = reading.sentences
      .slice(Math.max(0, sentence.index - 6), sentence.index + 7)
      .filter((other) => other.block === sentence.block);
    const beaten: { now: Quantity; other: Sentence; before: Quantity }[] = [];
    for (const now of here)
      for (const other of others)
        for (const before of other.quantities)
          if (beats(sentence, now, other, before)) beaten.push({ now, other, before });
    const first = beaten[0];
    if (first === undefined) continue;
    report.findings.push({
      rule: 'record.beaten',
      places: [
        placeOf(sentence, ...beaten.map(({ now }) => now)),
        placeOf(
          first.other,
          ...beaten.filter(({ other }) => other === first.other).map(({ before }) => before),
        ),
      ],
      values: {
        now: [...new Set(beaten.map(({ now }) => counted(sentence, now)))].join(', '),
        before: [...new Set(beaten.map(({ other, before }) => counted(other, before)))].join(', '),
      },
    });
  }
  return report;
}

/** The largest number of each thing: the record can only be that one. */
function largest(sentence: Sentence): Quantity[] {
  if (/\brecord year\b/.test(sentence.text)) return [...sentence.quantities];
  const byNoun = new Map<string, Quantity>();
  const latest = Math.max(...sentence.times.map(({ last }) => last));
  for (const quantity of sentence.quantities) {
    if (quantity.dimension === 'percent' || (timeOf(sentence, quantity)?.last ?? latest) < latest) continue;
    const name = `${quantity.dimension} ${noun(sentence, quantity)}`;
    const held = byNoun.get(name);
    if (held === undefined || compare(quantity.value, held.value) > 0) byNoun.set(name, quantity);
  }
  return [...byNoun.values()];
}

function beats(sentence: Sentence, now: Quantity, other: Sentence, before: Quantity): boolean {
  if (now === before || now.dimension !== before.dimension || now.hedge === 'over') return false;
  if (compare(multiply(before.value, before.factor), multiply(now.value, now.factor)) <= 0) return false;
  const [t, u] = [timeOf(sentence, now), timeOf(other, before)];
  // `2020 was a record year`: the year of the record is told; a larger number of any other year beats it.
  const year = /\b((?:19|20)\d\d) was (?:an? )?(?:[a-z-]+ )?record year\b/.exec(sentence.text)?.[1];
  if (t === null || u === null) return false;
  if (year === undefined ? u.first >= t.first : t.first !== Number(year) || u.first === t.first) return false;
  // `2019年……达3600万人次，2018年为3720万人次`: one measure in one sentence needs no name again.
  const measure = /^人次|^ ?(?:teus?|visits|passengers)\b/i;
  const [x, y] = [now, before].map(
    ({ end }, which) => measure.exec((which === 0 ? sentence : other).text.slice(end))?.[0],
  );
  if (other === sentence && x !== undefined && x === y) return true;
  // `2021年参展企业2800家，创历史新高，2020年为3600家`: the year before is told behind, in the same measure.
  const counter = /^[家个人名座件项场届]/.exec(sentence.text.slice(now.end))?.[0];
  if (
    other === sentence &&
    counter !== undefined &&
    counter === sentence.text.charAt(before.end) &&
    /^[^。；\d]{2,24}(?:19|20)\d\d年(?:为|是|仅为?|有)?$/.test(sentence.text.slice(now.end, before.start))
  )
    return true;
  if (
    other === sentence &&
    now.unit === before.unit &&
    /^[^.;]{0,30},? (?:against|compared (?:with|to)|as against|from) (?:the |only )?$/.test(
      wordsBetween(sentence, now.end, before.start),
    )
  )
    return true;
  const [a, b] = [noun(sentence, now), noun(other, before)];
  return a !== '' && a === b;
}

/** The number with the words it counts, as the text has them: `127 countries and regions`. */
function counted(sentence: Sentence, quantity: Quantity): string {
  const words = said(sentence, quantity);
  if (quantity.unit !== '' && quantity.dimension !== 'count') return words;
  const thing = /^\s*((?:\p{Script=Latin}[\w’'-]*\s?){1,4}|\p{Script=Han}{1,6})/u.exec(
    wordsBetween(sentence, quantity.end, quantity.end + 44).replace(
      /\b(?:from|in|of|participated|attended|with|signed|took|were|was)\b.*/,
      '',
    ),
  )?.[1];
  return thing === undefined ? words : `${words} ${thing.trim()}`;
}

/** The thing counted, as a stem: exhibitors and companies are one. */
function noun(sentence: Sentence, quantity: Quantity): string {
  if (quantity.unit !== '' && quantity.dimension !== 'count') {
    return (
      tellingWords(wordsBetween(sentence, Math.max(0, quantity.start - 60), quantity.start)).at(-1) ?? ''
    );
  }
  const behind = tellingWords(wordsBetween(sentence, quantity.end, quantity.end + 40))[0];
  // 参展企业2900家: Chinese names the thing before its number.
  if (/^[家个人名座件项次]/.test(sentence.text.charAt(quantity.end)))
    return (
      tellingWords(wordsBetween(sentence, Math.max(0, quantity.start - 14), quantity.start)).at(-1) ?? ''
    );
  return behind ?? '';
}
