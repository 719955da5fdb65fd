import { Readable } from 'node:stream';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { raw } from 'hono/html';
import { figureCode, readFigureCode } from '../figures/index.ts';
import type { Language } from '../model/index.ts';
import { listEditions, openEditionFile } from '../publish/index.ts';
import { bindReview, renderHtml, scenarioBookOf } from '../review/index.ts';
import type { Store } from '../store/index.ts';
import { address } from './address.ts';
import { mountApi } from './api/mount.ts';
import { problem } from './api/problem.ts';
import { mountAssessment, mountShipped } from './assessment/mount.tsx';
import { readAssets } from './assets.ts';
import { auditOf, isAuditComing } from './audit/audit-of.ts';
import { marginOf } from './audit/margin.ts';
import { mountAudit } from './audit/mount.tsx';
import { mountEnergy } from './energy/mount.tsx';
import { mountEvidence } from './evidence/mount.tsx';
import { mountExamination } from './examination/mount.tsx';
import { mountExplore } from './explore/mount.tsx';
import { shownOf } from './explore/shown.ts';
import type { KeptFiles } from './kept-files.ts';
import { keptPages } from './kept-pages.ts';
import { preferredLanguage } from './language-of.ts';
import { LivePlaces } from './live-places.ts';
import { mountOffice } from './office/mount.ts';
import { mountOpenData } from './open/mount.ts';
import { mountOutlet } from './outlet/mount.tsx';
import { AboutPage } from './pages/about.tsx';
import { CityPage } from './pages/city.tsx';
import { DistrictPage, DistrictsPage } from './pages/districts.tsx';
import { EditionsPage } from './pages/editions.tsx';
import { GoalPage, GoalsPage } from './pages/goals.tsx';
import { HomePage } from './pages/home.tsx';
import { IndicatorPage } from './pages/indicator.tsx';
import { IndicatorsPage } from './pages/indicators.tsx';
import { MessagePage } from './pages/message.tsx';
import { PlanPage, PlansPage } from './pages/plan.tsx';
import { ReviewPage, ReviewsPage } from './pages/review.tsx';
import { SearchPage } from './pages/search.tsx';
import { SelectionPage, SelectionsPage, selectionShown } from './pages/selection.tsx';
import { SourcePage, SourcesPage } from './pages/sources.tsx';
import { TracePage } from './pages/trace.tsx';
import { figureHref } from './parts/figure.tsx';
import type { Place } from './place.ts';
import { mountPlan } from './plan/mount.tsx';
import { mountPlanTable } from './plan-table.ts';
import { mountPortal } from './portal/mount.tsx';
import { mountProjects } from './projects/mount.tsx';
import type { RegistersOptions } from './registers/hall.ts';
import { mountRegisters } from './registers/mount.tsx';
import { mountRolling } from './rolling/mount.tsx';
import { mountScenarios } from './scenarios/mount.tsx';
import { scenarioPath } from './scenarios/paths.ts';
import { readyPath } from './scenarios/projected-path.tsx';
import { findables, search, searchIndex } from './search.ts';
import { mountSensorThings } from './sensorthings/mount.ts';
import type { SensorServices } from './sensorthings/services.ts';
import type { Door } from './sign-in/door.ts';
import { mountSignIn } from './sign-in/mount.ts';
import { ownOriginOnly } from './sign-in/origin.ts';
import { type FileOf, makeSite, param } from './site.ts';
import { traceHistory } from './trace-history.ts';
import type { PlaceView } from './view.ts';
import type { Person } from './who.ts';

export interface AppOptions {
  /** Places in the order in which they are listed; live ones may change while they are served. */
  readonly places: readonly Place[] | LivePlaces;
  /** The folder of editions, when there is one: they are listed and handed out. */
  readonly editions?: string;
  /** The live store, where the server takes things in. */
  readonly store?: Store;
  /** Files of the log for a site that takes nothing in, such as an edition: photographs of projects. Default: the store's. */
  readonly fileOf?: FileOf;
  /** Who asks: read from a request by what signs people in; without it everyone is a visitor. */
  readonly who?: (c: Context) => Promise<Person | null>;
  /** Registers: the folder of the live store, where keys of persons lie; the time; keys of other systems. */
  readonly registers?: RegistersOptions;
  /** Who comes in and who stays out; without it everyone is a visitor. */
  readonly door?: Door;
  /** Anyone may write readings over SensorThings: for trying out and conformance tests only. */
  readonly openSensors?: boolean;
  /** The sensors of each place, where readings come by other ways too. */
  readonly sensors?: SensorServices;
  /** Told about faults, with what failed; a reader only sees that something did. */
  readonly onFault?: (error: Error, path: string) => void;
  /** The address under which the public finds the site: for feeds, the sitemap and cards. Default: that of the door. */
  readonly baseUrl?: string;
  /** Bytes of finished pages held in memory; 0: pages are made to be written to files, without validators and headers of servers. */
  readonly keepBytes?: number;
  /** Finished pages of earlier runs of the server. */
  readonly keptFiles?: KeptFiles;
}

/**
 * The whole site as one Hono application: pages in both languages, JSON under `/api`, assets. The same routes serve live
 * and published: publishing is calling them. Each request asks the places anew; finished pages are kept until they change.
 */
export function createApp({
  places,
  editions,
  store,
  fileOf,
  who,
  registers,
  door,
  openSensors = false,
  sensors,
  onFault = () => undefined,
  baseUrl,
  keepBytes,
  keptFiles,
}: AppOptions): Hono {
  const live = places instanceof LivePlaces ? places : new LivePlaces(places);
  const catalogues = () => live.catalogues();
  const assets = readAssets();
  const app = new Hono();
  const written = keepBytes === 0;
  if (!written) app.use(safeHeaders(door?.baseUrl.startsWith('https:') === true));
  app.use(ownOriginOnly(door?.baseUrl));
  // Who asks for each page once, as publishing does, has no use for validators and kept bodies.
  if (!written)
    app.use(
      keptPages(
        keepBytes,
        () => live.version,
        (path) => {
          const city = /^\/(?:en|zh)\/([^/]+)\/$/.exec(path)?.[1];
          const here = catalogues().find((each) => encodeURIComponent(each.city) === city);
          return here !== undefined && isAuditComing(here, catalogues());
        },
        keptFiles,
      ),
    );

  const site = makeSite({
    app,
    assets,
    catalogues,
    // Scores of panels are seen by nobody but through the room of selections.
    store: store?.withBallotsOf([]),
    fileOf,
    who: who ?? door?.who,
    addressOf: (c) => door?.addressOf(c) ?? null,
    now: () => door?.now() ?? new Date(registers?.now() ?? Date.now()),
    base: baseUrl ?? door?.baseUrl,
    written,
  });
  const { viewOf, show, absent, room } = site;
  app.notFound(absent);
  app.onError((error, c) => {
    const path = new URL(c.req.url).pathname;
    onFault(error, path);
    if (path.startsWith('/api/')) return problem(c, 500, 'The server could not make this answer', path);
    return show(c, <MessagePage kind="fault" view={viewOf(c)} />, 500);
  });

  for (const asset of assets.all)
    app.get(asset.path, (c) => {
      const forGood = /-[0-9a-f]{10}\./.test(asset.path);
      return c.body(asset.bytes, 200, {
        'content-type': asset.type,
        'cache-control': forGood ? 'public, max-age=31536000, immutable' : 'public, max-age=3600',
        'access-control-allow-origin': '*',
      });
    });

  app.get('/', (c) => {
    c.header('vary', 'accept-language');
    return c.redirect(address.home(preferredLanguage(c.req.header('accept-language'))), 302);
  });
  /** Where a code's trace stands: of a figure from records, else of a result of a scenario; null for neither. */
  const figureAddress = (code: string, language: Language): string | null => {
    const found = catalogues().flatMap((here) =>
      here.place.figures.withCode(code).map((key) => ({ here, key, full: figureCode(key) })),
    );
    const [at] = found;
    // A code of an earlier release may name several: the reader chooses.
    if (found.length > 1 && code !== at?.full) return `${address.search(language)}?q=${code}`;
    if (at !== undefined) return figureHref(at.full, at.key.indicator, { language, here: at.here });
    for (const { city, place } of catalogues()) {
      const simulated = scenarioBookOf(place.workspace)?.byCode(code) ?? null;
      if (simulated !== null) return scenarioPath.figure(language, city, simulated.code);
    }
    return null;
  };
  app.get('/f/:code', (c) => {
    const code = readFigureCode(c.req.param('code'));
    const language = preferredLanguage(c.req.header('accept-language'));
    const to = code === null ? null : figureAddress(code, language);
    if (to === null) return absent(c);
    c.header('vary', 'accept-language');
    return c.redirect(to, 302);
  });

  if (door !== undefined) {
    mountSignIn(site, door);
    if (store !== undefined) mountOffice(site, door, store, registers?.home ?? null);
  }
  mountApi(app, catalogues);
  mountOpenData(site);

  app.get('/:language{en|zh}/', (c) => show(c, <HomePage view={viewOf(c)} />));
  app.get('/:language{en|zh}/about/', (c) => show(c, <AboutPage view={viewOf(c)} />));
  app.get('/:language{en|zh}/search/', (c) => {
    const view = viewOf(c);
    const query = (c.req.query('q') ?? '').trim().slice(0, 200);
    // Without a server the page lists everything; its script finds among it.
    const all = view.live === true ? null : findables(view).map(({ hit }) => hit);
    return show(c, <SearchPage query={query} hits={search(query, view)} all={all} view={view} />);
  });
  app.get('/:language{en|zh}/search/index.js', (c) =>
    c.body(searchIndex(viewOf(c)), 200, { 'content-type': 'text/javascript; charset=utf-8' }),
  );

  mountShipped(site);
  room('/', (view) => <CityPage editions={editions !== undefined} view={view} />);
  room('/indicators/', (view) => <IndicatorsPage view={view} />);
  room('/indicators/:id/', async (view, c) => {
    const entry = view.here.entries.get(param(c, 'id'));
    if (entry === undefined) return null;
    await readyPath(view, entry.indicator.id);
    return (
      <IndicatorPage entry={entry} shown={shownOf(entry, new URL(c.req.url).search, view)} view={view} />
    );
  });
  mountExplore(site);
  mountEvidence(site);
  if (registers !== undefined) mountRegisters(site, registers);
  mountPortal(site, editions);
  mountEnergy(site);
  mountOutlet(site, editions);
  mountSensorThings(site, openSensors, sensors);
  mountAudit(site, editions !== undefined || store !== undefined);
  room('/figures/:code/', async (view, c) => {
    const code = readFigureCode(param(c, 'code'));
    const figure = code === null ? null : view.here.place.figures.byCode(code);
    if (figure === null) return null;
    if (figure.code !== code)
      return c.redirect(address.figure(view.language, view.here.city, figure.code), 301);
    const entry = view.here.entries.get(figure.key.indicator) ?? null;
    return (
      <TracePage
        figure={figure}
        entry={entry}
        view={view}
        {...(await traceHistory(figure, view.here.place))}
      />
    );
  });
  room('/goals/', (view) => <GoalsPage view={view} />);
  room('/goals/:goal/', (view, c) => {
    const goal = param(c, 'goal');
    return view.here.goals().includes(goal) ? <GoalPage goal={goal} view={view} /> : null;
  });
  room('/districts/', (view) => <DistrictsPage view={view} />);
  room('/districts/:area/', (view, c) => {
    const area = param(c, 'area');
    return view.here.areas.has(area) ? <DistrictPage area={area} view={view} /> : null;
  });
  mountAssessment(site);
  mountPlanTable(site);
  mountExamination(site);
  mountProjects(site);
  mountRolling(site);
  room('/plan/', (view) => <PlansPage view={view} />);
  const selection = (view: PlaceView, c: Context, id: string | null) => {
    const all = view.here.place.workspace.selections ?? [];
    const declared = id === null && all.length === 1 ? all[0] : all.find((each) => each.id === id);
    if (declared !== undefined) {
      const shown = selectionShown(new URL(c.req.url).searchParams, declared);
      return <SelectionPage declared={declared} shown={shown} view={view} />;
    }
    return id === null && all.length > 0 ? <SelectionsPage selections={all} view={view} /> : null;
  };
  room('/plan/selection/', (view, c) => {
    // A plan may have this id where no selection is kept.
    const plan = view.here.place.workspace.plans.find(({ id }) => id === 'selection');
    return selection(view, c, null) ?? (plan === undefined ? null : <PlanPage plan={plan} view={view} />);
  });
  room('/plan/selection/:id/', (view, c) => selection(view, c, param(c, 'id')));
  mountPlan(site);
  room('/plan/:id/', async (view, c) => {
    const plan = view.here.place.workspace.plans.find(({ id }) => id === param(c, 'id'));
    await readyPath(view);
    return plan === undefined ? null : <PlanPage plan={plan} view={view} />;
  });
  room('/review/', (view) => <ReviewsPage view={view} />);
  room('/review/:id/', (view, c) => {
    const review = view.here.place.workspace.reviews.find(({ head }) => head.id === param(c, 'id'));
    if (review === undefined) return null;
    const { workspace, figures, asOf } = view.here.place;
    const { document } = bindReview({
      review,
      workspace,
      figures,
      related: catalogues()
        .filter(({ city }) => city !== view.here.city)
        .map(({ place }) => ({ workspace: place.workspace, figures: place.figures })),
      language: view.language,
      asOf,
      scenarios: scenarioBookOf(view.here.place.workspace),
    });
    const audit = auditOf(view.here, view.places);
    const text = renderHtml(document, {
      findings: marginOf(audit, review.head.id, view),
      figureHref: (code) =>
        figureAddress(code, view.language) ?? address.figure(view.language, view.here.city, code),
    });
    return <ReviewPage review={review} text={raw(text)} open={audit.open} view={view} />;
  });
  room('/editions/', (view, c) => {
    // Editions come while the server runs.
    if (editions !== undefined) c.header('cache-control', 'no-store');
    return (
      <EditionsPage
        editions={editions === undefined ? null : listEditions(editions, view.here.city)}
        view={view}
      />
    );
  });
  app.get('/editions/:name/:path{.+}', (c) => {
    const [name, path] = [c.req.param('name'), c.req.param('path')];
    const edition =
      editions === undefined
        ? undefined
        : catalogues()
            .flatMap(({ city }) => listEditions(editions, city))
            .find((each) => each.name === name);
    const file =
      editions === undefined || edition === undefined ? null : openEditionFile(editions, edition, path);
    if (file === null) return absent(c);
    return c.body(webStream(file.stream), 200, {
      'content-type': fileType(path),
      'content-length': String(file.bytes),
      'content-disposition': `inline; filename="${path.replace(/^.*\//, '').replace(/[^A-Za-z0-9._-]/g, '_')}"`,
      'cache-control': 'no-store',
    });
  });
  room('/sources/', (view) => <SourcesPage view={view} />);
  room('/sources/:id/', (view, c) => {
    const source = view.here.sources.get(param(c, 'id'));
    return source === undefined ? null : <SourcePage source={source} view={view} />;
  });

  mountScenarios(site);

  // An address typed without its last slash.
  app.get('/:language{en|zh}/*', (c, next) => {
    const { pathname, search: query } = new URL(c.req.url);
    return pathname.endsWith('/') || pathname.includes('.')
      ? next()
      : c.redirect(`${pathname}/${query}`, 301);
  });
  return app;
}

/** Headers of every answer: nothing is loaded, sent or framed from elsewhere, and no script stands in a page. */
const safeHeaders =
  (overHttps: boolean): MiddlewareHandler =>
  async (c, next) => {
    await next();
    // A chart made to be embedded may stand in anyone's frame; it has no form and no sign-in to be misled about.
    const framers = new URL(c.req.url).pathname.endsWith('/embed/') ? '*' : "'self'";
    c.header(
      'content-security-policy',
      `default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors ${framers}`,
    );
    c.header('x-content-type-options', 'nosniff');
    c.header('referrer-policy', 'no-referrer');
    c.header('permissions-policy', 'camera=(), geolocation=(self), microphone=()');
    c.header('cross-origin-opener-policy', 'same-origin');
    if (overHttps) c.header('strict-transport-security', 'max-age=31536000');
  };

const fileTypes: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  html: 'text/html; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  json: 'application/json',
  zip: 'application/zip',
};

/** Node's type of a web stream and the platform's are one thing under two names. */
function webStream(stream: Readable): ReadableStream {
  return Readable.toWeb(stream) as ReadableStream;
}

function fileType(path: string): string {
  return fileTypes[path.slice(path.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
}
