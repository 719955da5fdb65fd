import { figureSentence } from '../language/index.ts';
import type { Figure } from '../model/index.ts';
import type { IndicatorEntry } from './catalogue.ts';
import { breakdownName } from './parts/figure.tsx';
import type { PlaceView } from './view.ts';

/** Series that are asked for a value before an indicator is said to have none. */
const mostAsked = 200;

/**
 * The one figure that tells most about an indicator: how its main series changed, else its newest value; of the next series
 * where all values of the main one are missing.
 */
export function leadingFigure({ series }: IndicatorEntry, { here }: PlaceView): Figure | null {
  for (const each of series.slice(0, mostAsked)) {
    const figure = here.leadingChange(each) ?? here.latest(each);
    if (figure !== null) return figure;
  }
  return null;
}

export function sentence(figure: Figure, entry: IndicatorEntry, view: PlaceView): string {
  const area = view.here.areas.get(figure.key.area)?.name ?? { en: figure.key.area, zh: figure.key.area };
  return figureSentence(
    figure,
    entry.indicator,
    area,
    breakdownName(figure.key.breakdown, view),
    view.language,
  );
}
