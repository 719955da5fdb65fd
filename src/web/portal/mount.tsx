import { editionFigures, listEditions } from '../../publish/index.ts';
import type { Site } from '../site.ts';
import { ChangesPage } from './changes.tsx';
import { ComparePage } from './compare.tsx';
import { GroupsPage } from './groups.tsx';
import { StatusPage } from './status.tsx';

/** Pages about the whole of a place's data: what is reported, gaps between groups, places side by side, what changed. */
export function mountPortal({ room }: Site, editions: string | undefined): void {
  room('/status/', (view) => <StatusPage view={view} />);
  room('/groups/', (view) => <GroupsPage view={view} />);
  room('/compare/', (view, c) => <ComparePage asked={c.req.queries('area') ?? []} view={view} />);
  room('/changes/', (view, c) => {
    // A published site is an edition itself.
    if (editions === undefined) return null;
    // Editions come while the server runs.
    c.header('cache-control', 'no-store');
    const [listed] = listEditions(editions, view.here.city);
    const edition = listed === undefined ? null : { listed, figures: editionFigures(editions, listed) };
    return <ChangesPage edition={edition} view={view} />;
  });
}
