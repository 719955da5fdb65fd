import { figureCode, readFigureCode } from '../figures/index.ts';
import { address } from './address.ts';
import { fold, longestQuery, match, mostHits } from './search-match.ts';
import { named, type View } from './view.ts';

/** One thing that a search found. */
export interface Hit {
  readonly name: string;
  /** Where it belongs: the place, the kind. */
  readonly where: string;
  readonly href: string;
}

/** One thing that can be found, with the texts by which it is found, folded, and how much it counts. */
export interface Findable {
  readonly hit: Hit;
  readonly texts: readonly string[];
  readonly weight: number;
}

/** All that can be found by name: places, indicators, areas, sources. Names count in both languages. */
export function findables(view: View): readonly Findable[] {
  const { language, t } = view;
  const found: Findable[] = [];
  for (const catalogue of view.places) {
    const { workspace } = catalogue.place;
    const place = named(workspace.city.name, view);
    const add = (texts: readonly string[], hit: Hit, weight: number): void => {
      found.push({ hit, texts: [...new Set(texts.map(fold))].filter((text) => text !== ''), weight });
    };
    add(
      [workspace.city.name.en, workspace.city.name.zh, catalogue.city],
      { name: place, where: t.places, href: address.city(language, catalogue.city) },
      3,
    );
    for (const { indicator } of catalogue.listed)
      add(
        [
          indicator.name.en,
          indicator.name.zh,
          indicator.id.replace(/[._-]/g, ' '),
          indicator.definition?.en ?? '',
          indicator.definition?.zh ?? '',
        ],
        {
          name: named(indicator.name, view),
          where: `${t.indicator} · ${place}`,
          href: address.indicator(language, catalogue.city, indicator.id),
        },
        indicator.key ? 1.5 : 1,
      );
    for (const area of workspace.city.areas)
      if (area.id !== workspace.city.area)
        add(
          [area.name.en, area.name.zh, area.id],
          {
            name: named(area.name, view),
            where: `${t.area} · ${place}`,
            href: address.district(language, catalogue.city, area.id),
          },
          0,
        );
    for (const source of workspace.city.sources)
      add(
        [source.title.en, source.title.zh, source.producer.en, source.producer.zh],
        {
          name: named(source.title, view),
          where: `${t.source} · ${place}`,
          href: address.source(language, catalogue.city, source.id),
        },
        0,
      );
  }
  return found;
}

/** How close names come to what somebody typed; 0 when not at all. */
export function closeness(query: string, names: readonly string[]): number {
  const wanted = fold(query.slice(0, longestQuery));
  return wanted === '' ? 0 : Math.max(0, ...names.map((name) => match(wanted, fold(name))));
}

/**
 * Searches what can be found, and codes of figures. A word may be misspelt by one letter from five letters on, by two from eight on; best first.
 */
export function search(text: string, view: View): readonly Hit[] {
  const query = fold(text.slice(0, longestQuery));
  if (query === '') return [];
  const code = readFigureCode(text.trim());
  const coded = view.places.flatMap(({ city, place }) =>
    (code === null ? [] : place.figures.withCode(code)).map((key): Hit => {
      const full = figureCode(key);
      return {
        name: `F·${full}`,
        where: named(place.workspace.city.name, view),
        href: address.figure(view.language, city, full),
      };
    }),
  );
  const scored = findables(view).flatMap(({ hit, texts, weight }) => {
    const score = Math.max(0, ...texts.map((each) => match(query, each)));
    return score > 0 ? [{ hit, score: score + weight }] : [];
  });
  return [...coded, ...scored.sort((a, b) => b.score - a.score).map(({ hit }) => hit)].slice(0, mostHits);
}

/**
 * Everything that can be found as a script that a page of files loads, from a disk too: `[name, where, address, texts, weight]` a thing,
 * addresses relative to the page of the search.
 */
export function searchIndex(view: View): string {
  const rows = findables(view).map(({ hit, texts, weight }) => [
    hit.name,
    hit.where,
    hit.href.replace(`/${view.language}/`, '../'),
    texts.join('\n'),
    weight,
  ]);
  return `globalThis.modelcitySearch=${JSON.stringify(rows)};\n`;
}
