import { address } from '../address.ts';
import { Page } from '../layout.tsx';
import type { Hit } from '../search.ts';
import type { View } from '../view.ts';
import { fill } from '../words.ts';

/** Most things that the page lists before one searches. */
const mostListed = 3000;

/** Search: works as a plain form; the same list grows as one types where scripts run. */
export function SearchPage({
  query,
  hits,
  all,
  view,
}: {
  readonly query: string;
  readonly hits: readonly Hit[];
  /** Everything that can be found, where no server answers; else null. */
  readonly all: readonly Hit[] | null;
  readonly view: View;
}) {
  const { t, language, assets } = view;
  const offline = all === null ? null : assets.element('search.classic');
  const shown = query === '' && all !== null ? all.slice(0, mostListed) : hits;
  return (
    <Page view={view} title={t.search}>
      <h1>{t.search}</h1>
      <form class="filters" action={address.search(language)} method="get">
        <label for="query">
          {t.searchLabel}
          <input id="query" name="q" type="search" value={query} maxlength={200} autocomplete="off" />
        </label>
        <button type="submit">{t.search}</button>
      </form>
      <div role="status" id="found">
        {query === '' ? (
          <p class="quiet">{t.searchFor}</p>
        ) : hits.length === 0 ? (
          <>
            <p>{fill(t.nothingFound, { q: query })}</p>
            <p class="quiet">{t.nothingFoundHint}</p>
          </>
        ) : (
          <p class="quiet">{fill(t.found, { n: hits.length })}</p>
        )}
      </div>
      <ul class="plain" id="hits">
        {shown.map((hit) => (
          <li>
            <a href={hit.href}>{hit.name}</a> <span class="quiet small">{hit.where}</span>
          </li>
        ))}
      </ul>
      {offline === null ? null : (
        <>
          <script src={`${address.search(language)}index.js`} defer />
          <script
            src={offline}
            defer
            id="offline-search"
            data-found={t.found}
            data-none={t.nothingFound}
            data-start={t.searchFor}
          />
        </>
      )}
    </Page>
  );
}
