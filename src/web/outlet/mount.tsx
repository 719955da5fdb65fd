import type { Context } from 'hono';
import { formats, listEditions, type OpenDataset, openDataset, openText } from '../../publish/index.ts';
import { readRounds } from '../office/round-store.ts';
import { oncePer } from '../once-per.ts';
import { declareRule } from '../rules.ts';
import { param, type Site } from '../site.ts';
import { named, type PlaceView } from '../view.ts';
import { brandAddresses, brandSheet, emblemFile } from './brand.ts';
import { announcedBy, toldBy } from './calendar.ts';
import { cardPng } from './card.ts';
import { DataPage, type FileSizes } from './data-page.tsx';
import { atomFeed, atomType } from './feed.ts';
import { type Expected, NewsPage } from './news-page.tsx';
import { robots, sitemap } from './sitemap.ts';
import { catalogueData } from './structured.ts';

/** Values beyond which files are not made only to tell their size, and beyond which a portal of files leaves them out. */
const mostWeighed = 20_000;
const mostInPortal = 100_000;
/** Of a place whose pages carry no position, the files that carry none either. */
const withoutPosition = /^(?:\w+\.csv|csv-metadata\.json)$/;

/** What leaves the site: news with calendar and feed, the catalogue of open data, sitemap, cards, a place's emblem and colours. */
export function mountOutlet(site: Site, editions: string | undefined): void {
  const { app, room, catalogues } = site;
  const get = (path: string, answer: (c: Context) => Response | Promise<Response>): void => {
    declareRule(app, 'GET', path, 'anyone');
    app.get(path, answer);
  };
  const toldOf = ({ here }: PlaceView) => {
    const { city, reviews } = here.place.workspace;
    return toldBy(city, reviews, editions === undefined ? [] : listEditions(editions, here.city));
  };
  /** Editions and rounds come while the server runs. */
  const live = (c: Context) => {
    if (editions !== undefined || site.store !== undefined) c.header('cache-control', 'no-store');
  };

  room('/news/', async (view, c) => {
    live(c);
    const expected: Expected[] = announcedBy(view.here.place.workspace.city).map((release) => ({
      date: release.date,
      title: named(release.title, view),
      kind: 'release',
      indicators: release.indicators ?? null,
    }));
    const rounds = site.store === undefined ? [] : await readRounds(site.store, view.here.city);
    for (const { round } of rounds)
      if (round.release !== null)
        expected.push({
          date: round.release.slice(0, 10),
          title: named(round.name, view),
          kind: 'round',
          indicators: [...new Set(round.asked.map(({ indicator }) => indicator))],
        });
    expected.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
    return <NewsPage told={toldOf(view)} expected={expected} view={view} />;
  });
  get('/:language{en|zh}/:city/feed.xml', (c) => {
    const here = site.placeOf(c);
    if (here === undefined) return site.absent(c);
    live(c);
    const view = { ...site.viewOf(c), here };
    return c.body(atomFeed(toldOf(view), view), 200, { 'content-type': atomType });
  });

  const weigh = oncePer((here): { readonly dataset: OpenDataset; readonly sizes: FileSizes } => {
    const dataset = openDataset(here.place);
    const unnumbered = here.place.unnumbered === true;
    const offered = formats.filter(({ path }) => !unnumbered || withoutPosition.test(path));
    const isSmall = here.valueCount <= mostWeighed;
    const sizes = new Map(
      // Beyond, a portal of files would grow by more than its pages.
      unnumbered && here.valueCount > mostInPortal
        ? []
        : offered.map((format): [string, number | null] => [
            format.path,
            isSmall
              ? Buffer.byteLength(
                  openText(dataset, format, {
                    base: `/data/${encodeURIComponent(here.city)}/as-of/${dataset.asOf}/`,
                    service: '/sdmx/3.0',
                  }),
                )
              : null,
          ]),
    );
    return { dataset, sizes };
  });
  room('/data/', (view) => {
    const { dataset, sizes } = weigh(view.here);
    const structured = catalogueData(dataset, new Set(sizes.keys()), view);
    return <DataPage dataset={dataset} sizes={sizes} structured={structured} view={view} />;
  });

  get('/robots.txt', (c) => c.text(robots(site.base)));
  get('/sitemap.xml', (c) => {
    // A sitemap is of absolute addresses: without the site's own there is none.
    if (site.base === null) return site.absent(c);
    return c.body(sitemap(catalogues(), site.base), 200, {
      'content-type': 'application/xml; charset=utf-8',
    });
  });

  const png = async (c: Context, indicator: string | null): Promise<Response> => {
    const here = site.placeOf(c);
    const entry = indicator === null ? null : here?.entries.get(indicator);
    if (here === undefined || entry === undefined) return site.absent(c);
    const bytes = await cardPng(entry, { ...site.viewOf(c), here });
    return bytes === null ? site.absent(c) : c.body(bytes, 200, { 'content-type': 'image/png' });
  };
  get('/:language{en|zh}/:city/card.png', (c) => png(c, null));
  get('/:language{en|zh}/:city/indicators/:id/card.png', (c) => png(c, param(c, 'id')));

  get('/brand/:city/:file', async (c) => {
    const here = site.placeOf(c);
    const path = new URL(c.req.url).pathname;
    if (here === undefined) return site.absent(c);
    const { brand } = here.place.workspace.city;
    const { sheet, emblem } = brandAddresses(here);
    const headers = { 'cache-control': 'public, max-age=31536000, immutable' };
    if (path === sheet)
      return c.body(brandSheet(brand) ?? '', 200, { ...headers, 'content-type': 'text/css; charset=utf-8' });
    const file = path === emblem ? await emblemFile(brand) : null;
    return file === null
      ? site.absent(c)
      : c.body(file.bytes, 200, { ...headers, 'content-type': file.type });
  });
}
