import { comma } from '../../language/index.ts';
import type { Language } from '../../model/index.ts';
import type { ListedEdition } from '../../publish/index.ts';
import { address } from '../address.ts';
import { auditWords } from '../audit/words.ts';
import { Page } from '../layout.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { portalWords } from '../portal/words.ts';
import { named, type PlaceView } from '../view.ts';
import { fill } from '../words.ts';
import { trailTo } from './indicators.tsx';

/** The editions of a place: what each holds to read, to archive, to edit and to compute with, and how to check it. */
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
            <Documents edition={edition} view={view} />
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

const forms = ['pdf', 'archive.pdf', 'docx'] as const;
const heads = { pdf: 'editionRead', 'archive.pdf': 'editionArchive', docx: 'editionEdit' } as const;
const kinds = { pdf: 'PDF/UA', 'archive.pdf': 'PDF/A', docx: 'Word' };
/** `shanghai-vlr-2022.zh.archive.pdf`: a review of a place, its language, its form. */
const documentName = /^(?<stem>[a-z0-9._-]+)\.(?<tongue>en|zh)\.(?<form>pdf|archive\.pdf|docx)$/;

/** The documents of an edition as a table of languages and forms, its data, and all of it in one archive. */
function Documents({ edition, view }: { readonly edition: ListedEdition; readonly view: PlaceView }) {
  const { language, t } = view;
  const files = new Map(
    edition.documents.map(({ path, bytes }) => [path.replace(/^.*\//, ''), { path, bytes }]),
  );
  const rows = new Map<string, { stem: string; tongue: Language }>();
  for (const name of files.keys()) {
    const { stem, tongue } = documentName.exec(name)?.groups ?? {};
    if (stem !== undefined && (tongue === 'en' || tongue === 'zh'))
      rows.set(`${stem}.${tongue}`, { stem, tongue });
  }
  const link = (name: string, words: string) => {
    const file = files.get(name);
    if (file === undefined) return null;
    return (
      <>
        <a href={`/editions/${edition.name}/${file.path}`}>{words}</a>{' '}
        <span class="quiet small">{fileSize(file.bytes)}</span>
      </>
    );
  };
  // The city before its districts, the reader's language before the other.
  const order = ({ stem, tongue }: { stem: string; tongue: Language }): number => {
    const place = edition.places.findIndex(({ city }) => stem.startsWith(`${city}-`));
    return (stem.startsWith(`${edition.city}-`) ? 0 : 2 * (1 + place)) + Number(tongue !== language);
  };
  return (
    <>
      <Scroll label={t.editionDocuments}>
        <table class="stack">
          <thead>
            <tr>
              <th scope="col">{t.editionDocuments}</th>
              {forms.map((form) => (
                <th scope="col">{t[heads[form]]}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {[...rows.values()]
              .sort((a, b) => order(a) - order(b))
              .map(({ stem, tongue }) => (
                <tr>
                  <th scope="row" lang={tongue}>
                    {titleOf(stem, edition, tongue, view)}
                  </th>
                  {forms.map((form) => (
                    <td data-label={t[heads[form]]}>{link(`${stem}.${tongue}.${form}`, kinds[form])}</td>
                  ))}
                </tr>
              ))}
          </tbody>
        </table>
      </Scroll>
      <ul>
        {[...files.keys()]
          .filter((name) => name.endsWith('.csv'))
          .sort()
          .map((name) => (
            <li>{link(name, name)}</li>
          ))}
        {edition.archive === null ? null : (
          <li>
            <a href={`/editions/${edition.name}/${edition.archive.path}`}>{edition.archive.path}</a>{' '}
            <span class="quiet small">
              {[fileSize(edition.archive.bytes), t.editionWhole].join(comma(language))}
            </span>
          </li>
        )}
      </ul>
    </>
  );
}

/** The review's own title; the name of its file where the place is not open here. */
function titleOf(stem: string, edition: ListedEdition, tongue: Language, view: PlaceView): string {
  const place = view.places.find(({ city }) => stem.startsWith(`${city}-`));
  const review = place?.place.workspace.reviews.find(({ head }) => `${place.city}-${head.id}` === stem);
  if (review !== undefined) return named(review.head.title, { language: tongue });
  return stem === `${edition.city}-${edition.review}` ? edition.title : stem;
}

function fileSize(bytes: number): string {
  return bytes >= 1_000_000
    ? `${(bytes / 1_000_000).toFixed(1)} MB`
    : `${Math.max(1, Math.round(bytes / 1000))} kB`;
}
