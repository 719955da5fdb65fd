import type { Context } from 'hono';
import { problem } from './api/problem.ts';
import type { Catalogue } from './catalogue.ts';
import { declareRule } from './rules.ts';
import type { Door } from './sign-in/door.ts';
import { ForbiddenPage } from './sign-in/sign-in-pages.tsx';
import type { Site } from './site.ts';
import type { PlaceView } from './view.ts';
import type { Person, Role } from './who.ts';

/** What a guarded handler knows. */
export interface Guarded {
  readonly c: Context;
  readonly person: Person;
  readonly here: Catalogue;
  readonly view: PlaceView;
}

type Handler = (at: Guarded) => Promise<Response> | Response;

/** Routes of one place's office: who is not signed in is sent to sign in, who may not is told so, and all is noted. */
export function guard(site: Site, door: Door) {
  const route = (
    method: 'GET' | 'POST',
    path: string,
    rule: readonly Role[],
    action: string,
    handler: Handler,
    noted = true,
  ): void => {
    declareRule(site.app, method, path, rule);
    site.app.on(method, path, async (c) => {
      c.header('cache-control', 'no-store');
      const here = site.placeOf(c);
      const { pathname } = new URL(c.req.url);
      const isApi = pathname.startsWith('/api/');
      if (here === undefined) return site.absent(c);
      const view = { ...site.viewOf(c), here };
      const person = await site.who(c);
      if (person === null)
        return isApi
          ? problem(c, 401, 'Sign in, or send a key that works', pathname)
          : c.redirect(
              `/${view.language}/sign-in/?next=${encodeURIComponent(method === 'GET' ? c.req.url.slice(new URL(c.req.url).origin.length) : pathname)}`,
              303,
            );
      // The role is held, but not yet behind a second factor: the way leads to where it is set up.
      if (
        person.needsSecondFactor === true &&
        !isApi &&
        !person.grants.some(({ role }) => rule.includes(role))
      ) {
        await door.note(c, person, action, pathname, 'refused', { why: 'second-factor' }, here.city);
        return c.redirect(`/${view.language}/account/?needed=second-factor`, 303);
      }
      if (!person.grants.some(({ role }) => rule.includes(role))) {
        await door.note(c, person, action, pathname, 'refused', {}, here.city);
        return isApi
          ? problem(c, 403, 'None of your roles allows this', pathname)
          : site.show(c, ForbiddenPage({ view }), 403);
      }
      const response = await handler({ c, person, here, view });
      if (!noted && response.status < 400) return response;
      const outcome = response.status < 400 ? 'done' : 'refused';
      await door.note(
        c,
        person,
        action,
        pathname,
        outcome,
        { status: response.status, ...(person.key === undefined ? {} : { key: person.key }) },
        here.city,
      );
      return response;
    });
  };
  return {
    /** A page of the office: `/{language}/{city}/office{path}`. */
    page: (path: string, rule: readonly Role[], handler: Handler): void =>
      route('GET', `/:language{en|zh}/:city/office${path}`, rule, 'view', handler),
    /** A form of the office is sent. */
    form: (path: string, rule: readonly Role[], action: string, handler: Handler): void =>
      route('POST', `/:language{en|zh}/:city/office${path}`, rule, action, handler),
    /** For programs: `/api/office/{city}{path}`. */
    api: (
      method: 'GET' | 'POST',
      path: string,
      rule: readonly Role[],
      action: string,
      handler: Handler,
    ): void => route(method, `/api/office/:city${path}`, rule, action, handler),
    /** For a page that is open and asks again and again: only what is refused stands in the trail. */
    peek: (method: 'GET' | 'POST', path: string, rule: readonly Role[], handler: Handler): void =>
      route(method, `/api/office/:city${path}`, rule, 'view', handler, false),
  };
}
export type Guard = ReturnType<typeof guard>;
