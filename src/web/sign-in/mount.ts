import type { Context } from 'hono';
import { problem } from '../api/problem.ts';
import { guard } from '../guard.ts';
import { mountMail } from '../mail/mount.ts';
import { declareRule } from '../rules.ts';
import { param, type Site } from '../site.ts';
import { mountAccount } from './account.ts';
import { setCookies } from './cookies.ts';
import type { Door } from './door.ts';
import { type FormFields, readForm } from './form.ts';
import { isOwnOrigin, ownPath } from './origin.ts';
import { mountPeople } from './people.ts';
import { CodePage, LinkPage, SignInPage } from './sign-in-pages.tsx';

/** Signing in and out, joining, the account, people and rights, the trail. */
export function mountSignIn(site: Site, door: Door): void {
  const { app } = site;
  const languageOf = (c: Context): string => param(c, 'language');
  const home = (c: Context): string => `/${languageOf(c)}/account/`;

  const get = (path: string, page: (c: Context) => Promise<Response> | Response): void => {
    const whole = `/:language{en|zh}${path}`;
    declareRule(app, 'GET', whole, 'anyone');
    app.get(whole, (c) => {
      c.header('cache-control', 'no-store');
      return page(c);
    });
  };
  const post = (path: string, take: (c: Context, form: FormFields) => Promise<Response>): void => {
    const whole = `/:language{en|zh}${path}`;
    declareRule(app, 'POST', whole, 'anyone');
    app.post(whole, async (c) => {
      c.header('cache-control', 'no-store');
      // Signing somebody in from a page of another site is an attack too, and comes without a cookie.
      if (!isOwnOrigin(c, door.baseUrl))
        return problem(c, 403, 'This was sent by a page of another site', new URL(c.req.url).pathname);
      return take(c, await readForm(c));
    });
  };

  get('/sign-in/', (c) => {
    const next = ownPath(c.req.query('next'), home(c));
    return site.show(
      c,
      SignInPage({ view: site.viewOf(c), next, told: null, provider: door.oidcName, mails: door.mails }),
    );
  });
  post('/sign-in/', async (c, form) => {
    const next = ownPath(form.text('next'), home(c));
    const came = await door.signIn(c, form.text('email'), form.text('password'));
    if (!('cookies' in came)) {
      const told = came.outcome === 'locked' ? 'locked' : 'wrong';
      return site.show(
        c,
        SignInPage({ view: site.viewOf(c), next, told, provider: door.oidcName, mails: door.mails }),
        told === 'locked' ? 429 : 422,
      );
    }
    setCookies(c, came.cookies);
    return c.redirect(
      came.outcome === 'code' ? `/${languageOf(c)}/sign-in/code/?next=${encodeURIComponent(next)}` : next,
      303,
    );
  });
  post('/sign-in/provider/', async (c, form) => {
    if (door.oidcName === null) return site.absent(c);
    const response = await door.auth.api.signInSocial({
      body: {
        provider: 'oidc',
        callbackURL: ownPath(form.text('next'), home(c)),
        errorCallbackURL: `/${languageOf(c)}/sign-in/`,
      },
      headers: c.req.raw.headers,
      asResponse: true,
    });
    const answer: unknown = await response.json();
    setCookies(c, response.headers.getSetCookie());
    const url = typeof answer === 'object' && answer !== null && 'url' in answer ? String(answer.url) : null;
    return url === null ? site.absent(c) : c.redirect(url, 303);
  });
  if (door.oidcName !== null) {
    declareRule(app, 'GET', '/api/auth/callback/oidc', 'anyone');
    app.get('/api/auth/callback/oidc', async (c) => {
      c.header('cache-control', 'no-store');
      const own = new URL(c.req.url);
      const response = await door.auth.handler(
        new Request(new URL(own.pathname + own.search, door.baseUrl), c.req.raw),
      );
      const location = response.headers.get('location') ?? '';
      const isSignedIn = response.status === 302 && !location.includes('error=');
      await door.note(c, null, 'sign-in.provider', '', isSignedIn ? 'done' : 'failed');
      return response;
    });
  }
  get('/sign-in/code/', (c) => {
    const next = ownPath(c.req.query('next'), home(c));
    return site.show(c, CodePage({ view: site.viewOf(c), next, told: null }));
  });
  post('/sign-in/code/', async (c, form) => {
    const next = ownPath(form.text('next'), home(c));
    const came = await door.secondStep(c, form.text('code'));
    if (!('cookies' in came))
      return site.show(
        c,
        CodePage({ view: site.viewOf(c), next, told: came.outcome === 'locked' ? 'locked' : 'codeWrong' }),
        came.outcome === 'locked' ? 429 : 422,
      );
    setCookies(c, came.cookies);
    return c.redirect(next, 303);
  });
  post('/sign-out/', async (c) => {
    setCookies(c, await door.signOut(c));
    return c.redirect(`/${languageOf(c)}/`, 303);
  });

  get('/join/', async (c) => {
    const token = (c.req.query('token') ?? '').slice(0, 100);
    const terms = await door.link(token);
    return site.show(
      c,
      LinkPage({ view: site.viewOf(c), token, terms, told: null, provider: door.oidcName }),
      terms === null ? 404 : 200,
    );
  });
  post('/join/', async (c, form) => {
    const token = form.text('token').slice(0, 100);
    const byProvider = form.text('provider') === 'yes';
    const came = await door.useLink(c, token, {
      name: form.text('name'),
      email: form.text('email'),
      password: byProvider ? null : form.text('password'),
    });
    if (came === 'done') return c.redirect(`/${languageOf(c)}/sign-in/`, 303);
    const terms = came === 'gone' ? null : await door.link(token);
    return site.show(
      c,
      LinkPage({
        view: site.viewOf(c),
        token,
        terms,
        told: came === 'gone' ? null : came,
        provider: door.oidcName,
      }),
      terms === null ? 404 : 422,
    );
  });

  mountMail(site, door);
  mountAccount(site, door);
  mountPeople(site, door, guard(site, door));
}
