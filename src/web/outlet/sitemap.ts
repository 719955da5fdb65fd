import { escapeXml } from '../../chart/index.ts';
import { address, translatedPath } from '../address.ts';
import type { Catalogue } from '../catalogue.ts';
import { announcedBy } from './calendar.ts';

/** Pages that a search engine should know, in the first language; each stands with its translation. */
function pagesOf(catalogue: Catalogue): readonly string[] {
  const { city, place, entries, areas } = catalogue;
  const { workspace } = place;
  const of = (room: string) => address.room('en', city, room);
  return [
    address.city('en', city),
    of('goals'),
    of('indicators'),
    of('data'),
    ...(hasNews(workspace) ? [of('news')] : []),
    of('status'),
    of('groups'),
    ...[...entries.keys()].map((id) => address.indicator('en', city, id)),
    ...catalogue.goals().map((goal) => address.goal('en', city, goal)),
    ...[...areas.keys()]
      .filter((area) => area !== workspace.city.area)
      .map((area) => address.district('en', city, area)),
    ...workspace.plans.map(({ id }) => address.plan('en', city, id)),
    ...workspace.reviews.map(({ head }) => address.review('en', city, head.id)),
    ...workspace.frameworks.map(({ id }) => address.framework('en', city, id)),
  ];
}

/** Whether a place has told or announced anything. */
export function hasNews({ city, reviews }: Catalogue['place']['workspace']): boolean {
  return (city.news ?? []).length + reviews.length + announcedBy(city).length > 0;
}

const mostAddresses = 50_000;

/** The sitemap (sitemaps.org 0.9) of a site that knows its own address: every page with its translation. */
export function sitemap(catalogues: readonly Catalogue[], base: string): string {
  const paths = ['/en/', '/en/about/', ...catalogues.flatMap(pagesOf)].slice(0, mostAddresses / 2);
  const link = (language: 'en' | 'zh', path: string) =>
    `<xhtml:link rel="alternate" hreflang="${language === 'zh' ? 'zh-Hans' : 'en'}" href="${escapeXml(base + path)}"/>`;
  const urls = paths.flatMap((path) => {
    const other = translatedPath(path, 'zh');
    return [path, other].map(
      (each) => `<url><loc>${escapeXml(base + each)}</loc>${link('en', path)}${link('zh', other)}</url>`,
    );
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
${urls.join('\n')}
</urlset>
`;
}

/** Everything may be read by machines but what answers differently each time; the sitemap is named where its address is known. */
export function robots(base: string | null): string {
  return `User-agent: *
Disallow: /api/
Disallow: /sdmx/
Disallow: /en/search/
Disallow: /zh/search/
${base === null ? '' : `\nSitemap: ${base}/sitemap.xml\n`}`;
}
