import { colon } from '../../language/index.ts';
import type { Framework } from '../../model/index.ts';
import { address } from '../address.ts';
import { Page } from '../layout.tsx';
import { trailTo } from '../pages/indicators.tsx';
import { named, type PlaceView, sourceLink } from '../view.ts';
import { DistrictMatrix } from './district-matrix.tsx';
import { FrameworkLine } from './framework-line.tsx';
import { comparesDistricts, judgeFramework } from './judged.ts';
import { FrameworkResponse } from './response.tsx';
import { shippedAddress } from './shipped-pages.tsx';
import { StandardSections } from './standard.tsx';
import { assessmentWords } from './words.ts';

/** The standards and frameworks of a place, each standard with its verdict. */
export function FrameworksPage({ view }: { readonly view: PlaceView }) {
  const { here, t, language } = view;
  const w = assessmentWords[language];
  const { frameworks } = here.place.workspace;
  return (
    <Page view={view} title={t.frameworks} room="framework" trail={trailTo(view, { name: t.frameworks })}>
      <h1>{t.frameworks}</h1>
      {frameworks.length === 0 ? <p class="quiet">{t.noFrameworks}</p> : null}
      <ul class="plain">
        {frameworks.map((framework) => (
          <li>
            <FrameworkLine framework={framework} view={view} />
          </li>
        ))}
      </ul>
      <p>
        <a href={address.room(language, here.city, 'progress')}>{w.progressLink}</a>
      </p>
      <p>
        <a href={shippedAddress(view)}>{w.shipped}</a>
      </p>
    </Page>
  );
}

/** A standard with its verdicts, or a review's response framework as goal, measure, practice, case. */
export function FrameworkPage({
  framework,
  view,
}: {
  readonly framework: Framework;
  readonly view: PlaceView;
}) {
  const { here, t, language } = view;
  const w = assessmentWords[language];
  const name = named(framework.name, view);
  const { city } = here.place.workspace;
  const source = sourceLink(view, framework.source);
  return (
    <Page
      view={view}
      title={name}
      room="framework"
      trail={trailTo(
        view,
        { name: t.frameworks, href: address.room(language, here.city, 'framework') },
        { name },
      )}
    >
      <h1>{name}</h1>
      <p class="quiet">
        {t.source}
        {colon(language)}
        <a href={source.href}>{source.name}</a>
        {!comparesDistricts(here, framework) ? null : (
          <>
            {' · '}
            <a href={`${address.framework(language, here.city, framework.id)}districts/`}>{w.districts}</a>
          </>
        )}
      </p>
      {framework.note === undefined ? null : <p>{named(framework.note, view)}</p>}
      {framework.criteria.length === 0 ? null : (
        <StandardSections
          framework={framework}
          assessment={judgeFramework(here, framework, city.area)}
          area={city.area}
          view={view}
        />
      )}
      <FrameworkResponse framework={framework} view={view} />
    </Page>
  );
}

/** The districts of a place side by side against the thresholds of a standard. */
export function FrameworkDistrictsPage({
  framework,
  view,
}: {
  readonly framework: Framework;
  readonly view: PlaceView;
}) {
  const { here, t, language } = view;
  const w = assessmentWords[language];
  const name = named(framework.name, view);
  return (
    <Page
      view={view}
      title={`${w.districts}${colon(language)}${name}`}
      room="framework"
      trail={trailTo(
        view,
        { name: t.frameworks, href: address.room(language, here.city, 'framework') },
        { name, href: address.framework(language, here.city, framework.id) },
        { name: w.districts },
      )}
    >
      <h1>
        {w.districts}
        {colon(language)}
        {name}
      </h1>
      <p class="quiet">{w.districtsLead}</p>
      <DistrictMatrix framework={framework} view={view} />
    </Page>
  );
}
