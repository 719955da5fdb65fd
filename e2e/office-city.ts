import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';
import { openBrowser } from '../scripts/browser.js';
import { testEngines } from '../scripts/test-stores.ts';
import { type Following, followPlaces } from '../src/cli/follow-places.ts';
import { FigureSet } from '../src/figures/index.ts';
import { loadWorkspace } from '../src/intake/index.ts';
import type { Store } from '../src/store/index.ts';
import { createApp, type Door, type Grant, LivePlaces, makeDoor } from '../src/web/index.ts';
import { type Listening, listen } from './listen.ts';

const password = 'seven quiet herons walk';

/** A city of examples/ with its office, served to browsers from a store of its own. */
export interface OfficeCity {
  readonly origin: string;
  readonly store: Store;
  readonly browser: Browser;
  readonly complaints: string[];
  /** Somebody who has joined and signed in. */
  someone(
    name: string,
    language: 'en' | 'zh',
    role: Grant['role'],
    more?: BrowserContextOptions,
  ): Promise<Page>;
  /** Somebody who has a role and never signs in here: quicker, since no password is made. */
  known(name: string, role: Grant['role']): Promise<void>;
  /** Who somebody is, as the office knows them. */
  idOf(name: string): Promise<string>;
  /** axe finds nothing, and nothing is wider than a phone. */
  isSound(page: Page, name: string): Promise<void>;
  close(): Promise<void>;
}

/** Opens a city on a server of databases where there is one, else on the embedded one. Closing tells whether a fault was seen. */
export async function openCity(city: string): Promise<OfficeCity> {
  const engine = testEngines.find(({ name }) => name === 'postgres') ?? testEngines[0];
  if (engine === undefined) throw new Error('there is always the embedded engine');
  const at = await engine.place();
  const store: Store = await at.open();
  const folder = fileURLToPath(new URL(`../examples/${city}`, import.meta.url));
  await loadWorkspace(store, folder, { agent: 'test', received: '2023-01-01T00:00:00Z' });
  const workspace = await store.workspace(city);
  if (workspace === null) throw new Error('loaded above');
  const place = { folder, workspace, figures: new FigureSet(workspace, { asOf: 1 }), asOf: 1 };
  const live = new LivePlaces([{ ...place, store }]);
  const following: Following = followPlaces({ store, places: [place], live, settle: 20 });
  // Listening first: the door needs the address that browsers see.
  const server: Listening = await listen();
  const { origin } = server;
  const door: Door = makeDoor({
    people: store.people,
    secret: 'a secret of the test, long enough for it',
    baseUrl: origin,
  });
  const complaints: string[] = [];
  server.answer(
    createApp({
      places: live,
      store,
      door,
      registers: { home: at.directory, now: () => new Date().toISOString(), apiKeys: new Map() },
      onFault: (error, path) => complaints.push(`${path}: ${error.stack ?? error.message}`),
    }).fetch,
  );
  const browser = await openBrowser();
  const emailOf = (name: string): string => `${name}@city.example`;
  return {
    origin,
    store,
    browser,
    complaints,
    async someone(name, language, role, more = {}) {
      const grants = [{ role, area: '*', department: '*' }];
      const token = await door.invite({
        city,
        purpose: 'join',
        email: emailOf(name),
        name,
        grants,
        by: 'test',
      });
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...more });
      context.on('request', (request) => {
        if (!request.url().startsWith(`${origin}/`)) complaints.push(`asked for ${request.url()}`);
      });
      context.setDefaultTimeout(20_000);
      const page = await context.newPage();
      page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
      await page.goto(`${origin}/${language}/join/?token=${token}`);
      await page.fill('input[name=password]', password);
      await page.click('form.door button');
      await page.fill('input[name=email]', emailOf(name));
      await page.fill('input[name=password]', password);
      await page.click('form.door button');
      await page.waitForURL(/account/);
      return page;
    },
    async known(name, role) {
      const at = '2023-01-01T00:00:00Z';
      await store.people.addPerson({ id: name, name, email: emailOf(name) }, at);
      const given = { city, id: `grant-${name}`, person: name, area: '*', department: '*', givenBy: 'test' };
      await store.people.grant({ ...given, role, givenAt: at });
    },
    async idOf(name) {
      const known = (await store.people.everyone()).find(({ email }) => email === emailOf(name));
      if (known === undefined) throw new Error(`${name} has not joined`);
      return known.id;
    },
    async isSound(page, name) {
      const found = await new AxeBuilder({ page }).analyze();
      expect(found.violations.map(({ id, nodes }) => `${name}: ${id} ${nodes[0]?.html ?? ''}`)).toEqual([]);
      const pictures = process.env.MODELCITY_NARROW;
      const picture = async (file: string) => {
        if (pictures !== undefined)
          await page.screenshot({ path: `${pictures}/${file}.png`, fullPage: true });
      };
      await picture(name);
      await page.setViewportSize({ width: 360, height: 780 });
      const wide = await page.evaluate(() =>
        document.documentElement.scrollWidth <= window.innerWidth
          ? []
          : [...document.querySelectorAll('main *')]
              .filter((each) => each.getBoundingClientRect().right > window.innerWidth)
              .map((each) => `${each.tagName} ${each.className} ${each.getAttribute('name') ?? ''}`),
      );
      expect(wide, name).toEqual([]);
      await picture(`${name}-360`);
      await page.setViewportSize({ width: 1280, height: 900 });
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
