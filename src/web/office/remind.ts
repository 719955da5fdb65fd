import type { Language } from '../../model/index.ts';
import { isOpenCell } from '../../plan/index.ts';
import type { People, Store } from '../../store/index.ts';
import { remindOfLetters } from '../plan/letters.ts';
import { remindOfOversights } from '../plan/oversight.ts';
import { fill } from '../words.ts';
import { type OpenRound, readCells, readRounds } from './round-store.ts';
import type { SaveContext } from './save-cells.ts';
import { releaseRound } from './step-cells.ts';
import { officeWords } from './words.ts';

/** Days before the due day from which people are reminded. */
const ahead = 7;

type RemindContext = Pick<SaveContext, 'store' | 'city' | 'round' | 'workspace' | 'now'>;

/**
 * Tells reporters what they still owe, once a day each: a reminder's id holds its day, so that it is sent once however
 * many processes try. Gives the number of people who have something open.
 */
export async function sendReminders(context: RemindContext, people: People): Promise<number> {
  const { store, city, round, workspace, now } = context;
  const day = now.toISOString().slice(0, 10);
  const grants = (await people.grants(city)).filter(({ role }) => role === 'reporter');
  const open = (await readCells(store, city, round, workspace)).filter(({ now: cell }) =>
    isOpenCell(cell.state),
  );
  let sent = 0;
  const groups = new Map<string, number>();
  for (const { area, department } of open)
    groups.set(`${area} ${department}`, (groups.get(`${area} ${department}`) ?? 0) + 1);
  for (const [group, n] of groups) {
    const [area = '', department = ''] = group.split(' ');
    const late = day > round.calendar.due;
    const named = workspace.city.areas.find(({ id }) => id === area)?.name ?? { en: area, zh: area };
    const departmentName = round.departments.find(({ id }) => id === department)?.name ?? {
      en: department,
      zh: department,
    };
    const text = (language: 'en' | 'zh'): string => {
      const w = officeWords[language];
      const pick = (name: { readonly en: string; readonly zh: string }): string =>
        name[language] || name.en || name.zh;
      return fill(late ? w.overdueNotice : w.dueNotice, {
        round: pick(round.name),
        n,
        department: pick(departmentName),
        area: pick(named),
        due: round.calendar.due,
      });
    };
    const reporters = new Set(
      grants
        .filter(
          (grant) =>
            (grant.area === '*' || grant.area === area) &&
            (grant.department === '*' || grant.department === department),
        )
        .map(({ person }) => person),
    );
    for (const person of reporters) {
      await people.notify({
        city,
        id: `remind:${round.id}:${area}:${department}:${person}:${day}`,
        person,
        at: now.toISOString(),
        body: { en: text('en'), zh: text('zh') },
        href: `/${city}/office/rounds/${round.id}/sheet/?area=${area}&department=${department}`,
        seen: null,
        reminds: true,
      });
      sent += 1;
    }
  }
  return sent;
}

/** Tells all who hold a role in the place that values of a round are public: whoever released them, once each release. */
export async function tellReleased(
  { city, round, now }: Pick<RemindContext, 'city' | 'round' | 'now'>,
  people: People,
): Promise<void> {
  const text = (language: Language): string =>
    fill(officeWords[language].releasedNotice, {
      round: round.name[language] || round.name.en || round.name.zh,
    });
  for (const person of new Set((await people.grants(city)).map((grant) => grant.person)))
    await people.notify({
      city,
      id: `released:${round.id}:${person}:${now.toISOString()}`,
      person,
      at: now.toISOString(),
      body: { en: text('en'), zh: text('zh') },
      href: `/${city}/office/rounds/${round.id}/`,
      seen: null,
    });
}

export interface TurnOptions {
  readonly store: Store;
  readonly people: People;
  readonly places: () => readonly {
    readonly city: string;
    readonly place: { readonly workspace: SaveContext['workspace'] };
  }[];
  readonly now: Date;
}

/**
 * One turn of what the office does by the clock, in any number of processes: releases rounds whose embargo is over, and
 * reminds where a day comes near. Everything in it may be done twice without harm.
 */
export async function officeTurn({ store, people, places, now }: TurnOptions): Promise<readonly string[]> {
  const done: string[] = [];
  for (const { city, place } of places()) {
    if (place.workspace.plans.length > 0) {
      await remindOfLetters({ store, people, workspace: place.workspace, now });
      const { city: named, plans } = place.workspace;
      await remindOfOversights({ store, people, city, area: named.area, plans, now });
    }
    for (const open of await readRounds(store, city)) {
      const context = { store, city, round: open.round, workspace: place.workspace, now };
      if (isDue(open, now)) {
        const clock = { id: 'clock', name: 'Modelcity', grants: [] };
        if ((await releaseRound({ ...context, person: clock, language: 'en' })) === 'released') {
          await tellReleased(context, people);
          done.push(`${city}: round ${open.round.id} was released`);
        }
      }
      const days = (new Date(open.round.calendar.due).getTime() - now.getTime()) / 86_400_000;
      if (
        open.releasedAt === null &&
        days <= ahead &&
        now.toISOString().slice(0, 10) >= open.round.calendar.opens
      )
        await sendReminders(context, people);
    }
  }
  return done;
}

function isDue({ round, releasedAt }: OpenRound, now: Date): boolean {
  return (
    round.release !== null &&
    new Date(round.release) <= now &&
    (releasedAt === null || new Date(releasedAt) < new Date(round.release))
  );
}
