import type { Context } from 'hono';
import { problem } from '../api/problem.ts';
import { languageChoices, wantedChoices } from '../mail/pages.tsx';
import { declareRule } from '../rules.ts';
import type { Site } from '../site.ts';
import { isRole } from '../who.ts';
import { AccountPage, type AccountState } from './account-page.tsx';
import { setCookies } from './cookies.ts';
import type { Door, Session } from './door.ts';
import { type FormFields, readForm } from './form.ts';
import { isOwnOrigin } from './origin.ts';
import { passwordFault } from './password.ts';

const mostDays = 366;

/** One's own account: second step, password, sessions, keys. Only a browser's session may change it, never a key. */
export function mountAccount(site: Site, door: Door): void {
  const { app } = site;
  const { auth, people } = door;
  const base = '/:language{en|zh}/account/';

  type Shown = Partial<Pick<AccountState, 'enrolment' | 'newKey' | 'told'>>;
  async function show(c: Context, session: Session, shown: Shown = {}): Promise<Response> {
    const view = site.viewOf(c);
    const held = await people.grants('*', session.person.id);
    const sessions = await auth.api.listSessions({ headers: c.req.raw.headers });
    return site.show(
      c,
      AccountPage({
        view,
        person: session.person,
        secondFactor: session.secondFactor,
        grants: held.flatMap(({ city, role, area, department }) =>
          isRole(role) ? [{ city, role, area, department }] : [],
        ),
        keys: await people.keys(session.person.id),
        mail: { mails: door.mails, choice: await people.mailChoice(session.person.id) },
        sessions: sessions.map(({ createdAt, expiresAt, token }) => ({
          from: createdAt.toISOString().slice(0, 16).replace('T', ' '),
          until: expiresAt.toISOString().slice(0, 16).replace('T', ' '),
          isThis: token === session.token,
        })),
        ...shown,
      }),
      shown.told?.alarm === true ? 422 : 200,
    );
  }
  const done = { told: { text: 'changed', alarm: false } } as const;
  const refused = { told: { text: 'refused', alarm: true } } as const;

  declareRule(app, 'GET', base, 'signed-in');
  app.get(base, async (c) => {
    c.header('cache-control', 'no-store');
    const session = await door.session(c);
    if (session === null) return c.redirect(`/${site.viewOf(c).language}/sign-in/`, 303);
    const isNeeded = c.req.query('needed') === 'second-factor' && !session.secondFactor;
    return show(c, session, isNeeded ? { told: { text: 'needsSecondFactor', alarm: false } } : {});
  });
  const post = (
    path: string,
    take: (c: Context, session: Session, form: FormFields) => Promise<Response>,
  ): void => {
    declareRule(app, 'POST', base + path, 'signed-in');
    app.post(base + path, async (c) => {
      c.header('cache-control', 'no-store');
      if (!isOwnOrigin(c, door.baseUrl))
        return problem(c, 403, 'This was sent by a page of another site', new URL(c.req.url).pathname);
      const session = await door.session(c);
      if (session === null) return c.redirect(`/${site.viewOf(c).language}/sign-in/`, 303);
      const response = await take(c, session, await readForm(c));
      await door.note(
        c,
        session.person,
        `account.${path.replace('/', '')}`,
        '',
        response.status < 400 ? 'done' : 'refused',
      );
      return response;
    });
  };

  post('second-factor/', async (c, session, form) => {
    const headers = c.req.raw.headers;
    const body = { password: form.text('password') };
    try {
      if (form.text('do') === 'on') {
        const made = await auth.api.enableTwoFactor({ body, headers });
        if (made.method !== 'totp') return await show(c, session, refused);
        return await show(c, session, { enrolment: { uri: made.totpURI, codes: made.backupCodes } });
      }
      if (form.text('do') === 'off') {
        await auth.api.disableTwoFactor({ body, headers });
        return await show(c, { ...session, secondFactor: false }, done);
      }
      const response = await auth.api.verifyTOTP({
        body: { code: form.text('code').replace(/\s/g, '') },
        headers,
        asResponse: true,
      });
      if (!response.ok) return await show(c, session, refused);
      setCookies(c, response.headers.getSetCookie());
      return c.redirect(`/${site.viewOf(c).language}/account/`, 303);
    } catch (error) {
      if (error instanceof Error && error.name === 'APIError') return show(c, session, refused);
      throw error;
    }
  });
  post('password/', async (c, session, form) => {
    const fault = passwordFault(form.text('fresh'), session.person);
    if (fault !== null) return show(c, session, { told: { text: fault, alarm: true } });
    const response = await auth.api
      .changePassword({
        body: {
          currentPassword: form.text('now'),
          newPassword: form.text('fresh'),
          revokeOtherSessions: true,
        },
        headers: c.req.raw.headers,
        asResponse: true,
      })
      .catch(() => null);
    if (response === null || !response.ok) return show(c, session, refused);
    setCookies(c, response.headers.getSetCookie());
    return c.redirect(`/${site.viewOf(c).language}/account/`, 303);
  });
  post('mail/', async (c, session, form) => {
    const wanted = wantedChoices.find((each) => each === form.text('wanted'));
    const language = languageChoices.find((each) => each === form.text('mail-language'));
    if (wanted === undefined || language === undefined) return show(c, session, refused);
    await people.chooseMail(session.person.id, { wanted, language });
    return show(c, session, done);
  });
  post('sessions/', async (c, session) => {
    await auth.api.revokeOtherSessions({ headers: c.req.raw.headers });
    return show(c, session, done);
  });
  post('keys/', async (c, session, form) => {
    const now = door.now().toISOString();
    if (form.text('end') !== '') {
      const ended = await people.endKey(form.text('end'), session.person.id, now);
      return show(c, session, ended ? done : refused);
    }
    const held = await people.grants('*', session.person.id);
    const roles = form.all('roles').filter((role) => held.some((grant) => grant.role === role));
    const days = Number(form.text('days'));
    const label = form.text('label').trim().slice(0, 120);
    const area = form.text('area').trim();
    if (
      roles.length === 0 ||
      label === '' ||
      !/^(?:\*|[A-Za-z0-9_-]{1,40})$/.test(area) ||
      !Number.isInteger(days) ||
      days < 1 ||
      days > mostDays
    )
      return show(c, session, refused);
    return show(c, session, { newKey: await door.makeKey(session.person, { label, roles, area, days }) });
  });
}
