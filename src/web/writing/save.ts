import { z } from 'zod';
import type { Workspace } from '../../model/index.ts';
import {
  type Clash,
  canonicalText,
  joinSections,
  mergeTexts,
  publishedWith,
  type Section,
  type Writing,
  writingStream,
} from '../../review/index.ts';
import { overOf, type Records, type Store } from '../../store/index.ts';
import { type Step, writeSteps } from '../office/log.ts';
import { holds, type Person } from '../who.ts';
import { chapterText, movedFile, type TextName, writingLog, writingSteps } from './read.ts';

/** A section as a page or a program sends it. */
export const givenTextSchema = z.strictObject({
  section: z.string().max(80),
  /** Number of the version that the sender began from. */
  base: z.int().min(0).max(1_000_000),
  text: z.string().max(200_000),
  /** Names this act of saving: sent again after a broken connection it finds its own work. */
  save: z.string().min(8).max(80),
  /** Numbers of texts kept aside that this one settles. */
  settles: z.array(z.int().min(1)).max(100).default([]),
});
export type GivenText = z.infer<typeof givenTextSchema>;

export interface WriteContext {
  readonly store: Store;
  readonly city: string;
  readonly workspace: Workspace;
  readonly name: TextName;
  readonly person: Person;
  readonly now: Date;
}

export type SavedText =
  | {
      readonly outcome: 'saved' | 'merged' | 'unchanged';
      readonly writing: Writing;
      readonly section: string;
    }
  | {
      readonly outcome: 'conflict';
      readonly writing: Writing;
      readonly section: string;
      readonly clashes: readonly Clash[];
      /** Both texts in one, theirs before mine where they clash. */
      readonly both: string;
      /** Number under which the text that was sent is kept. */
      readonly aside: number;
    }
  | { readonly outcome: 'refused'; readonly why: 'not-yours' | 'base' | 'text' | 'busy' | 'state' };

/** How often a save tries again when others write at the same moment. */
const tries = 12;

/**
 * Saves one section. Whoever began from an older version has their text put together with what came since; where both
 * changed one paragraph, nothing is overwritten: the text that was sent is stored beside, for both to see.
 */
export async function saveSection(context: WriteContext, given: GivenText): Promise<SavedText> {
  const { workspace, person } = context;
  const { area } = workspace.city;
  if (!holds(person, ['editor'], area)) return { outcome: 'refused', why: 'not-yours' };
  // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these cannot be stored or printed.
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(given.text)) return { outcome: 'refused', why: 'text' };
  for (let each = 0; each < tries; each += 1) {
    const writing = await readNow(context);
    const before = writing.saves.get(given.save);
    if (before !== undefined) return { outcome: 'saved', writing, section: sectionAt(writing, given) };
    const base = writing.versions.find(({ seq }) => seq === given.base);
    if (base === undefined) return { outcome: 'refused', why: 'base' };
    const mine = withSection(base.sections, given);
    const head = joinSections(writing.sections);
    const { text, clashes } =
      given.base === writing.version
        ? { text: mine, clashes: [] }
        : mergeTexts(joinSections(base.sections), mine, head);
    if (canonicalText(text) === head && clashes.length === 0 && given.settles.length === 0)
      return { outcome: 'unchanged', writing, section: sectionAt(writing, given) };
    const kept = writing.asides.find(({ save }) => save === given.save);
    if (clashes.length > 0 && kept !== undefined) return clash(writing, given, clashes, kept.seq);
    const step =
      clashes.length > 0
        ? ({
            kind: 'aside',
            body: { text: mine, base: given.base, section: given.section, save: given.save },
          } as const)
        : ({
            kind: 'saved',
            body: {
              text: canonicalText(text),
              base: given.base,
              save: given.save,
              ...(given.base === writing.version ? {} : { merged: true }),
              ...(given.settles.length === 0 ? {} : { settles: given.settles }),
            },
          } as const);
    if (!(await write(context, writing, [step]))) continue;
    const after = await readNow(context);
    const own = after.asides.find(({ save }) => save === given.save);
    if (clashes.length > 0) return clash(after, given, clashes, own?.seq ?? after.seq);
    return {
      outcome: given.base === writing.version ? 'saved' : 'merged',
      writing: after,
      section: sectionAt(after, given),
    };
  }
  return { outcome: 'refused', why: 'busy' };

  function clash(
    writing: Writing,
    { section }: GivenText,
    clashes: readonly Clash[],
    aside: number,
  ): SavedText {
    const base = writing.versions.find(({ seq }) => seq === given.base);
    const [own, theirs] = [
      base?.sections.find(({ id }) => id === section)?.text ?? '',
      writing.sections.find(({ id }) => id === section)?.text ?? '',
    ];
    const both = mergeTexts(own, given.text, theirs).text;
    return { outcome: 'conflict', writing, section, clashes, both, aside };
  }
}

const readNow = ({ store, city, workspace, name }: WriteContext): Promise<Writing> =>
  writingLog(store, city).read(workspace, name);

function withSection(sections: readonly Section[], { section, text }: GivenText): string {
  const found = sections.some(({ id }) => id === section);
  const next = sections.map((each) => (each.id === section ? { ...each, text } : each));
  return canonicalText(joinSections(found ? next : [...sections, { id: section, heading: '', text }]));
}

/** The section that was sent, or the one that took its place when its heading went. */
function sectionAt({ sections }: Writing, { section }: GivenText): string {
  return sections.some(({ id }) => id === section) ? section : (sections[0]?.id ?? section);
}

interface WritingStep {
  readonly kind: 'saved' | 'aside' | 'signed' | 'taken';
  readonly body: Step['body'];
}

/** Writes steps after the last event that was read; false when somebody else was faster. */
async function write(
  { store, city, workspace, name, person, now }: WriteContext,
  writing: Writing,
  steps: readonly WritingStep[],
  more: Records = {},
): Promise<boolean> {
  const { area } = workspace.city;
  const stream = writingStream(name.review, name.chapter, name.language);
  const start = chapterText(workspace, name);
  const opening: Step[] =
    writing.seq > 0
      ? []
      : [
          {
            area,
            stream,
            seq: 1,
            register: 'writing',
            kind: 'opened',
            from: '',
            body: { text: start ?? '', over: writing.over[0] ?? '' },
          },
        ];
  const first = writing.seq + opening.length + 1;
  const receipt = await writeSteps(
    store.within([area]),
    city,
    person,
    now,
    [
      ...opening,
      ...steps.map(({ kind, body }, at) => ({
        area,
        stream,
        seq: first + at,
        register: 'writing',
        kind,
        from: at > 0 ? (steps[at - 1]?.kind ?? '') : writing.seq > 0 ? writing.kind : 'opened',
        body,
      })),
    ],
    more,
    writingSteps,
  );
  return receipt.outcome === 'stored';
}

/** Makes an older version the newest again, as a version of its own. */
export async function restoreVersion(
  context: WriteContext,
  seq: number,
  expected: number,
): Promise<SavedText> {
  const { person, workspace } = context;
  if (!holds(person, ['editor'], workspace.city.area)) return { outcome: 'refused', why: 'not-yours' };
  const writing = await readNow(context);
  const version = writing.versions.find((each) => each.seq === seq);
  if (version === undefined || writing.version !== expected) return { outcome: 'refused', why: 'base' };
  const text = joinSections(version.sections);
  const section = writing.sections[0]?.id ?? 's0';
  if (text === joinSections(writing.sections)) return { outcome: 'unchanged', writing, section };
  const body = { text, base: writing.version, save: `restore-${writing.version}-${seq}`, restores: seq };
  if (!(await write(context, writing, [{ kind: 'saved', body }]))) return { outcome: 'refused', why: 'busy' };
  return { outcome: 'saved', writing: await readNow(context), section };
}

/** Takes in what the files of the workspace say since the office began: put together with the draft, paragraph by paragraph. */
export async function takeFile(context: WriteContext): Promise<SavedText> {
  const { person, workspace, name } = context;
  if (!holds(person, ['editor'], workspace.city.area)) return { outcome: 'refused', why: 'not-yours' };
  const writing = await readNow(context);
  const file = movedFile(writing, workspace, name);
  if (file === null) return { outcome: 'refused', why: 'state' };
  const { text } = mergeTexts(
    joinSections(writing.published),
    joinSections(writing.sections),
    canonicalText(file),
  );
  const body = { text: canonicalText(text), file: canonicalText(file), over: overOf(file) };
  if (!(await write(context, writing, [{ kind: 'taken', body }]))) return { outcome: 'refused', why: 'busy' };
  const after = await readNow(context);
  return { outcome: 'merged', writing: after, section: after.sections[0]?.id ?? 's0' };
}

export type SignOutcome = 'signed' | 'not-yours' | 'own' | 'moved' | 'file' | 'faults' | 'state';

/**
 * Signs a section off. An approver's sign makes it what readers see: the chapter with this section as drafted goes into the
 * log with the sign, in one submission. Nobody signs what they wrote last themselves, nor what has an error.
 */
export async function signSection(
  context: WriteContext,
  given: { readonly section: string; readonly as: 'checked' | 'signed'; readonly version: number },
  hasFaults: (text: string) => boolean,
): Promise<SignOutcome> {
  const { workspace, person, name } = context;
  const { area } = workspace.city;
  if (!holds(person, [given.as === 'signed' ? 'approver' : 'checker'], area)) return 'not-yours';
  const writing = await readNow(context);
  if (writing.version !== given.version) return 'moved';
  if (movedFile(writing, workspace, name) !== null) return 'file';
  const section = writing.sections.find(({ id }) => id === given.section);
  const isGone = section === undefined && writing.published.some(({ id }) => id === given.section);
  if (section === undefined && (!isGone || given.as === 'checked')) return 'state';
  if (section?.changed?.by === person.id) return 'own';
  if (section?.[given.as] != null) return 'state';
  const published = publishedWith(writing, given.section);
  const text = joinSections(published);
  if (hasFaults(text)) return 'faults';
  const narrative = { ...name, area, text, over: [...writing.over] };
  const done = await write(
    context,
    writing,
    [{ kind: 'signed', body: { section: given.section, as: given.as } }],
    given.as === 'signed' ? { narratives: [narrative] } : {},
  );
  return done ? 'signed' : 'moved';
}
