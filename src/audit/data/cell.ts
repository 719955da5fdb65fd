import { compare, parseDecimal, periodBounds, rational, zero } from '../../model/index.ts';
import { near } from '../check/name.ts';
import type { Draft } from '../finding.ts';
import { place } from './place.ts';
import { cellKey, type DataContext, type DataRow, grouped, isMissing, numberRows } from './row.ts';

/** Each cell for itself: text for a number, empty without a reason, a period that is none, an unknown area, a value that cannot be. */
export function checkCells(rows: readonly DataRow[], context: DataContext): Draft[] {
  const signed = signedIndicators(rows);
  return rows.flatMap((row) => [
    ...valueFault(row),
    ...periodOf(row, context),
    ...areaOf(row, context),
    ...rangeOf(row, context, signed),
  ]);
}

/** Indicators whose values lie on both sides of zero: more than one in twenty below it, and two at least. */
function signedIndicators(rows: readonly DataRow[]): ReadonlySet<string> {
  const counts = new Map<string, { all: number; below: number }>();
  for (const { indicator, value } of rows) {
    const count = counts.get(indicator) ?? { all: 0, below: 0 };
    count.all += 1;
    if (/^\s*[-−]/.test(value ?? '')) count.below += 1;
    counts.set(indicator, count);
  }
  return new Set([...counts].flatMap(([id, { all, below }]) => (below > 1 && below * 20 > all ? [id] : [])));
}

/** Amounts of matter, energy, space and people: none is below zero, unless it is a balance or a change. */
const amount =
  /^(?:[kmu]?g|t|Mt|kt|tce|(?:10\*\d)?tce|k?m2?|cm|mm|m3|har|ha|mu|\[mu\]|L|[kMGT]?Wh?|[kMGT]?J|dB(?:\[A\])?|d|h|min|persons?|count)$/;
const balance =
  /net|balance|change|growth|increase|reduction|differ|anomal|deviation|sink|removal|index|rate|gap|净|差|变化|增长|增减|指数|汇/i;

function valueFault(row: DataRow): Draft[] {
  const text = row.value?.trim() ?? '';
  if (text === '')
    return isMissing(row)
      ? []
      : [{ rule: 'data.empty', places: [place(row, 'value', '')], values: { cell: cellOf(row) } }];
  if (parseDecimal(text) !== null)
    return isMissing(row)
      ? [
          {
            rule: 'data.missing',
            places: [place(row, 'value', text)],
            values: { cell: cellOf(row), value: text, status: row.status },
          },
        ]
      : [];
  // A comma before three digits groups thousands; before fewer it stands for the point.
  const plain = text
    .replace(/[\s']/g, '')
    .replace(/[%％*†]$/, '')
    .replace(/^([+-]?\d+)[,，](\d{1,2}|\d{4,})$/, '$1.$2')
    .replace(/[,，]/g, '');
  const likely = parseDecimal(plain) === null ? '@none' : plain;
  return [
    {
      rule: 'data.text',
      places: [place(row, 'value', text)],
      values: { cell: cellOf(row), value: text.slice(0, 60), likely },
    },
  ];
}

const cellOf = (row: DataRow): string => `${row.area} ${row.indicator} ${row.period}`;

function periodOf(row: DataRow, { asOf }: DataContext): Draft[] {
  const bounds = periodBounds(row.period);
  if (bounds === null)
    return [
      {
        rule: 'data.period',
        places: [place(row, 'period', row.period)],
        values: { period: row.period, reason: '@reason.noPeriod' },
      },
    ];
  if (bounds === 'undated' || asOf === undefined || row.status === 'F' || row.value === null) return [];
  if (bounds.start > asOf)
    return [
      {
        rule: 'data.period',
        places: [place(row, 'period', row.period)],
        values: { period: row.period, reason: '@reason.future' },
      },
    ];
  return [];
}

function areaOf(row: DataRow, { areas }: DataContext): Draft[] {
  if (areas === undefined || areas.has(row.area)) return [];
  const likely = [...areas.keys()].find(
    (known) =>
      near(known, row.area) ||
      near(known.toLowerCase(), row.area.toLowerCase().trim()) ||
      known.toLowerCase() === row.area.toLowerCase().trim() ||
      swapped(known, row.area),
  );
  return [
    {
      rule: 'data.area',
      places: [place(row, 'area', row.area)],
      values: { area: row.area, likely: likely ?? '@none' },
    },
  ];
}

/** Two neighbouring letters exchanged. */
function swapped(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  const differ = [...a].flatMap((letter, index) => (letter === b.charAt(index) ? [] : [index]));
  const [first, second] = differ;
  if (differ.length !== 2 || first === undefined || second !== first + 1) return false;
  return a.charAt(first) === b.charAt(second) && a.charAt(second) === b.charAt(first);
}

const hundred = rational(100n);

function rangeOf(row: DataRow, { indicators }: DataContext, signed: ReadonlySet<string>): Draft[] {
  const [numeric] = numberRows([row]);
  if (numeric === undefined) return [];
  const share = indicators?.get(row.indicator)?.share ?? false;
  const negative = compare(numeric.number, zero) < 0;
  const known = indicators?.get(row.indicator);
  const whole =
    (row.unit.startsWith('{') || amount.test(row.unit.split('/')[0] ?? '')) &&
    !signed.has(row.indicator) &&
    !balance.test(`${row.unit} ${row.indicator} ${known?.name ?? ''}`);
  const reason =
    share && compare(numeric.number, hundred) > 0
      ? '@reason.whole'
      : share && negative
        ? '@reason.negative'
        : whole && negative
          ? '@reason.negative'
          : row.unit === '%' && compare(numeric.number, rational(10000n)) > 0
            ? '@reason.percent'
            : null;
  if (reason === null) return [];
  return [
    {
      rule: 'data.impossible',
      places: [place(row, 'value', numeric.text)],
      values: { cell: cellOf(row), value: `${numeric.text} ${row.unit}`, reason },
    },
  ];
}

/** Two rows for one cell. */
export function checkDuplicates(rows: readonly DataRow[]): Draft[] {
  const drafts: Draft[] = [];
  for (const group of grouped(rows, cellKey).values()) {
    const [first, ...others] = group;
    for (const other of others) {
      if (first === undefined) continue;
      const same = first.value?.trim() === other.value?.trim() && first.unit === other.unit;
      drafts.push({
        rule: same ? 'data.repeated' : 'data.duplicate',
        places: [place(first, 'value', first.value ?? ''), place(other, 'value', other.value ?? '')],
        values: { cell: cellOf(first), one: first.value ?? '', other: other.value ?? '' },
      });
    }
  }
  return drafts;
}
