import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { emptyReport, placeOf, type Report, said } from './report.ts';
import { stem } from './words.ts';

interface Item {
  readonly quantity: Quantity;
  readonly year: number;
}

/** `5 agreements signed in 2015 with a, b …, 2 agreements signed in 2016 with …`: each count against its names, all against the total told elsewhere. */
export function checkYearly(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) {
    if (sentence.block.kind !== 'paragraph' || sentence.quantities.length < 3) continue;
    for (const items of rowsIn(sentence).values()) order(sentence, items, report);
    for (const [noun, items] of listsIn(sentence)) {
      for (const item of items) named(sentence, item, report);
      total(reading, sentence, noun, items, report);
    }
  }
  return report;
}

/** Counts told year by year, of which one year stands out of its order or comes twice: `5 in 2018, 2 in 2016, 4 in 2018 …`. */
function order(sentence: Sentence, items: readonly Item[], report: Report): void {
  const rises = (row: readonly Item[]) =>
    row.every(({ year }, at) => at === 0 || year > (row[at - 1]?.year ?? 0));
  if (items.length < 5 || rises(items)) return;
  const odd = items.filter((item) => rises(items.filter((other) => other !== item)));
  // Of two neighbours in the wrong order either may be the wrong one.
  const [first] = odd;
  if (first === undefined || odd.length > 2) return;
  const mark = sentence.times.find(({ start }) => start > first.quantity.end);
  report.findings.push({
    rule: 'date.order',
    places: [placeOf(sentence, first.quantity, ...(mark === undefined ? [] : [mark]))],
    values: { years: items.map(({ year }) => year).join(', '), odd: String(first.year) },
  });
}

/** Counts of one noun in three years or more, no year twice. */
function listsIn(sentence: Sentence): Map<string, Item[]> {
  const lists = rowsIn(sentence);
  for (const [noun, items] of lists)
    if (items.length < 3 || new Set(items.map(({ year }) => year)).size < items.length) lists.delete(noun);
  return lists;
}

/** Counts of one noun, each with a year of its own, by the noun. */
function rowsIn(sentence: Sentence): Map<string, Item[]> {
  const lists = new Map<string, Item[]>();
  for (const quantity of sentence.quantities) {
    if (quantity.dimension !== 'count' || quantity.value.d !== 1n || quantity.value.n > 100_000n) continue;
    const form = /^ ([a-z-]{4,20})(?: [a-z-]+){0,3} in $/;
    const year = sentence.times.find(
      ({ start, first, last }) => start > quantity.end && start - quantity.end < 60 && first === last,
    );
    if (year === undefined) continue;
    const noun = form.exec(wordsBetween(sentence, quantity.end, year.start))?.[1];
    if (noun === undefined) continue;
    const key = stem(noun);
    lists.set(key, [...(lists.get(key) ?? []), { quantity, year: year.first }]);
  }
  return lists;
}

/** The names after `with` up to the next count. */
function named(sentence: Sentence, { quantity }: Item, report: Report): void {
  const next = sentence.quantities.find(({ start }) => start > quantity.end);
  const text = sentence.text.slice(quantity.end, next?.start ?? sentence.text.length);
  const list = /\bwith ((?:[A-Z][^.;]*)?)/.exec(text)?.[1] ?? '';
  const names = list
    .replace(/[(（][^()（）]*[)）]/g, '')
    .split(/,|\band\b/)
    .filter((name) => /[A-Z]/.test(name));
  if (names.length === 0) return;
  const places = [placeOf(sentence, quantity, { start: quantity.start, end: quantity.end + text.length })];
  const values = { stated: said(sentence, quantity), counted: String(names.length) };
  const off = Math.abs(names.length - Number(quantity.value.n));
  if (off === 0) report.checked.push({ rule: 'count.list', places, values });
  else if (off <= 2) report.findings.push({ rule: 'count.list', places, values });
}

function total(
  reading: Reading,
  sentence: Sentence,
  noun: string,
  items: readonly Item[],
  report: Report,
): void {
  const sum = items.reduce((all, { quantity }) => all + quantity.value.n, 0n);
  const years = items.map(({ year }) => year);
  const [from, to] = [Math.min(...years), Math.max(...years)];
  for (const other of reading.sentences) {
    if (other.block === sentence.block || other.part !== sentence.part) continue;
    const span = other.times.find(({ first, last }) => first <= from && last >= to && last > first);
    if (span === undefined) continue;
    const whole = other.quantities.find(
      ({ dimension, hedge, end, value }) =>
        dimension === 'count' &&
        hedge === 'exact' &&
        value.d === 1n &&
        wordsBetween(other, end, end + 50)
          .split(/[,;.(]/)[0]
          ?.split(/\s+/)
          .some((word) => word !== '' && stem(word) === noun) === true,
    );
    if (whole === undefined || whole.value.n * 2n < sum || whole.value.n > sum * 2n) continue;
    const first = items[0];
    const last = items.at(-1);
    if (first === undefined || last === undefined) return;
    const found = {
      rule: 'list.sum' as const,
      places: [placeOf(sentence, first.quantity, last.quantity), placeOf(other, whole)],
      values: {
        parts: items.map(({ quantity }) => said(sentence, quantity)).join(' + '),
        sum: sum.toString(),
        whole: said(other, whole),
      },
    };
    if (whole.value.n === sum) report.checked.push(found);
    else report.findings.push(found);
    return;
  }
}
