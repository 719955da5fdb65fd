import { type Breakdown, comparePeriods } from '../../model/index.ts';
import type { ObservationRun } from '../../store/index.ts';
import type { OpenRow } from './row.ts';

/** What is said of a value beside its period, number and place in the source. */
export type Said = Pick<OpenRow, 'unit' | 'status' | 'qualifier' | 'comment' | 'source'>;

/**
 * Values of one indicator, area and breakdown, column by column: the lists go together. A writer makes the text of what a
 * series shares once, and of {@link Said} once for all neighbours that hold the very same one.
 */
export interface OpenSeries extends Pick<OpenRow, 'indicator' | 'area'> {
  readonly breakdown: Breakdown;
  readonly periods: readonly string[];
  readonly values: readonly (string | null)[];
  readonly locators: readonly string[];
  readonly said: readonly Said[];
  /** Whether each locator can stand in every format as it is. */
  readonly isPlain: boolean;
}

/** Letters, digits and marks that neither CSV nor XML nor JSON writes otherwise; 2 where no text may begin with it that a spreadsheet reads. */
const marks = new Uint8Array(128);
for (let letter = 0; letter < 128; letter += 1) {
  const text = String.fromCharCode(letter);
  marks[letter] = /[A-Za-z0-9#(/._]/.test(text) ? 1 : /[ :;)*+=-]/.test(text) ? 2 : 0;
}

/** Whether each of them can stand in every format as it is: letter by letter, since this is asked of every value. */
function arePlain(texts: readonly string[]): boolean {
  for (const text of texts) {
    if (marks[text.charCodeAt(0)] === 2) return false;
    for (let at = 0; at < text.length; at += 1) {
      const letter = text.charCodeAt(at);
      if (letter < 128 ? marks[letter] === 0 : letter < 0x3400 || letter > 0x9fff) return false;
    }
  }
  return true;
}

/** Rows as series: those that follow each other and share indicator, area and the very same breakdown. */
export function seriesOf(rows: readonly OpenRow[]): readonly OpenSeries[] {
  const made: OpenSeries[] = [];
  let from = 0;
  for (let at = 1; at <= rows.length; at += 1) {
    const [first, row] = [rows[from], rows[at]];
    if (first === undefined) break;
    const { indicator, area, breakdown } = first;
    if (row?.breakdown === breakdown && row.area === area && row.indicator === indicator) continue;
    const own = rows.slice(from, at);
    let last: Said = first;
    made.push({
      indicator,
      area,
      breakdown,
      periods: own.map(({ period }) => period),
      values: own.map(({ value }) => value),
      locators: own.map(({ locator }) => locator),
      said: own.map((each) => {
        if (!isSaidAlike(each, last)) last = each;
        return last;
      }),
      isPlain: arePlain(own.map(({ locator }) => locator)),
    });
    from = at;
  }
  return made;
}

const isSaidAlike = (a: Said, b: Said): boolean =>
  a.unit === b.unit &&
  a.status === b.status &&
  a.qualifier === b.qualifier &&
  a.comment === b.comment &&
  a.source === b.source;

/** Stored runs of one indicator as series, in the order of every format: area, breakdown, period. */
export function seriesOfRuns(runs: readonly ObservationRun[]): readonly OpenSeries[] {
  const byText = new Map<string, ObservationRun[]>();
  for (const run of runs) {
    const text = seriesText(run);
    const list = byText.get(text);
    if (list === undefined) byText.set(text, [run]);
    else list.push(run);
  }
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, list]) => joined(list));
}

function joined(runs: readonly ObservationRun[]): readonly OpenSeries[] {
  const [first] = runs;
  if (first === undefined) return [];
  const { indicator, area, breakdown } = first;
  const said = runs.map(saidOf);
  const whole = {
    indicator,
    area,
    breakdown,
    isPlain: runs.every(({ locators }) => arePlain(locators)),
  };
  const { periods, values, locators } = first;
  const [only] = said;
  if (runs.length === 1 && only !== undefined && isInOrder(periods))
    return [{ ...whole, periods, values, locators, said: new Array<Said>(periods.length).fill(only) }];
  const all = runs.flatMap((run, from) => run.periods.map((period, at) => ({ period, from, at })));
  all.sort((a, b) => periodOrder(a.period, b.period) || (a.period < b.period ? -1 : 1));
  return [
    {
      ...whole,
      periods: all.map(({ period }) => period),
      values: all.map(({ from, at }) => runs[from]?.values[at] ?? null),
      locators: all.map(({ from, at }) => runs[from]?.locators[at] ?? ''),
      said: all.flatMap(({ from }) => said[from] ?? []),
    },
  ];
}

function isInOrder(periods: readonly string[]): boolean {
  for (let at = 1; at < periods.length; at += 1) {
    const [before, period] = [periods[at - 1] ?? '', periods[at] ?? ''];
    const order = periodOrder(before, period);
    if (order > 0 || (order === 0 && before > period)) return false;
  }
  return true;
}

function saidOf({ unit, status, qualifier, reason, note, source }: ObservationRun): Said {
  return { unit, status, qualifier, comment: commentOf(reason, note), source };
}

/** Why there is no value, or what the source adds. */
export function commentOf(reason: ObservationRun['reason'], note: string | null): string | null {
  return reason === null ? note : reason.en === '' ? reason.zh : reason.en;
}

/** Years, by far the most, are compared as text. */
export function periodOrder(a: string, b: string): number {
  if (a.length === 4 && b.length === 4) return a < b ? -1 : a > b ? 1 : 0;
  return comparePeriods(a, b);
}

export function seriesText({ area, breakdown }: Pick<OpenRow, 'area' | 'breakdown'>): string {
  let text = area;
  for (const dimension of Object.keys(breakdown).sort()) text += ` ${dimension}=${breakdown[dimension]}`;
  return text;
}
