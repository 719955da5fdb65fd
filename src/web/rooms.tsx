import { address } from './address.ts';
import { hasProgress } from './assessment/progress-of.ts';
import { assessmentWords } from './assessment/words.ts';
import { examinationWords } from './examination/words.ts';
import { hasNews } from './outlet/sitemap.ts';
import { outletWords } from './outlet/words.ts';
import { portalWords } from './portal/words.ts';
import { projectWords } from './projects/words.ts';
import { hasModel } from './scenarios/models.ts';
import type { PlaceView } from './view.ts';

/** A page of the place in the menu; absent where it would hold nothing. */
interface Room {
  readonly id: string;
  readonly name: string;
  readonly there: boolean;
}

/** Rooms that belong together: one entry of the menu; the rooms themselves stand in a row below while one of them is open. */
interface Wing {
  readonly name: string;
  readonly rooms: readonly Room[];
}

function wingsOf(view: PlaceView): readonly Wing[] {
  const { here, t, language } = view;
  const { workspace } = here.place;
  const { city, frameworks, plans, reviews, portfolios = [], examinations = [] } = workspace;
  const room = (id: string, name: string, there = true): Room => ({ id, name, there });
  const isLive = view.live === true;
  const hasAreas = city.areas.length > 1;
  const words = portalWords[language];
  const all: readonly Wing[] = [
    {
      name: t.goals,
      rooms: [room('goals', t.goals, here.goals().length > 0), room('groups', words.groups)],
    },
    { name: t.indicators, rooms: [room('indicators', t.indicators), room('status', words.status)] },
    {
      name: t.districts,
      rooms: [room('districts', t.districts, hasAreas), room('compare', words.compare, hasAreas)],
    },
    {
      name: t.wingAssessment,
      rooms: [
        room('framework', t.standards, frameworks.length > 0),
        room('progress', assessmentWords[language].progressRoom, hasProgress(here)),
        room('examination', examinationWords[language].room, examinations.length > 0),
      ],
    },
    {
      name: t.plan,
      rooms: [
        room('plan', t.plan, plans.length > 0),
        room('projects', projectWords[language].room, portfolios.length > 0),
      ],
    },
    { name: t.scenarios, rooms: [room('scenarios', t.scenarios, hasModel(here))] },
    {
      name: t.review,
      rooms: [
        room('review', t.review, reviews.length > 0),
        room('editions', t.editions),
        room('audit', t.audit),
      ],
    },
    {
      name: t.registers,
      rooms: [room('registers', t.registers, isLive), room('energy', t.energyRoom, isLive)],
    },
    {
      name: outletWords[language].data,
      rooms: [
        room('data', outletWords[language].data),
        room('sources', t.sources),
        room('news', outletWords[language].news, isLive || hasNews(workspace)),
      ],
    },
  ];
  return all.flatMap(({ name, rooms }) => {
    const open = rooms.filter(({ there }) => there);
    const [only] = open;
    if (only === undefined) return [];
    return [{ name: open.length === 1 ? only.name : name, rooms: open }];
  });
}

/** The menu of a place: one row of wings, and below it the rooms of the wing that is open. Links only, no script. */
export function Rooms({ view, room }: { readonly view: PlaceView; readonly room: string }) {
  const { here, t, language, path } = view;
  const to = (id: string): string => address.room(language, here.city, id);
  const wings = wingsOf(view);
  // A page without a room of its own in the menu stands in the one that it names.
  const named = wings.flatMap(({ rooms }) => rooms).find(({ id }) => path === to(id));
  const open = named?.id ?? room;
  const wing = wings.find(({ rooms }) => rooms.some(({ id }) => id === open));
  return (
    <nav class="rooms" aria-label={t.roomsLabel}>
      <div class="wide">
        <ul>
          <li>
            <a
              href={address.city(language, here.city)}
              aria-current={open === 'overview' ? 'page' : undefined}
            >
              {t.overview}
            </a>
          </li>
          {wings.map((each) => {
            const first = to(each.rooms[0]?.id ?? '');
            return (
              <li>
                <a href={first} aria-current={each !== wing ? undefined : path === first ? 'page' : 'true'}>
                  {each.name}
                </a>
              </li>
            );
          })}
        </ul>
        {wing === undefined || wing.rooms.length < 2 ? null : (
          <ul class="within" aria-label={wing.name}>
            {wing.rooms.map(({ id, name }) => (
              <li>
                <a href={to(id)} aria-current={id !== open ? undefined : path === to(id) ? 'page' : 'true'}>
                  {name}
                </a>
              </li>
            ))}
          </ul>
        )}
      </div>
    </nav>
  );
}
