import { toSafeCell } from '../../intake/index.ts';
import type { Guard, Guarded } from '../guard.ts';
import type { Site } from '../site.ts';
import { holds, isRole } from '../who.ts';
import type { Door } from './door.ts';
import { readForm } from './form.ts';
import { PeoplePage, type PeopleState } from './people-page.tsx';
import { randomToken } from './secret.ts';
import { TrailPage } from './trail-page.tsx';

/** People and rights of one place, and its trail. */
export function mountPeople(site: Site, door: Door, office: Guard): void {
  const { people } = door;

  async function show(
    { c, here, view, person }: Guarded,
    shown: Partial<Pick<PeopleState, 'made' | 'told'>> = {},
  ) {
    const grants = await people.grants(here.city);
    return site.show(
      c,
      PeoplePage({
        view,
        person,
        city: here.city,
        everyone: await people.everyone(),
        grants,
        areas: here.place.workspace.city.areas,
        departments: [...new Set(grants.map(({ department }) => department))]
          .filter((id) => id !== '*')
          .sort(),
        engine: site.store?.engine ?? 'pglite',
        mail: door.mails ? await people.mailStanding(here.city) : null,
        ...shown,
      }),
      shown.told === undefined ? 200 : 422,
    );
  }
  office.page('/people/', ['administrator'], (at) => show(at));
  office.form('/people/', ['administrator'], 'people.change', async (at) => {
    const { c, here, person, view } = at;
    const form = await readForm(c);
    const now = door.now().toISOString();
    const back = `/${view.language}/${here.city}/office/people/`;
    if (form.text('end') !== '') {
      const given = (await people.grants(here.city)).find(({ id }) => id === form.text('end'));
      if (given === undefined || !holds(person, ['administrator'], given.area))
        return show(at, { told: 'forbidden' });
      await people.endGrant(here.city, given.id, person.id, now);
      await door.note(
        c,
        person,
        'role.end',
        `${given.role} ${given.area} ${given.department} ${given.person}`,
        'done',
        {},
        here.city,
      );
      return c.redirect(back, 303);
    }
    const everyone = await people.everyone();
    const inPlace = await people.grants(here.city);
    if (form.text('recover') !== '') {
      const known = everyone.find(({ email }) => email === form.text('recover'));
      // Only someone of this place, and nobody whose rights are wider than the administrator's own.
      const theirs = known === undefined ? [] : inPlace.filter((grant) => grant.person === known.id);
      if (
        known === undefined ||
        theirs.length === 0 ||
        theirs.some((grant) => grant.city === '*' && !isEverywhere(inPlace, person.id))
      )
        return show(at, { told: 'forbidden' });
      const token = await door.invite({
        city: here.city,
        purpose: 'recover',
        email: known.email,
        name: known.name,
        grants: [],
        by: person.id,
      });
      const url = `${door.baseUrl}/${view.language}/join/?token=${token}`;
      await door.mailLink(here.city, 'recover', known.email, url);
      return show(at, { made: { email: known.email, url } });
    }
    const [role, area, department] = [form.text('role'), form.text('area'), form.text('department')];
    const isArea = area === '*' || here.areas.has(area);
    if (
      !isRole(role) ||
      !isArea ||
      !/^(?:\*|[a-z0-9][a-z0-9._-]{0,60})$/.test(department) ||
      !holds(person, ['administrator'], area)
    )
      return show(at, { told: 'forbidden' });
    const email = form.text('email').trim().toLowerCase();
    if (!/^[^\s@]{1,200}@[^\s@]{1,200}$/.test(email)) return show(at, { told: 'refused' });
    const known = everyone.find((each) => each.email === email);
    await door.note(c, person, 'role.give', `${role} ${area} ${department} ${email}`, 'done', {}, here.city);
    if (known !== undefined) {
      await people.grant({
        city: here.city,
        id: randomToken(12),
        person: known.id,
        role,
        area,
        department,
        givenBy: person.id,
        givenAt: now,
      });
      return c.redirect(back, 303);
    }
    const token = await door.invite({
      city: here.city,
      purpose: 'join',
      email,
      name: form.text('name').slice(0, 120),
      grants: [{ role, area, department }],
      by: person.id,
    });
    const url = `${door.baseUrl}/${view.language}/join/?token=${token}`;
    await door.mailLink(here.city, 'join', email, url);
    return show(at, { made: { email, url } });
  });

  const asked = ({ c }: Guarded) => {
    const day = (word: string): string => (/^\d{4}-\d{2}-\d{2}$/.test(word) ? word : '');
    const before = Number(c.req.query('before') ?? '');
    return {
      q: (c.req.query('q') ?? '').slice(0, 200),
      from: day(c.req.query('from') ?? ''),
      to: day(c.req.query('to') ?? ''),
      before: Number.isSafeInteger(before) && before > 0 ? before : null,
    };
  };
  const found = (at: Guarded, most: number) => {
    const { q, from, to, before } = asked(at);
    return people.trail(at.here.city, {
      most,
      ...(q === '' ? {} : { text: q }),
      ...(from === '' ? {} : { from: `${from}T00:00:00Z` }),
      ...(to === '' ? {} : { to: `${to}T24:00:00Z` }),
      ...(before === null ? {} : { before }),
    });
  };
  office.page('/trail/', ['auditor', 'administrator'], async (at) =>
    site.show(
      at.c,
      TrailPage({
        view: at.view,
        person: at.person,
        city: at.here.city,
        entries: await found(at, 200),
        asked: asked(at),
      }),
    ),
  );
  office.api('GET', '/trail.csv', ['auditor', 'administrator'], 'trail.export', async (at) => {
    const rows = await found(at, 100_000);
    const cell = (text: string): string => `"${toSafeCell(text).replaceAll('"', '""')}"`;
    const lines = rows.map(({ id, at: when, name, action, object, outcome, address }) =>
      [String(id), when, name, action, object, outcome, address ?? ''].map(cell).join(','),
    );
    return at.c.body(
      `id,at,person,action,object,outcome,address\r\n${lines.map((line) => `${line}\r\n`).join('')}`,
      200,
      {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="trail.csv"',
      },
    );
  });
}

function isEverywhere(
  grants: readonly { readonly city: string; readonly person: string; readonly role: string }[],
  person: string,
): boolean {
  return grants.some(
    (grant) => grant.person === person && grant.city === '*' && grant.role === 'administrator',
  );
}
