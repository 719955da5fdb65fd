import type { Context, Hono } from 'hono';
import { html } from 'hono/html';
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { Language } from '../model/index.ts';
import type { Store } from '../store/index.ts';
import { problem } from './api/problem.ts';
import type { Assets } from './assets.ts';
import type { Catalogue } from './catalogue.ts';
import { languageOf } from './language-of.ts';
import { MessagePage } from './pages/message.tsx';
import { declareRule } from './rules.ts';
import type { PlaceView, View } from './view.ts';
import type { Person } from './who.ts';
import { words } from './words.ts';
import { WrittenPage } from './written-page.ts';

/** What a page of a place comes to: null when there is no such page; a response of its own where it needs one. */
export type RoomAnswer = JSX.Element | Response | null;

/** Bytes of a file of the log by its SHA-256. */
export type FileOf = (sha256: string) => Promise<Uint8Array>;

/** What the parts of the site stand on: one application, the places as they are now, and how a page is shown. */
export interface Site {
  readonly app: Hono;
  /** The places in the order in which they are listed. Ask anew for each request: they change while the server runs. */
  catalogues(): readonly Catalogue[];
  /** The live store; a published site has none, and takes nothing in. */
  readonly store: Store | undefined;
  /** Bytes of a file of the log by its hash, where there is a log: photographs of projects. */
  readonly fileOf: FileOf | undefined;
  /** The address under which the public finds the site, without its last slash; null where it does not know. */
  readonly base: string | null;
  /** Who asks; null for a visitor. Pages that depend on it answer with `cache-control: no-store`. */
  who(c: Context): Promise<Person | null>;
  /** Writes into the trail that somebody who is signed in has read something that is noted. */
  noteRead(
    c: Context,
    person: Person,
    action: string,
    object: string,
    detail: string,
    city: string,
  ): Promise<void>;
  viewOf(c: Context, language?: Language): View;
  show(c: Context, page: JSX.Element, status?: ShownStatus): Response | Promise<Response>;
  absent(c: Context): Response | Promise<Response>;
  /** The place that an address names in its second part. */
  placeOf(c: Context): Catalogue | undefined;
  /** A page of a place, `/{language}/{city}{path}`: 404 when there is no such place or the page says so by null. */
  room(path: string, page: (view: PlaceView, c: Context) => Promise<RoomAnswer> | RoomAnswer): void;
}

export type ShownStatus = 200 | 400 | 403 | 404 | 409 | 422 | 429 | 500;

export interface SiteParts {
  readonly app: Hono;
  readonly assets: Assets;
  readonly catalogues: () => readonly Catalogue[];
  readonly store: Store | undefined;
  readonly fileOf?: FileOf | undefined;
  readonly who: ((c: Context) => Promise<Person | null>) | undefined;
  /** Where a request came from, for the trail; null where nothing tells. */
  readonly addressOf: (c: Context) => string | null;
  readonly now: () => Date;
  readonly base: string | undefined;
  /** Whether pages are made to be written to files; see {@link WrittenPage}. */
  readonly written: boolean;
}

export function makeSite({
  app,
  assets,
  catalogues,
  store,
  fileOf = store === undefined ? undefined : (sha256) => store.file(sha256),
  who = async () => null,
  addressOf,
  now,
  base: given,
  written,
}: SiteParts): Site {
  const base = given === undefined ? null : given.replace(/\/+$/, '');
  const viewOf = (c: Context, language = languageOf(c)): View => ({
    language,
    t: words[language],
    path: new URL(c.req.url).pathname,
    places: catalogues(),
    here: null,
    live: store !== undefined,
    photos: fileOf !== undefined,
    base,
    assets: {
      style: assets.style.path,
      script: assets.elements.get('page')?.path ?? null,
      element: (name) => assets.elements.get(name)?.path ?? null,
    },
  });
  const show = async (c: Context, page: JSX.Element, status: ShownStatus = 200): Promise<Response> => {
    const text = html`<!DOCTYPE html>${page}`;
    return written ? new WrittenPage(String(await text), status) : c.html(text, status);
  };
  const absent = (c: Context) => {
    const path = new URL(c.req.url).pathname;
    if (path.startsWith('/api/')) return problem(c, 404, 'There is nothing at this address', path);
    // Whoever is in a place stays in it: its menu leads on.
    const here = catalogues().find(({ city }) => city === path.split('/')[2]) ?? null;
    return show(c, MessagePage({ kind: 'notFound', view: { ...viewOf(c), here } }), 404);
  };
  const placeOf = (c: Context): Catalogue | undefined =>
    catalogues().find(({ city }) => city === c.req.param('city'));
  return {
    app,
    catalogues,
    store,
    fileOf,
    who,
    async noteRead(c, { id, name }, action, object, detail, city) {
      await store?.people.note({
        city,
        at: now().toISOString(),
        person: id,
        name,
        action,
        object,
        outcome: 'done',
        address: addressOf(c),
        detail: { fields: detail },
      });
    },
    base,
    viewOf,
    show,
    absent,
    placeOf,
    room(path, page) {
      // Pages of a place are what an edition publishes: anyone may read them.
      declareRule(app, 'GET', `/:language{en|zh}/:city${path}`, 'anyone');
      app.get(`/:language{en|zh}/:city${path}`, async (c) => {
        const here = placeOf(c);
        if (here === undefined) return absent(c);
        const made = await page({ ...viewOf(c), here }, c);
        if (made === null) return absent(c);
        return made instanceof Response ? made : show(c, made);
      });
    },
  };
}

/** A part of an address; empty when the route has none by that name. */
export function param(c: Context, name: string): string {
  return c.req.param(name) ?? '';
}
