import { compare, decimal, equals, parseDecimal, type Rational } from '../../model/index.ts';
import { interval } from '../read/marks.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { type Block, lineOf, placeIn } from '../text.ts';
import { holds } from './interval.ts';
import { emptyReport, placeOf, type Report, said } from './report.ts';
import { tellingWords } from './words.ts';

interface StackedTable {
  readonly title: Block;
  readonly rows: readonly {
    readonly year: number;
    readonly value: Rational;
    readonly block: Block;
    readonly starred: boolean;
  }[];
  readonly percent: boolean;
}

/**
 * Tables that a converter wrote one cell a line: years and numbers in turn, or all years and then all numbers. They are
 * held against the sentences around them: a value told for all years, a list of values, a rise or fall in every year.
 */
export function checkStacked(reading: Reading): Report {
  const report = emptyReport();
  const short = reading.blocks.map(({ text }) => text.length <= 40);
  let at = 0;
  while (at < reading.blocks.length) {
    if (short[at] !== true) {
      at += 1;
      continue;
    }
    let end = at;
    while (end < reading.blocks.length && short[end] === true && end - at < 60) end += 1;
    const table = end - at >= 4 ? tableOf(reading, at, end) : null;
    if (table !== null) against(reading, table, report);
    at = Math.max(end, at + 1);
  }
  return report;
}

function tableOf(reading: Reading, from: number, to: number): StackedTable | null {
  const title = reading.blocks[from - 1];
  if (title === undefined) return null;
  const years: number[] = [];
  const numbers: { value: Rational; block: Block; starred: boolean }[] = [];
  let percent = false;
  for (const block of reading.blocks.slice(from, to)) {
    const text = block.text.replace(/\s+/g, '');
    if (/^(?:evaluation|assessment)?requirements?$/i.test(text) || /[≥≤]/.test(text)) break;
    if (text === '%') percent = true;
    if (/^(?:19|20)\d\d年?$/.test(text)) years.push(Number(text.slice(0, 4)));
    else if (/^\d[\d,]*(?:\.\d+)?\*?$/.test(text)) {
      const value = parseDecimal(text.replace(/[,*]/g, ''));
      if (value !== null) numbers.push({ value, block, starred: text.endsWith('*') });
    }
  }
  if (years.length < 2 || years.length !== numbers.length) return null;
  return {
    title,
    percent,
    rows: numbers.map((number, index) => ({ ...number, year: years[index] ?? 0 })),
  };
}

/** Sentences near the table, before and after, that speak of the same thing. */
function against(reading: Reading, table: StackedTable, report: Report): void {
  const first = table.rows[0];
  if (first === undefined) return;
  const words = new Set(tellingWords(table.title.text));
  const near = reading.sentences.filter(
    ({ block }) =>
      Math.abs(lineOf(block) - lineOf(first.block)) < 60 &&
      block.index < first.block.index &&
      first.block.index - block.index < 14 &&
      block.text.length > 60,
  );
  for (const sentence of near) {
    const common = tellingWords(sentence.block.text).filter((word) => words.has(word));
    if (new Set(common).size < 2) continue;
    constant(sentence, table, report);
    list(sentence, table, report);
  }
}

/** `from 2012 to 2014 … the completion rate is 100 %`, with 97.37 in the table. */
function constant(sentence: Sentence, table: StackedTable, report: Report): void {
  const hundred = sentence.quantities.find(
    ({ dimension, value }) => dimension === 'percent' && equals(value, decimal('100')),
  );
  if (hundred === undefined || !table.percent) return;
  const span = [...sentence.times, ...spanOfBlock(sentence)].find(({ first, last }) => last > first);
  if (span === undefined) return;
  const off = table.rows.find(
    ({ year, value }) => year >= span.first && year <= span.last && compare(value, decimal('100')) < 0,
  );
  if (off === undefined) return;
  report.findings.push({
    rule: 'table.prose',
    places: [placeOf(sentence, hundred), placeIn(off.block, 0, off.block.text.length)],
    values: {
      stated: said(sentence, hundred),
      span: `${span.first}–${span.last}`,
      value: off.block.text.trim(),
      year: String(off.year),
    },
  });
}

const spanOfBlock = ({ block }: Sentence): { first: number; last: number }[] => {
  const match = /(?:from )?((?:19|20)\d\d)\s{0,3}(?:to|-|–|—|至)\s{0,3}((?:19|20)\d\d)/i.exec(block.text);
  return match === null ? [] : [{ first: Number(match[1]), last: Number(match[2]) }];
};

/** `49.5 %, 50.8 % and 51.0 % respectively` against the table's years; a single value against its year. */
function list(sentence: Sentence, table: StackedTable, report: Report): void {
  const same = sentence.quantities.filter(({ dimension }) => (dimension === 'percent') === table.percent);
  const span = sentence.times.find(({ first, last }) => last > first);
  if (span !== undefined && same.length === table.rows.length && /respectively|分别/.test(sentence.text)) {
    for (const [index, row] of table.rows.entries()) {
      const quantity = same[index];
      if (quantity === undefined || holds(interval(quantity), row.value)) continue;
      report.findings.push({
        rule: 'table.prose',
        places: [placeOf(sentence, quantity), placeIn(row.block, 0, row.block.text.length)],
        values: {
          stated: said(sentence, quantity),
          span: String(row.year),
          value: row.block.text.trim(),
          year: String(row.year),
        },
      });
    }
    return;
  }
  const [quantity] = same;
  const year = sentence.times.find(({ first, last }) => first === last)?.first;
  const row = table.rows.find((one) => one.year === year);
  if (quantity === undefined || row === undefined || same.length !== 1 || quantity.unit === '') return;
  const values = {
    stated: said(sentence, quantity),
    span: String(row.year),
    value: row.block.text.trim(),
    year: String(row.year),
  };
  const places = [placeOf(sentence, quantity), placeIn(row.block, 0, row.block.text.length)];
  if (holds(interval(quantity), row.value)) report.checked.push({ rule: 'table.prose', places, values });
  else if (wordsBetween(sentence, 0, quantity.start).length < 200)
    report.findings.push({ rule: 'table.prose', places, values });
}
