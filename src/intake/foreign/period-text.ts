import { isPeriod, type Localized } from '../../model/index.ts';

/** What a cell says about time: a period of ours, or why it cannot be one. */
export type PeriodRead = { readonly period: string } | { readonly reason: Localized };

const months = new Map(
  'january february march april may june july august september october november december'
    .split(' ')
    .flatMap((name, at) => [[name, at + 1] as const, [name.slice(0, 3), at + 1] as const]),
);
months.set('sept', 9);

const two = (value: number | string): string => String(value).padStart(2, '0');

/** The other year of `2015/16` or `2014-17`, when it comes later than the first. */
function laterYear(first: string, last: string): string | null {
  const from = Number(first);
  const to =
    last.length === 4
      ? Number(last)
      : from - (from % 100) + Number(last) + (Number(last) <= from % 100 ? 100 : 0);
  return to > from && to - from <= 60 ? String(to) : null;
}

/** `2021p`, `2021 (provisional)`, `2020*`: a year and what it says of its values. */
export const markedYear =
  /^(\d{4})\s*(?:\*+|[([]?\s*(?:p|r|e|prov(?:isional)?|prelim(?:inary)?|rev(?:ised)?|est(?:imated?)?|初步|修订|预计)\.?\s*[)\]]?)$/i;

/** Text of one cell, one shape a line; `null` goes on with the next shape. */
const shapes: readonly (readonly [RegExp, (parts: readonly string[], order: ColumnForm) => string | null])[] =
  [
    [/^(\d{4})(?:\.0+)?$/, ([year = '']) => year],
    [
      /^(\d{4})-(\d{2})$/,
      ([year = '', part = ''], { fiscal }) => {
        const later = laterYear(year, part);
        if (fiscal || Number(part) > 12) return later === null ? null : `${year}/${later}`;
        return `${year}-${part}`;
      },
    ],
    [/^(\d{4})\s*[/–—-]\s*(\d{2}|\d{4})$/, ([year = '', part = '']) => spanOf(year, part)],
    [/^(\d{4})\s+(?:to|bis|a|à)\s+(\d{4})$/i, ([year = '', part = '']) => spanOf(year, part)],
    [/^(\d{4})[\s_/-]?Q([1-4])$/i, ([year, quarter]) => `${year}-Q${quarter}`],
    [/^Q([1-4])[\s_/-]?(\d{4})$/i, ([quarter, year]) => `${year}-Q${quarter}`],
    [/^(\d{4})[\s_/-]?[SHB]([12])$/i, ([year, half]) => `${year}-S${half}`],
    [/^[SH]([12])[\s_/-]?(\d{4})$/i, ([half, year]) => `${year}-S${half}`],
    [/^(\d{4})[\s_-]?M(\d{1,2})$/i, ([year, month = '']) => `${year}-${two(month)}`],
    [
      /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?$/,
      ([year, month = '', day = '']) => `${year}-${two(month)}-${two(day)}`,
    ],
    [
      /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/,
      ([a = '', b = '', year], { monthFirst }) =>
        monthFirst === null && Number(a) <= 12 && Number(b) <= 12 && a !== b
          ? null
          : monthFirst === true
            ? `${year}-${two(a)}-${two(b)}`
            : `${year}-${two(b)}-${two(a)}`,
    ],
    [/^(\d{1,2})[/.](\d{4})$/, ([month = '', year]) => `${year}-${two(month)}`],
    [
      /^([A-Za-z]{3,9})\.?[\s-]+(\d{4})$/,
      ([name = '', year]) => {
        const month = months.get(name.toLowerCase());
        return month === undefined ? null : `${year}-${two(month)}`;
      },
    ],
    [
      /^(\d{4})[\s,-]+([A-Za-z]{3,9})\.?$/,
      ([year, name = '']) => {
        const month = months.get(name.toLowerCase());
        return month === undefined ? null : `${year}-${two(month)}`;
      },
    ],
    [
      /^([A-Za-z]{3,9})\.?\s+(\d{4})\s*(?:-|–|to|until)\s*([A-Za-z]{3,9})\.?\s+(\d{4})$/i,
      ([first = '', from = '', last = '', to = '']) => {
        const [start, end] = [first, last].map((name) => months.get(name.toLowerCase()));
        if (start === undefined || end === undefined) return null;
        return Number(to) * 12 + end > Number(from) * 12 + start
          ? `${from}-${two(start)}/${to}-${two(end)}`
          : null;
      },
    ],
    // A year with the mark of a status behind it; a remark in other words may name a part of the year.
    [markedYear, ([year = '']) => year],
    [/^(\d{4})-A1$/, ([year = '']) => year],
    [/^(\d{4}(?:-\d{2}){0,2})\/(\d{4}(?:-\d{2}){0,2})$/, ([from, to]) => `${from}/${to}`],
    [
      /^(\d{4})-(\d{2})-01(?:T00:00:00)?\/P(\d{1,3})([YM])$/,
      ([year = '', month = '', count = '', step]) =>
        timeRange(Number(year), Number(month), Number(count), step === 'Y'),
    ],
    [/^(\d{4})年$/, ([year = '']) => year],
    [/^(\d{4})年(\d{1,2})月$/, ([year, month = '']) => `${year}-${two(month)}`],
    [/^(\d{4})[-\s]?W(\d{1,2})$/i, ([year, week]) => weekSpan(Number(year), Number(week))],
    [/^(\d{4})BiW(\d{1,2})$/, ([year, pair]) => fortnight(Number(year), Number(pair))],
    [/^FY\s?(\d{4})$/i, ([year = '']) => year],
  ];

/** A week of ISO 8601, Monday to Sunday, as a span of days. */
function weekSpan(year: number, week: number): string | null {
  // The 4th of January lies in week 1.
  const fourth = Date.UTC(year, 0, 4);
  const monday = fourth - ((new Date(fourth).getUTCDay() + 6) % 7) * 86_400_000 + (week - 1) * 604_800_000;
  const day = (offset: number) => new Date(monday + offset * 86_400_000).toISOString().slice(0, 10);
  // A week belongs to the year of its Thursday: week 53 is only there in some years.
  return week >= 1 && day(3).startsWith(String(year)) ? `${day(0)}/${day(6)}` : null;
}

/** Two weeks of DHIS2, the first of which is odd: `2014BiW3` are weeks 5 and 6. */
function fortnight(year: number, pair: number): string | null {
  const [first, second] = [weekSpan(year, pair * 2 - 1), weekSpan(year, pair * 2)];
  return first === null || second === null ? null : `${first.split('/')[0]}/${second.split('/')[1]}`;
}

function spanOf(first: string, last: string): string | null {
  const later = laterYear(first, last);
  return later === null ? null : `${first}/${later}`;
}

/** A time range of SDMX, its first month and its length, as a year, a month or a span of them. */
function timeRange(year: number, month: number, count: number, years: boolean): string {
  if (years && month === 1) return count === 1 ? String(year) : `${year}/${year + count - 1}`;
  const last = year * 12 + month - 1 + count * (years ? 12 : 1) - 1;
  const end = `${Math.floor(last / 12)}-${two((last % 12) + 1)}`;
  const start = `${year}-${two(month)}`;
  return start === end ? start : `${start}/${end}`;
}

/** What the whole column says about shapes that one cell leaves open. */
interface ColumnForm {
  /** `2011-12` is the year from 2011 to 2012, not December: so in a column where every such cell counts on by one. */
  readonly fiscal: boolean;
  /** `03/04/2015` begins with the month, with the day, or it cannot be known. */
  readonly monthFirst: boolean | null;
}

/**
 * A reader for one column of dates. `2011-12` and `03/04/2015` mean two things; the rest of the column decides which.
 */
export function periodReader(column: readonly string[]): (text: string) => PeriodRead {
  const cells = new Set(column.map(clean));
  let fiscal = false;
  let months = false;
  let dayOver = false;
  let monthOver = false;
  for (const cell of cells) {
    const pair = /^(\d{4})-(\d{2})$/.exec(cell);
    if (pair !== null) {
      const next = (Number(pair[1]) + 1) % 100 === Number(pair[2]);
      fiscal ||= next;
      months ||= !next && Number(pair[2]) <= 12;
    }
    const day = /^(\d{1,2})[-/.](\d{1,2})[-/.]\d{4}$/.exec(cell);
    if (day !== null) {
      dayOver ||= Number(day[1]) > 12;
      monthOver ||= Number(day[2]) > 12;
    }
  }
  const form: ColumnForm = {
    fiscal: fiscal && !months,
    monthFirst: dayOver === monthOver ? null : monthOver,
  };
  const known = new Map<string, PeriodRead>();
  return (text) => {
    const cell = clean(text);
    const before = known.get(cell);
    if (before !== undefined) return before;
    const read = readPeriod(cell, form);
    known.set(cell, read);
    return read;
  };
}

const clean = (text: string): string => text.normalize('NFKC').trim();

function readPeriod(cell: string, form: ColumnForm): PeriodRead {
  if (cell === '') return { reason: { en: 'there is no period', zh: '没有时期' } };
  for (const [shape, make] of shapes) {
    const match = shape.exec(cell);
    if (match === null) continue;
    const period = make(match.slice(1), form);
    if (period !== null && isPeriod(period)) return { period };
  }
  return {
    reason: {
      en: `'${cell.slice(0, 40)}' is no year, quarter, month, day or span of them that can be told for certain`,
      zh: `“${cell.slice(0, 40)}”不是可以确定的年、季、月、日或其区间`,
    },
  };
}
