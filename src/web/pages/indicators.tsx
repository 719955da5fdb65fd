import { raw } from 'hono/html';
import { rowUnit, unitHead } from '../../language/index.ts';
import { address } from '../address.ts';
import type { IndicatorEntry } from '../catalogue.ts';
import { Page } from '../layout.tsx';
import { oncePerSeries } from '../once-per-series.ts';
import { FigureLink, measurePeriod } from '../parts/figure.tsx';
import { GoalChip, goalName } from '../parts/goal.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { portalWords } from '../portal/words.ts';
import { named, type PlaceView } from '../view.ts';

/** All indicators of a place, by goal: latest value with its year, and the change over the whole series. */
export function IndicatorsPage({ view }: { readonly view: PlaceView }) {
  const { here, t, language } = view;
  const more = portalWords[language];
  return (
    <Page view={view} title={t.indicators} room="indicators" trail={trailTo(view, { name: t.indicators })}>
      <h1>{t.indicators}</h1>
      <p class="onscreen">
        <a href={address.room(language, here.city, 'status')}>{more.status}</a> ·{' '}
        <a href={address.room(language, here.city, 'groups')}>{more.groups}</a>
      </p>
      <p class="jump">
        {here.goals().length < 2
          ? null
          : here.goals().map((goal) => (
              <a href={`#goal-${goal}`}>
                <GoalChip goal={goal} /> {goalName(goal, view)}
              </a>
            ))}
      </p>
      <IndicatorTable entries={here.listed} view={view} grouped />
    </Page>
  );
}

export function trailTo(
  view: PlaceView,
  ...rest: readonly { readonly name: string; readonly href?: string }[]
): readonly { readonly name: string; readonly href?: string }[] {
  const { here, language } = view;
  return [
    { name: named(here.place.workspace.city.name, view), href: address.city(language, here.city) },
    ...rest,
  ];
}

/** Indicators as rows of one table. */
export function IndicatorTable({
  entries,
  view,
  grouped = false,
}: {
  readonly entries: readonly IndicatorEntry[];
  readonly view: PlaceView;
  readonly grouped?: boolean;
}) {
  const { t, here } = view;
  const keyFirst = [...entries].sort((a, b) => Number(b.indicator.key) - Number(a.indicator.key));
  if (entries.length === 0) return <p class="quiet">{t.noIndicators}</p>;
  const groups = grouped
    ? [...here.goals(), ''].map((goal) => ({
        goal,
        of: keyFirst.filter(({ indicator }) =>
          goal === '' ? indicator.goals.length === 0 : indicator.goals[0] === goal,
        ),
      }))
    : [{ goal: '', of: keyFirst }];
  const several = groups.filter(({ of }) => of.length > 0).length > 1;
  return (
    <Scroll label={t.indicators}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t.indicator}</th>
            <th scope="col">{t.unit}</th>
            <th scope="col">{t.year}</th>
            <th scope="col" class="num">
              {t.latest}
            </th>
            <th scope="col" class="num">
              {t.change}
            </th>
          </tr>
        </thead>
        {groups
          .filter(({ of }) => of.length > 0)
          .map(({ goal, of }) => (
            <tbody>
              {several ? (
                <tr class="group" id={goal === '' ? undefined : `goal-${goal}`}>
                  <th scope="rowgroup" colspan={5}>
                    {goal === '' ? (
                      t.allIndicators
                    ) : (
                      <>
                        <GoalChip goal={goal} /> {goalName(goal, view)}
                      </>
                    )}
                  </th>
                </tr>
              ) : null}
              {of.map((entry) => raw(indicatorRow(entry, view)))}
            </tbody>
          ))}
      </table>
    </Scroll>
  );
}

/** The row of an indicator, kept: tables of all indicators are made anew when one of them changes. */
const indicatorRow = oncePerSeries((entry, view) => String(<IndicatorRow entry={entry} view={view} />));

function IndicatorRow({ entry, view }: { readonly entry: IndicatorEntry; readonly view: PlaceView }) {
  const { here, t, language } = view;
  const { indicator } = entry;
  const series = here.main(entry);
  const latest = series === null ? null : here.latest(series);
  const change = series === null ? null : here.leadingChange(series);
  const missing = series?.values.at(-1);
  const shown =
    latest === null || latest.value === null || latest.unit !== indicator.unit
      ? null
      : rowUnit([{ value: latest.value, decimals: latest.decimals }], indicator.unit, language);
  return (
    <tr>
      <th scope="row">
        <a href={address.indicator(language, here.city, indicator.id)}>{named(indicator.name, view)}</a>
        {indicator.key ? <span class="quiet small"> · {t.keyIndicator}</span> : null}
      </th>
      <td class="quiet">{shown?.head ?? unitHead(indicator.unit, language)}</td>
      <td class="keep">{latest === null ? '' : measurePeriod(latest.key.measure, language)}</td>
      <td class="num">
        {latest !== null ? (
          <FigureLink
            figure={latest}
            view={view}
            bare
            {...(shown === null ? {} : { number: shown.number })}
          />
        ) : missing !== undefined ? (
          <FigureLink figure={here.figure(missing)} view={view} />
        ) : (
          <span class="missing">{entry.claims.length > 0 ? t.notInSource : t.noValue}</span>
        )}
      </td>
      <td class="num">
        {change === null ? (
          ''
        ) : (
          <>
            <FigureLink figure={change} view={view} signed />{' '}
            <span class="quiet small">{'from' in change.key.measure ? change.key.measure.from : ''}→</span>
          </>
        )}
      </td>
    </tr>
  );
}
