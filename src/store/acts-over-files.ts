import { isDeepStrictEqual } from 'node:util';
import type { StoredEvent } from './store.ts';

/** What was done in the office to something that the workspace's files say: its kind, who did it, when and why. */
export interface Act<Item> {
  readonly kind: 'added' | 'changed' | 'withdrawn' | 'restored';
  readonly at: string;
  readonly by: string;
  readonly reason: string;
  /** As it stands from then on. */
  readonly item: Item;
  /** What the files said of it when the act was done; null: nothing. */
  readonly over: Item | null;
}

export type ActEvent = Pick<StoredEvent, 'stream' | 'seq' | 'kind' | 'occurred' | 'actor' | 'body'>;

const kinds = ['added', 'changed', 'withdrawn', 'restored'] as const;

/** The acts of each case in their order; events of other forms are passed over. */
export function actsByStream<Item, Body extends Pick<Act<Item>, 'item' | 'over' | 'reason'>>(
  events: readonly ActEvent[],
  read: (body: unknown) => Body | null,
): ReadonlyMap<string, readonly (Act<Item> & Body)[]> {
  const acts = new Map<string, (Act<Item> & Body)[]>();
  for (const { stream, kind, occurred, actor, body } of [...events].sort((a, b) => a.seq - b.seq)) {
    const given = read(body);
    const known = kinds.find((each) => each === kind);
    if (given === null || known === undefined) continue;
    const act = { ...given, kind: known, at: occurred, by: actor ?? '?' };
    const own = acts.get(stream);
    if (own === undefined) acts.set(stream, [act]);
    else own.push(act);
  }
  return acts;
}

/** One change: when, by whom, why, and what was said before (null: it was not there). */
export interface Change<Content> {
  at: string;
  by: string;
  kind: Act<unknown>['kind'];
  reason: string;
  was: Content | null;
}

/**
 * A list of the files with what was done to it in the office. Each item stands as its last act left it, as long as the files
 * still say what that act was done over. Files that say something else came later and stand; nothing that was said before is
 * lost, since each act is a change of the item's history either way.
 */
export function afterActs<
  Content extends { readonly id: string },
  Item extends Content & { readonly revisions?: readonly Change<Content>[] | undefined },
>(
  files: readonly Item[],
  acts: Iterable<readonly Act<Item>[]>,
  contentOf: (item: Item) => Content,
): readonly { readonly content: Content; readonly revisions: readonly Change<Content>[] }[] {
  const byId = new Map([...acts].map((own) => [own[0]?.item.id ?? '', own]));
  const settled = files.map((file) => {
    const done = byId.get(file.id) ?? [];
    byId.delete(file.id);
    const last = done.at(-1);
    const stands = last !== undefined && last.over !== null && isDeepStrictEqual(last.over, file);
    return {
      content: contentOf(stands ? last.item : file),
      revisions: changesOf(file.revisions ?? [], done, contentOf),
    };
  });
  // Added in the office; what the files had and have no more is not brought back.
  const added = [...byId.values()].flatMap((done) => {
    const last = done.at(-1);
    return last === undefined || last.over !== null
      ? []
      : [{ content: contentOf(last.item), revisions: changesOf([], done, contentOf) }];
  });
  return [...settled, ...added];
}

function changesOf<Content, Item>(
  before: readonly Change<Content>[],
  acts: readonly Act<Item>[],
  contentOf: (item: Item) => Content,
): readonly Change<Content>[] {
  const known = new Set(before.map(({ at, by }) => `${at} ${by}`));
  const fresh = acts.flatMap(({ at, by, kind, reason, over }, index): Change<Content>[] => {
    if (known.has(`${at} ${by}`)) return [];
    const previous = acts[index - 1];
    // What the act found: the act before it, or the files where these had come to say something else.
    const was = previous !== undefined && isDeepStrictEqual(previous.over, over) ? previous.item : over;
    return [{ at, by, kind, reason, was: was === null ? null : contentOf(was) }];
  });
  return [...before, ...fresh];
}
