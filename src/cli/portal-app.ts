import { readFigureCode } from '../figures/index.ts';
import type { createApp } from '../web/index.ts';
import type { OpenPlace } from './open-places.ts';

/** The app of some places as a portal of files asks it: pages without positions, figures led to the evidence of their indicator. */
export function portalApp(
  places: readonly Pick<OpenPlace, 'workspace' | 'figures' | 'asOf'>[],
  create: typeof createApp,
  baseUrl?: string,
) {
  // A page is asked for once: nothing is worth keeping.
  const app = create({
    places: places.map(({ workspace, figures, asOf }) => ({ workspace, figures, asOf, unnumbered: true })),
    keepBytes: 0,
    ...(baseUrl === undefined ? {} : { baseUrl }),
  });
  return {
    request: (path: string) => app.request(path),
    starts: ['/en/', '/zh/', '/robots.txt', ...(baseUrl === undefined ? [] : ['/sitemap.xml'])],
    liveOnly: ['/api', '/sdmx/'],
    // One card a place: a card an indicator would cost more than all pages together.
    skip: (path: string) =>
      /\/(?:download\.zip|(?:shown|figures)\.\w+|embed\/)$|\/indicators\/[^/]+\/card\.png$/.test(path),
    fold(path: string) {
      const match = /^\/(en|zh)\/([^/]+)\/figures\/([^/]+)\/$/.exec(path);
      const code = match === null ? null : readFigureCode(decodeURIComponent(match[3] ?? ''));
      const city = decodeURIComponent(match?.[2] ?? '');
      const place = places.find(({ workspace }) => workspace.city.id === city);
      const figure = code === null ? null : (place?.figures.byCode(code) ?? null);
      if (
        match === null ||
        figure === null ||
        place?.workspace.indicators.some(({ id }) => id === figure.key.indicator) !== true
      )
        return null;
      return {
        path: `/${match[1]}/${match[2]}/indicators/${encodeURIComponent(figure.key.indicator)}/evidence/`,
        hash: `#f-${figure.code}`,
      };
    },
  };
}
