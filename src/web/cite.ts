import type { IndicatorEntry } from './catalogue.ts';
import { recentOf } from './recent-of.ts';
import { named, type PlaceView, sourceLink } from './view.ts';
import { fill } from './words.ts';

/** Documents that an indicator's values stand in, each once, in the order in which they are met. */
export const citedIn: (entry: IndicatorEntry, view: PlaceView) => readonly string[] = recentOf(
  16,
  (entry, { here }) => {
    const cited = new Set<string>();
    for (const series of entry.series)
      for (const { contributions } of here.figuresOf(series))
        for (const { source } of contributions) cited.add(source);
    return [...cited];
  },
);

/** Documents that an indicator's values and statements stand in, each once, in the order in which they are met. */
export function sourcesOf(entry: IndicatorEntry, view: PlaceView): readonly string[] {
  return [...new Set([...citedIn(entry, view), ...entry.claims.map(({ source }) => source)])];
}

/** How to cite an indicator: what, where, as of when, from which documents. */
export function citation(entry: IndicatorEntry, view: PlaceView): string {
  const names = sourcesOf(entry, view).map((id) => sourceLink(view, id).name);
  const { asOf, unnumbered } = view.here.place;
  return fill(unnumbered === true ? view.t.citeTextOfPortal : view.t.citeText, {
    title: named(entry.indicator.name, view),
    place: named(view.here.place.workspace.city.name, view),
    n: asOf,
    source: names.length === 0 ? view.t.noSources : names.join(view.language === 'zh' ? '；' : '; '),
  });
}
