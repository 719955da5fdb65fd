import { join } from 'node:path';
import { type Answer, byOrigin } from '../audit/index.ts';
import { exportWorkspace, parseWorkspace } from '../intake/index.ts';
import type { Workspace } from '../model/index.ts';
import { auditPlaces, gate, openSigningKey, type Published, publishEdition } from '../publish/index.ts';
import { readBlob } from '../store/index.ts';
import { createApp } from '../web/index.ts';
import type { AuditFiles } from './audit-files.ts';
import { relatedPlaces } from './commands/review.ts';
import type { OpenPlace } from './open-places.ts';

/** What is to be published of a folder of places. */
export interface PublishWish {
  readonly places: readonly (OpenPlace & AuditFiles)[];
  /** The `.modelcity` folder: the city's keys lie in it. */
  readonly home: string;
  /** The folder of all editions. */
  readonly out: string;
  /** Only this place; default: every place that belongs to no other. */
  readonly city?: string | undefined;
  readonly review?: string | undefined;
  readonly site: boolean;
  readonly log: (line: string) => void;
}

/** The same for a thread of its own: what can be sent to it. */
export interface PublishTask {
  readonly places: readonly {
    readonly folder: string;
    readonly workspace: Workspace;
    readonly asOf: number;
    readonly logged?: readonly Answer[];
  }[];
  readonly cities: readonly string[];
  readonly home: string;
  readonly out: string;
}

export interface PublishedReview {
  readonly city: string;
  readonly review: string;
  readonly published: Published;
}

/** Publishes the chosen reviews one after the other, telling of each when it is done. */
export async function* publishPlaces({
  places,
  home,
  out,
  city: wanted,
  review: only,
  site,
  log,
}: PublishWish): AsyncGenerator<PublishedReview> {
  for (const place of places) {
    const { city } = place.workspace;
    if (wanted === undefined ? city.partOf !== undefined : city.id !== wanted) continue;
    for (const { head } of place.workspace.reviews) {
      if (only !== undefined && head.id !== only) continue;
      if (place.faults.length > 0) {
        const published = {
          folder: null,
          archive: null,
          root: null,
          unchanged: false,
          findings: place.faults,
        };
        yield { city: city.id, review: head.id, published };
        continue;
      }
      const together = [
        place,
        ...relatedPlaces(place, places).filter((each) => each.workspace.city.partOf === city.id),
      ];
      const frozen = together.map(inEdition);
      const app = createApp({
        places: frozen,
        keepBytes: 0,
        fileOf: (sha256) => readBlob(home, sha256),
      });
      const published = await publishEdition({
        city: city.id,
        review: head.id,
        places: frozen,
        ...(site
          ? {
              request: (path: string) => app.request(path),
              starts: [
                `/en/${city.id}/review/${head.id}/`,
                `/zh/${city.id}/review/${head.id}/`,
                '/en/',
                '/zh/',
              ],
              liveOnly: ['/api'],
            }
          : {}),
        out,
        key: openSigningKey(home, city.id),
        log: (line) => log(`${city.id} ${head.id}: ${line}`),
      });
      // What the audit stops is to be mended in the folder: there it is told by the folder's own files.
      const stopped = published.findings.some(
        ({ rule }) => rule.startsWith('audit.') && rule !== 'audit.open',
      );
      const findings =
        published.folder === null && stopped ? gate(auditPlaces(together)) : published.findings;
      yield { city: city.id, review: head.id, published: { ...published, findings } };
    }
  }
}

/**
 * A place whose audit names records by the files that its edition holds, so that the names and the order of the folder's own
 * files leave no trace in it.
 */
function inEdition<P extends OpenPlace>(place: P): P {
  const { origins } = parseWorkspace(exportWorkspace(place.workspace));
  return { ...place, locate: byOrigin(origins) };
}

/** Where editions of a workspace stand when nothing else is said. */
export function editionsFolder(home: string): string {
  return join(home, 'editions');
}
