import { periodText } from '../../language/index.ts';
import { address } from '../address.ts';
import { Page } from '../layout.tsx';
import { trailTo } from '../pages/indicators.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { named, type PlaceView } from '../view.ts';
import type { Told } from './calendar.ts';
import { outletWords } from './words.ts';

/** A publication to come, as the calendar shows it. */
export interface Expected {
  readonly date: string;
  readonly title: string;
  readonly kind: 'release' | 'round';
  /** Null: everything. */
  readonly indicators: readonly string[] | null;
}

interface NewsProps {
  readonly told: readonly Told[];
  readonly expected: readonly Expected[];
  readonly view: PlaceView;
}

/** What a place has told, and what it has announced for when. */
export function NewsPage({ told, expected, view }: NewsProps) {
  const t = outletWords[view.language];
  const { language, here } = view;
  return (
    <Page
      view={view}
      title={t.newsTitle}
      room="news"
      trail={trailTo(view, { name: t.newsTitle })}
      description={t.newsLead}
    >
      <h1>{t.newsTitle}</h1>
      <p class="lead">{t.newsLead}</p>
      <p class="onscreen">
        <a href={`${address.city(language, here.city)}feed.xml`}>{t.feed}</a>
      </p>
      <section>
        <h2>{t.announced}</h2>
        {expected.length === 0 ? (
          <p class="quiet">{t.noAnnounced}</p>
        ) : (
          <Scroll label={t.announced}>
            <table class="stack">
              <thead>
                <tr>
                  <th scope="col">{t.announcedWhen}</th>
                  <th scope="col">{t.what}</th>
                  <th scope="col">{t.announcedWhat}</th>
                </tr>
              </thead>
              <tbody>
                {expected.map(({ date, title, kind, indicators }) => (
                  <tr>
                    <th scope="row" class="keep">
                      <time datetime={date}>{periodText(date, language)}</time>
                    </th>
                    <td>
                      {title} {kind === 'round' ? <span class="quiet small">{t.kinds.round}</span> : null}
                    </td>
                    <td>
                      {indicators === null ? t.everything : <Indicators ids={indicators} view={view} />}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
        )}
      </section>
      <section>
        <h2>{t.published}</h2>
        {told.length === 0 ? (
          <p class="quiet">{t.noNews}</p>
        ) : (
          <ul class="news">
            {told.map(({ id, kind, date, title, text, indicators, review }) => (
              <li id={id}>
                <p class="kicker">
                  <time datetime={date}>{periodText(date, language)}</time> · {t.kinds[kind]}
                </p>
                <h3>
                  {review === null ? (
                    named(title, view)
                  ) : (
                    <a
                      href={
                        kind === 'edition'
                          ? address.room(language, here.city, 'editions')
                          : address.review(language, here.city, review)
                      }
                    >
                      {named(title, view)}
                    </a>
                  )}
                </h3>
                {text === null ? null : <p>{named(text, view)}</p>}
                {indicators.length === 0 ? null : (
                  <p class="small">
                    <Indicators ids={indicators} view={view} />
                  </p>
                )}
              </li>
            ))}
          </ul>
        )}
      </section>
    </Page>
  );
}

/** Most names in a line; what is beyond is counted. */
const mostNames = 12;

function Indicators({ ids, view }: { readonly ids: readonly string[]; readonly view: PlaceView }) {
  const { here, language, t } = view;
  return (
    <>
      {ids.slice(0, mostNames).map((id, at) => {
        const entry = here.entries.get(id);
        return (
          <>
            {at === 0 ? '' : ' · '}
            {entry === undefined ? (
              id
            ) : (
              <a href={address.indicator(language, here.city, id)}>{named(entry.indicator.name, view)}</a>
            )}
          </>
        );
      })}
      {ids.length > mostNames ? ` + ${ids.length - mostNames} ${t.countIndicators}` : ''}
    </>
  );
}
