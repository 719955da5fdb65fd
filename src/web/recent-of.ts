import type { ReadNames } from '../figures/index.ts';
import type { Language } from '../model/index.ts';
import type { Catalogue, IndicatorEntry } from './catalogue.ts';
import type { PlaceView } from './view.ts';

interface Kept<T> {
  readonly entry: IndicatorEntry;
  readonly language: Language;
  readonly places: readonly Catalogue[];
  readonly made: T;
  readonly read: ReadNames | null;
}

/**
 * A function of an indicator in a language, kept for those that were asked for last: the pages of one indicator, and the
 * states of its chart that a reader tries, need the same again and again. It must depend on the entry, the language and the
 * places only. Where a portal of files notes what its pages read, taking what was kept counts as reading it.
 */
export function recentOf<T>(
  most: number,
  make: (entry: IndicatorEntry, view: PlaceView) => T,
): (entry: IndicatorEntry, view: PlaceView) => T {
  let recent: Kept<T>[] = [];
  return (entry, view) => {
    const { language, places } = view;
    const { reads } = view.here.place;
    const known = recent.find(
      (each) => each.entry === entry && each.language === language && each.places === places,
    );
    if (known !== undefined) {
      if (known.read !== null) reads?.again(known.read);
      return known.made;
    }
    const fresh =
      reads === undefined ? { made: make(entry, view), read: null } : reads.during(() => make(entry, view));
    // What belongs to an older state of the places is not held any longer.
    recent = [
      { entry, language, places, ...fresh },
      ...recent.filter((each) => each.places === places),
    ].slice(0, most);
    return fresh.made;
  };
}
