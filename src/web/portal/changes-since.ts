import { figureCode, figureKeyText } from '../../figures/index.ts';
import type { Figure } from '../../model/index.ts';
import type { EditionFigure } from '../../publish/index.ts';
import { periodOf } from '../catalogue.ts';
import type { PlaceView } from '../view.ts';

/** A figure that an edition gives, beside what it is now; null where it is no longer given. */
export interface Change {
  readonly was: EditionFigure;
  readonly now: Figure | null;
}

/** How the figures of now differ from those of an edition. */
export interface Changes {
  readonly changed: readonly Change[];
  readonly withdrawn: readonly Change[];
  /** The same value, computed from other records. */
  readonly other: readonly Change[];
  readonly added: readonly Figure[];
}

/** Compares figure by figure: a key names the same question in every edition, also in those with shorter codes. */
export function changesSince(edition: readonly EditionFigure[], view: PlaceView): Changes {
  const { here } = view;
  const own = edition.filter(({ key }) => key.city === here.city);
  const pairs = own.map((was): Change => ({ was, now: here.place.figures.byCode(figureCode(was.key)) }));
  const known = new Set(own.map(({ key }) => figureKeyText(key)));
  const indicators = new Set(own.map(({ key }) => key.indicator));
  const added = here.listed
    .filter(({ indicator }) => indicators.has(indicator.id))
    .flatMap(({ series }) => series.flatMap(({ values }) => values))
    .filter((key) => !known.has(figureKeyText(key)) && periodOf(key) !== 'undated')
    .map((key) => here.figure(key))
    .filter(({ value }) => value !== null);
  return {
    changed: pairs.filter(({ was, now }) => now !== null && now.value !== was.value),
    withdrawn: pairs.filter(({ now }) => now === null),
    other: pairs.filter(({ was, now }) => now !== null && now.value === was.value && now.root !== was.root),
    added,
  };
}
