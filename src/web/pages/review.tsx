import type { HtmlEscapedString } from 'hono/utils/html';
import type { Review } from '../../model/index.ts';
import type { ListedEdition } from '../../publish/index.ts';
import { address } from '../address.ts';
import { OpenLine } from '../audit/list-page.tsx';
import { auditWords } from '../audit/words.ts';
import { Page } from '../layout.tsx';
import { portalWords } from '../portal/words.ts';
import { named, type PlaceView } from '../view.ts';
import { fill } from '../words.ts';
import { trailTo } from './indicators.tsx';

export function ReviewsPage({ view }: { readonly view: PlaceView }) {
  const { here, t, language } = view;
  const { reviews } = here.place.workspace;
  return (
    <Page view={view} title={t.reviews} room="review" trail={trailTo(view, { name: t.reviews })}>
      <h1>{t.reviews}</h1>
      {reviews.length === 0 ? <p class="quiet">{t.noReview}</p> : null}
      <ul class="plain">
        {reviews.map(({ head }) => (
          <li>
            <a href={address.review(language, here.city, head.id)}>{named(head.title, view)}</a>{' '}
            <span class="quiet">{head.date}</span>
          </li>
        ))}
      </ul>
    </Page>
  );
}

/** A review: its head, and its text bound to figures. */
export function ReviewPage({
  review,
  text,
  open,
  view,
}: {
  readonly review: Review;
  /** The bound text as HTML; null when it could not be bound. */
  readonly text: HtmlEscapedString | null;
  /** Open findings of the audit. */
  readonly open: number;
  readonly view: PlaceView;
}) {
  const { here, t, language } = view;
  const { head } = review;
  const title = named(head.title, view);
  const parts = head.districts.flatMap(({ city, review: id }) => {
    const place = view.places.find((each) => each.city === city);
    const part = place?.place.workspace.reviews.find((each) => each.head.id === id);
    return place === undefined || part === undefined ? [] : [{ place, head: part.head }];
  });
  return (
    <Page
      view={view}
      title={title}
      room="review"
      trail={trailTo(
        view,
        { name: t.reviews, href: address.room(language, here.city, 'review') },
        { name: title },
      )}
    >
      <h1>{title}</h1>
      {head.subtitle === undefined ? null : <p class="lead">{named(head.subtitle, view)}</p>}
      <p class="quiet">
        {t.issuer} {named(head.issuer, view)} · {fill(t.dated, { when: head.date })} ·{' '}
        <OpenLine open={open} view={view} />
      </p>
      {parts.length === 0 ? null : (
        <nav aria-label={t.districtReviews}>
          <p>
            {t.districtReviews}:{' '}
            {parts.map((part, at) => (
              <>
                {at === 0 ? '' : ' · '}
                <a href={address.review(language, part.place.city, part.head.id)}>
                  {named(part.head.title, view)}
                </a>
              </>
            ))}
          </p>
        </nav>
      )}
      {text === null ? <p class="quiet">{t.reviewSoon}</p> : text}
    </Page>
  );
}

export function EditionsPage({
  editions,
  view,
}: {
  /** Null in a published site, which is an edition itself. */
  readonly editions: readonly ListedEdition[] | null;
  readonly view: PlaceView;
}) {
  const { here, language, t } = view;
  const [review] = here.place.workspace.reviews;
  return (
    <Page view={view} title={t.editions} room="editions" trail={trailTo(view, { name: t.editions })}>
      <h1>{t.editions}</h1>
      <p class="lead">{t.editionWhy}</p>
      {editions === null || editions.length === 0 ? null : (
        <p>
          <a href={address.room(language, here.city, 'changes')}>{portalWords[language].changes}</a>
        </p>
      )}
      {editions === null ? null : editions.length === 0 ? (
        <>
          <p class="quiet">{t.noEditions}</p>
          {review === undefined ? null : (
            <>
              <p>{t.editionHow}</p>
              <pre tabindex={0}>
                <code>
                  npx modelcity publish --workspace examples/{here.city} --review {review.head.id}
                </code>
              </pre>
            </>
          )}
        </>
      ) : (
        editions.map((edition) => (
          <section>
            <h2>
              {named(
                here.place.workspace.reviews.find(({ head }) => head.id === edition.review)?.head.title ?? {
                  en: edition.title,
                  zh: edition.title,
                },
                view,
              )}
            </h2>
            <p class="quiet">
              {fill(t.editionOf, {
                number: String(edition.number),
                when: edition.date,
                figures: String(edition.figures),
              })}
              {edition.open === null
                ? null
                : ` · ${fill(auditWords[language].atPublication, { n: edition.open })}`}
            </p>
            <ul>
              {edition.documents
                .filter(({ path }) => /\.(pdf|docx|csv)$/.test(path))
                .sort(
                  (a, b) =>
                    Number(b.path.includes(`.${language}.`)) - Number(a.path.includes(`.${language}.`)),
                )
                .map(({ bytes, path }) => (
                  <li>
                    <a href={`/editions/${edition.name}/${path}`}>{path.replace(/^.*\//, '')}</a>{' '}
                    <span class="quiet">{fileSize(bytes)}</span>
                  </li>
                ))}
              {edition.archive === null ? null : (
                <li>
                  <a href={`/editions/${edition.name}/${edition.archive.path}`}>{edition.archive.path}</a>{' '}
                  <span class="quiet">
                    {fileSize(edition.archive.bytes)}, {t.editionWhole}
                  </span>
                </li>
              )}
            </ul>
            <p>{t.editionCheck}</p>
            <pre tabindex={0}>
              <code>npx modelcity verify {edition.archive?.path ?? edition.name}</code>
            </pre>
          </section>
        ))
      )}
    </Page>
  );
}

function fileSize(bytes: number): string {
  return bytes >= 1_000_000
    ? `${(bytes / 1_000_000).toFixed(1)} MB`
    : `${Math.max(1, Math.round(bytes / 1000))} kB`;
}
