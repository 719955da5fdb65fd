import { Catalogue } from './catalogue.ts';
import type { Place } from './place.ts';

/** A newer state of a place, and the indicators whose figures may differ from those of the state before. */
export interface PlaceChange {
  readonly place: Place;
  readonly indicators: ReadonlySet<string> | 'all';
}

/**
 * The places that a site shows, as they are now. A place is put in whole: whoever asks sees either the old state of it or
 * the new one. What a reader is being answered from stays as it was.
 */
export class LivePlaces {
  #catalogues: readonly Catalogue[];
  #version = 0;

  constructor(places: readonly Place[]) {
    this.#catalogues = places.map((place) => new Catalogue(place));
  }

  /** Grows with every change: what was made from an older version is out of date. */
  get version(): number {
    return this.#version;
  }

  /** In the order in which places are listed. */
  catalogues(): readonly Catalogue[] {
    return this.#catalogues;
  }

  /** Puts newer states of places in place of the old ones, all at once; a place that is not there yet is added. */
  replace(changes: readonly PlaceChange[]): void {
    if (changes.length === 0) return;
    const next = [...this.#catalogues];
    for (const { place, indicators } of changes) {
      const at = next.findIndex(({ city }) => city === place.workspace.city.id);
      const before = next[at];
      if (before === undefined) next.push(new Catalogue(place));
      else next[at] = new Catalogue(place, indicators === 'all' ? null : { before, indicators });
    }
    this.#catalogues = next;
    this.#version += 1;
  }
}
