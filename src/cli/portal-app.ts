import { type FigureSet, Reads, readFigureCode, WatchedFigures } from '../figures/index.ts';
import type { Workspace } from '../model/index.ts';
import { PortalMemory, type PortalOptions } from '../publish/index.ts';
import { type createApp, LivePlaces, type Place } from '../web/index.ts';
import { declaredVersion, PortalVersions } from './portal-versions.ts';

export { keepHeapSmall } from './small-heap.ts';

/** Records up to which the pages of the audit are part of a portal of files. */
const mostAudited = 30_000;

/** Figures that a portal keeps: pages of one indicator, which share most of theirs, are made one after the other. */
const keep = 12_000;

/** A place as a portal takes it. */
export interface PortalPlace {
  readonly workspace: Workspace;
  readonly figures: FigureSet;
  readonly asOf: number;
}

/** What a portal is built from, and how it goes on when places change. */
export interface PortalSource {
  /** For `buildPortal`, as the places are now. */
  options(): Omit<PortalOptions, 'out' | 'pack'>;
  /** Puts newer states of all places in; `indicators` are those whose figures may differ. */
  replace(places: readonly PortalPlace[], indicators: ReadonlySet<string> | 'all'): void;
}

/**
 * The app of some places as a portal of files asks it: pages without positions, figures led to the evidence of their
 * indicator, and note taken of what each page reads.
 */
export function portalSource(
  given: readonly PortalPlace[],
  create: typeof createApp,
  program: string,
  baseUrl?: string,
  fileOf?: (sha256: string) => Promise<Uint8Array>,
): PortalSource {
  const reads = new Reads();
  const memory = new PortalMemory();
  let places = given;
  let versions = new PortalVersions(places);
  const live = new LivePlaces(watched(places, reads));
  // A page is asked for once: nothing is worth keeping.
  const app = create({
    places: live,
    keepBytes: 0,
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...(fileOf === undefined ? {} : { fileOf }),
  });
  const indicatorOf = (city: string, code: string): string | null => {
    const place = places.find(({ workspace }) => workspace.city.id === city);
    const indicator = place?.figures.byCode(code)?.key.indicator;
    return place?.workspace.indicators.some(({ id }) => id === indicator) === true
      ? (indicator ?? null)
      : null;
  };
  /** Of a large place the audit takes longer than all pages, and every value is in it: a portal of files leaves it out. */
  const isLargeAudit = (path: string): boolean => {
    const city = /^\/(?:en|zh)\/([^/]+)\/audit\//.exec(path)?.[1];
    return (
      city !== undefined &&
      places.some(({ workspace }) => {
        return workspace.city.id === decodeURIComponent(city) && workspace.observations.length > mostAudited;
      })
    );
  };
  return {
    options: () => ({
      request: (path) => app.request(path),
      starts: ['/en/', '/zh/', '/robots.txt', ...(baseUrl === undefined ? [] : ['/sitemap.xml'])],
      liveOnly: ['/api', '/sdmx/'],
      // One card a place: a card an indicator would cost more than all pages together.
      skip: (path) =>
        /\/(?:download\.zip|(?:shown|figures)\.\w+|embed\/)$|\/indicators\/[^/]+\/card\.png$/.test(path) ||
        isLargeAudit(path),
      // Pages of an indicator in both languages are of the same figures.
      together: (path) => /^\/(?:en|zh)\/([^/]+\/indicators\/[^/]+)\//.exec(path)?.[1] ?? null,
      declared: declaredVersion(places, `${program} ${baseUrl ?? ''}`),
      reads: () => reads.take(),
      memory,
      version: (name) => versions.of(name),
      fold(path) {
        const match = /^\/(en|zh)\/([^/]+)\/figures\/([^/]+)\/$/.exec(path);
        const code = match === null ? null : readFigureCode(decodeURIComponent(match[3] ?? ''));
        if (match === null || code === null) return null;
        const indicator = indicatorOf(decodeURIComponent(match[2] ?? ''), code);
        return indicator === null
          ? null
          : {
              path: `/${match[1]}/${match[2]}/indicators/${encodeURIComponent(indicator)}/evidence/`,
              hash: `#f-${code}`,
            };
      },
    }),
    replace(next, indicators) {
      places = next;
      const isOther = indicators === 'all';
      versions = new PortalVersions(places, isOther ? null : { before: versions, indicators });
      live.replace(watched(places, reads).map((place) => ({ place, indicators })));
    },
  };
}

function watched(places: readonly PortalPlace[], reads: Reads): readonly Place[] {
  const workspaces = places.map(({ workspace }) => ({
    ...workspace,
    get observations() {
      reads.note('everything');
      return workspace.observations;
    },
  }));
  return workspaces.map((workspace, at) => {
    const { city } = workspace;
    const related = places.flatMap(({ workspace: other }) => (other.city.partOf === city.id ? [other] : []));
    const asOf = places[at]?.asOf ?? 0;
    const figures = new WatchedFigures(reads, workspace, { asOf, related, keep });
    return { workspace, figures, asOf, unnumbered: true, reads };
  });
}
