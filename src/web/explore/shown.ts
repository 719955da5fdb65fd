import type { ChartState } from '../../chart/index.ts';
import type { IndicatorEntry } from '../catalogue.ts';
import { leadingFigure, sentence } from '../leading.ts';
import { recentOf } from '../recent-of.ts';
import { named, type PlaceView } from '../view.ts';
import { arrange } from './arrange.ts';
import { type ChartKind, type Choice, readChoice, unfilled } from './choice.ts';
import type { Explored } from './explored.ts';
import { exploredOf, isWorthDrawing } from './indicator-chart.ts';

/** What an address shows of an indicator. */
export interface Shown {
  readonly whole: Explored;
  readonly choice: Choice;
  readonly state: ChartState;
  /** The kind of chart that the address asks for and the data cannot fill. */
  readonly unfilled: ChartKind | null;
}

/** Charts of indicators held for those who ask next. */
const mostHeld = 24;

/** All that can be drawn of an indicator, under its finding; null where there is nothing to draw. */
const wholeOf: (entry: IndicatorEntry, view: PlaceView) => Explored | null = recentOf(
  mostHeld,
  (entry, view) => {
    const finding = leadingFigure(entry, view);
    const title = finding === null ? named(entry.indicator.name, view) : sentence(finding, entry, view);
    const whole = exploredOf(entry, title, view);
    if (whole === null || !isWorthDrawing(whole)) return null;
    return finding === null ? whole : { ...whole, code: finding.code };
  },
);

/** The chart that an address chooses; null where there is nothing to draw. */
export function shownOf(entry: IndicatorEntry, query: string, view: PlaceView): Shown | null {
  const coded = wholeOf(entry, view);
  if (coded === null) return null;
  const choice = readChoice(query, coded);
  const other = choice.against === null ? undefined : view.here.entries.get(choice.against);
  const against = other === undefined ? null : exploredOf(other, named(other.indicator.name, view), view);
  return { whole: coded, choice, state: arrange(coded, choice, against), unfilled: unfilled(query, coded) };
}
