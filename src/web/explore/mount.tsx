import type { Context } from 'hono';
import { html } from 'hono/html';
import { drawChart, ink } from '../../chart/index.ts';
import { accentsOf } from '../../model/index.ts';
import { address } from '../address.ts';
import type { IndicatorEntry } from '../catalogue.ts';
import { param, type Site } from '../site.ts';
import type { PlaceView } from '../view.ts';
import { downloadZip } from './download.ts';
import { EmbedPage } from './embed.tsx';
import { MapPage } from './map-page.tsx';
import { figuresJson, figuresOf, figuresSheet } from './sheet.ts';
import { type Shown, shownOf } from './shown.ts';
import { shownCsv } from './shown-csv.ts';
import { explorerWords } from './words.ts';

/** The explorer's addresses below an indicator: its data, the chart as a file, what is shown as CSV, all as a zip, embedded. */
export function mountExplore(site: Site): void {
  const below = (
    name: string,
    answer: (
      shown: Shown,
      entry: IndicatorEntry,
      view: PlaceView,
      c: Context,
    ) => Response | Promise<Response>,
  ): void => {
    site.app.get(`/:language{en|zh}/:city/indicators/:id/${name}`, (c) => {
      const here = site.placeOf(c);
      const entry = here?.entries.get(param(c, 'id'));
      if (here === undefined || entry === undefined) return site.absent(c);
      const view = { ...site.viewOf(c), here };
      const shown = shownOf(entry, new URL(c.req.url).search, view);
      return shown === null ? site.absent(c) : answer(shown, entry, view, c);
    });
  };
  // The whole of an indicator's series, for the reader's browser to choose from: no search, no state on the server.
  below('explore.json', ({ whole }, _, view, c) => c.json({ whole, words: explorerWords[view.language] }));
  below('chart.svg', ({ state }, _, view, c) =>
    c.body(ownColour(drawChart(state, { width: widthOf(c), framed: true }).svg, view), 200, {
      'content-type': 'image/svg+xml; charset=utf-8',
      // Pages of others may fetch a chart, as <modelcity-chart> does: it is public and depends on no sign-in.
      'access-control-allow-origin': '*',
    }),
  );
  below('shown.csv', ({ whole, choice }, { indicator }, _, c) =>
    c.body(shownCsv(whole, choice), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${indicator.id}.csv"`,
    }),
  );
  below('download.zip', (shown, entry, view, c) =>
    c.body(downloadZip(entry, shown, view), 200, {
      'content-type': 'application/zip',
      'content-disposition': `attachment; filename="${view.here.city}-${entry.indicator.id}.zip"`,
    }),
  );
  for (const which of ['figures', 'shown'] as const) {
    const chosen = (entry: IndicatorEntry, { choice }: Shown, view: PlaceView) =>
      figuresOf(entry, which === 'shown' ? choice : null, view);
    const name = ({ indicator }: IndicatorEntry, view: PlaceView, ending: string) =>
      `attachment; filename="${view.here.city}-${indicator.id}-${which}.${ending}"`;
    below(`${which}.json`, (shown, entry, view, c) => {
      c.header('content-disposition', name(entry, view, 'json'));
      return c.json(figuresJson(entry, chosen(entry, shown, view), view));
    });
    below(`${which}.xlsx`, async (shown, entry, view, c) =>
      c.body(await figuresSheet(entry, chosen(entry, shown, view), view), 200, {
        'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        'content-disposition': name(entry, view, 'xlsx'),
      }),
    );
  }
  site.room('/indicators/:id/map/', (view, c) => {
    const entry = view.here.entries.get(param(c, 'id'));
    const shown = entry === undefined ? null : shownOf(entry, 'kind=map', view);
    if (entry === undefined || shown === null || shown.choice.kind !== 'map') return null;
    return <MapPage entry={entry} state={shown.state} view={view} />;
  });
  below('embed/', (shown, entry, view, c) => {
    const self = new URL(address.indicator(view.language, view.here.city, entry.indicator.id), c.req.url);
    self.search = new URL(c.req.url).search;
    return c.html(html`<!DOCTYPE html>${EmbedPage({ ...shown, view, href: self.pathname + self.search })}`);
  });
}

/** Drawn for a page, or for a phone where that is asked for: letters are as large on both. */
function widthOf(c: Context): number {
  return c.req.query('width') === 'narrow' ? 360 : 820;
}

/** A chart that leaves the page takes the place's colour along; on a page the style sheet gives it. */
function ownColour(svg: string, { here }: PlaceView): string {
  return svg.replaceAll(ink.focus, accentsOf(here.place.workspace.city.brand).light);
}
