import type { Store } from '../../store/index.ts';
import { mountHearings } from '../examination/mount-office.ts';
import { type Guarded, guard } from '../guard.ts';
import { mountLetters } from '../plan/mount-letters.tsx';
import { mountPlanOffice } from '../plan/mount-office.tsx';
import { mountOversight } from '../plan/mount-oversight.tsx';
import { mountProjectsOffice } from '../projects/mount-office.tsx';
import { mountRollingOffice } from '../rolling/mount.tsx';
import { mountSelecting } from '../selecting/mount.tsx';
import type { Door } from '../sign-in/door.ts';
import type { Site } from '../site.ts';
import { mountTables } from '../tables/mount.ts';
import { mountTexts } from '../texts/mount.ts';
import { roles } from '../who.ts';
import { mountWriting } from '../writing/mount.tsx';
import { mountCells } from './cells.ts';
import { OfficePage } from './office-page.tsx';
import { readRounds } from './round-store.ts';
import { mountRounds } from './rounds.ts';

/**
 * The working office of each place: rounds of data, what is for whom. `panels`: the store as selections see it, with the scores
 * of their members; everything else works on the site's, which has none.
 */
export function mountOffice(site: Site, door: Door, panels: Store, home: string | null): void {
  const { store } = site;
  if (store === undefined) return;
  const office = guard(site, door);
  office.page('/', roles, async ({ c, person, view, here }: Guarded) =>
    site.show(
      c,
      OfficePage({
        view,
        person,
        rounds: await readRounds(store, here.city),
        notices: await door.people.notices(here.city, person.id),
      }),
    ),
  );
  office.form('/seen/', roles, 'notices.seen', async ({ c, person, view, here }) => {
    await door.people.seeNotices(here.city, person.id, door.now().toISOString());
    return c.redirect(`/${view.language}/${here.city}/office/`, 303);
  });
  mountRounds(site, door, office, store);
  mountCells(site, door, office, store);
  mountTables(site, door, office, store);
  mountTexts(site, office);
  mountWriting(site, door, office, store);
  mountHearings(site, door, office, store);
  mountRollingOffice(site, door, office, store);
  mountProjectsOffice(site, door, office, store);
  mountSelecting(site, door, office, panels);
  mountPlanOffice(site, door, office, store);
  mountOversight(site, door, office, store);
  mountLetters(site, door, office, store, home);
}
