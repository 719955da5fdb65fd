import type { Context } from 'hono';
import { type Case, type Register, type Registers, visibleValues } from '../../registers/index.ts';
import { param, type Site } from '../site.ts';
import type { PlaceView } from '../view.ts';
import type { SeenEvent } from './case-page.tsx';
import type { Hall, Standing } from './hall.ts';
import { Limit } from './limit.ts';

const minute = 60_000;

/** A request at a register of a place, and who asks. */
export interface AtDesk {
  readonly c: Context;
  readonly all: Registers;
  readonly register: Register;
  readonly standing: Standing;
  readonly view: PlaceView;
}

/** A page, an answer of another kind, or null: there is nothing here for whoever asks. */
export type Answer = Awaited<ReturnType<Parameters<Site['room']>[1]>>;

/** What the pages of registers share: where a request belongs, who asks, and how often the same caller may. */
export class Desk {
  readonly site: Site;
  readonly hall: Hall;
  readonly filings = new Limit(10, 60 * minute);
  readonly lookups = new Limit(30, 10 * minute);

  constructor(site: Site, hall: Hall) {
    this.site = site;
    this.hall = hall;
  }

  async inPlace(c: Context, page: (view: PlaceView, all: Registers) => Promise<Answer>): Promise<Response> {
    const here = this.site.placeOf(c);
    const all = here === undefined ? null : this.hall.of(here);
    if (here === undefined || all === null) return this.site.absent(c);
    await all.refresh();
    c.header('cache-control', 'no-store');
    return this.#shown(c, await page({ ...this.site.viewOf(c), here }, all));
  }

  inRegister(c: Context, page: (at: AtDesk) => Promise<Answer>): Promise<Response> {
    return this.#at(c, param(c, 'id'), page);
  }

  /** The register that the public files with: the first one that offers services. */
  inComplaints(c: Context, page: (at: AtDesk) => Promise<Answer>): Promise<Response> {
    const here = this.site.placeOf(c);
    const all = here === undefined ? null : this.hall.of(here);
    const id = all?.declarations().find(({ services }) => services !== undefined)?.id ?? '';
    return this.#at(c, id, page);
  }

  #at(c: Context, id: string, page: (at: AtDesk) => Promise<Answer>): Promise<Response> {
    return this.inPlace(c, async (view, all) => {
      const register = all.get(id);
      if (register === undefined) return null;
      const standing = await this.hall.standing(c, view.here, view.here.place.workspace.city.area);
      return page({ c, all, register, standing, view });
    });
  }

  async #shown(c: Context, made: Answer): Promise<Response> {
    if (made === null) return this.site.absent(c);
    return made instanceof Response ? made : this.site.show(c, made);
  }
}

/** The events of a case with what someone in these standings may see of each. */
export async function seenEvents(
  register: Register,
  each: Case,
  roles: Standing['roles'],
): Promise<readonly SeenEvent[]> {
  const events = await register.events(each.stream);
  return Promise.all(
    events.map(async (event) => ({ event, values: await visibleValues(register, each, event, roles) })),
  );
}
