import { raw } from 'hono/html';
import { labelled } from '../../language/index.ts';
import type { Language } from '../../model/index.ts';
import {
  type Clash,
  type DraftSection,
  paragraphsOf,
  sectionState,
  type Writing,
} from '../../review/index.ts';
import { OfficeFrame } from '../office/frame.tsx';
import type { PlaceView } from '../view.ts';
import { holds, type Person } from '../who.ts';
import { fill } from '../words.ts';
import { AnswerForm } from './answer-form.tsx';
import type { CheckedSection, LineNote, SectionFinding } from './check.ts';
import type { InsertChoice, InsertWish } from './figures.ts';
import { StateMark, sectionName, when } from './frame.tsx';
import { InsertForm } from './insert-form.tsx';
import { type NoteKind, noteIn } from './note-words.ts';
import { writingPath } from './paths.ts';
import type { TextName } from './read.ts';
import type { Remark } from './remarks.ts';
import { RemarksPart } from './remarks-part.tsx';
import { Differences } from './versions-page.tsx';
import { type WritingWords, writingWords } from './words.ts';

/** The other language's section, put beside. */
export interface Beside {
  readonly name: TextName;
  readonly text: string;
  /** That text as it was when this side was last changed; null when nothing changed since. */
  readonly before: string | null;
  readonly pair: readonly SectionFinding[];
}

export interface EditorState {
  readonly view: PlaceView;
  readonly person: Person;
  readonly name: TextName;
  readonly writing: Writing;
  /** Null for a section that the draft has no more. */
  readonly section: DraftSection;
  /** What stands in the field: the saved text, or what was sent and not stored. */
  readonly typed: string;
  readonly base: number;
  readonly settles: readonly number[];
  readonly clashes: readonly Clash[];
  readonly checked: CheckedSection;
  readonly remarks: readonly Remark[];
  readonly beside: Beside | null;
  readonly wish: InsertWish | null;
  readonly choices: readonly InsertChoice[];
  readonly fileMoved: boolean;
  readonly told: string | null;
  readonly alarm: boolean;
}

/** One section of a chapter being written: a form that works without a script; with one it saves as one types. */
export function EditorPage(state: EditorState) {
  const { view, person, name, writing, section, checked, beside, told, alarm } = state;
  const w = writingWords[view.language];
  const { city } = view.here;
  const { area, languages } = view.here.place.workspace.city;
  const mayWrite = holds(person, ['editor'], area);
  const script = view.assets.element('writer');
  const here = writingPath.text(view.language, city, name, section.id);
  const other = languages.find((each) => each !== name.language);
  const at = writing.sections.indexOf(section);
  return (
    <OfficeFrame
      view={view}
      person={person}
      title={`${sectionName(section, w)} · ${w[`lang_${name.language}`]}`}
      told={told}
      alarm={alarm}
    >
      <p>
        <a href={writingPath.board(view.language, city, name.review)}>{w.toBoard}</a> ·{' '}
        <a href={writingPath.versions(view.language, city, name)}>{w.versions}</a>
        {other === undefined ? null : (
          <>
            {' · '}
            <a href={writingPath.text(view.language, city, { ...name, language: other })}>
              {w[`lang_${other}`]}
            </a>
            {' · '}
            <a href={beside === null ? `${here}&beside=1` : here}>
              {beside === null ? fill(w.beside, { language: w[`lang_${other}`] }) : w.alone}
            </a>
          </>
        )}
      </p>
      <nav class="w-sections" aria-label={w.sections}>
        <ol>
          {writing.sections.map((each) => (
            <li>
              <a
                href={writingPath.text(view.language, city, name, each.id)}
                aria-current={each.id === section.id ? 'page' : undefined}
              >
                {sectionName(each, w)}
              </a>{' '}
              <StateMark state={sectionState(each, writing.published)} w={w} short />
            </li>
          ))}
        </ol>
      </nav>
      <Standing section={section} w={w} />
      {state.fileMoved ? (
        <form method="post" action={writingPath.act(view.language, city, name, 'take')} class="told alarm">
          <p>{w.fileMoved}</p>
          {mayWrite ? <button type="submit">{w.takeFile}</button> : null}
        </form>
      ) : null}
      {script === null ? null : <script type="module" src={script} />}
      <mc-writer
        api={writingPath.api(city, name)}
        section={section.id}
        shown={view.language}
        writes={mayWrite ? 'yes' : 'no'}
        words={JSON.stringify(writerWords(w))}
      >
        <div class="w-desk">
          <form method="post" action={here} class="w-form">
            <input type="hidden" name="section" value={section.id} />
            <input type="hidden" name="base" value={String(state.base)} />
            {state.settles.map((seq) => (
              <input type="hidden" name="settles" value={String(seq)} />
            ))}
            <label for="w-text">{w.text}</label>
            <div class="w-tools" role="toolbar" aria-label={w.text} hidden />
            <textarea
              id="w-text"
              name="text"
              rows={24}
              spellcheck={true}
              readonly={!mayWrite}
              lang={name.language === 'zh' ? 'zh-Hans' : 'en'}
              aria-describedby="w-hint"
              maxlength={200000}
            >
              {`\n${state.typed}`}
            </textarea>
            <small id="w-hint" class="quiet">
              {w.textHint}
            </small>
            <p class="acts">
              {mayWrite ? (
                <button class="main" type="submit" name="do" value="save">
                  {w.save}
                </button>
              ) : null}
              <button type="submit" name="do" value="preview">
                {w.preview}
              </button>
            </p>
            <p class="w-state" role="status">
              {fill(w.version, { n: writing.version })}
            </p>
            <p class="w-here quiet" aria-live="polite" />
            <div class="w-clashes">
              {state.clashes.map((clash) => (
                <ClashPart clash={clash} lang={name.language} w={w} />
              ))}
            </div>
          </form>
          <div class="w-side">
            <section aria-label={w.previewOf}>
              <h2>{w.previewOf}</h2>
              <div class="w-preview">{raw(checked.html)}</div>
            </section>
            <section>
              <h2>{w.notes}</h2>
              <div class="w-notes">
                <Notes notes={checked.notes} language={view.language} />
              </div>
            </section>
            <section>
              <h2>{w.findings}</h2>
              <p class="quiet small">{w.findingsHint}</p>
              <div class="w-findings">
                <Findings
                  findings={checked.findings}
                  view={view}
                  back={here}
                  mayAnswer={holds(person, ['editor', 'checker', 'approver'], area)}
                />
              </div>
            </section>
          </div>
        </div>
      </mc-writer>
      {mayWrite ? (
        <InsertForm view={view} name={name} section={section.id} wish={state.wish} choices={state.choices} />
      ) : null}
      <Asides state={state} w={w} />
      {beside === null ? null : <BesidePart state={state} beside={beside} at={at} w={w} />}
      <SignPart state={state} w={w} />
      <RemarksPart
        view={view}
        person={person}
        name={name}
        section={section}
        remarks={state.remarks}
        back={here}
      />
    </OfficeFrame>
  );
}

function Standing({ section, w }: { readonly section: DraftSection; readonly w: WritingWords }) {
  const { changed, checked, signed, voided } = section;
  return (
    <p class="quiet">
      {changed === null ? w.unchanged : fill(w.changedBy, { who: changed.name, when: when(changed.at) })}
      {checked === null ? '' : ` · ${fill(w.checkedBy, { who: checked.name, when: when(checked.at) })}`}
      {signed === null ? '' : ` · ${fill(w.signedBy, { who: signed.name, when: when(signed.at) })}`}
      {voided === null ? null : (
        <strong class="w-voided"> ○ {fill(w.voidedBy, { who: voided.name, when: when(voided.at) })}</strong>
      )}
    </p>
  );
}

/** A sentence of the reader of chapters; in English, and marked so, where it has no other words. */
function NoteText({
  text,
  kind,
  language,
}: {
  readonly text: string;
  readonly kind: NoteKind;
  readonly language: Language;
}) {
  const said = noteIn(text, kind, language);
  return said === null ? (
    <span lang="en">{`${text}.`}</span>
  ) : (
    <>{`${said}${language === 'zh' ? '。' : '.'}`}</>
  );
}

export function Notes({
  notes,
  language,
}: {
  readonly notes: readonly LineNote[];
  readonly language: Language;
}) {
  const w = writingWords[language];
  if (notes.length === 0) return <p class="quiet">{w.noNotes}</p>;
  return (
    <ul class="w-lines">
      {notes.map(({ line, severity, message, why, mend }) => (
        <li class={`w-${severity}`}>
          <strong>
            {fill(w.line, { n: line })} · {w[severity]}
          </strong>{' '}
          <NoteText text={message} kind="message" language={language} />{' '}
          <NoteText text={why} kind="why" language={language} />{' '}
          <NoteText text={mend} kind="mend" language={language} />
        </li>
      ))}
    </ul>
  );
}

export function Findings({
  findings,
  view,
  back,
  mayAnswer,
}: {
  readonly findings: readonly SectionFinding[];
  readonly view: PlaceView;
  readonly back: string;
  readonly mayAnswer: boolean;
}) {
  const w = writingWords[view.language];
  if (findings.length === 0) return <p class="quiet">{w.noFindings}</p>;
  return (
    <ul class="w-lines">
      {findings.map(({ id, message, mend, quote, standing, note, href }) => (
        <li>
          <q>{quote}</q> <a href={href}>{message}</a> {mend}{' '}
          {standing === 'open' || standing === 'reopened' ? (
            mayAnswer ? (
              <details>
                <summary>{w.answer}</summary>
                <AnswerForm city={view.here.city} id={id} language={view.language} back={back} />
              </details>
            ) : null
          ) : (
            <em>{fill(w.answered, { what: note === '' ? w[`a_${standing}`] : note })}</em>
          )}
        </li>
      ))}
    </ul>
  );
}

function ClashPart({
  clash,
  lang,
  w,
}: {
  readonly clash: Clash;
  readonly lang: Language;
  readonly w: WritingWords;
}) {
  const tongue = lang === 'zh' ? 'zh-Hans' : 'en';
  return (
    <div class="two w-clash">
      <div>
        <strong>{w.theirsPlain}</strong>
        <blockquote lang={tongue}>{clash.theirs}</blockquote>
      </div>
      <div>
        <strong>{w.mine}</strong>
        <blockquote lang={tongue}>{clash.mine}</blockquote>
      </div>
    </div>
  );
}

/** Texts that wait beside: everyone who opens the chapter sees them. */
function Asides({ state, w }: { readonly state: EditorState; readonly w: WritingWords }) {
  const { writing, view, name, section } = state;
  const own = writing.asides.filter((each) => each.section === section.id);
  if (own.length === 0) return null;
  const here = writingPath.text(view.language, view.here.city, name, section.id);
  return (
    <section class="w-asides">
      <h2>{w.aside}</h2>
      {own.map((aside) => {
        const base = writing.versions.find(({ seq }) => seq === aside.base);
        return (
          <article>
            <p>{fill(w.asideText, { who: aside.name, when: when(aside.at), n: aside.base })}</p>
            <Differences
              before={base?.sections.map(({ text }) => text).join('\n\n') ?? ''}
              after={aside.text.trimEnd()}
              lang={name.language}
              w={w}
            />
            {holds(state.person, ['editor'], view.here.place.workspace.city.area) ? (
              <form method="post" action={here}>
                <input type="hidden" name="section" value={section.id} />
                <input type="hidden" name="base" value={String(writing.version)} />
                <input type="hidden" name="text" value={section.text} />
                <input type="hidden" name="settles" value={String(aside.seq)} />
                <button type="submit" name="do" value="save">
                  {w.settle}
                </button>
              </form>
            ) : null}
          </article>
        );
      })}
    </section>
  );
}

function BesidePart({
  state,
  beside,
  at,
  w,
}: {
  readonly state: EditorState;
  readonly beside: Beside;
  readonly at: number;
  readonly w: WritingWords;
}) {
  const { section, name } = state;
  const language = w[`lang_${beside.name.language}`];
  const [mine, theirs] = [paragraphsOf(section.text), paragraphsOf(beside.text)];
  const rows = Math.max(mine.length, theirs.length);
  const tongue = (each: Language): string => (each === 'zh' ? 'zh-Hans' : 'en');
  const since = section.changed === null ? '–' : when(section.changed.at);
  return (
    <section class="w-beside" id="beside" data-part={String(at)}>
      <h2>{fill(w.beside, { language })}</h2>
      <p>{fill(w.besideText, { language })}</p>
      <p class={beside.before === null ? 'quiet' : 'w-voided'}>
        {fill(beside.before === null ? w.upToDate : w.outOfDate, { language, when: since })}
      </p>
      {beside.before === null ? null : (
        <Differences before={beside.before} after={beside.text} lang={beside.name.language} w={w} />
      )}
      {theirs.length === 0 ? <p>{w.notWritten}</p> : null}
      <table class="w-pairs">
        <thead>
          <tr>
            <th scope="col">{w[`lang_${name.language}`]}</th>
            <th scope="col">{language}</th>
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: rows }, (_, row) => (
            <tr>
              <td lang={tongue(name.language)}>{mine[row] ?? ''}</td>
              <td lang={tongue(beside.name.language)}>{theirs[row] ?? ''}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h3>{w.pair}</h3>
      {beside.pair.length === 0 ? <p class="quiet">{w.noPair}</p> : null}
      <ul class="w-lines">
        {beside.pair.map(({ message, quote }) => (
          <li>
            <q>{quote}</q> {message}
          </li>
        ))}
      </ul>
    </section>
  );
}

function SignPart({ state, w }: { readonly state: EditorState; readonly w: WritingWords }) {
  const { view, person, name, section, writing } = state;
  const { area } = view.here.place.workspace.city;
  const acts = (['checked', 'signed'] as const).filter(
    (as) => holds(person, [as === 'checked' ? 'checker' : 'approver'], area) && section[as] === null,
  );
  const gone = writing.published.filter(({ id }) => !writing.sections.some((each) => each.id === id));
  if (acts.length === 0) return null;
  const action = writingPath.act(view.language, view.here.city, name, 'sign');
  return (
    <section>
      <h2>{w.signs}</h2>
      <form method="post" action={action} class="acts">
        <input type="hidden" name="section" value={section.id} />
        <input type="hidden" name="version" value={String(writing.version)} />
        {acts.map((as) => (
          <button class={as === 'signed' ? 'main' : ''} type="submit" name="as" value={as}>
            {w[`signs_${as}`]}
          </button>
        ))}
      </form>
      {acts.includes('signed')
        ? gone.map((each) => (
            <form method="post" action={action} class="acts">
              <input type="hidden" name="section" value={each.id} />
              <input type="hidden" name="version" value={String(writing.version)} />
              <button type="submit" name="as" value="signed">
                {labelled(w.signOut, view.language)}
                {sectionName(each, w)}
              </button>
            </form>
          ))
        : null}
    </section>
  );
}

/** The words that the script needs. */
function writerWords(w: WritingWords): Readonly<Record<string, string>> {
  const { saving, saved, unsaved, offline, conflictState, signedOut, mine, theirsPlain, keepMine } = w;
  const { takeTheirs, keepBoth, others, nobody, newer, insertThis, mergedNow } = w;
  const { bold, italic, list, heading, quote, say, insert, refused_text, refused_base } = w;
  return {
    ...{ saving, saved, unsaved, offline, conflictState, signedOut, mine, theirsPlain, keepMine },
    ...{ takeTheirs, keepBoth, others, nobody, newer, insertThis, mergedNow },
    ...{ bold, italic, list, heading, quote, say, insert, refused_text, refused_base },
  };
}
