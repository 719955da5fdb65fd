import { inLanguage } from '../language/index.ts';
import type { Language, Localized, SourceDocument } from '../model/index.ts';
import { address } from './address.ts';
import type { Catalogue } from './catalogue.ts';
import type { words } from './words.ts';

/** What every page knows: the language it speaks, its own address, all places, and the one it is about. */
export interface View {
  readonly language: Language;
  readonly t: (typeof words)[Language];
  readonly path: string;
  readonly places: readonly Catalogue[];
  readonly here: Catalogue | null;
  /** Whether the server takes things in: a published site has no registers. */
  readonly live?: boolean;
  /** Whether photographs can be shown: where nothing hands out files of the log, their captions stand alone. */
  readonly photos?: boolean;
  /** The address under which the public finds the site; null where it does not know its own. */
  readonly base: string | null;
  /** Addresses of the style sheet and the script, which name their content. */
  readonly assets: AssetAddresses;
}

export interface AssetAddresses {
  readonly style: string;
  readonly script: string | null;
  /** Address of the bundle of `*.entry.ts` by its name; null in a checkout that has not been built. */
  readonly element: (name: string) => string | null;
}

/** A view of a page about one place. */
export interface PlaceView extends View {
  readonly here: Catalogue;
}

/** A name in the page's language. */
export function named(text: Localized, { language }: Pick<View, 'language'>): string {
  return inLanguage(text, language);
}

/** A document with the place whose page tells of it: this place's own, else a related place's. */
export function sourceOf(
  view: PlaceView,
  id: string,
): { readonly source: SourceDocument; readonly city: string } | null {
  for (const each of [view.here, ...view.places]) {
    const source = each.sources.get(id);
    if (source !== undefined) return { source, city: each.city };
  }
  return null;
}

/** The name of a document, and the address of its page in the language of the view. */
export function sourceLink(view: PlaceView, id: string): { readonly name: string; readonly href: string } {
  const known = sourceOf(view, id);
  return {
    name: known === null ? id : named(known.source.title, view),
    href: address.source(view.language, known?.city ?? view.here.city, id),
  };
}

/** A name in the page's language, or its code when nothing is known by it. */
export function areaName(view: PlaceView, area: string): string {
  const known = view.here.areas.get(area);
  return known === undefined ? area : named(known.name, view);
}
