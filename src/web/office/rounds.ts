import { type Round, roundFaults, roundSchema } from '../../plan/index.ts';
import type { Store } from '../../store/index.ts';
import type { Guard, Guarded } from '../guard.ts';
import type { Door } from '../sign-in/door.ts';
import { readForm } from '../sign-in/form.ts';
import { param, type Site } from '../site.ts';
import { roles } from '../who.ts';
import { fill } from '../words.ts';
import { officeRegisters, writeSteps } from './log.ts';
import { NewRoundPage } from './new-round-page.tsx';
import { sendReminders, tellReleased } from './remind.ts';
import { RoundPage } from './round-page.tsx';
import { readCells, readRound } from './round-store.ts';
import { releaseRound } from './step-cells.ts';
import { officeWords } from './words.ts';

/** Opening a round, looking at how far it is, releasing it. */
export function mountRounds(site: Site, door: Door, office: Guard, store: Store): void {
  const mayOpen = ['administrator', 'editor'] as const;

  office.page('/rounds/new/', mayOpen, ({ c, person, view }) => {
    const query = new URL(c.req.url).searchParams;
    return site.show(
      c,
      NewRoundPage({
        view,
        person,
        areas: view.here.place.workspace.city.areas.filter(({ kind }) => kind !== 'country'),
        typed: (name) => query.get(name) ?? '',
        all: (name) => query.getAll(name),
        faults: [],
      }),
    );
  });
  office.form('/rounds/new/', mayOpen, 'round.open', async ({ c, person, view, here }) => {
    const w = officeWords[view.language];
    const form = await readForm(c);
    const { workspace } = here.place;
    const read = roundSchema.safeParse(roundOf(form.text, form.all));
    const faults: string[] = [];
    if (!read.success)
      faults.push(
        fill(w.f_form, {
          where: [...new Set(read.error.issues.map(({ path }) => path.join('.')))].join(', '),
        }),
      );
    else {
      for (const fault of roundFaults(read.data, workspace))
        faults.push(
          {
            calendar: w.f_calendar,
            areas: w.f_areas,
            indicators: w.f_indicators,
            departments: w.f_departments,
          }[fault] ?? fault,
        );
      if ((await readRound(store, here.city, read.data.id)) !== null) faults.push(w.f_taken);
    }
    if (read.success && faults.length === 0) {
      const receipt = await openRound(store, here.city, workspace.city.area, person, door.now(), read.data);
      if (receipt.outcome !== 'refused')
        return c.redirect(`/${view.language}/${here.city}/office/rounds/${read.data.id}/`, 303);
      faults.push(w.f_taken);
    }
    return site.show(
      c,
      NewRoundPage({
        view,
        person,
        areas: workspace.city.areas.filter(({ kind }) => kind !== 'country'),
        typed: form.text,
        all: form.all,
        faults,
      }),
      422,
    );
  });

  async function show(at: Guarded, id: string, told: string | null = null, alarm = false): Promise<Response> {
    const open = await readRound(store, at.here.city, id);
    if (open === null) return site.absent(at.c);
    const { workspace } = at.here.place;
    const areas = [...new Set(at.person.grants.map(({ area }) => area))];
    const seen = (
      await readCells(areas.includes('*') ? store : store.within(areas), at.here.city, open.round, workspace)
    ).filter((cell) =>
      at.person.grants.some(
        ({ area, department }) =>
          (area === '*' || area === cell.area) && (department === '*' || department === cell.department),
      ),
    );
    return site.show(
      at.c,
      RoundPage({ view: at.view, person: at.person, open, cells: seen, told, alarm }),
      alarm ? 409 : 200,
    );
  }
  office.page('/rounds/:round/', roles, (at) => show(at, param(at.c, 'round')));
  office.form('/rounds/:round/', ['publisher', 'administrator'], 'round.act', async (at) => {
    const { c, person, here, view } = at;
    const w = officeWords[view.language];
    const open = await readRound(store, here.city, param(c, 'round'));
    if (open === null) return site.absent(c);
    const form = await readForm(c);
    const context = {
      store,
      city: here.city,
      round: open.round,
      workspace: here.place.workspace,
      person,
      now: door.now(),
      language: view.language,
    };
    const whole = person.grants.filter(({ area }) => area === '*' || area === here.place.workspace.city.area);
    if (form.text('do') === 'remind' && whole.some(({ role }) => role === 'administrator')) {
      const sent = await sendReminders(context, door.people);
      return show(at, open.round.id, fill(w.reminded, { n: sent }));
    }
    if (form.text('do') === 'release' && whole.some(({ role }) => role === 'publisher')) {
      const came = await releaseRound(context);
      if (came === 'released') {
        await tellReleased(context, door.people);
        return c.redirect(`/${view.language}/${here.city}/office/rounds/${open.round.id}/`, 303);
      }
      return show(
        at,
        open.round.id,
        came === 'embargo' ? fill(w.releaseAt, { when: open.round.release ?? '' }) : w.w_conflict,
        true,
      );
    }
    return show(at, open.round.id, w.w_state, true);
  });
}

/** Writes the first step of a round. */
export function openRound(
  store: Store,
  city: string,
  area: string,
  person: { readonly id: string; readonly name: string },
  now: Date,
  round: Round,
) {
  return writeSteps(
    store,
    city,
    person,
    now,
    [
      {
        area,
        stream: `round:${round.id}`,
        seq: 1,
        register: 'round',
        kind: 'opened',
        from: '',
        body: { round },
      },
    ],
    {},
    [{ register: 'round', version: 1, steps: [...officeRegisters.round] }],
  );
}

function roundOf(text: (name: string) => string, all: (name: string) => readonly string[]): unknown {
  const release = text('release');
  const local = (name: string) => ({ en: text(`${name}-en`).trim(), zh: text(`${name}-zh`).trim() });
  return {
    id: text('id').trim(),
    name: local('name'),
    theme: local('theme'),
    period: text('period').trim(),
    goals: all('goal'),
    areas: all('area'),
    departments: text('departments')
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => {
        const [id = '', en = '', zh = ''] = line.split(/[,，]/).map((part) => part.trim());
        return { id, name: { en, zh } };
      }),
    asked: all('ask').map((indicator) => ({
      indicator,
      department: text(`department|${indicator}`).trim(),
      reason: text(`reason|${indicator}`).trim(),
    })),
    calendar: { opens: text('opens'), due: text('due'), check: text('check'), approve: text('approve') },
    // The field of a form has no zone: it is meant as UTC, as the page shows it.
    release: release === '' ? null : `${release.length === 16 ? `${release}:00` : release}Z`,
  };
}
