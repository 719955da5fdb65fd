import type { Context } from 'hono';
import type { RegisterRole } from '../../model/index.ts';
import { registerRoleSchema } from '../../model/index.ts';
import {
  type Case,
  isPublic,
  openRegisters,
  personalAmong,
  type Register,
  type Registers,
} from '../../registers/index.ts';
import type { Catalogue } from '../catalogue.ts';
import type { Site } from '../site.ts';
import type { Person } from '../who.ts';

export interface RegistersOptions {
  /** Folder of the live store: the keys of persons lie in it. */
  readonly home: string;
  /** The time, ISO 8601. */
  readonly now: () => string;
  /** sha-256 (hex) of the keys that other systems may file with, and whose they are. */
  readonly apiKeys: ReadonlyMap<string, string>;
}

/** Who asks, as far as registers care: standings in an area, and the department spoken for. */
export interface Standing {
  readonly person: Person | null;
  readonly roles: readonly RegisterRole[];
  /** Absent: every department. */
  readonly department?: string;
}

/** The registers of each place, opened once on the live store. */
export class Hall {
  readonly options: RegistersOptions;
  readonly #site: Site;
  readonly #open = new Map<string, { readonly declared: string; readonly registers: Registers }>();

  constructor(site: Site, options: RegistersOptions) {
    this.#site = site;
    this.options = options;
  }

  /** The registers of a place; null on a published site. They are opened anew when the place declares others. */
  of(here: Catalogue): Registers | null {
    const { store } = this.#site;
    if (store === undefined) return null;
    const { workspace } = here.place;
    const declared = JSON.stringify([workspace.registers ?? [], workspace.city.areas]);
    const known = this.#open.get(here.city);
    if (known?.declared === declared) return known.registers;
    const registers = openRegisters(workspace, store, this.options.home);
    this.#open.set(here.city, { declared, registers });
    return registers;
  }

  /** A register by its id, up to date with the log. */
  async register(here: Catalogue, id: string): Promise<{ all: Registers; register: Register } | null> {
    const all = this.of(here);
    const register = all?.get(id);
    if (all === null || register === undefined) return null;
    await all.refresh();
    return { all, register };
  }

  now(): string {
    return this.options.now();
  }

  /** Writes into the trail which personal fields of which case somebody of the office was shown; before they are. */
  async noteShown(
    c: Context,
    { here, person }: { readonly here: Catalogue; readonly person: Person | null },
    register: Register,
    number: string,
    fields: Iterable<string>,
  ): Promise<void> {
    const personal = personalAmong(register, fields);
    if (person === null || personal.length === 0) return;
    const object = `${register.id}/${number}`;
    await this.#site.noteRead(c, person, 'personal.read', object, personal.join(' '), here.city);
  }

  /** In what standings someone is in an area; a visitor is the public. Grants of an area hold for those below it. */
  async standing(c: Context, here: Catalogue, area: string): Promise<Standing> {
    const person = await this.#site.who(c);
    if (person === null) return { person, roles: ['public'] };
    const above = new Set(['*']);
    for (let at: string | undefined = area; at !== undefined; at = here.areas.get(at)?.parent) above.add(at);
    const grants = person.grants.filter((grant) => above.has(grant.area));
    const roles = grants.flatMap(({ role }) => {
      const read = registerRoleSchema.safeParse(role);
      return read.success ? [read.data] : [];
    });
    const departments = new Set(grants.map(({ department }) => department));
    const [only] = departments;
    return {
      person,
      roles: [...new Set<RegisterRole>([...roles, 'public'])],
      ...(roles.length > 0 && departments.size === 1 && only !== undefined && only !== '*'
        ? { department: only }
        : {}),
    };
  }
}

/** Whether someone sees a case at all: the office sees all, the public what the register opens. */
export function seesCase(register: Register, each: Case, { roles }: Standing): boolean {
  return roles.some((role) => role !== 'public') || isPublic(register.declaration, each);
}

export function isOffice({ roles }: Standing): boolean {
  return roles.some((role) => role !== 'public');
}
