import type { ReadNames } from '../figures/index.ts';
import type { Language } from '../model/index.ts';
import type { IndicatorEntry, Series } from './catalogue.ts';
import type { PlaceView } from './view.ts';

interface Kept<T> {
  readonly made: T;
  readonly read: ReadNames | null;
}

/**
 * A function of an indicator in a language that is worked out once for each state of the indicator's values: the series of an
 * indicator that no change touched are taken over into the next state of its place, and with them what was made of them. It
 * must depend on the indicator's values and on what is declared only. Where a portal of files notes what its pages read,
 * taking what was kept counts as reading it.
 */
export function oncePerSeries<T>(
  make: (entry: IndicatorEntry, view: PlaceView) => T,
): (entry: IndicatorEntry, view: PlaceView) => T {
  const kept = new WeakMap<readonly Series[], Map<Language, Kept<T>>>();
  return (entry, view) => {
    const { series } = entry;
    const { reads } = view.here.place;
    const inLanguages = kept.get(series) ?? new Map<Language, Kept<T>>();
    const known = inLanguages.get(view.language);
    if (known !== undefined) {
      if (known.read !== null) reads?.again(known.read);
      return known.made;
    }
    const fresh =
      reads === undefined ? { made: make(entry, view), read: null } : reads.during(() => make(entry, view));
    kept.set(series, inLanguages.set(view.language, fresh));
    return fresh.made;
  };
}
