import type { ReadNames } from '../figures/index.ts';
import type { Catalogue, IndicatorEntry, Series } from './catalogue.ts';
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
  const made = oncePerPart((entry, view) => make(entry, view));
  return (entry, view) => made(entry, view, '');
}

/** The same for a part of an indicator, such as one area's values. */
export function oncePerPart<T>(
  make: (entry: IndicatorEntry, view: PlaceView, part: string) => T,
): (entry: IndicatorEntry, view: PlaceView, part: string) => T {
  const forms = keptBySeries<T>();
  return (entry, view, part) =>
    forms(entry, view.here, `${view.language} ${part}`, () => make(entry, view, part));
}

/** The same for what no language is in. */
export function oncePerIndicator<T>(
  make: (entry: IndicatorEntry, here: Catalogue) => T,
): (entry: IndicatorEntry, here: Catalogue) => T {
  const forms = keptBySeries<T>();
  return (entry, here) => forms(entry, here, '', () => make(entry, here));
}

function keptBySeries<T>(): (entry: IndicatorEntry, here: Catalogue, form: string, make: () => T) => T {
  const all = new WeakMap<readonly Series[], Map<string, Kept<T>>>();
  return (entry, here, form, make) => {
    const { series } = entry;
    const { reads } = here.place;
    const forms = all.get(series) ?? new Map<string, Kept<T>>();
    const known = forms.get(form);
    if (known !== undefined) {
      if (known.read !== null) reads?.again(known.read);
      return known.made;
    }
    const fresh = reads === undefined ? { made: make(), read: null } : reads.during(make);
    all.set(series, forms.set(form, fresh));
    return fresh.made;
  };
}
