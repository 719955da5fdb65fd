import type { PlaceChange } from '../web/index.ts';
import type { PortalPlace, PortalSource } from './portal-app.ts';

/** Takes the changes of places and has the portal built again after them, one building at a time. */
export interface PortalFollower {
  /** As `followPlaces` hands changes in. */
  replace(changes: readonly PlaceChange[]): void;
  /** Resolves when what was handed in is built. */
  idle(): Promise<void>;
}

/** Changes that come while the portal is being built are put in together afterwards: a building sees one state of its places. */
export function followPortal(
  given: readonly PortalPlace[],
  source: PortalSource,
  build: () => Promise<void>,
): PortalFollower {
  let places = given;
  let waiting: readonly PlaceChange[] = [];
  let running: Promise<void> | null = null;
  const next = async (): Promise<void> => {
    const changes = waiting;
    waiting = [];
    const newest = new Map(changes.map(({ place }) => [place.workspace.city.id, place]));
    places = places.map((place) => newest.get(place.workspace.city.id) ?? place);
    const touched = new Set<string>();
    let all = false;
    for (const { indicators } of changes)
      if (indicators === 'all') all = true;
      else for (const id of indicators) touched.add(id);
    source.replace(places, all ? 'all' : touched);
    await build();
  };
  const run = async (): Promise<void> => {
    try {
      while (waiting.length > 0) await next();
    } finally {
      running = null;
    }
  };
  return {
    replace(changes) {
      waiting = [...waiting, ...changes];
      if (waiting.length > 0) running ??= run();
    },
    async idle() {
      while (running !== null) await running;
    },
  };
}
