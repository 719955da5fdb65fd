import { indicatorsIn, parseFormula } from '../../figures/index.ts';
import type { Indicator, Workspace } from '../../model/index.ts';
import {
  type AskedCell,
  askedCells,
  type CellState,
  cellState,
  cellStream,
  emptyCell,
  type Round,
  roundSchema,
} from '../../plan/index.ts';
import type { Store, StoredEvent } from '../../store/index.ts';

/** A round as it stands, with the number of its last event. */
export interface OpenRound {
  readonly round: Round;
  readonly seq: number;
  readonly kind: string;
  /** When values were last released; null before. */
  readonly releasedAt: string | null;
}

interface Asking {
  /** The reading that runs. */
  readonly now: Promise<readonly OpenRound[]>;
  /** The one after it, for all who asked since it began: what it reads is not older than the question. */
  next: Promise<readonly OpenRound[]> | null;
}
const asking = new WeakMap<Store, Map<string, Asking>>();

/** The rounds of a city, newest first. Who asks while a reading runs shares the next one. */
export function readRounds(store: Store, city: string): Promise<readonly OpenRound[]> {
  const ofStore = asking.get(store) ?? new Map<string, Asking>();
  asking.set(store, ofStore);
  const running = ofStore.get(city);
  if (running !== undefined) {
    running.next ??= running.now.then(
      () => readRounds(store, city),
      () => readRounds(store, city),
    );
    return running.next;
  }
  const now = readRoundsOnce(store, city).finally(() => ofStore.delete(city));
  ofStore.set(city, { now, next: null });
  return now;
}

async function readRoundsOnce(store: Store, city: string): Promise<readonly OpenRound[]> {
  const byStream = new Map<string, OpenRound>();
  for (const event of await store.events(city, { register: 'round' })) {
    const before = byStream.get(event.stream);
    const read = roundSchema.safeParse(event.body.round);
    const round = read.success ? read.data : before?.round;
    if (round === undefined) continue;
    byStream.set(event.stream, {
      round,
      seq: event.seq,
      kind: event.kind,
      releasedAt: event.kind === 'released' ? event.occurred : (before?.releasedAt ?? null),
    });
  }
  return [...byStream.values()].sort((a, b) => (a.round.id < b.round.id ? 1 : -1));
}

const recentFor = 1000;
const recent = new WeakMap<Store, Map<string, { readonly at: number; readonly open: OpenRound }>>();

/**
 * A round as it was read at most a second ago: for the many saves that come into an open one, each of which counts as sent
 * then. The cells themselves are read anew, and the log decides about each.
 */
export async function readRoundForSave(store: Store, city: string, id: string): Promise<OpenRound | null> {
  const ofStore = recent.get(store) ?? recentOf(store);
  const name = `${city} ${id}`;
  const known = ofStore.get(name);
  if (known !== undefined && performance.now() - known.at < recentFor) return known.open;
  const open = await readRound(store, city, id);
  // Who asks for rounds that are not there must not fill the memory.
  if (open === null) ofStore.delete(name);
  else ofStore.set(name, { at: performance.now(), open });
  return open;
}

function recentOf(store: Store): Map<string, { readonly at: number; readonly open: OpenRound }> {
  const made = new Map<string, { readonly at: number; readonly open: OpenRound }>();
  recent.set(store, made);
  store.watch((_city, _head, registers) => {
    if (registers === null || registers.has('round')) made.clear();
  });
  return made;
}

export async function readRound(store: Store, city: string, id: string): Promise<OpenRound | null> {
  return (await readRounds(store, city)).find(({ round }) => round.id === id) ?? null;
}

/** The indicators that a formula names; none where it cannot be read. */
export function inputsOf({ formula }: Indicator): readonly string[] {
  if (formula === undefined) return [];
  const read = parseFormula(formula);
  return 'error' in read ? [] : indicatorsIn(read.expression);
}

/** A cell that is asked for, with where it stands. */
export interface RoundCell extends AskedCell {
  readonly stream: string;
  readonly now: CellState;
}

type NamedCell = Omit<RoundCell, 'now'>;
const asked = new WeakMap<Workspace, Map<string, readonly NamedCell[]>>();
const askedBy = new WeakMap<Workspace, WeakMap<Round, readonly NamedCell[]>>();

/** The cells that a round asks for; worked out once for each state of the workspace. */
export function cellsOf(round: Round, workspace: Workspace): readonly NamedCell[] {
  const byRound = askedBy.get(workspace) ?? new WeakMap<Round, readonly NamedCell[]>();
  askedBy.set(workspace, byRound);
  const seen = byRound.get(round);
  if (seen !== undefined) return seen;
  const known = asked.get(workspace) ?? new Map<string, readonly NamedCell[]>();
  asked.set(workspace, known);
  const key = JSON.stringify(round);
  const cells =
    known.get(key) ??
    askedCells(round, workspace, inputsOf).map((cell) => ({ ...cell, stream: cellStream(round.id, cell) }));
  known.set(key, cells);
  byRound.set(round, cells);
  return cells;
}

/** The cells of a round that a store may see; `store` is narrowed to areas and departments by the caller. */
export async function readCells(
  store: Store,
  city: string,
  round: Round,
  workspace: Workspace,
  only: { readonly areas?: readonly string[]; readonly stream?: string } = {},
): Promise<readonly RoundCell[]> {
  const events = await store.events(city, {
    register: 'cell',
    ...(only.areas === undefined ? {} : { areas: only.areas }),
    ...(only.stream === undefined ? {} : { stream: only.stream }),
  });
  const byCell = new Map<string, StoredEvent[]>();
  for (const event of events) {
    const key = `${event.area} ${event.stream}`;
    const known = byCell.get(key);
    if (known === undefined) byCell.set(key, [event]);
    else known.push(event);
  }
  return cellsOf(round, workspace).flatMap((cell) => {
    const { stream } = cell;
    if (only.areas !== undefined && !only.areas.includes(cell.area)) return [];
    if (only.stream !== undefined && only.stream !== stream) return [];
    const known = byCell.get(`${cell.area} ${stream}`);
    return [{ ...cell, now: known === undefined ? emptyCell : cellState(known) }];
  });
}
