import { readFigureCode } from '../figures/index.ts';
import { address } from './address.ts';
import { named, type View } from './view.ts';

/** One thing that a search found. */
export interface Hit {
  readonly name: string;
  /** Where it belongs: the place, the kind. */
  readonly where: string;
  readonly href: string;
}

const mostHits = 60;
const longestQuery = 200;

/**
 * Searches places, indicators, areas, sources and codes of figures. Names count in both languages; a word may be
 * misspelt by one letter from five letters on. Best first.
 */
export function search(text: string, view: View): readonly Hit[] {
  const query = fold(text.slice(0, longestQuery));
  if (query === '') return [];
  const { language, t } = view;
  const found: { readonly hit: Hit; readonly score: number }[] = [];
  const code = readFigureCode(text.trim());
  for (const catalogue of view.places) {
    const { workspace, figures } = catalogue.place;
    const place = named(workspace.city.name, view);
    const add = (texts: readonly string[], hit: Hit, weight: number): void => {
      const score = Math.max(0, ...texts.map((each) => match(query, fold(each))));
      if (score > 0) found.push({ hit, score: score + weight });
    };
    if (code !== null && figures.byCode(code) !== null)
      found.push({
        hit: { name: `F·${code}`, where: place, href: address.figure(language, catalogue.city, code) },
        score: 99,
      });
    add(
      [workspace.city.name.en, workspace.city.name.zh, catalogue.city],
      { name: place, where: t.places, href: address.city(language, catalogue.city) },
      3,
    );
    for (const { indicator } of catalogue.entries.values())
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
  return found
    .sort((a, b) => b.score - a.score)
    .slice(0, mostHits)
    .map(({ hit }) => hit);
}

/** How close names come to what somebody typed; 0 when not at all. */
export function closeness(query: string, names: readonly string[]): number {
  const wanted = fold(query.slice(0, longestQuery));
  return wanted === '' ? 0 : Math.max(0, ...names.map((name) => match(wanted, fold(name))));
}

/** Lower case, no accents, full-width digits and letters made plain. */
function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim();
}

/** 0 when some word of the query is nowhere in the text; more the closer the text is to it. */
function match(query: string, text: string): number {
  if (text === '') return 0;
  if (text === query) return 10;
  if (text.startsWith(query)) return 8;
  if (text.includes(query)) return 6;
  const words = text.split(/[^\p{L}\p{N}]+/u);
  let score = 5;
  for (const wanted of query.split(' ')) {
    if (
      words.some((word) => word.startsWith(wanted)) ||
      (/\p{Script=Han}/u.test(wanted) && text.includes(wanted))
    )
      continue;
    if (wanted.length < 5 || !words.some((word) => isNear(wanted, word))) return 0;
    score -= 2;
  }
  return Math.max(score, 0.5);
}

/** Whether two words differ by one letter: changed, missing, added, or two exchanged. */
export function isNear(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  if (at === a.length && at === b.length) return true;
  const [restA, restB] = [a.slice(at), b.slice(at)];
  return (
    restA.slice(1) === restB.slice(1) ||
    restA.slice(1) === restB ||
    restA === restB.slice(1) ||
    (restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2))
  );
}
