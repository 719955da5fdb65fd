import { formatNumber, labelled } from '../../language/index.ts';
import { address } from '../address.ts';
import type { Catalogue } from '../catalogue.ts';
import { Page } from '../layout.tsx';
import { sentence } from '../leading.ts';
import { oncePer } from '../once-per.ts';
import { Mark } from '../parts/figure.tsx';
import { named, type PlaceView, type View } from '../view.ts';
import { counted, fill } from '../words.ts';

/** All places: what each promised, how much stands behind it, and one finding. */
export function HomePage({ view }: { readonly view: View }) {
  const { t } = view;
  const whole = view.places.filter(({ place }) => partOf(place.workspace.city.partOf, view) === null);
  return (
    <Page view={view} title={t.product} description={t.tagline}>
      <h1>{t.tagline}</h1>
      <p class="lead">{t.opening}</p>
      <section aria-label={t.places}>
        <ul class="cards">
          {whole.map((catalogue) => (
            <PlaceCard catalogue={catalogue} view={view} />
          ))}
        </ul>
      </section>
    </Page>
  );
}

function partOf(id: string | undefined, view: View): Catalogue | null {
  return view.places.find(({ city }) => city === id) ?? null;
}

function PlaceCard({ catalogue, view }: { readonly catalogue: Catalogue; readonly view: View }) {
  const { language, t } = view;
  const { city } = catalogue.place.workspace;
  const parts = view.places.filter(({ place }) => place.workspace.city.partOf === city.id);
  return (
    <li>
      <h2>
        <a href={address.city(language, city.id)}>{named(city.name, view)}</a>
      </h2>
      {city.promise === undefined ? null : <p>{named(city.promise, view)}</p>}
      <Finding view={{ ...view, here: catalogue }} />
      <p class="quiet small">
        {formatNumber(String(catalogue.entries.size), { language, decimals: 0 })}{' '}
        {counted(t, catalogue.entries.size, 'countIndicators')} ·{' '}
        {formatNumber(String(catalogue.valueCount), { language, decimals: 0 })}{' '}
        {counted(t, catalogue.valueCount, 'values')}
      </p>
      {parts.length === 0 ? null : (
        <p>
          {labelled(t.districts, view.language)}
          {parts.map((part, at) => (
            <>
              {at === 0 ? '' : ' · '}
              <a href={address.city(language, part.city)}>{named(part.place.workspace.city.name, view)}</a>
            </>
          ))}
        </p>
      )}
    </li>
  );
}

/** The first key indicator with a change, as a sentence. */
function Finding({ view }: { readonly view: PlaceView }) {
  const { here } = view;
  const entries = here.listed;
  for (const entry of [...entries.filter(({ indicator }) => indicator.key), ...entries]) {
    const series = here.main(entry);
    const figure = series === null ? null : here.leadingChange(series);
    if (figure === null) continue;
    return (
      <p class="small">
        {sentence(figure, entry, view)} <Mark figure={figure} view={view} />
      </p>
    );
  }
  return null;
}

const valueCount = oncePer((here) => here.valueCount);

/** How much a place holds, in one row. */
export function Counts({ view }: { readonly view: PlaceView }) {
  const { here, t, language } = view;
  const { indicators, claims, city } = here.place.workspace;
  const targets = [...here.entries.values()].reduce((sum, entry) => sum + entry.targets.length, 0);
  const count = (n: number): string => formatNumber(String(n), { language, decimals: 0 });
  const key = indicators.filter((indicator) => indicator.key);
  const values = valueCount(here);
  const shown = key.filter(({ id }) =>
    (here.entries.get(id)?.series ?? []).some((series) => here.latest(series) !== null),
  );
  return (
    <>
      <ul class="counts">
        <li>
          <strong>{count(indicators.length)}</strong>
          <span>{counted(t, indicators.length, 'countIndicators')}</span>
        </li>
        <li>
          <strong>{count(values)}</strong>
          <span>{counted(t, values, 'values')}</span>
        </li>
        <li>
          <strong>{count(targets)}</strong>
          <span>{counted(t, targets, 'targets')}</span>
        </li>
        <li>
          <strong>{count(claims.length)}</strong>
          <span>{counted(t, claims.length, 'statements')}</span>
        </li>
        <li>
          <strong>{count(city.sources.length)}</strong>
          <span>{counted(t, city.sources.length, 'countSources')}</span>
        </li>
      </ul>
      {key.length === 0 ? null : (
        <p class="quiet small after">{fill(t.ofKey, { n: count(shown.length), m: count(key.length) })}</p>
      )}
    </>
  );
}
