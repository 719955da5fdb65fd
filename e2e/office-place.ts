import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { openBrowser } from '../scripts/browser.js';
import { testEngines } from '../scripts/test-stores.ts';
import { type Following, followPlaces } from '../src/cli/follow-places.ts';
import { FigureSet } from '../src/figures/index.ts';
import { loadWorkspace } from '../src/intake/index.ts';
import type { Store } from '../src/store/index.ts';
import { createApp, type Door, type Grant, LivePlaces, makeDoor } from '../src/web/index.ts';
import { axeFaults } from './axe.ts';
import { listen } from './listen.ts';

export const password = 'seven quiet herons walk';
const engine = testEngines.find(({ name }) => name === 'postgres') ?? testEngines[0];

/** An office of one of the example cities, served to browsers. */
export interface OfficePlace {
  readonly origin: string;
  readonly store: Store;
  readonly live: LivePlaces;
  readonly door: Door;
  readonly following: Following;
  readonly browser: Browser;
  /** What should not have happened; `close` expects none. */
  readonly complaints: string[];
  /**
   * Somebody who was invited and has signed in, in a browser of their own: by the pages, or, where `byPages` is false, by the
   * cookie that they set, since pages of signing in are walked through once and not for each of ten.
   */
  someone(
    name: string,
    language: 'en' | 'zh',
    grants: readonly Grant[],
    how?: { readonly script?: boolean; readonly byPages?: boolean },
  ): Promise<Page>;
  close(): Promise<void>;
}

/** Opens the office of a city; `now`: its clock. */
export async function openOffice(city: string, now: () => Date = () => new Date()): Promise<OfficePlace> {
  if (engine === undefined) throw new Error('there is always the embedded engine');
  const at = await engine.place();
  const browsing = openBrowser();
  const store = await at.open();
  const folder = fileURLToPath(new URL(`../examples/${city}`, import.meta.url));
  const { receipt } = await loadWorkspace(store, folder, { agent: 'test', received: '2023-01-01T00:00:00Z' });
  expect(receipt?.outcome).toBe('stored');
  const workspace = await store.workspace(city);
  if (workspace === null) throw new Error('loaded above');
  const place = { folder, workspace, figures: new FigureSet(workspace, { asOf: 1 }), asOf: 1 };
  const live = new LivePlaces([{ ...place, store }]);
  const following = followPlaces({ store, places: [place], live, settle: 20 });
  // Listening first: the door needs the address that browsers see.
  const server = await listen();
  const { origin } = server;
  const door = makeDoor({
    people: store.people,
    secret: 'a secret of the test, long enough for it',
    baseUrl: origin,
    now,
  });
  const complaints: string[] = [];
  server.answer(
    createApp({
      places: live,
      store,
      door,
      registers: { home: at.directory, now: () => now().toISOString(), apiKeys: new Map() },
      onFault: (error, path) => complaints.push(`${path}: ${error.stack ?? error.message}`),
    }).fetch,
  );
  const browser = await browsing;

  return {
    origin,
    store,
    live,
    door,
    following,
    browser,
    complaints,
    async someone(name, language, grants, { script = true, byPages = true } = {}) {
      const email = `${name}@city.example`;
      const token = await door.invite({ city, purpose: 'join', email, name, grants, by: 'test' });
      const context = await browser.newContext({
        viewport: { width: 1280, height: 900 },
        javaScriptEnabled: script,
      });
      context.on('request', (request) => {
        if (!request.url().startsWith(`${origin}/`)) complaints.push(`asked for ${request.url()}`);
      });
      context.setDefaultTimeout(20_000);
      const page = await context.newPage();
      page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
      page.on('console', (message) => {
        if (message.type() === 'error' && !/40[349]|422|DISCONNECTED/.test(message.text()))
          complaints.push(`${page.url()}: ${message.text()}`);
      });
      if (byPages) {
        await page.goto(`${origin}/${language}/join/?token=${token}`);
        await page.fill('input[name=password]', password);
        await page.click('form.door button');
        await page.fill('input[name=email]', email);
        await page.fill('input[name=password]', password);
        await page.click('form.door button');
        await page.waitForURL(/account/);
        return page;
      }
      for (const [path, form] of [
        ['join', { token, name, password }],
        ['sign-in', { email, password }],
      ] as const) {
        const answer = await context.request.post(`${origin}/${language}/${path}/`, {
          form,
          headers: { origin },
          maxRedirects: 0,
        });
        expect(answer.status(), path).toBe(303);
      }
      return page;
    },
    async close() {
      await following.stop();
      await browser.close();
      await server.close();
      await store.close();
      expect(complaints).toEqual([]);
    },
  };
}

/** axe finds nothing on the page as it stands. */
export async function isAccessible(page: Page, name: string): Promise<void> {
  expect([name, await axeFaults(page)]).toEqual([name, []]);
}
