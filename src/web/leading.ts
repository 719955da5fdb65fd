import { figureSentence } from '../language/index.ts';
import type { Figure } from '../model/index.ts';
import type { IndicatorEntry } from './catalogue.ts';
import { breakdownName } from './parts/figure.tsx';
import type { PlaceView } from './view.ts';

/** The one figure that tells most about an indicator: how its main series changed, else its newest value. */
export function leadingFigure(entry: IndicatorEntry, view: PlaceView): Figure | null {
  const series = view.here.main(entry);
  if (series === null) return null;
  return view.here.leadingChange(series) ?? view.here.latest(series);
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
