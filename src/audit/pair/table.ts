import { equals, multiply, type Rational } from '../../model/index.ts';
import type { Draft } from '../finding.ts';
import { marksOf } from '../read/marks.ts';
import type { Reading } from '../read/reading.ts';
import { tokensOf } from '../read/token.ts';
import { type Block, placeIn } from '../text.ts';
import { nameMatch, type TableCell, tableCells } from './cell.ts';
import type { Term } from './terms.ts';

/** Tables that differ: rows with other numbers of items, heads with another unit, cells and rows that changed places. */
export function tableDrafts(en: Reading, zh: Reading, terms: readonly Term[]): Draft[] {
  const [left, right] = [tables(en), tables(zh)];
  const units = unitLines(en, zh);
  if (left.length !== right.length) return units;
  return [
    ...units,
    ...left.flatMap((rows, table): Draft[] => {
      const others = right[table] ?? [];
      if (rows.length !== others.length) return [];
      const found = rows.flatMap((row, index) => itemsApart(row, others[index], index));
      return [...found, ...gridDrafts(rows, others, terms)];
    }),
  ];
}

function itemsApart(row: Block, other: Block | undefined, index: number): Draft[] {
  if (other === undefined) return [];
  const [a, b] = [items(row), items(other)];
  if (a === b || Math.max(a, b) < 2) return [];
  return [
    {
      rule: 'pair.items',
      places: [
        placeIn(row, 0, Math.min(80, row.text.length)),
        placeIn(other, 0, Math.min(50, other.text.length)),
      ],
      values: { row: String(index + 1), one: String(a), other: String(b) },
    },
  ];
}

const items = ({ raw }: Block): number => raw.match(/<li>|<li /g)?.length ?? 0;

export function tables(reading: Reading): Block[][] {
  const found: Block[][] = [];
  let open: Block[] = [];
  for (const block of reading.blocks) {
    if (block.kind === 'row') open.push(block);
    else {
      if (open.length > 1) found.push(open);
      open = [];
    }
  }
  if (open.length > 1) found.push(open);
  return found;
}

const isRule = ({ text }: Block): boolean => /^[\s|:-]+$/.test(text);

/** Compares two tables of one shape cell by cell. */
function gridDrafts(rows: readonly Block[], others: readonly Block[], terms: readonly Term[]): Draft[] {
  const a = rows.filter((row) => !isRule(row)).map(tableCells);
  const b = others.filter((row) => !isRule(row)).map(tableCells);
  if (a.length !== b.length || a.length > 400) return [];
  const head = headDrafts(a[0] ?? [], b[0] ?? []);
  const order = rowOrder(a, b, terms);
  return [...head, ...namesApart(a, b, order, terms), ...cellsApart(a, b, order)];
}

/** For every row of the first table, its row in the second: by the names of the first column where they tell, else its place. */
function rowOrder(
  a: readonly (readonly TableCell[])[],
  b: readonly (readonly TableCell[])[],
  terms: readonly Term[],
): number[] {
  return a.map((row, index) => {
    const name = row[0];
    const same = b[index]?.[0];
    if (name === undefined || same === undefined || nameMatch(name.text, same.text, terms)) return index;
    const places = b.flatMap((other, at) =>
      other[0] !== undefined && nameMatch(name.text, other[0].text, terms) ? [at] : [],
    );
    return places.length === 1 ? (places[0] ?? index) : index;
  });
}

/** A row whose numbers are those of its fellow, under the name of another place or thing. */
function namesApart(
  a: readonly (readonly TableCell[])[],
  b: readonly (readonly TableCell[])[],
  order: readonly number[],
  terms: readonly Term[],
): Draft[] {
  const fits = a.map((row, index) => {
    const other = b[order[index] ?? index];
    return row[0] !== undefined && other?.[0] !== undefined && nameMatch(row[0].text, other[0].text, terms);
  });
  // Names that can be read in most rows: only then does one that cannot say something.
  if (fits.filter(Boolean).length < Math.max(2, Math.ceil((a.length - 2) * 0.6))) return [];
  return a.flatMap((row, index): Draft[] => {
    const other = b[order[index] ?? index];
    const [x, y] = [row[0], other?.[0]];
    if (fits[index] === true || index === 0 || x === undefined || y === undefined) return [];
    if (!/^\p{Lu}\p{Ll}+/u.test(x.text) || /^(?:total|sum|average|all|other|whole)/i.test(x.text)) return [];
    const known = isKnown(x.text, a, b, terms) || isKnownIn(y.text, a, b, terms);
    const numbers = numbersOf(row);
    if (!known && (numbers.length < 2 || numbers.join() !== numbersOf(other ?? []).join())) return [];
    if (!/^\p{Lu}\p{Ll}+(?: (?:District|County|City|Town|New Area))?$/u.test(x.text)) return [];
    return [
      {
        rule: 'pair.name',
        places: [placeIn(x.block, x.start, x.end), placeIn(y.block, y.start, y.end)],
        values: { one: x.text, other: y.text },
      },
    ];
  });
}

const isKnown = (
  name: string,
  a: readonly (readonly TableCell[])[],
  b: readonly (readonly TableCell[])[],
  terms: readonly Term[],
) => b.some((row) => row[0] !== undefined && nameMatch(name, row[0].text, terms)) && a.length > 0;
const isKnownIn = (
  name: string,
  a: readonly (readonly TableCell[])[],
  b: readonly (readonly TableCell[])[],
  terms: readonly Term[],
) => a.some((row) => row[0] !== undefined && nameMatch(row[0].text, name, terms)) && b.length > 0;

const numberIn = (text: string): string | null =>
  /^[<>≤≥~≈]?\s*[-+−]?\d[\d,]*(?:\.\d+)?\s*[%％‰]?$/.test(text)
    ? text
        .replace(/[,\s]/g, '')
        .replace('％', '%')
        .replace('−', '-')
        .replace(/(\.\d*?)0+(?=%?$)/, '$1')
        .replace(/\.(?=%?$)/, '')
    : null;

const numbersOf = (row: readonly TableCell[]): string[] => row.flatMap(({ text }) => numberIn(text) ?? []);

/** Numbers that stand in another cell of the table than in the other version. */
function cellsApart(
  a: readonly (readonly TableCell[])[],
  b: readonly (readonly TableCell[])[],
  order: readonly number[],
): Draft[] {
  const inA = new Set(a.flatMap(numbersOf));
  const inB = new Set(b.flatMap(numbersOf));
  return a.flatMap((row, index): Draft[] => {
    const other = b[order[index] ?? index];
    if (other === undefined || other.length !== row.length) return [];
    const apart = row.flatMap((cell, column) => {
      const fellow = other[column];
      const [x, y] = [numberIn(cell.text), fellow === undefined ? null : numberIn(fellow.text)];
      return fellow !== undefined && x !== null && y !== null && x.replace('%', '') !== y.replace('%', '')
        ? [{ cell, fellow, x, y }]
        : [];
    });
    // A number that the other table holds nowhere is another number, and told as such.
    const moved = apart.filter(({ x, y }) => inB.has(x) && inA.has(y));
    const first = moved[0];
    const last = moved.at(-1);
    if (first === undefined || last === undefined) return [];
    return [
      {
        rule: 'pair.cell',
        places: [
          placeIn(first.cell.block, first.cell.start, last.cell.end),
          placeIn(first.fellow.block, first.fellow.start, last.fellow.end),
        ],
        values: {
          name: row[0]?.text ?? '',
          one: moved.map(({ x }) => x).join(', '),
          other: moved.map(({ y }) => y).join(', '),
        },
      },
    ];
  });
}

interface HeadUnit {
  readonly size: Rational;
  readonly dimension: string;
}

/** `10,000 tonnes`, 万吨, `m²`: how much one unit of a column is. */
function headUnit(words: string): HeadUnit | null {
  const text = words.replace(/^(?:unit|in|单位)\s*[:：]?\s*/i, '').trim();
  if (text === '' || text.length > 40 || /\d{4}[年–-]/.test(text)) return null;
  const said = /^\d/.test(text) ? text : /^\p{Script=Han}/u.test(text) ? `1${text}` : `1 ${text}`;
  const mark = marksOf(tokensOf(said))[0];
  if (mark === undefined || mark.kind !== 'quantity' || mark.start !== 0) return null;
  const rest = said.slice(mark.end).trim();
  // A count of things nobody knows (`1 Nos`) says nothing; 人, 户 and 个 are what is counted.
  if (
    mark.unit === '' &&
    mark.written === '1' &&
    !/^(?:人|户|个|家|辆|persons?|people|households?|units?)/i.test(rest) &&
    !/^1[万亿千百]/.test(said) &&
    !/^1 (?:thousand|million|billion)/.test(said)
  )
    return null;
  return {
    size: multiply(mark.value, mark.factor),
    dimension: mark.dimension === 'households' ? 'count' : mark.dimension,
  };
}

const inBrackets = /[(（]([^()（）]{1,40})[)）]\s*$/;

function headDrafts(a: readonly TableCell[], b: readonly TableCell[]): Draft[] {
  if (a.length !== b.length) return [];
  return a.flatMap((cell, column): Draft[] => {
    const other = b[column];
    if (other === undefined) return [];
    const [x, y] = [inBrackets.exec(cell.text)?.[1], inBrackets.exec(other.text)?.[1]];
    if (x === undefined || y === undefined) return [];
    return unitsApart(x, y)
      ? [
          {
            rule: 'pair.head',
            places: [placeIn(cell.block, cell.start, cell.end), placeIn(other.block, other.start, other.end)],
            values: { one: x, other: y },
          },
        ]
      : [];
  });
}

function unitsApart(x: string, y: string): boolean {
  const [one, two] = [headUnit(x), headUnit(y)];
  if (one === null || two === null) return false;
  if (one.dimension !== two.dimension)
    return one.dimension !== 'count' && two.dimension !== 'count' && plain(one) === plain(two);
  return !equals(one.size, two.size);
}

/** Rates are written in too many ways to be told apart by their base. */
const plain = ({ dimension }: HeadUnit): boolean => dimension.includes('/');

/** `Unit: 10,000 tonnes` over a table and 单位：万吨: told apart one after the other, when both texts have equally many. */
function unitLines(en: Reading, zh: Reading): Draft[] {
  const [left, right] = [
    unitsSaid(en, /\bUnits?\s*[:：]\s*([^)）|]{1,40})/i),
    unitsSaid(zh, /单位\s*[:：]\s*([^)）|]{1,20})/),
  ];
  if (left.length !== right.length) return [];
  return left.flatMap((one, index): Draft[] => {
    const other = right[index];
    if (other === undefined || !unitsApart(one.words, other.words)) return [];
    return [
      { rule: 'pair.head', places: [one.place, other.place], values: { one: one.words, other: other.words } },
    ];
  });
}

function unitsSaid({ blocks }: Reading, form: RegExp): { words: string; place: Draft['places'][number] }[] {
  return blocks.flatMap((block) => {
    const found = block.text.length > 400 ? null : form.exec(block.text);
    if (found?.[1] === undefined) return [];
    return [{ words: found[1].trim(), place: placeIn(block, found.index, found.index + found[0].length) }];
  });
}
