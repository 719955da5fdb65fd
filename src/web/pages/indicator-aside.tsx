import { labelled, periodText } from '../../language/index.ts';
import { address } from '../address.ts';
import type { IndicatorEntry } from '../catalogue.ts';
import { citation, sourcesOf } from '../cite.ts';
import { writeChoice } from '../explore/choice.ts';
import type { Shown } from '../explore/shown.ts';
import { explorerWords } from '../explore/words.ts';
import { expectedFor } from '../outlet/calendar.ts';
import { outletWords } from '../outlet/words.ts';
import { GoalChip, goalName } from '../parts/goal.tsx';
import { named, type PlaceView, sourceLink } from '../view.ts';

/** Beside an indicator: goals, standards, sources, what comes next, downloads, how to cite and embed it. */
export function Aside({
  entry,
  shown,
  view,
}: {
  readonly entry: IndicatorEntry;
  readonly shown: Shown | null;
  readonly view: PlaceView;
}) {
  const { here, t, language } = view;
  const { indicator } = entry;
  const self = address.indicator(language, here.city, indicator.id);
  const asked = shown === null ? '' : writeChoice(shown.choice, shown.whole);
  const query = asked === '' ? '' : `?${asked}`;
  const sources = sourcesOf(entry, view);
  const expected = expectedFor(here.place.workspace.city, indicator.id);
  const frameworks = here.place.workspace.frameworks.filter(
    ({ goals, criteria }) =>
      goals.some(({ measures }) => measures.some(({ indicators }) => indicators.includes(indicator.id))) ||
      criteria.some(({ tests }) => tests.some((test) => test.indicator === indicator.id)),
  );
  return (
    <aside>
      {indicator.goals.length === 0 ? null : (
        <>
          <h2>{t.goalsOf}</h2>
          <ul>
            {indicator.goals.map((goal) => (
              <li>
                <GoalChip goal={goal} />{' '}
                <a href={address.goal(language, here.city, goal)}>{goalName(goal, view)}</a>
              </li>
            ))}
            {indicator.targets.length === 0 ? null : (
              <li class="quiet">
                {t.serves} {indicator.targets.join(', ')}
              </li>
            )}
          </ul>
        </>
      )}
      {frameworks.length === 0 ? null : (
        <>
          <h2>{t.usedIn}</h2>
          <ul>
            {frameworks.map((framework) => (
              <li>
                <a href={address.framework(language, here.city, framework.id)}>
                  {named(framework.name, view)}
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
      <h2 id="sources">{t.sources}</h2>
      {sources.length === 0 ? <p class="quiet">{t.noSources}</p> : null}
      <ul>
        {sources.map((id) => (
          <li>
            <a href={sourceLink(view, id).href}>{sourceLink(view, id).name}</a>
          </li>
        ))}
      </ul>
      {expected === null ? null : (
        <>
          <h2>{outletWords[language].expected}</h2>
          <p>
            <a href={address.room(language, here.city, 'news')}>{periodText(expected.date, language)}</a>{' '}
            <span class="quiet">{named(expected.title, view)}</span>
          </p>
        </>
      )}
      <h2 class="onscreen">{t.downloads}</h2>
      <ul class="onscreen">
        <li>
          <a href={address.api('places', here.city, 'indicators', `${indicator.id}.csv`)}>CSV</a>
        </li>
        <li>
          <a
            href={
              shown === null
                ? address.api('places', here.city, 'indicators', indicator.id)
                : `${self}figures.json`
            }
          >
            JSON
          </a>
        </li>
        {shown === null ? null : (
          <>
            <li>
              <a href={address.chart(language, here.city, indicator.id)}>SVG</a>
            </li>
            <li>
              <a href={`${self}figures.xlsx`}>XLSX</a>
            </li>
            <li class="asked">
              {labelled(explorerWords[language].shownOnly, language)}
              <a href={`${self}shown.csv${query}`}>CSV</a> · <a href={`${self}shown.xlsx${query}`}>XLSX</a> ·{' '}
              <a href={`${self}shown.json${query}`}>JSON</a> ·{' '}
              <a href={`${address.chart(language, here.city, indicator.id)}${query}`}>SVG</a>
            </li>
            <li>
              <a href={`${self}download.zip`}>{t.allAsZip}</a>
            </li>
          </>
        )}
      </ul>
      <h2>{t.cite}</h2>
      <p class="quiet">{citation(entry, view)}</p>
      {shown === null ? null : (
        <>
          <h2 class="onscreen">{explorerWords[language].embed}</h2>
          <p class="quiet onscreen">{explorerWords[language].embedHint}</p>
          <pre class="onscreen embed-code" tabindex={0} data-self={self}>
            <code>{`<iframe src="${view.base ?? ''}${self}embed/${query}" width="820" height="560" title="${named(indicator.name, view)}"></iframe>`}</code>
          </pre>
          <p class="quiet onscreen">{explorerWords[language].embedElement}</p>
          <pre class="onscreen embed-code" tabindex={0} data-self={self}>
            <code>{`<script src="${view.base ?? ''}/assets/modelcity-chart.js" defer></script>
<modelcity-chart src="${view.base ?? ''}${self}${query}">
  <a href="${view.base ?? ''}${self}">${named(indicator.name, view)}</a>
</modelcity-chart>`}</code>
          </pre>
        </>
      )}
    </aside>
  );
}
