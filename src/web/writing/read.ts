import type { Language, Workspace } from '../../model/index.ts';
import { joinSections, type Writing, writingOf, writingRegister, writingStream } from '../../review/index.ts';
import { overOf, type Store, type StoredEvent } from '../../store/index.ts';

/** The chapter of a review in one language. */
export interface TextName {
  readonly review: string;
  readonly chapter: string;
  readonly language: Language;
}

/** Streams that a process remembers; each is read from where it was last read to. */
const remembered = 300;

/** What a store says about the texts of one place. Events are never changed, so what was read once is kept. */
export class WritingLog {
  readonly #store: Store;
  readonly #city: string;
  readonly #known = new Map<string, { readonly events: readonly StoredEvent[]; writing: Writing }>();

  constructor(store: Store, city: string) {
    this.#store = store;
    this.#city = city;
  }

  /** Where a text stands now. Throws when the review has no such chapter. */
  async read(workspace: Workspace, { review, chapter, language }: TextName): Promise<Writing> {
    const stream = writingStream(review, chapter, language);
    const known = this.#known.get(stream);
    const after = known?.events.reduce((most, { position }) => Math.max(most, position), 0) ?? 0;
    const fresh = await this.#store.events(this.#city, { stream, after });
    if (known !== undefined && known.events.length > 0 && fresh.length === 0) return known.writing;
    const events = [...(known?.events ?? []), ...fresh].sort((a, b) => a.seq - b.seq);
    const writing = writingOf(events, chapterText(workspace, { review, chapter, language }));
    if (this.#known.size >= remembered) this.#known.clear();
    this.#known.set(stream, { events, writing });
    return writing;
  }
}

const logs = new WeakMap<Store, Map<string, WritingLog>>();

export function writingLog(store: Store, city: string): WritingLog {
  const byCity = logs.get(store) ?? new Map<string, WritingLog>();
  logs.set(store, byCity);
  const log = byCity.get(city) ?? new WritingLog(store, city);
  byCity.set(city, log);
  return log;
}

/** The text of a chapter as readers see it; null when it is not written in this language. */
export function chapterText(workspace: Workspace, { review, chapter, language }: TextName): string | null {
  const found = workspace.reviews.find(({ head }) => head.id === review);
  return found?.chapters.find((each) => each.id === chapter && each.language === language)?.text ?? null;
}

export function hasChapter(workspace: Workspace, { review, chapter, language }: TextName): boolean {
  return (
    workspace.city.languages.includes(language) &&
    workspace.reviews.some(({ head }) => head.id === review && head.chapters.includes(chapter))
  );
}

/**
 * Whether the files of the workspace have come to say something else than the office worked from. The text of the files is
 * returned then; null when all is as the office knows it.
 */
export function movedFile(writing: Writing, workspace: Workspace, name: TextName): string | null {
  const text = chapterText(workspace, name);
  if (writing.seq === 0 || text === null) return null;
  return writing.over.includes(overOf(text)) || text === joinSections(writing.published) ? null : text;
}

export const writingSteps = [writingRegister];
