import { formatNumber } from '../../language/index.ts';
import { distributions, formatOf, type OpenDataset } from '../../publish/index.ts';
import { address } from '../address.ts';
import { Page } from '../layout.tsx';
import { trailTo } from '../pages/indicators.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { named, type PlaceView } from '../view.ts';
import { fill } from '../words.ts';
import type { StructuredData } from './structured.ts';
import { outletWords } from './words.ts';

/** Files that a place offers, with their bytes; null where they are counted only when they are asked for. */
export type FileSizes = ReadonlyMap<string, number | null>;

interface DataProps {
  readonly dataset: OpenDataset;
  readonly sizes: FileSizes;
  readonly structured: StructuredData;
  readonly view: PlaceView;
}

/** The licences as readers call them. */
function licenceNames({ sources, licences }: OpenDataset, view: PlaceView): readonly string[] {
  return licences.map((licence) => {
    const called = sources.find((source) => source.licence === licence)?.licenceName;
    return called === undefined ? licence : named(called, view);
  });
}

/** The catalogue of a place's open data: what there is, in which formats, how large, under which licence, how new. */
export function DataPage({ dataset, sizes, structured, view }: DataProps) {
  const t = outletWords[view.language];
  const { here, language } = view;
  const names: Readonly<Record<string, string>> = t.names;
  const unnumbered = here.place.unnumbered === true;
  const count = (n: number): string => formatNumber(String(n), { language, decimals: 0 });
  const root = `/data/${encodeURIComponent(here.city)}/`;
  const kinds = distributions.filter(({ path }) => sizes.has(path));
  const tables = [...sizes.keys()].filter(
    (path) => formatOf(path) !== null && !distributions.some((each) => each.path === path),
  );
  const row = (path: string, name: string, standard: string | null) => (
    <tr>
      <th scope="row">{name}</th>
      <td data-label={t.file}>
        <a href={`${root}${path}`}>
          <code>{path}</code>
        </a>
      </td>
      <td data-label={t.size} class="num">
        {fileSize(sizes.get(path) ?? null, view)}
      </td>
      {standard === null ? null : (
        <td data-label={t.standard}>
          <span class="small">{standard.replace(/^https?:\/\/(?:www\.)?/, '')}</span>
        </td>
      )}
    </tr>
  );
  const head = (name: string, standard: boolean) => (
    <thead>
      <tr>
        <th scope="col">{name}</th>
        <th scope="col">{t.file}</th>
        <th scope="col" class="num">
          {t.size}
        </th>
        {standard ? <th scope="col">{t.standard}</th> : null}
      </tr>
    </thead>
  );
  return (
    <Page
      view={view}
      title={t.dataTitle}
      room="data"
      trail={trailTo(view, { name: t.dataTitle })}
      description={t.dataLead}
      structured={structured}
    >
      <h1>{t.dataTitle}</h1>
      <p class="lead">{t.dataLead}</p>
      <section>
        <h2>{t.dataset}</h2>
        <dl class="facts">
          <div>
            <dt>{t.holds}</dt>
            <dd>
              {fill(t.holdsText, {
                values: count(here.valueCount),
                indicators: count(dataset.indicators.length),
                areas: count(dataset.areas.length),
              })}
            </dd>
          </div>
          <div>
            <dt>{t.lastChange}</dt>
            <dd>
              {dataset.sources.some(({ date }) => date !== 'undated') ? (
                <time datetime={dataset.date}>{dataset.date}</time>
              ) : (
                view.t.undatedDate
              )}
            </dd>
          </div>
          {unnumbered ? null : (
            <div>
              <dt>{t.version}</dt>
              <dd>1.0.{dataset.asOf}</dd>
            </div>
          )}
          <div>
            <dt>{t.licences}</dt>
            <dd>{licenceNames(dataset, view).join(language === 'zh' ? '；' : '; ')}</dd>
          </div>
        </dl>
        <Scroll label={t.dataset}>
          <table class="stack">
            {head(t.format, true)}
            <tbody>{kinds.map(({ path, title, conformsTo }) => row(path, title, conformsTo ?? ''))}</tbody>
          </table>
        </Scroll>
      </section>
      {tables.length === 0 ? null : (
        <section>
          <h2>{t.tables}</h2>
          <Scroll label={t.tables}>
            <table class="stack">
              {head}
              <tbody>{tables.map((path) => row(path, names[path] ?? path, null))}</tbody>
            </table>
          </Scroll>
        </section>
      )}
      {unnumbered ? (
        <section>
          <p>{t.command}</p>
          <pre tabindex={0}>
            <code>npx modelcity open-data --out {here.city}-data</code>
          </pre>
        </section>
      ) : (
        <section>
          <h2>{t.interfaces}</h2>
          <ul class="plain">
            <li>
              <a href={`/sdmx/3.0/structure/dataflow/*/*/*`}>{t.sdmx}</a>
            </li>
            <li>
              <a href="/api/openapi.json">{t.openapi}</a> ·{' '}
              <a href={address.api('places', here.city)}>
                <code>{address.api('places', here.city)}</code>
              </a>
            </li>
          </ul>
          <h3 class="after">{t.asOf}</h3>
          <p>
            {t.asOfText}{' '}
            <code>
              {root}as-of/{dataset.asOf}/observations.csv
            </code>
          </p>
        </section>
      )}
      <p class="quiet small">
        {named(here.place.workspace.city.name, view)} ·{' '}
        <a href={address.room(language, here.city, 'sources')}>{view.t.sources}</a>
      </p>
    </Page>
  );
}

function fileSize(bytes: number | null, { language }: PlaceView): string {
  if (bytes === null) return outletWords[language].stale;
  return bytes >= 1_000_000
    ? `${(bytes / 1_000_000).toFixed(1)} MB`
    : `${Math.max(1, Math.round(bytes / 1000))} kB`;
}
