import { compare, decimal, divide, equals, magnitude, multiply, subtract } from '../../model/index.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { type Endpoints, endpointsOf } from './endpoints.ts';
import { emptyReport, placeOf, type Report, said, shown } from './report.ts';
import { timeText } from './series.ts';
import { tellingWords } from './words.ts';

/** Values that a text gives twice and differently: in one sentence, of one named place, of lines told one by one, of today. */
export function checkRepeated(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) {
    if (sentence.block.kind !== 'paragraph') continue;
    sameSentence(sentence, report);
    lines(reading, sentence, report);
  }
  places(reading, report);
  current(reading, report);
  return report;
}

function push(
  report: Report,
  name: string,
  a: { sentence: Sentence; quantity: Quantity },
  b: { sentence: Sentence; quantity: Quantity },
  reason: string,
): void {
  const when = ({ sentence, quantity }: { sentence: Sentence; quantity: Quantity }) =>
    timeText(sentence.times.findLast(({ end }) => end <= quantity.start) ?? null);
  report.findings.push({
    rule: 'series.value',
    places: [placeOf(a.sentence, a.quantity), placeOf(b.sentence, b.quantity)],
    values: {
      name,
      one: said(a.sentence, a.quantity),
      other: said(b.sentence, b.quantity),
      when: when(a),
      latter: when(b),
      reason,
    },
  });
}

/** `completed the identification and tracing of 343 km of river course and completed the identification of 100 km of it`. */
function sameSentence(sentence: Sentence, report: Report): void {
  for (const [index, a] of sentence.quantities.entries()) {
    const b = sentence.quantities[index + 1];
    if (b === undefined || a.unit === '' || a.unit !== b.unit || a.dimension === 'percent') continue;
    if (equals(a.value, b.value)) continue;
    const noun = (quantity: Quantity) =>
      /^\s*(?:of )?((?:[a-z]+ ?){1,3})/.exec(wordsBetween(sentence, quantity.end, quantity.end + 50))?.[1] ??
      '';
    const [x, y] = [tellingWords(noun(a)).slice(0, 2).join(' '), tellingWords(noun(b)).slice(0, 2).join(' ')];
    if (x === '' || x !== y) continue;
    const lead = wordsBetween(sentence, Math.max(0, a.start - 120), a.start);
    const between = wordsBetween(sentence, a.end, b.start);
    if (sentence.times.some(({ start }) => start >= a.end && start < b.start)) continue;
    const phrase = /\b(?:and|,) (?:also )?([a-z]+ed (?:the |a |an )?[a-z]{5,})\b[^,;]{0,30}$/.exec(
      between,
    )?.[1];
    if (phrase === undefined || !lead.includes(phrase)) continue;
    push(report, phrase, { sentence, quantity: a }, { sentence, quantity: b }, '@reason.twice');
  }
}

/** `Lines T1 and T2 have 31.24 km. T1 has 15.1 km. T2 has 24.9 km.` */
function lines(reading: Reading, sentence: Sentence, report: Report): void {
  const form =
    /\b(?:lines?|phases?|sections?|routes?|trams?|projects?) ([A-Z]?\d{1,2}|I{1,3}) and ([A-Z]?\d{1,2}|I{1,3})\b/i.exec(
      sentence.text,
    );
  const [label, first = '', second = ''] = form ?? [];
  if (label === undefined) return;
  const after = reading.sentences
    .slice(sentence.index + 1, sentence.index + 5)
    .filter(({ block }) => block === sentence.block);
  for (const whole of sentence.quantities) {
    if (whole.start < (form?.index ?? 0) || (whole.unit === '' && whole.value.n < 10n)) continue;
    if (['percent', 'duration', 'years', 'times', 'points'].includes(whole.dimension)) continue;
    const noun =
      wordsBetween(sentence, whole.end, whole.end + 14)
        .trim()
        .split(/[^a-z]/)[0] ?? '';
    if (whole.unit === '' && noun.length < 4) continue;
    const of = (name: string, other: string) => {
      const own = after.find(
        ({ text }) =>
          new RegExp(`\\b${name}\\b`).test(text.slice(0, 60)) &&
          !new RegExp(`\\b${other}\\b`).test(text.slice(0, 60)),
      );
      const quantity = own?.quantities.find(
        ({ unit, end }) =>
          unit === whole.unit &&
          (unit !== '' ||
            wordsBetween(own, end, end + 14)
              .trim()
              .startsWith(noun)),
      );
      return own === undefined || quantity === undefined ? null : { sentence: own, quantity };
    };
    const [a, b] = [of(first, second), of(second, first)];
    if (a === null || b === null) continue;
    const sum = {
      n: a.quantity.value.n * b.quantity.value.d + b.quantity.value.n * a.quantity.value.d,
      d: a.quantity.value.d * b.quantity.value.d,
    };
    const gap = subtract(sum, whole.value);
    const size = magnitude(gap);
    const found = [
      placeOf(sentence, whole),
      placeOf(a.sentence, a.quantity),
      placeOf(b.sentence, b.quantity),
    ];
    const parts = `${said(a.sentence, a.quantity)} + ${said(b.sentence, b.quantity)}`;
    const values = { whole: said(sentence, whole), parts, sum: shown(sum, 3) };
    if (compare(size, multiply(whole.value, decimal('0.02'))) <= 0)
      report.checked.push({ rule: 'sum.parts', places: found, values });
    else {
      report.findings.push({ rule: 'sum.overlap', places: found, values });
      return;
    }
  }
}

const extent =
  /\b(?:covers?|covering|with|has|having|of) (?:about |approximately )?(?:an?|the)? ?(?:(?:total|land|aggregate|gross|whole) )*area of (?:about |approximately |nearly |over )?$|占地(?:面积)?(?:约|达)?$|总面积(?:约|达)?$/;

/** The area of one quoted or capitalised name in two places. */
function places(reading: Reading, report: Report): void {
  const seen = new Map<string, { sentence: Sentence; quantity: Quantity }[]>();
  for (const sentence of reading.sentences) {
    if (sentence.block.kind !== 'paragraph') continue;
    for (const quantity of sentence.quantities) {
      if (
        quantity.dimension !== 'area' ||
        !extent.test(wordsBetween(sentence, Math.max(0, quantity.start - 60), quantity.start))
      )
        continue;
      const name = subjectOf(sentence, quantity);
      if (name === null) continue;
      const key = `${sentence.part} ${name}`;
      const group = seen.get(key) ?? [];
      group.push({ sentence, quantity });
      seen.set(key, group);
    }
  }
  for (const [key, group] of seen) {
    const [first] = group;
    const other = group.find((each) => first !== undefined && !similar(first.quantity, each.quantity));
    if (first !== undefined && other !== undefined && other.sentence.block !== first.sentence.block)
      push(report, key.slice(key.indexOf(' ') + 1), first, other, '@reason.place.area');
  }
}

/** The name nearest before the number that can be its subject. */
function subjectOf(sentence: Sentence, quantity: Quantity): string | null {
  const before = sentence.text.slice(Math.max(0, quantity.start - 140), quantity.start);
  const clause = before.slice(Math.max(before.lastIndexOf(';'), before.lastIndexOf('；')) + 1);
  const names = [
    ...clause.matchAll(/[“"]([^”"]{3,40})[”"]|((?:[A-Z][\p{L}-]{2,20} ){1,4}(?=covers|covering|has|with))/gu),
  ];
  const last = names.at(-1);
  const name = (last?.[1] ?? last?.[2] ?? '').trim().toLowerCase();
  return name.length < 5 ? null : name.replace(/\s+park$/, '');
}

function similar(a: Quantity, b: Quantity): boolean {
  const [x, y] = [multiply(a.value, a.factor), multiply(b.value, b.factor)];
  if (y.n === 0n || x.n === 0n) return true;
  const ratio = compare(x, y) > 0 ? divide(x, y) : divide(y, x);
  return compare(ratio, decimal('1.06')) < 0;
}

/** `Currently, there are 127 routes`, where a series says that 127 was its first value and 140 its last. */
function current(reading: Reading, report: Report): void {
  const series = reading.sentences.flatMap((sentence) =>
    sentence.times.some(({ first, last }) => last > first)
      ? endpointsOf(sentence).map((pair) => ({ sentence, pair }))
      : [],
  );
  if (series.length === 0) return;
  for (const sentence of reading.sentences) {
    if (!/\b(?:currently|at present|now|to date|so far)\b|目前|现有/i.test(sentence.text.slice(0, 60)))
      continue;
    for (const quantity of sentence.quantities) {
      if (quantity.value.n < 20n * quantity.value.d || quantity.hedge !== 'exact') continue;
      const noun = tellingWords(
        wordsBetween(sentence, quantity.end, quantity.end + 44).split(/[,;(]/)[0] ?? '',
      );
      const match = series.find(
        (each) =>
          each.sentence.part === sentence.part &&
          each.sentence.block !== sentence.block &&
          isStale(each.pair, quantity) &&
          noun
            .slice(0, 4)
            .some((word) => tellingWords(each.sentence.text.slice(0, each.pair.from.start)).includes(word)),
      );
      if (match === undefined) continue;
      push(
        report,
        noun.join(' '),
        { sentence: match.sentence, quantity: match.pair.to },
        { sentence, quantity },
        '@reason.current',
      );
      return;
    }
  }
}

const isStale = ({ from, to }: Endpoints, now: Quantity): boolean =>
  from.dimension === now.dimension &&
  from.unit === now.unit &&
  equals(from.value, now.value) &&
  !equals(to.value, now.value);
