import type { ChartValue } from '../../chart/index.ts';
import { decimalsOf, formatNumber, periodText } from '../../language/index.ts';
import {
  decimal,
  divide,
  isZero,
  magnitude,
  multiply,
  rational,
  subtract,
  toDecimal,
} from '../../model/index.ts';
import { fill } from '../words.ts';
import { arrange } from './arrange.ts';
import type { Choice } from './choice.ts';
import { type Explored, periodsOf } from './explored.ts';
import { explorerWords } from './words.ts';

/** How far every series shown has come between the ends of the span: a row each, exact inside, rounded to be read. */
export interface ChangeTable {
  readonly title: string;
  /** The order of the rows that a press on a column asks for. */
  readonly head: readonly { readonly name: string; readonly order: Choice['order'] | null }[];
  readonly rows: readonly (readonly string[])[];
}

/** Null where there is one moment only, or one series: its sentence says it already. */
export function changeTable(whole: Explored, choice: Choice): ChangeTable | null {
  const { language, unit } = whole;
  const t = explorerWords[language];
  const [first = '', last = ''] = [periodsOf(whole)[0], periodsOf(whole).at(-1)];
  // A chart of one moment has no beginning of its own: the table goes from the first there is.
  const from = choice.from < choice.to ? choice.from : first;
  const to = from < choice.to ? choice.to : last;
  if (from >= to) return null;
  const state = arrange(whole, { ...choice, kind: 'slope', measure: 'value', from, to });
  if (state.kind !== 'slope' || state.pairs.length < 2) return null;
  const isShare = unit === '%';
  const [began, ended] = [from, to].map((period) => periodText(period, language));
  return {
    title: fill(t.changeOf, { from: began ?? '', to: ended ?? '' }),
    head: [
      { name: t.series, order: 'name' },
      { name: began ?? '', order: null },
      { name: ended ?? '', order: 'value' },
      { name: isShare ? t.points : t.difference, order: 'change' },
      ...(isShare ? [] : [{ name: t.relative, order: 'rate' as const }]),
    ],
    rows: state.pairs.map(({ name, from: start, to: end }) => [
      name,
      shown(start),
      shown(end),
      differenceOf(start, end, language),
      ...(isShare ? [] : [rateOf(start, end, language)]),
    ]),
  };
}

const shown = ({ value, label, reason }: ChartValue): string => (value === null ? (reason ?? '') : label);

function differenceOf(start: ChartValue, end: ChartValue, language: Explored['language']): string {
  if (start.value === null || end.value === null) return '';
  const decimals = Math.min(3, Math.max(decimalsOf(start.value), decimalsOf(end.value)));
  const value = toDecimal(subtract(decimal(end.value), decimal(start.value)));
  return formatNumber(value, { language, decimals, signed: true });
}

function rateOf(start: ChartValue, end: ChartValue, language: Explored['language']): string {
  const rate = relativeChange(start.value, end.value);
  return rate === null ? '' : `${formatNumber(rate, { language, decimals: 1, signed: true })} %`;
}

/** A change as a percentage of the size of its beginning, exact; null without both ends, and from zero, of which nothing is a percentage. */
export function relativeChange(start: string | null, end: string | null): string | null {
  if (start === null || end === null) return null;
  const base = decimal(start);
  if (isZero(base)) return null;
  return toDecimal(multiply(divide(subtract(decimal(end), base), magnitude(base)), rational(100n)));
}
