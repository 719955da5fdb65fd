import { formatNumber, periodText } from '../../language/index.ts';
import { address } from '../address.ts';
import { type IndicatorEntry, periodOf, type Series } from '../catalogue.ts';
import { Page } from '../layout.tsx';
import { oncePer } from '../once-per.ts';
import { oncePerSeries } from '../once-per-series.ts';
import { trailTo } from '../pages/indicators.tsx';
import { GoalChip, goalName } from '../parts/goal.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { named, type PlaceView, sourceLink } from '../view.ts';
import { portalWords } from './words.ts';

/** What is there of a set of indicators. */
interface Tally {
  readonly indicators: number;
  readonly valued: number;
  readonly series: number;
  readonly targeted: number;
  readonly grouped: number;
  readonly newest: string;
}

/** How complete a place's reporting is: by goal, by document, and every indicator that has no value, with the reason. */
export function StatusPage({ view }: { readonly view: PlaceView }) {
  const { here, language } = view;
  const t = portalWords[language];
  const entries = here.listed;
  const goals = here.goals();
  const rows = [
    ...goals.map((goal) => ({ goal, of: entries.filter(({ indicator }) => indicator.goals.includes(goal)) })),
    { goal: '', of: entries.filter(({ indicator }) => indicator.goals.length === 0) },
  ].filter(({ of }) => of.length > 0);
  const missing = entries.filter((entry) => newestValue(entry, view) === null);
  const lopsided = entries.filter(
    ({ indicator: { name } }) => name.en === '' || name.zh === '' || name.en === name.zh,
  );
  return (
    <Page
      view={view}
      title={t.status}
      room="indicators"
      trail={trailTo(
        view,
        { name: view.t.indicators, href: address.room(language, here.city, 'indicators') },
        { name: t.status },
      )}
    >
      <h1>{t.status}</h1>
      <p class="lead">{t.statusLead}</p>
      <Scroll label={t.status}>
        <table>
          <thead>
            <tr>
              <th scope="col">{view.t.goal}</th>
              {[view.t.indicators, t.withValue, t.withSeries, t.withTarget, t.withGroups, t.newest].map(
                (name) => (
                  <th scope="col" class="num">
                    {name}
                  </th>
                ),
              )}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ goal, of }) => (
              <tr>
                <th scope="row">
                  {goal === '' ? (
                    t.noGoal
                  ) : (
                    <>
                      <GoalChip goal={goal} />{' '}
                      <a href={address.goal(language, here.city, goal)}>{goalName(goal, view)}</a>
                    </>
                  )}
                </th>
                <Cells tally={tallyOf(of, view)} view={view} />
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t.all}</th>
              <Cells tally={tallyOf(entries, view)} view={view} />
            </tr>
          </tfoot>
        </table>
      </Scroll>
      <BySource view={view} />
      <section>
        <h2>{t.missingNow}</h2>
        {missing.length === 0 ? (
          <p>{t.noneMissing}</p>
        ) : (
          <Scroll label={t.missingNow}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{view.t.indicator}</th>
                  <th scope="col">{t.missingWhy}</th>
                </tr>
              </thead>
              <tbody>
                {missing.map((entry) => (
                  <tr>
                    <th scope="row">
                      <a href={address.indicator(language, here.city, entry.indicator.id)}>
                        {named(entry.indicator.name, view)}
                      </a>
                    </th>
                    <td>{reason(entry, view)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
        )}
      </section>
      {lopsided.length === 0 ? null : (
        <section>
          <h2>{t.untranslated}</h2>
          <ul class="plain">
            {lopsided.map(({ indicator }) => (
              <li>
                <a href={address.indicator(language, here.city, indicator.id)}>
                  {named(indicator.name, view) || indicator.id}
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Page>
  );
}

function Cells({ tally, view }: { readonly tally: Tally; readonly view: PlaceView }) {
  const count = (n: number): string => formatNumber(String(n), { language: view.language, decimals: 0 });
  return (
    <>
      {[tally.indicators, tally.valued, tally.series, tally.targeted, tally.grouped].map((n) => (
        <td class="num">{count(n)}</td>
      ))}
      <td class="num">{tally.newest === '' ? '' : periodText(tally.newest, view.language)}</td>
    </>
  );
}

/** The newest period in which any series of an indicator has a value. */
const newestValue = oncePerSeries((entry, view): string | null => {
  const { figures, reads } = view.here.place;
  const { formula, rollup } = entry.indicator;
  // Of what is handed in, which values there are says it; of what is computed, the values themselves.
  const isHandedIn =
    formula === undefined && rollup === 'none' && !figures.definitions.formulas.has(entry.indicator.id);
  return isHandedIn && reads !== undefined
    ? reads.as('presence', () => newestOf(entry, view))
    : newestOf(entry, view);
});

function newestOf(entry: IndicatorEntry, view: PlaceView): string | null {
  const years = newestYear(entry, view);
  if (years !== undefined) return years;
  const found = entry.series.flatMap((series) => {
    const figure = view.here.latest(series);
    return figure === null ? [] : [periodOf(figure.key)];
  });
  return found.sort().at(-1) ?? null;
}

function tallyOf(entries: readonly IndicatorEntry[], view: PlaceView): Tally {
  const newest = entries.map((entry) => newestValue(entry, view));
  const dated = newest.filter((period) => period !== null && period !== 'undated');
  return {
    indicators: entries.length,
    valued: newest.filter((period) => period !== null).length,
    series: entries.filter(({ series }) => series.some(({ changes }) => changes.length > 0)).length,
    targeted: entries.filter(({ targets }) => targets.length > 0).length,
    grouped: entries.filter(({ series }) => series.some(({ breakdown }) => Object.keys(breakdown).length > 0))
      .length,
    newest: dated.sort().at(-1) ?? '',
  };
}

/** The same where all periods are years: looked for from the newest back. Undefined where they are not. */
function newestYear({ series }: IndicatorEntry, { here }: PlaceView): string | null | undefined {
  const byYear = new Map<string, Series[]>();
  for (const each of series)
    for (const period of each.periods) {
      if (!/^\d{4}$/.test(period)) return undefined;
      const those = byYear.get(period);
      if (those === undefined) byYear.set(period, [each]);
      else those.push(each);
    }
  const newest = [...byYear]
    .sort(([a], [b]) => (a < b ? 1 : -1))
    .find(([period, those]) => those.some((each) => here.figure(each.valueAt(period)).value !== null));
  return newest?.[0] ?? null;
}

/** Why there is no value: what the records say, or that the documents only make statements. */
function reason(entry: IndicatorEntry, view: PlaceView): string {
  for (const { values } of entry.series)
    for (const key of values) {
      const { missing } = view.here.figure(key);
      if (missing !== null) return named(missing, view);
    }
  return entry.claims.length > 0 ? view.t.notInSource : view.t.noValue;
}

/** Values of each document, in the order in which they are first cited. */
const bySource = oncePer(({ place: { workspace, reads } }) => {
  const count = () => {
    const counts = new Map<string, { values: number; missing: number; open: number }>();
    for (const { source, value, status } of workspace.observations) {
      const own = counts.get(source) ?? { values: 0, missing: 0, open: 0 };
      counts.set(source, own);
      if (value === null) own.missing += 1;
      else {
        own.values += 1;
        if (status === 'P' || status === 'E' || status === 'F') own.open += 1;
      }
    }
    return counts;
  };
  return reads?.as('presence', count) ?? count();
});

/** What each document has contributed, and how much of it is not final. */
function BySource({ view }: { readonly view: PlaceView }) {
  const { here, language } = view;
  const t = portalWords[language];
  const counts = bySource(here);
  const number = (n: number): string => formatNumber(String(n), { language, decimals: 0 });
  return (
    <section>
      <h2>{t.bySource}</h2>
      <Scroll label={t.bySource}>
        <table>
          <thead>
            <tr>
              <th scope="col">{view.t.source}</th>
              <th scope="col" class="num">
                {t.values}
              </th>
              <th scope="col" class="num">
                {t.provisional}
              </th>
              <th scope="col" class="num">
                {view.t.noValue}
              </th>
            </tr>
          </thead>
          <tbody>
            {[...counts].map(([source, { values, missing, open }]) => (
              <tr>
                <th scope="row">
                  <a href={sourceLink(view, source).href}>{sourceLink(view, source).name}</a>
                </th>
                <td class="num">{number(values)}</td>
                <td class="num">{number(open)}</td>
                <td class="num">{number(missing)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}
