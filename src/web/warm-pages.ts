import { address } from './address.ts';
import type { Catalogue } from './catalogue.ts';
import type { LivePlaces } from './live-places.ts';

export interface Warming {
  stop(): void;
}

/** Rooms of a place that its front page leads to. */
const rooms = ['indicators', 'goals', 'districts', 'groups', 'status', 'data', 'compare', 'news'];

/** Seconds without a request for which a page is waited with, and those after which one is made all the same. */
const [quiet, longest] = [1, 20];

/** Pages made ahead at most: beyond, those asked for. */
const most = 2_000;

/** What visitors come to first: front pages and rooms of every place, then its indicators, key ones first. */
export function firstAsked(places: readonly Catalogue[]): readonly string[] {
  const languages = ['en', 'zh'] as const;
  const fronts = languages.flatMap((language) => [
    address.home(language),
    ...places.flatMap(({ city }) => [
      address.city(language, city),
      ...rooms.map((room) => address.room(language, city, room)),
    ]),
  ]);
  const pages = places.flatMap(({ city, entries }) =>
    [...entries.values()]
      .map(({ indicator: { id, key } }) => ({ key, city, id }))
      .sort((a, b) => Number(b.key) - Number(a.key))
      .flatMap(({ id }) =>
        languages.flatMap((language) => {
          const page = address.indicator(language, city, id);
          return [page, `${page}chart.svg`, `${page}explore.json`];
        }),
      ),
  );
  return [...fronts, ...pages].slice(0, most);
}

/**
 * Makes the pages that visitors come to first before they come, after the start and after every change of a place: one after
 * the other, with a rest as long as each took, so that readers meanwhile wait for one page at most. While somebody asks, as `asked`
 * counts, only one page in twenty seconds is made: who reads or enters values goes first. The site keeps the pages (see
 * `keptPages`): `request` asks as a visitor whose browser unpacks brotli.
 */
export function keepWarm(
  live: LivePlaces,
  request: (path: string) => Response | Promise<Response>,
  wait: (milliseconds: number) => Promise<void>,
  asked: () => number = () => 0,
): Warming {
  let stopped = false;
  let before = asked();
  const whileAsked = async (): Promise<void> => {
    for (let waited = 0; waited < longest && !stopped && asked() !== before; waited += quiet) {
      before = asked();
      await wait(quiet * 1_000);
    }
  };
  const turn = async (): Promise<void> => {
    let warmed = -1;
    while (!stopped) {
      const { version } = live;
      if (version === warmed) {
        await wait(500);
        continue;
      }
      // Where changes come one after the other, nothing is made ahead before they are over.
      await wait(1_000);
      if (live.version !== version) continue;
      warmed = version;
      for (const path of firstAsked(live.catalogues())) {
        await whileAsked();
        if (stopped || live.version !== version) break;
        const start = performance.now();
        // A page that cannot be made is told to whoever asks for it.
        try {
          await (await request(path)).arrayBuffer();
        } catch {}
        await wait(performance.now() - start);
      }
    }
  };
  void turn();
  return {
    stop: () => {
      stopped = true;
    },
  };
}
