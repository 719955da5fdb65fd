import { periodReader } from './period-text.ts';
import { valueReader } from './value-text.ts';

/** The header of a table: where it stands, and what its columns are called. */
export interface TableHead {
  /** Line of its last row, from 1. */
  readonly header: number;
  /** 2: an upper row whose merged cells say what columns below have in common, such as years over groups. */
  readonly headerRows: 1 | 2;
  readonly names: readonly string[];
}

/** Letters of a title or head that are looked into: beyond, it is a remark, and patterns over it would take long. */
const longestHead = 300;

type Rows = readonly (readonly string[])[];

/** Between the two rows of a header in a column's name: `2020 / women`. */
export const between = ' / ';

const width = (row: readonly string[]): number => row.filter((cell) => cell.trim() !== '').length;

export const isPeriodText = (cell: string): boolean =>
  /\d{4}/.test(cell) && 'period' in periodReader([cell.trim()])(cell.trim());

/** A number, and not a year. */
const isNumber = (cell: string): boolean =>
  cell.trim() !== '' && !isPeriodText(cell) && valueReader([])(cell.trim()).kind === 'value';

/** Finds the header below titles: the first row that names as many columns as the table has, or two that do together. */
export function findHead(rows: Rows): TableHead {
  const widest = Math.max(0, ...rows.slice(0, 60).map(width));
  for (let at = 0; at < Math.min(rows.length, 30); at += 1) {
    if (isDouble(rows, at, widest)) return headAt(rows, at + 2, 2);
    if (width(rows[at] ?? []) >= Math.max(2, widest - 1)) return headAt(rows, at + 1, 1);
  }
  return headAt(rows, 1, 1);
}

/** The header whose last row stands on a line. */
export function headAt(rows: Rows, header: number, headerRows: 1 | 2): TableHead {
  const low = rows[header - 1] ?? [];
  const top = headerRows === 1 ? [] : filled(rows[header - 2] ?? [], low);
  const names = Array.from({ length: Math.max(low.length, top.length) }, (_, at) => {
    const parts = [top[at] ?? '', low[at] ?? ''].map((part) => part.trim()).filter((part) => part !== '');
    return parts.length === 0 ? `column ${at + 1}` : parts.join(between);
  });
  return { header, headerRows, names };
}

/** Merged cells hold their text once, at their left: it counts for the columns to the right that have something below. */
function filled(top: readonly string[], low: readonly string[]): readonly string[] {
  const all: string[] = [];
  let last = '';
  for (let at = 0; at < Math.max(top.length, low.length); at += 1) {
    const own = (top[at] ?? '').trim();
    if (own !== '') last = own;
    all.push(own !== '' ? own : (low[at] ?? '').trim() === '' ? '' : last);
  }
  return all;
}

/** Two rows make one header when the upper has gaps that the lower fills, neither holds numbers, and numbers follow. */
function isDouble(rows: Rows, at: number, widest: number): boolean {
  const [top = [], low = [], below = []] = rows.slice(at, at + 3);
  const covered = Math.max(top.length, low.length);
  const both = Array.from({ length: covered }, (_, column) => `${top[column] ?? ''}${low[column] ?? ''}`);
  return (
    width(top) >= 2 &&
    width(low) >= 2 &&
    width(both) >= widest - 1 &&
    low.some((cell, column) => cell.trim() !== '' && (top[column] ?? '').trim() === '') &&
    ![...top, ...low].some(isNumber) &&
    below.some(isNumber)
  );
}

/** What stands above a header: the unit of all values, and the title without its number and years. */
export function aboveHead(
  rows: Rows,
  { header, headerRows }: TableHead,
): {
  readonly unit?: string;
  readonly title?: string;
  /** The one year that the title names. */
  readonly period?: string;
} {
  let unit: string | undefined;
  let title: string | undefined;
  const years = new Set<string>();
  for (const cell of rows.slice(0, header - headerRows).flat()) {
    const text = cell.trim();
    if (text.length > longestHead) continue;
    const told = /^(?:(?:计量)?单位|units?|einheit|unité|unidad)\s*[:：]\s*(.+)$/iu.exec(text)?.[1];
    if (told !== undefined) unit ??= told.trim();
    for (const [year] of told === undefined ? text.matchAll(/(?<!\d)(?:19|20)\d{2}(?!\d)/g) : [])
      years.add(year);
    if (told === undefined && text !== '' && !isNumber(text))
      title ??= text
        .replace(/^(?:附?表|table|tabelle)\s*[\dIVX]+(?:[-–.]\d+)*\s*[:：.]?\s*/iu, '')
        .replace(/^\d{1,3}[-–.]\d{1,3}\s+/u, '')
        .replace(/\s*[（(]\s*\d{4}年?(?:\s*[-–—~至]\s*\d{4}年?)?\s*[）)]\s*$/u, '')
        .trim();
  }
  return {
    ...(unit === undefined ? {} : { unit }),
    ...(title === undefined || title === '' ? {} : { title }),
    ...(years.size === 1 ? { period: [...years].join('') } : {}),
  };
}

/** Words for a whole: such a row is of the place itself, such a column of no group. */
export const isWhole = (text: string): boolean =>
  /^(?:合计|总计|总数|全市|全区|全县|全体|total|all|both ?sexes|both ?sex|all ?ages?|all ?areas?|insgesamt|gesamt|ensemble)$/iu.test(
    closedHan(text.trim()),
  );

/** Yearbooks space out short words: `地 区`, `全　市`. */
export const closedHan = (text: string): string =>
  text.length > longestHead ? text : text.replace(/(?<=^\p{Script=Han})\s+(?=\p{Script=Han}$)/u, '');

/** `其中：漕河泾街道` names what comes after the colon. */
export const withoutOf = (text: string): string =>
  text.replace(/^(?:其中|of which|davon|dont)\s*[:：]\s*/iu, '');

/** A line under the table that says something of all of it: its one cell begins with such a word. */
export function remarkOf(row: readonly string[]): string | null {
  const [only, ...more] = row.map((cell) => cell.trim()).filter((cell) => cell !== '');
  if (only === undefined || more.length > 0) return null;
  return /^(?:注|备注|说明|(?:数据|资料)?来源|notes?|source|quelle|anmerkung|remark)s?\s*[\d.]*\s*[:：]/iu.test(
    only,
  )
    ? only
    : null;
}

/** A name with its unit in brackets: `常住人口（万人）`. */
export function nameAndUnit(name: string): { readonly name: string; readonly unit: string } | null {
  if (name.length > longestHead) return null;
  const match = /^(.+?)\s*[（(]([^（）()]{1,24})[）)]$/u.exec(name.trim());
  return match?.[1] === undefined || match[2] === undefined ? null : { name: match[1], unit: match[2] };
}
