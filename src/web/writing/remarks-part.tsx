import { type DraftSection, paragraphsOf } from '../../review/index.ts';
import type { PlaceView } from '../view.ts';
import { holds, type Person } from '../who.ts';
import { fill } from '../words.ts';
import { when } from './frame.tsx';
import { writingPath } from './paths.ts';
import type { TextName } from './read.ts';
import type { Remark } from './remarks.ts';
import { Differences } from './versions-page.tsx';
import { writingWords } from './words.ts';

/** Comments on a section and suggested wordings of its paragraphs. */
export function RemarksPart({
  view,
  person,
  name,
  section,
  remarks,
  back,
}: {
  readonly view: PlaceView;
  readonly person: Person;
  readonly name: TextName;
  readonly section: DraftSection;
  readonly remarks: readonly Remark[];
  readonly back: string;
}) {
  const w = writingWords[view.language];
  const { area } = view.here.place.workspace.city;
  const action = writingPath.act(view.language, view.here.city, name, 'remark');
  const paragraphs = paragraphsOf(section.text);
  const tongue = name.language === 'zh' ? 'zh-Hans' : 'en';
  const own = remarks.filter(({ head }) => head.section === section.id && head.expert === '');
  const mayWrite = holds(person, ['editor'], area);
  const maySay = holds(person, ['editor', 'checker', 'approver', 'assessor'], area);
  return (
    <section class="w-remarks" id="remarks">
      <h2>{w.remarks}</h2>
      {own.length === 0 ? <p class="quiet">{w.noRemarks}</p> : null}
      {own.map((remark) => {
        const { quote, text, suggestion } = remark.head;
        const at = paragraphs.indexOf(quote);
        return (
          <article class={`w-remark ${remark.kind === 'settled' ? 'w-settled' : ''}`}>
            <p>
              <strong>{remark.name}</strong> <span class="quiet">{when(remark.at)}</span>{' '}
              {remark.kind === 'settled' ? <em>{w.resolved}</em> : null}
              <br />
              <span class="quiet" lang={tongue}>
                {quote === ''
                  ? w.wholeSection
                  : at < 0
                    ? fill(w.goneParagraph, { quote: quote.slice(0, 80) })
                    : fill(w.paragraph, { n: at + 1, words: quote.slice(0, 80) })}
              </span>
            </p>
            {text === '' ? null : <p class="w-said">{text}</p>}
            {suggestion === '' ? null : (
              <>
                <p>{w.suggests}:</p>
                <Differences before={quote} after={suggestion} lang={name.language} w={w} />
              </>
            )}
            {remark.said.map((said) => (
              <p class="w-said w-reply">
                <strong>{said.name}</strong> <span class="quiet">{when(said.at)}</span> {said.text}
                {said.effect}
              </p>
            ))}
            {maySay ? (
              <form method="post" action={action} class="w-line">
                <input type="hidden" name="remark" value={remark.id} />
                <input type="hidden" name="section" value={section.id} />
                <label for={`reply-${remark.id}`}>{w.reply}</label>
                <input id={`reply-${remark.id}`} name="text" maxlength={20000} />
                <button type="submit" name="do" value="reply">
                  {w.reply}
                </button>
                <button type="submit" name="do" value={remark.kind === 'settled' ? 'reopen' : 'settle'}>
                  {remark.kind === 'settled' ? w.reopen : w.resolve}
                </button>
                {mayWrite && suggestion !== '' && at >= 0 && remark.kind !== 'settled' ? (
                  <button type="submit" name="do" value="accept">
                    {w.accept}
                  </button>
                ) : null}
              </form>
            ) : null}
          </article>
        );
      })}
      {maySay ? (
        <form method="post" action={action} data-back={back}>
          <input type="hidden" name="section" value={section.id} />
          <p class="field">
            <label for="quote">{w.remarkOn}</label>
            <select id="quote" name="quote" lang={tongue}>
              <option value="">{w.wholeSection}</option>
              {paragraphs.map((words, at) => (
                <option value={words}>{fill(w.paragraph, { n: at + 1, words: words.slice(0, 60) })}</option>
              ))}
            </select>
          </p>
          <p class="field">
            <label for="remark-text">{w.comment}</label>
            <textarea id="remark-text" name="text" rows={2} maxlength={20000} />
          </p>
          <p class="field">
            <label for="suggestion">{w.suggestion}</label>
            <textarea id="suggestion" name="suggestion" rows={2} maxlength={20000} lang={tongue} />
          </p>
          <p class="acts">
            <button type="submit" name="do" value="say">
              {w.send}
            </button>
          </p>
        </form>
      ) : null}
    </section>
  );
}
