import { inARow, labelled } from '../../language/index.ts';
import { diffWords, joinSections, type Version, type Writing } from '../../review/index.ts';
import { OfficeFrame } from '../office/frame.tsx';
import type { PlaceView } from '../view.ts';
import { holds, type Person } from '../who.ts';
import { fill } from '../words.ts';
import { when } from './frame.tsx';
import { writingPath } from './paths.ts';
import type { TextName } from './read.ts';
import { type WritingWords, writingWords } from './words.ts';

/** Words taken out and put in, told by line and by word to those who do not see the colours. */
export function Differences({
  before,
  after,
  lang,
  w,
}: {
  readonly before: string;
  readonly after: string;
  readonly lang: 'en' | 'zh';
  readonly w: WritingWords;
}) {
  return (
    <div class="w-diff" lang={lang === 'zh' ? 'zh-Hans' : 'en'}>
      {diffWords(before, after).map(({ kind, text }) =>
        kind === 'same' ? (
          <span>{text}</span>
        ) : kind === 'gone' ? (
          <del>
            <span class="vh">{w.gone} </span>
            {text}
          </del>
        ) : (
          <ins>
            <span class="vh">{w.added} </span>
            {text}
          </ins>
        ),
      )}
    </div>
  );
}

/** The versions of a chapter, two of them compared. */
export function VersionsPage({
  view,
  person,
  name,
  writing,
  pair,
  told,
  alarm,
}: {
  readonly view: PlaceView;
  readonly person: Person;
  readonly name: TextName;
  readonly writing: Writing;
  readonly pair: readonly [Version, Version] | null;
  readonly told: string | null;
  readonly alarm: boolean;
}) {
  const w = writingWords[view.language];
  const base = writingPath.versions(view.language, view.here.city, name);
  const mayWrite = holds(person, ['editor'], view.here.place.workspace.city.area);
  const [older, newer] = pair ?? [];
  const newest = [...writing.versions].reverse();
  return (
    <OfficeFrame
      view={view}
      person={person}
      title={`${labelled(w.versions, view.language)}${inARow([name.chapter, w[`lang_${name.language}`]], view.language)}`}
      told={told}
      alarm={alarm}
    >
      <p>
        <a href={writingPath.text(view.language, view.here.city, name)}>{w.text}</a>
      </p>
      <p>{w.versionsText}</p>
      {older === undefined || newer === undefined ? null : (
        <section>
          <h2>{fill(w.compared, { a: older.seq, b: newer.seq })}</h2>
          {joinSections(older.sections) === joinSections(newer.sections) ? (
            <p>{w.same}</p>
          ) : (
            <Differences
              before={joinSections(older.sections)}
              after={joinSections(newer.sections)}
              lang={name.language}
              w={w}
            />
          )}
          {mayWrite && older.seq !== writing.version ? (
            <form method="post" action={base} class="acts">
              <input type="hidden" name="expected" value={String(writing.version)} />
              <button type="submit" name="restore" value={String(older.seq)}>
                {fill(w.restore, { n: older.seq })}
              </button>
            </form>
          ) : null}
        </section>
      )}
      <form method="get" action={base}>
        <table class="dense">
          <thead>
            <tr>
              <th scope="col">{w.older}</th>
              <th scope="col">{w.newerVersion}</th>
              <th scope="col">{w.versions}</th>
            </tr>
          </thead>
          <tbody>
            {newest.map((version) => (
              <tr>
                {(['a', 'b'] as const).map((side) => (
                  <td>
                    <input
                      type="radio"
                      name={side}
                      value={String(version.seq)}
                      checked={(side === 'a' ? older : newer)?.seq === version.seq}
                      aria-label={`${side === 'a' ? w.older : w.newerVersion}: ${fill(w.version, { n: version.seq })}`}
                    />
                  </td>
                ))}
                <td>
                  {fill(w.version, { n: version.seq })} · {version.name} {when(version.at)}{' '}
                  <span class="quiet">{howMade(version, w)}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <p class="acts">
          <button type="submit">{w.compare}</button>
        </p>
      </form>
    </OfficeFrame>
  );
}

function howMade({ kind, merged, restores }: Version, w: WritingWords): string {
  if (kind === 'opened') return w.fromFile;
  if (kind === 'taken') return w.wasTaken;
  if (restores !== null) return fill(w.wasRestored, { n: restores });
  return merged ? w.wasMerged : '';
}
