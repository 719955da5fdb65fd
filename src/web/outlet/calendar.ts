import type { City, Localized, Release, ReviewHead } from '../../model/index.ts';
import type { ListedEdition } from '../../publish/index.ts';

/** Something that came out on a day. */
export interface Told {
  /** Unique within the place; part of an address. */
  readonly id: string;
  readonly kind: 'news' | 'release' | 'edition' | 'review';
  /** A day, month or year. */
  readonly date: string;
  readonly title: Localized;
  readonly text: Localized | null;
  readonly indicators: readonly string[];
  /** The review that it is, where it is one. */
  readonly review: string | null;
}

/** All that a place has told, the newest first: declared news, releases that came out, reviews, editions. */
export function toldBy(
  city: Pick<City, 'news' | 'releases'>,
  reviews: readonly { readonly head: ReviewHead }[],
  editions: readonly ListedEdition[],
): readonly Told[] {
  const told: Told[] = [
    ...(city.news ?? []).map(
      ({ id, date, title, text, indicators = [] }): Told => ({
        id: `news-${id}`,
        kind: 'news',
        date,
        title,
        text: text ?? null,
        indicators,
        review: null,
      }),
    ),
    ...(city.releases ?? []).flatMap(({ id, title, indicators = [], published }): Told[] =>
      published === undefined
        ? []
        : [
            {
              id: `release-${id}`,
              kind: 'release',
              date: published,
              title,
              text: null,
              indicators,
              review: null,
            },
          ],
    ),
    ...reviews.map(
      ({ head }): Told => ({
        id: `review-${head.id}`,
        kind: 'review',
        date: head.date,
        title: head.title,
        text: head.subtitle ?? null,
        indicators: [],
        review: head.id,
      }),
    ),
    ...editions.map(({ name, date, title, review, number }): Told => {
      const head = reviews.find((each) => each.head.id === review)?.head;
      const named = head?.title ?? { en: title, zh: title };
      return {
        id: `edition-${name}`,
        kind: 'edition',
        date,
        title: {
          en: `${named.en === '' ? named.zh : named.en}, edition ${number}`,
          zh: `${named.zh === '' ? named.en : named.zh}（第${number}版）`,
        },
        text: null,
        indicators: [],
        review,
      };
    }),
  ];
  return told.sort((a, b) => (a.date === b.date ? (a.id < b.id ? -1 : 1) : a.date < b.date ? 1 : -1));
}

/** What is announced and has not come out, the nearest first. No clock is asked: what is late stays announced until it is out. */
export function announcedBy({ releases = [] }: Pick<City, 'releases'>): readonly Release[] {
  return releases
    .filter(({ published }) => published === undefined)
    .sort((a, b) => (a.date === b.date ? (a.id < b.id ? -1 : 1) : a.date < b.date ? -1 : 1));
}

/** The announcement by which an indicator's next values are expected; null when none is made. */
export function expectedFor(city: Pick<City, 'releases'>, indicator: string): Release | null {
  return (
    announcedBy(city).find(({ indicators }) => indicators === undefined || indicators.includes(indicator)) ??
    null
  );
}

/** A day, month or year as the first day of it, for formats that know only days. */
export function dayOf(date: string): string {
  return date.length === 4 ? `${date}-01-01` : date.length === 7 ? `${date}-01` : date;
}
