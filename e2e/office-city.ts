import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Grant } from '../src/web/index.ts';
import { isAccessible, type OfficePlace, openOffice } from './office-place.ts';

/** An office in which everybody's role holds for the whole city. */
export interface OfficeCity
  extends Pick<OfficePlace, 'origin' | 'store' | 'browser' | 'complaints' | 'close'> {
  /** Somebody who has joined and signed in. */
  someone(
    name: string,
    language: 'en' | 'zh',
    role: Grant['role'],
    more?: { readonly javaScriptEnabled?: boolean; readonly area?: string },
  ): Promise<Page>;
  /** Somebody who has a role and never signs in here: quicker, since no password is made. */
  known(name: string, role: Grant['role']): Promise<void>;
  /** Who somebody is, as the office knows them. */
  idOf(name: string): Promise<string>;
  /** axe finds nothing, and nothing is wider than a phone. */
  isSound(page: Page, name: string): Promise<void>;
}

/** Opens the office of an example city. Closing tells whether a fault was seen. */
export async function openCity(
  city: string,
  { now }: { readonly now?: () => Date } = {},
): Promise<OfficeCity> {
  const office = await openOffice(city, now);
  const { origin, store, browser, complaints, close } = office;
  const emailOf = (name: string): string => `${name}@city.example`;
  return {
    origin,
    store,
    browser,
    complaints,
    close,
    someone: (name, language, role, { javaScriptEnabled: script = true, area = '*' } = {}) =>
      office.someone(name, language, [{ role, area, department: '*' }], { script, byPages: false }),
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
      await isAccessible(page, name);
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
  };
}
