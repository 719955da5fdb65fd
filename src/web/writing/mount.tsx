import type { Context } from 'hono';
import { z } from 'zod';
import type { Language } from '../../model/index.ts';
import { joinSections, type Section, type Version, type Writing } from '../../review/index.ts';
import type { Store } from '../../store/index.ts';
import { problem } from '../api/problem.ts';
import type { Guard, Guarded } from '../guard.ts';
import type { Door } from '../sign-in/door.ts';
import { readForm } from '../sign-in/form.ts';
import { randomToken } from '../sign-in/secret.ts';
import { param, type Site } from '../site.ts';
import { holds, roles } from '../who.ts';
import { fill } from '../words.ts';
import { BoardPage } from './board-page.tsx';
import { checkPair, checkSection, hasErrors } from './check.ts';
import { type Beside, EditorPage, type EditorState, Findings, Notes } from './editor-page.tsx';
import { insertChoices, insertKinds } from './figures.ts';
import { mountTalk } from './mount-talk.tsx';
import { writingPath } from './paths.ts';
import { movedFile, type TextName, writingLog } from './read.ts';
import { readRemarks } from './remarks.ts';
import {
  givenTextSchema,
  restoreVersion,
  type SavedText,
  saveSection,
  signSection,
  takeFile,
  type WriteContext,
} from './save.ts';
import { textAt } from './text-at.ts';
import { VersionsPage } from './versions-page.tsx';
import { writingWords } from './words.ts';

/** Most bytes of a call. */
const mostBytes = 1_000_000;
const path = '/writing/:review/:chapter/:text';
const shown = z.enum(['en', 'zh']).default('en');

async function jsonOf(c: Context): Promise<unknown> {
  if (Number(c.req.header('content-length') ?? '0') > mostBytes) return null;
  const text = await c.req.text();
  if (text.length > mostBytes) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Writing a review together: the editor of a section, its versions, sign-offs, and how far the review is. */
export function mountWriting(site: Site, door: Door, office: Guard, store: Store): void {
  const contextOf = ({ here, person }: Guarded, name: TextName): WriteContext => ({
    store,
    city: here.city,
    workspace: here.place.workspace,
    name,
    person,
    now: door.now(),
  });
  const read = ({ here }: Guarded, name: TextName): Promise<Writing> =>
    writingLog(store, here.city).read(here.place.workspace, name);

  office.page('/writing/:review/', roles, async (at) => {
    const { workspace } = at.here.place;
    const review = workspace.reviews.find(({ head }) => head.id === param(at.c, 'review'));
    if (review === undefined || !holds(at.person, roles, workspace.city.area)) return site.absent(at.c);
    const chapters = await Promise.all(
      review.head.chapters.map(async (id) => ({
        id,
        texts: new Map(
          await Promise.all(
            workspace.city.languages.map(
              async (language): Promise<[Language, Writing]> => [
                language,
                await read(at, { review: review.head.id, chapter: id, language }),
              ],
            ),
          ),
        ),
      })),
    );
    const remarks = await readRemarks(store, at.here.city, review.head.id);
    return site.show(at.c, BoardPage({ view: at.view, person: at.person, review, chapters, remarks }));
  });

  async function besideOf(
    at: Guarded,
    name: TextName,
    writing: Writing,
    index: number,
  ): Promise<Beside | null> {
    const language = at.here.place.workspace.city.languages.find((each) => each !== name.language);
    if (language === undefined || at.c.req.query('beside') === undefined) return null;
    const other = { ...name, language };
    const theirs = await read(at, other);
    const section = theirs.sections[index];
    const changed = writing.sections[index]?.changed?.at ?? '';
    const since =
      [...theirs.versions].reverse().find((version) => version.at <= changed) ?? theirs.versions[0];
    const before = since?.sections.find(({ id }) => id === section?.id)?.text ?? '';
    const texts = {
      [name.language]: joinSections(writing.sections),
      [language]: joinSections(theirs.sections),
    };
    const pair = checkPair(
      at.here,
      at.view.places,
      name.review,
      name.chapter,
      { en: texts.en ?? '', zh: texts.zh ?? '' },
      at.view.language,
    );
    return {
      name: other,
      text: section?.text ?? '',
      before: section === undefined || before === section.text ? null : before,
      pair,
    };
  }

  async function show(
    at: Guarded,
    name: TextName,
    writing: Writing,
    id: string,
    more: Partial<EditorState> = {},
    status: 200 | 409 | 422 = 200,
  ): Promise<Response> {
    const section = writing.sections.find((each) => each.id === id) ?? writing.sections[0];
    if (section === undefined) return site.absent(at.c);
    const index = writing.sections.indexOf(section);
    const typed = more.typed ?? section.text;
    const { language } = at.view;
    const kind = insertKinds.find((each) => each === at.c.req.query('kind'));
    const wish =
      kind === undefined
        ? null
        : {
            kind,
            query: at.c.req.query('q') ?? '',
            period: at.c.req.query('period') ?? '',
            of: at.c.req.query('of') ?? '',
          };
    return site.show(
      at.c,
      EditorPage({
        view: at.view,
        person: at.person,
        name,
        writing,
        section,
        typed,
        base: writing.version,
        settles: [],
        clashes: [],
        checked: checkSection(
          at.here,
          at.view.places,
          name,
          withText(writing.sections, section.id, typed),
          section.id,
          language,
        ),
        remarks: (await readRemarks(store, at.here.city, name.review)).filter(
          ({ head }) => head.chapter === name.chapter && head.language === name.language,
        ),
        beside: await besideOf(at, name, writing, index),
        wish,
        choices: wish === null ? [] : insertChoices(at.here, at.view.places, name.language, wish),
        fileMoved: movedFile(writing, at.here.place.workspace, name) !== null,
        told: null,
        alarm: false,
        ...more,
      }),
      status,
    );
  }

  office.page(`${path}/`, roles, async (at) => {
    const name = textAt(at);
    if (name === null) return site.absent(at.c);
    const w = writingWords[at.view.language];
    const told = at.c.req.query('told');
    const said =
      told === 'signed'
        ? w.signedNow
        : told === 'checked'
          ? w.checkedNow
          : told === 'answered'
            ? w.answeredNow
            : null;
    return show(at, name, await read(at, name), at.c.req.query('section') ?? '', { told: said });
  });

  office.form(`${path}/`, roles, 'writing.save', async (at) => {
    const name = textAt(at);
    if (name === null) return site.absent(at.c);
    const w = writingWords[at.view.language];
    const form = await readForm(at.c);
    const text = form.text('text').replace(/\r\n?/g, '\n');
    const given = givenTextSchema.safeParse({
      section: form.text('section'),
      base: Number(form.text('base') || 'NaN'),
      text,
      save: randomToken(12),
      settles: form.all('settles').map(Number),
    });
    const writing = await read(at, name);
    if (!given.success)
      return show(at, name, writing, form.text('section'), { told: w.f_form, alarm: true, typed: text }, 422);
    const { section, base, settles } = given.data;
    if (form.text('do') === 'preview')
      return show(at, name, writing, section, { typed: text, base, settles });
    const saved = await saveSection(contextOf(at, name), given.data);
    if (saved.outcome === 'refused') {
      const told = refusal(saved, w);
      return show(at, name, writing, section, { told, alarm: true, typed: text }, 422);
    }
    const { version, versions } = saved.writing;
    if (saved.outcome === 'conflict') {
      const who = versions.at(-1)?.name ?? '';
      const more = { typed: saved.both, clashes: saved.clashes, settles: [saved.aside] };
      return show(
        at,
        name,
        saved.writing,
        section,
        { ...more, told: fill(w.conflictNow, { who }), alarm: true },
        409,
      );
    }
    const told = { saved: w.savedNow, merged: w.mergedNow, unchanged: w.nothingNew }[saved.outcome];
    return show(at, name, saved.writing, saved.section, { told: fill(told, { n: version }) });
  });

  const callSchema = givenTextSchema.extend({ shown });
  const drawn = (
    at: Guarded,
    name: TextName,
    sections: readonly Section[],
    id: string,
    language: Language,
  ) => {
    const checked = checkSection(at.here, at.view.places, name, sections, id, language);
    const view = { ...at.view, language };
    const back = writingPath.text(language, at.here.city, name, id);
    const mayAnswer = holds(at.person, ['editor', 'checker', 'approver'], at.here.place.workspace.city.area);
    return {
      html: checked.html,
      notes: String(<Notes notes={checked.notes} language={language} />),
      findings: String(
        <Findings findings={checked.findings} view={view} back={back} mayAnswer={mayAnswer} />,
      ),
    };
  };

  office.api('POST', `${path}/save`, ['editor'], 'writing.save', async (at) => {
    const name = textAt(at);
    const { pathname } = new URL(at.c.req.url);
    if (name === null) return problem(at.c, 404, 'There is no such text', pathname);
    const given = callSchema.safeParse(await jsonOf(at.c));
    if (!given.success) return problem(at.c, 422, 'The text is not in the form of a save', pathname);
    const { shown: language, ...wanted } = given.data;
    const saved = await saveSection(contextOf(at, name), wanted);
    if (saved.outcome === 'refused')
      return at.c.json({ outcome: 'refused', why: saved.why.replaceAll('-', '_') }, 422);
    const { writing, section } = saved;
    const text = writing.sections.find(({ id }) => id === section)?.text ?? '';
    const common = { version: writing.version, section, text };
    if (saved.outcome === 'conflict') {
      const { outcome, clashes, both, aside } = saved;
      return at.c.json({ ...common, outcome, clashes, both, aside }, 409);
    }
    return at.c.json({
      ...common,
      outcome: saved.outcome,
      ...drawn(at, name, writing.sections, section, language),
    });
  });

  office.peek('POST', `${path}/preview`, roles, async (at) => {
    const name = textAt(at);
    const { pathname } = new URL(at.c.req.url);
    if (name === null) return problem(at.c, 404, 'There is no such text', pathname);
    const given = callSchema.pick({ section: true, text: true, shown: true }).safeParse(await jsonOf(at.c));
    if (!given.success) return problem(at.c, 422, 'The text is not in the form of a preview', pathname);
    const { section, text, shown: language } = given.data;
    const { sections } = await read(at, name);
    return at.c.json(drawn(at, name, withText(sections, section, text), section, language));
  });

  office.peek('GET', `${path}/state`, roles, async (at) => {
    const name = textAt(at);
    const { pathname } = new URL(at.c.req.url);
    if (name === null) return problem(at.c, 404, 'There is no such text', pathname);
    const section = (at.c.req.query('section') ?? '').slice(0, 80);
    const { version, versions, sections } = await read(at, name);
    const { id, name: own } = at.person;
    const met = await door.people.meet(
      at.here.city,
      `${name.review} ${name.chapter} ${name.language}`,
      { id, name: own, section },
      door.now(),
    );
    const others = met.filter((each) => each.section === section);
    return at.c.json({
      version,
      name: versions.at(-1)?.name ?? '',
      signed: sections.find((each) => each.id === section)?.signed !== null,
      others: others.map((each) => each.name),
    });
  });

  office.page(`${path}/versions/`, roles, async (at) => {
    const name = textAt(at);
    return name === null ? site.absent(at.c) : versionsPage(at, name, await read(at, name), null);
  });
  function versionsPage(at: Guarded, name: TextName, writing: Writing, told: string | null, alarm = false) {
    const pick = (side: string): Version | undefined =>
      writing.versions.find(({ seq }) => String(seq) === at.c.req.query(side));
    const [a, b] = [pick('a') ?? writing.versions.at(-2), pick('b') ?? writing.versions.at(-1)];
    const pair = a === undefined || b === undefined ? null : ([a, b] as const);
    return site.show(
      at.c,
      VersionsPage({ view: at.view, person: at.person, name, writing, pair, told, alarm }),
      alarm ? 409 : 200,
    );
  }
  office.form(`${path}/versions/`, ['editor'], 'writing.restore', async (at) => {
    const name = textAt(at);
    if (name === null) return site.absent(at.c);
    const w = writingWords[at.view.language];
    const form = await readForm(at.c);
    const seq = Number(form.text('restore') || 'NaN');
    const saved = await restoreVersion(contextOf(at, name), seq, Number(form.text('expected') || 'NaN'));
    const told = saved.outcome === 'refused' ? refusal(saved, w) : fill(w.restoredNow, { n: seq });
    return versionsPage(at, name, await read(at, name), told, saved.outcome === 'refused');
  });

  office.form(`${path}/sign/`, ['checker', 'approver'], 'writing.sign', async (at) => {
    const name = textAt(at);
    if (name === null) return site.absent(at.c);
    const w = writingWords[at.view.language];
    const form = await readForm(at.c);
    const as = form.text('as') === 'signed' ? 'signed' : 'checked';
    const section = form.text('section');
    const came = await signSection(
      contextOf(at, name),
      { section, as, version: Number(form.text('version') || 'NaN') },
      (text) => hasErrors(at.here, at.view.places, name, text),
    );
    if (came === 'signed')
      return at.c.redirect(
        `${writingPath.text(at.view.language, at.here.city, name, section)}&told=${as}`,
        303,
      );
    const why = {
      'not-yours': w.x_not_yours,
      own: w.x_own,
      moved: w.x_moved,
      file: w.x_file,
      faults: w.x_faults,
      state: w.x_state,
    }[came];
    return show(at, name, await read(at, name), section, { told: why, alarm: true }, 409);
  });

  office.form(`${path}/take/`, ['editor'], 'writing.take', async (at) => {
    const name = textAt(at);
    if (name === null) return site.absent(at.c);
    const w = writingWords[at.view.language];
    const saved = await takeFile(contextOf(at, name));
    const writing = await read(at, name);
    if (saved.outcome === 'refused')
      return show(at, name, writing, '', { told: refusal(saved, w), alarm: true }, 409);
    return show(at, name, writing, '', { told: fill(w.mergedNow, { n: writing.version }), fileMoved: false });
  });

  mountTalk(site, door, office, store);
}

const withText = (sections: readonly Section[], id: string, text: string): readonly Section[] =>
  sections.map((each) => (each.id === id ? { ...each, text: text.trimEnd() } : each));

function refusal(
  { why }: Extract<SavedText, { outcome: 'refused' }>,
  w: (typeof writingWords)[Language],
): string {
  return {
    'not-yours': w.refused_not_yours,
    base: w.refused_base,
    text: w.refused_text,
    busy: w.refused_busy,
    state: w.refused_state,
  }[why];
}
