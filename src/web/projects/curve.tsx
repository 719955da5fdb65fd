import type { ChartPoint, ChartState } from '../../chart/index.ts';
import { comma, decimalsOf, formatValue, periodText, unitHead } from '../../language/index.ts';
import type { Portfolio, Project } from '../../model/index.ts';
import { type EarnedCurve, earnedCurve } from '../../plan/index.ts';
import { ChartFigure } from '../parts/chart.tsx';
import { named, type PlaceView, sourceLink } from '../view.ts';
import { fill } from '../words.ts';
import { projectWords } from './words.ts';

const lines = ['planned', 'earned', 'spent'] as const;

/** The curves of earned value with their table, or why there are none. */
export function CurvePart({
  project,
  portfolio,
  view,
}: {
  readonly project: Project;
  readonly portfolio: Portfolio;
  readonly view: PlaceView;
}) {
  const { language } = view;
  const w = projectWords[language];
  const curve = earnedCurve(project, portfolio.asOf);
  const money = (value: string, unit: string): string =>
    formatValue({ value, unit, decimals: decimalsOf(value) }, language);
  return (
    <section id="earned-value" class="selection">
      <h2>{w.curve}</h2>
      {typeof curve === 'string' ? (
        <p class="quiet">{w[curve]}</p>
      ) : (
        <>
          <ChartFigure state={chartOf(curve, project, view, money)} view={view} />
          <p class="quiet">{w.curveHow}</p>
          <table class="stack">
            <thead>
              <tr>
                <th scope="col">{w.date}</th>
                {lines.map((line) => (
                  <th scope="col" class="num">
                    {w[line]}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {curve.points.map((point) => (
                <tr>
                  <th scope="row">{periodText(point.day, language)}</th>
                  {lines.map((line) => (
                    <td class="num" data-label={w[line]}>
                      {money(point[line], curve.currency)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
          <p class="onscreen">
            <a href="earned-value.csv">{w.file}</a>
          </p>
        </>
      )}
    </section>
  );
}

/** Rows of the curve as they go into a CSV: numbers without thousands marks. */
export function curveRows({ currency, points }: EarnedCurve): readonly (readonly string[])[] {
  return [
    ['day', 'currency', ...lines],
    ...points.map((point) => [point.day, currency, ...lines.map((line) => point[line])]),
  ];
}

function chartOf(
  { currency, points }: EarnedCurve,
  project: Project,
  view: PlaceView,
  money: (value: string, unit: string) => string,
): ChartState {
  const { language } = view;
  const w = projectWords[language];
  const last = points.at(-1);
  const by = (line: (typeof lines)[number]): string =>
    last === undefined ? '' : money(last[line], currency);
  return {
    kind: 'line',
    language,
    title: fill(w.curveTitle, { planned: by('planned'), earned: by('earned'), spent: by('spent') }),
    subtitle: `${named(project.name, view)}${comma(language)}${unitHead(currency, language)}`,
    unit: unitHead(currency, language),
    starts: false,
    source: sourceOf(project, view),
    series: lines.map((line) => ({
      name: w[line],
      role: line === 'earned' ? 'focus' : line === 'spent' ? 'comparison' : 'context',
      points: points.map(
        (point): ChartPoint => ({
          period: point.day,
          value: point[line],
          label: money(point[line], currency),
          status: 'A',
        }),
      ),
      targets: [],
    })),
  };
}

/** Who says what the curve is drawn from. */
function sourceOf({ generated, citation, entered }: Project, view: PlaceView): string {
  const w = projectWords[view.language];
  if (generated) return w.generated;
  if (citation !== undefined) return sourceLink(view, citation.source).name;
  return entered === undefined
    ? w.none
    : fill(w.entered, { by: entered.by, day: periodText(entered.on, view.language) });
}
