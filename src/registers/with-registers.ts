import { join } from 'node:path';
import type { Workspace } from '../model/index.ts';
import type { Store } from '../store/index.ts';
import { chinaCalendar } from './china-calendar.ts';
import { derive } from './derive.ts';
import { type Derived, together, withDerived } from './derived.ts';
import { PersonKeys } from './personal.ts';
import { Registers } from './registers.ts';
import { eraseExpired } from './retention.ts';
import { registersOf } from './shipped.ts';

/** Where the keys of persons lie beside a workspace's database: never part of the log, backed up apart or not at all. */
export function keysFolder(home: string): string {
  return join(home, 'persons');
}

/**
 * The registers of a place: its own and the shipped ones, on its store. What was read of its log for figures is not read
 * again, nor are its cases worked out again.
 */
export function openRegisters(workspace: Workspace, store: Store, home: string): Registers {
  const own = logOf(store);
  const known = kept.get(own)?.get(workspace.city.id);
  const from = known?.declared === declaredBy(workspace) ? known.all : undefined;
  return opened(workspace, own, home, from);
}

/** No register needs what panels scored; and a server's pages, which may not see it, find here what its start has read. */
function logOf(store: Store): Store {
  return store.withBallotsOf([]);
}

function opened({ city, registers }: Workspace, store: Store, home: string, from?: Registers): Registers {
  return new Registers(
    {
      city: city.id,
      area: city.area,
      areas: city.areas,
      ...(city.synthetic === undefined ? {} : { synthetic: city.synthetic }),
      store,
      keys: new PersonKeys(keysFolder(home)),
      calendar: chinaCalendar,
      declarations: registersOf(registers),
    },
    from,
  );
}

function declaredBy({ city, registers }: Workspace): string {
  return JSON.stringify([registers ?? [], city.areas]);
}

const kept = new WeakMap<Store, Map<string, { readonly declared: string; readonly all: Registers }>>();

/**
 * A workspace as of a position, with what its registers' records give up to there. What was read for an earlier position
 * is kept, so that following the log reads only what is new. `more`: what other records of the place give, such as meters.
 */
export async function withRegisters(
  workspace: Workspace,
  store: Store,
  asOf: number,
  more: readonly Derived[] = [],
): Promise<Workspace> {
  const { city } = workspace;
  const all = keptRegisters(workspace, store, asOf);
  await all.projection.refresh(asOf);
  const used = all.all().filter(({ id }) => all.projection.count(id) > 0);
  if (used.length === 0) return withDerived(workspace, together(more));
  const [newest] = await store.submissions(city.id, asOf - 1);
  const hasSeries = used.some(({ declaration }) => declaration.series.length > 0);
  const readings = hasSeries ? await store.readings(city.id, { asOf }) : [];
  const own = derive(all, newest?.received ?? '1970-01-01T00:00:00Z', readings);
  return withDerived(workspace, together([own, ...more]));
}

/**
 * Destroys the keys of a place's cases whose time of keeping is over, on what was read of its log already; gives how many.
 * `home` as for {@link openRegisters}. What figures are made from stays at its position: if it went ahead of it, the next
 * look would read the whole log again.
 */
export async function eraseExpiredOf(
  workspace: Workspace,
  store: Store,
  home: string,
  now: string,
): Promise<number> {
  const all = openRegisters(workspace, store, home);
  return (await eraseExpired(all, new PersonKeys(keysFolder(home)), now)).length;
}

function keptRegisters(workspace: Workspace, from: Store, asOf: number): Registers {
  const { city } = workspace;
  const store = logOf(from);
  const ofStore = kept.get(store) ?? new Map<string, { declared: string; all: Registers }>();
  kept.set(store, ofStore);
  const declared = declaredBy(workspace);
  const known = ofStore.get(city.id);
  if (known?.declared === declared && known.all.projection.position <= asOf) return known.all;
  const all = opened(workspace, store, '');
  ofStore.set(city.id, { declared, all });
  return all;
}
