import type { IndicatorEntry } from './catalogue.ts';
import { named, type PlaceView, sourceLink } from './view.ts';
import { fill } from './words.ts';

/** Documents that an indicator's values and statements stand in, each once, in the order in which they are met. */
export function sourcesOf(entry: IndicatorEntry, { here }: PlaceView): readonly string[] {
  const cited = entry.series
    .flatMap(({ values }) => values.flatMap((key) => here.figure(key).contributions))
    .map(({ source }) => source);
  return [...new Set([...cited, ...entry.claims.map(({ source }) => source)])];
}

/** How to cite an indicator: what, where, as of when, from which documents. */
export function citation(entry: IndicatorEntry, view: PlaceView): string {
  const names = sourcesOf(entry, view).map((id) => sourceLink(view, id).name);
  const { asOf, unnumbered } = view.here.place;
  return fill(unnumbered === true ? view.t.citeTextOfPortal : view.t.citeText, {
    title: named(entry.indicator.name, view),
    place: named(view.here.place.workspace.city.name, view),
    n: asOf,
    source: names.join(view.language === 'zh' ? '；' : '; '),
  });
}
