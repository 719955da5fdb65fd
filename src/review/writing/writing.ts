import { z } from 'zod';
import type { CaseEvent } from '../../store/index.ts';
import { overOf } from '../../store/index.ts';
import { alignSections, canonicalText, joinSections, type Section } from './sections.ts';

/** Where a chapter in one language is written: the case that its versions, sign-offs and kept texts are events of. */
export const writingRegister = {
  register: 'writing',
  version: 1,
  steps: [
    { from: '', to: 'opened' },
    ...['opened', 'saved', 'aside', 'signed', 'taken'].flatMap((from) =>
      ['saved', 'aside', 'signed', 'taken'].map((to) => ({ from, to })),
    ),
  ],
};

export function writingStream(review: string, chapter: string, language: 'en' | 'zh'): string {
  return `text:${review}:${chapter}:${language}`;
}

const text = z.string().max(1_000_000);
const bodies = {
  opened: z.object({ text, over: z.string() }),
  saved: z.object({
    text,
    base: z.number(),
    by: z.string(),
    save: z.string(),
    merged: z.boolean().optional(),
    restores: z.number().optional(),
    settles: z.array(z.number()).optional(),
  }),
  aside: z.object({ text, base: z.number(), section: z.string(), by: z.string(), save: z.string() }),
  signed: z.object({ section: z.string(), as: z.enum(['checked', 'signed']), by: z.string() }),
  taken: z.object({ text, over: z.string(), file: text, by: z.string() }),
};

export interface Sign {
  readonly as: 'checked' | 'signed';
  readonly seq: number;
  readonly name: string;
  readonly at: string;
}

export interface DraftSection extends Section {
  /** Who changed it last; null while it is as the file has it. */
  readonly changed: {
    readonly by: string;
    readonly name: string;
    readonly at: string;
    readonly seq: number;
  } | null;
  readonly checked: Sign | null;
  readonly signed: Sign | null;
  /** The sign-off that a later change made void. */
  readonly voided: Sign | null;
}

export interface Version {
  readonly seq: number;
  readonly name: string;
  readonly by: string;
  readonly at: string;
  readonly kind: 'opened' | 'saved' | 'taken';
  readonly base: number;
  readonly merged: boolean;
  readonly restores: number | null;
  readonly sections: readonly Section[];
}

/** A text that could not be put together with what others wrote; it waits beside until somebody settles it. */
export interface Aside {
  readonly seq: number;
  readonly by: string;
  readonly name: string;
  readonly at: string;
  readonly base: number;
  readonly section: string;
  readonly text: string;
  readonly save: string;
}

/** A chapter in one language as it is being written. */
export interface Writing {
  /** Number of the case's last event; 0 when nobody has begun. */
  readonly seq: number;
  readonly kind: string;
  /** Number of the version that stands: what a save expects. */
  readonly version: number;
  readonly sections: readonly DraftSection[];
  /** What is signed off, else as the file had it: what a reader of the review sees. */
  readonly published: readonly Section[];
  /** Hashes of the texts that the next signed-off one follows. */
  readonly over: readonly string[];
  /** Oldest first; the first is the text of the file. */
  readonly versions: readonly Version[];
  readonly asides: readonly Aside[];
  /** Names of the saves that are in it. */
  readonly saves: ReadonlyMap<string, number>;
}

/** Puts together where a chapter stands from its events, in order; `start` is its text when there are none. */
export function writingOf(
  events: readonly Pick<CaseEvent, 'seq' | 'kind' | 'actor' | 'occurred' | 'body'>[],
  start: string | null,
): Writing {
  const begun = begin(start ?? '', start === null ? '' : overOf(start));
  let now: Writing = begun;
  for (const event of events) {
    const { seq, kind } = event;
    const who = { name: event.actor ?? '', at: event.occurred, seq };
    if (kind === 'opened') {
      const body = bodies.opened.parse(event.body);
      now = { ...begin(body.text, body.over), seq, kind };
    } else if (kind === 'saved') {
      const body = bodies.saved.parse(event.body);
      now = withText(now, body.text, { ...who, by: body.by }, 'saved', body);
      now = {
        ...now,
        asides: now.asides.filter((aside) => body.settles?.includes(aside.seq) !== true),
        saves: new Map([...now.saves, [body.save, seq]]),
      };
    } else if (kind === 'aside') {
      const body = bodies.aside.parse(event.body);
      now = { ...now, asides: [...now.asides, { ...who, ...body }] };
    } else if (kind === 'signed') {
      const body = bodies.signed.parse(event.body);
      now = signed(now, body.section, { as: body.as, ...who });
    } else if (kind === 'taken') {
      const body = bodies.taken.parse(event.body);
      now = withText(now, body.text, { ...who, by: body.by }, 'taken', {});
      now = {
        ...now,
        published: alignSections(now.published, body.file, seq),
        over: [...now.over, body.over],
      };
    }
    now = { ...now, seq, kind };
  }
  return now;
}

function begin(from: string, over: string): Writing {
  const sections = alignSections([], canonicalText(from), 0);
  const version: Version = {
    seq: 0,
    name: '',
    by: '',
    at: '',
    kind: 'opened',
    base: 0,
    merged: false,
    restores: null,
    sections,
  };
  return {
    seq: 0,
    kind: '',
    version: 0,
    sections: sections.map((each) => ({ ...each, changed: null, checked: null, signed: null, voided: null })),
    published: sections,
    over: [over],
    versions: [version],
    asides: [],
    saves: new Map(),
  };
}

function withText(
  now: Writing,
  given: string,
  who: { readonly by: string; readonly name: string; readonly at: string; readonly seq: number },
  kind: 'saved' | 'taken',
  {
    base = now.version,
    merged = false,
    restores,
  }: {
    readonly base?: number | undefined;
    readonly merged?: boolean | undefined;
    readonly restores?: number | undefined;
  },
): Writing {
  const sections = alignSections(now.sections, given, who.seq);
  const before = new Map(now.sections.map((each) => [each.id, each]));
  return {
    ...now,
    version: who.seq,
    sections: sections.map((section): DraftSection => {
      const known = before.get(section.id);
      if (known !== undefined && known.text === section.text) return { ...known, ...section };
      // What was signed off is void from here on, and stays so: somebody has to look again.
      const voided = known?.signed ?? known?.checked ?? known?.voided ?? null;
      return { ...section, changed: who, checked: null, signed: null, voided };
    }),
    versions: [...now.versions, { ...who, kind, base, merged, restores: restores ?? null, sections }],
  };
}

function signed(now: Writing, id: string, sign: Sign): Writing {
  const sections = now.sections.map((each) =>
    each.id !== id
      ? each
      : sign.as === 'checked'
        ? { ...each, checked: sign, voided: null }
        : { ...each, signed: sign, voided: null },
  );
  if (sign.as === 'checked') return { ...now, sections };
  const published = publishedWith(now, id);
  return {
    ...now,
    sections,
    published,
    over: [...new Set([...now.over, overOf(joinSections(published))])].slice(-500),
  };
}

/** What readers see once a section is signed off: that section as it is drafted, everything else as it was. */
export function publishedWith(
  { sections, published }: Pick<Writing, 'sections' | 'published'>,
  id: string,
): readonly Section[] {
  const draft = sections.find((each) => each.id === id);
  // A section that the draft no longer has: its being taken out is signed off.
  if (draft === undefined) return published.filter((each) => each.id !== id);
  const plain: Section = { id, heading: draft.heading, text: draft.text };
  if (published.some((each) => each.id === id))
    return inDraftOrder(
      published.map((each) => (each.id === id ? plain : each)),
      sections,
    );
  const before = sections.slice(0, sections.indexOf(draft)).reverse();
  const after = before.find((each) => published.some((known) => known.id === each.id));
  const at = published.findIndex((each) => each.id === after?.id) + 1;
  return inDraftOrder([...published.slice(0, at), plain, ...published.slice(at)], sections);
}

/** Sections that only changed places follow the draft once it has the same ones. */
function inDraftOrder(published: readonly Section[], sections: readonly Section[]): readonly Section[] {
  const byId = new Map(published.map((each) => [each.id, each]));
  const ordered = sections.flatMap(({ id }) => byId.get(id) ?? []);
  return ordered.length === published.length && ordered.length === sections.length ? ordered : published;
}

/** How a section of the draft stands against what readers see. */
export type SectionState = 'as-published' | 'draft' | 'checked' | 'signed' | 'void' | 'removed';

export function sectionState(section: DraftSection, published: readonly Section[]): SectionState {
  if (section.signed !== null) return 'signed';
  if (section.checked !== null) return 'checked';
  if (section.voided !== null) return 'void';
  return published.some(({ id, text: shown }) => id === section.id && shown === section.text)
    ? 'as-published'
    : 'draft';
}

/** Sections that readers see in an earlier version than the draft has, or not at all, or still though it has them not. */
export function leftAtEarlier({
  sections,
  published,
}: Writing): readonly { readonly id: string; readonly heading: string }[] {
  const shown = new Map(published.map((each) => [each.id, each.text]));
  const here = new Set(sections.map(({ id }) => id));
  return [
    ...sections.filter(({ id, text: draft }) => shown.get(id) !== draft),
    ...published.filter(({ id }) => !here.has(id)),
  ].map(({ id, heading }) => ({ id, heading }));
}
