import type { HtmlEscapedString } from 'hono/utils/html';
import { labelled } from '../../language/index.ts';
import type { Review } from '../../model/index.ts';
import { address } from '../address.ts';
import { OpenLine } from '../audit/list-page.tsx';
import { Page } from '../layout.tsx';
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
            {labelled(t.districtReviews, view.language)}
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
