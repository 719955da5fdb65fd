import {
  add,
  compare,
  divide,
  isZero,
  magnitude,
  type Rational,
  rational,
  subtract,
  toDecimal,
  toNumber,
  zero,
} from '../../model/index.ts';
import type { Draft } from '../finding.ts';
import { place } from './place.ts';
import { type DataContext, grouped, isAdditive, isTotal, type NumberRow, placesOf } from './row.ts';

/** A total held against its parts. */
interface Held {
  readonly indicator: string;
  readonly dimension: string;
  /** Null when they agree. */
  readonly draft: Draft | null;
  /** How far off as a share of the total: 1 when wholly. */
  readonly off: number;
  /** Whether all categories are there. */
  readonly complete: boolean;
}

/** Totals against the categories of a breakdown, and cities against their districts. */
export function checkSums(rows: readonly NumberRow[], context: DataContext): Draft[] {
  const held: Held[] = [];
  breakdownSums(rows, context, held);
  const means = areaSums(rows, context, held);
  return [...disagreements(held, context), ...means];
}

/**
 * Where nothing declares that parts add up, their numbers must: at least half of the totals agree with their parts; or a
 * quarter do, or there are one or two only, and this one misses by less than a tenth; or this one misses by less than a hundredth. Categories that overlap,
 * wages of groups or indices add up nowhere and are no error, though by chance one of them comes near; a single group of them
 * may come near often, so categories that are not all there are held only where half of the totals agree.
 */
function disagreements(held: readonly Held[], context: DataContext): Draft[] {
  const series = grouped(held, ({ indicator, dimension }) => `${indicator}\u0001${dimension}`);
  return [...series.values()].flatMap((all) => {
    const declared = context.indicators?.get(all[0]?.indicator ?? '')?.additive === true;
    const agreeing = all.filter(({ draft }) => draft === null).length;
    const least = agreeing * 2 >= all.length ? 1 : agreeing * 4 >= all.length || all.length < 3 ? 0.1 : 0.01;
    return all.flatMap(({ draft, off, complete }) => {
      const isTold = declared || (off <= least && (complete || least === 1 || all.length < 3));
      return draft !== null && isTold ? [draft] : [];
    });
  });
}

function breakdownSums(rows: readonly NumberRow[], context: DataContext, held: Held[]): void {
  const wholes = categories(rows, context);
  const cells = grouped(rows, ({ area, indicator, period }) => [area, indicator, period].join('\u0001'));
  for (const cell of cells.values()) {
    const total = cell.find(isTotal);
    if (total === undefined || !isAdditive(total, context)) continue;
    const byDimension = grouped(
      cell.filter(({ breakdown }) => Object.keys(breakdown).length === 1),
      ({ breakdown }) => Object.keys(breakdown)[0] ?? '',
    );
    for (const [dimension, parts] of byDimension) {
      const whole = wholes.get(`${total.indicator}\u0001${dimension}`) ?? new Set();
      const there = new Set(parts.map(({ breakdown }) => breakdown[dimension] ?? ''));
      const complete = [...whole].every((category) => there.has(category));
      held.push(...against(total, unique(parts), complete, dimension, isDeclared(total, context)));
    }
  }
}

/** The categories that make the whole: declared, or all that the indicator ever uses. */
function categories(rows: readonly NumberRow[], context: DataContext): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { indicator, breakdown } of rows) {
    const entries = Object.entries(breakdown);
    const [entry] = entries;
    if (entry === undefined || entries.length !== 1) continue;
    const key = `${indicator}\u0001${entry[0]}`;
    const set = found.get(key) ?? new Set(context.dimensions?.get(entry[0]) ?? []);
    found.set(key, set.add(entry[1]));
  }
  return found;
}

function areaSums(rows: readonly NumberRow[], context: DataContext, held: Held[]): Draft[] {
  const { areas } = context;
  if (areas === undefined) return [];
  const children = new Map<string, string[]>();
  for (const [area, parent] of areas)
    if (parent !== null) children.set(parent, [...(children.get(parent) ?? []), area]);
  const drafts: Draft[] = [];
  const cells = grouped(rows, ({ indicator, period, breakdown }) =>
    [indicator, period, JSON.stringify(Object.entries(breakdown).sort())].join('\u0001'),
  );
  for (const cell of cells.values()) {
    const byArea = new Map(cell.map((row) => [row.area, row]));
    for (const [parent, members] of children) {
      const total = byArea.get(parent);
      const parts = members.flatMap((member) => byArea.get(member) ?? []);
      if (total === undefined || parts.length < 2) continue;
      const complete = parts.length === members.length;
      if (isAdditive(total, context))
        held.push(...against(total, parts, complete, 'area', isDeclared(total, context)));
      else if (complete) drafts.push(...between(total, parts));
    }
  }
  return drafts;
}

const isDeclared = ({ indicator }: NumberRow, { indicators }: DataContext): boolean =>
  indicators?.get(indicator)?.additive === true;

const unique = (parts: readonly NumberRow[]): NumberRow[] => [
  ...new Map(parts.map((part) => [JSON.stringify(part.breakdown), part])).values(),
];

function halfPlace(text: string): Rational {
  return rational(1n, 2n * 10n ** BigInt(placesOf(text)));
}

/** The sum may miss the total by what rounding explains; incomplete parts may only fall short. */
function against(
  total: NumberRow,
  parts: readonly NumberRow[],
  complete: boolean,
  dimension: string,
  /** Whether the indicator says that its parts add up. */
  exact: boolean,
): Held[] {
  if (parts.length === 0 || parts.some(({ unit }) => unit !== total.unit)) return [];
  const { indicator } = total;
  const sum = parts.reduce((all, { number }) => add(all, number), zero);
  const slack = parts.reduce((all, { text }) => add(all, halfPlace(text)), halfPlace(total.text));
  const gap = subtract(sum, total.number);
  const off = isZero(total.number)
    ? 1
    : Math.min(1, toNumber(divide(magnitude(gap), magnitude(total.number))));
  // Whole numbers leave nothing to rounding, unless they are measured and large: then the last digit was rounded too.
  const whole =
    parts.every(({ text }) => placesOf(text) === 0) &&
    placesOf(total.text) === 0 &&
    (exact || off > 1e-4 || /^(?:\{|count$|persons?$)/.test(total.unit));
  const room = whole ? zero : slack;
  const above = compare(gap, room) > 0 && parts.every(({ number }) => number.n >= 0n);
  const below = compare(gap, { n: -room.n, d: room.d }) < 0;
  if (!(above || (below && complete)))
    return complete ? [{ indicator, dimension, draft: null, off: 0, complete }] : [];
  const draft: Draft = {
    rule: 'data.sum',
    places: [
      place(total, 'value', total.text),
      ...parts.slice(0, 24).map((part) => place(part, 'value', part.text)),
    ],
    values: {
      dimension,
      sum: toDecimal(sum),
      total: total.text,
      gap: toDecimal(gap),
      cell: `${total.area} ${total.indicator} ${total.period}`,
    },
  };
  return [{ indicator, dimension, draft, off, complete }];
}

/** A rate of the whole lies between the lowest and the highest rate of its parts. */
function between(total: NumberRow, parts: readonly NumberRow[]): Draft[] {
  if (parts.some(({ unit }) => unit !== total.unit)) return [];
  const sorted = [...parts].sort((a, b) => compare(a.number, b.number));
  const [low, high] = [sorted[0], sorted.at(-1)];
  if (low === undefined || high === undefined) return [];
  const room = divide(halfPlace(total.text), rational(1n, 2n));
  if (
    compare(total.number, subtract(low.number, room)) >= 0 &&
    compare(total.number, add(high.number, room)) <= 0
  )
    return [];
  return [
    {
      rule: 'data.mean',
      places: [
        place(total, 'value', total.text),
        place(low, 'value', low.text),
        place(high, 'value', high.text),
      ],
      values: {
        cell: `${total.area} ${total.indicator} ${total.period}`,
        total: total.text,
        low: low.text,
        high: high.text,
      },
    },
  ];
}
