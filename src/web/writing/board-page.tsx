import { inARow } from '../../language/index.ts';
import type { Language, Review } from '../../model/index.ts';
import { leftAtEarlier, sectionState, type Writing } from '../../review/index.ts';
import { OfficeFrame } from '../office/frame.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { named, type PlaceView } from '../view.ts';
import type { Person } from '../who.ts';
import { fill } from '../words.ts';
import { StateMark, sectionName } from './frame.tsx';
import { writingPath } from './paths.ts';
import type { Remark } from './remarks.ts';
import { writingWords } from './words.ts';

export interface BoardChapter {
  readonly id: string;
  readonly texts: ReadonlyMap<Language, Writing>;
}

/** The state of a review: sections down, languages across. */
export function BoardPage({
  view,
  person,
  review,
  chapters,
  remarks,
}: {
  readonly view: PlaceView;
  readonly person: Person;
  readonly review: Review;
  readonly chapters: readonly BoardChapter[];
  readonly remarks: readonly Remark[];
}) {
  const w = writingWords[view.language];
  const { city } = view.here;
  const languages = view.here.place.workspace.city.languages;
  const all = chapters.flatMap(({ texts }) => [...texts.values()]);
  const left = all.reduce((sum, writing) => sum + leftAtEarlier(writing).length, 0);
  const open = remarks.filter(({ kind }) => kind !== 'settled').length;
  const aside = all.reduce((sum, { asides }) => sum + asides.length, 0);
  return (
    <OfficeFrame
      view={view}
      person={person}
      title={fill(w.writingOf, { title: named(review.head.title, view) })}
    >
      <p class="lead">{left === 0 ? w.allSigned : fill(w.left, { n: left })}</p>
      <p>
        <a href={writingPath.opinions(view.language, city, review.head.id)}>{w.opinions}</a> ·{' '}
        {fill(w.remarksOpen, { n: open })}
        {aside === 0 ? '' : ` · ${fill(w.keptAside, { n: aside })}`}
      </p>
      <section>
        <h2>{w.board}</h2>
        <p>{w.boardText}</p>
        <Scroll label={w.board}>
          <table class="dense board">
            <thead>
              <tr>
                <th scope="col">{w.chapter}</th>
                {languages.map((language) => (
                  <th scope="col">{w[`lang_${language}`]}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {chapters.flatMap(({ id, texts }) => {
                const rows = Math.max(1, ...[...texts.values()].map(({ sections }) => sections.length));
                return Array.from({ length: rows }, (_, at) => (
                  <tr>
                    <th scope="row">
                      {at === 0 ? (
                        <>
                          {title(texts, view.language)} <code class="quiet">{id}</code>
                        </>
                      ) : (
                        <span class="w-indent">{rowName(texts, at, view.language)}</span>
                      )}
                    </th>
                    {languages.map((language) => {
                      const writing = texts.get(language);
                      const section = writing?.sections[at];
                      const name = { review: review.head.id, chapter: id, language };
                      const missing =
                        writing === undefined || section === undefined || (at === 0 && isEmpty(writing));
                      return (
                        <td>
                          {at > 0 && section === undefined ? null : (
                            <a
                              href={writingPath.text(view.language, city, name, section?.id)}
                              aria-label={inARow(
                                [rowName(texts, at, view.language), w[`lang_${language}`]],
                                view.language,
                              )}
                            >
                              <StateMark
                                state={missing ? 'missing' : sectionState(section, writing.published)}
                                w={w}
                              />
                            </a>
                          )}
                          {section?.changed == null ? null : (
                            <div class="quiet small">{section.changed.name}</div>
                          )}
                        </td>
                      );
                    })}
                  </tr>
                ));
              })}
            </tbody>
          </table>
        </Scroll>
      </section>
    </OfficeFrame>
  );

  function rowName(texts: BoardChapter['texts'], at: number, language: Language): string {
    const own = texts.get(language)?.sections[at];
    const any = own ?? [...texts.values()].flatMap(({ sections }) => sections[at] ?? [])[0];
    return any === undefined ? w.beginning : sectionName(any, w);
  }
  function title(texts: BoardChapter['texts'], language: Language): string {
    return rowName(texts, 0, language);
  }
}

const isEmpty = ({ sections }: Writing): boolean => sections.every(({ text }) => text === '');
