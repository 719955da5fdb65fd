import type { ReadNames } from '../figures/index.ts';
import type { Catalogue } from './catalogue.ts';

/**
 * A function of a place that is worked out once for each state of it and kept. Where a portal of files notes what its pages
 * read, a page that takes the kept answer has read what the answer was made from.
 */
export function oncePer<T>(make: (here: Catalogue) => T): (here: Catalogue) => T {
  const kept = new WeakMap<Catalogue, { readonly made: T; readonly read: ReadNames | null }>();
  return (here) => {
    const { reads } = here.place;
    const known = kept.get(here);
    if (known !== undefined) {
      if (known.read !== null) reads?.again(known.read);
      return known.made;
    }
    const fresh = reads === undefined ? { made: make(here), read: null } : reads.during(() => make(here));
    kept.set(here, fresh);
    return fresh.made;
  };
}
