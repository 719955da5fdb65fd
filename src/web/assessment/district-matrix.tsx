import type { Framework } from '../../model/index.ts';
import { address } from '../address.ts';
import { FigureLink } from '../parts/figure.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { areaName, named, type PlaceView } from '../view.ts';
import { fill } from '../words.ts';
import { areasWithin, figureAt, judgeFramework } from './judged.ts';
import { SignKey, VerdictMark } from './sign.tsx';
import { assessmentWords } from './words.ts';

/** Areas by thresholds in the latest period: only areas and thresholds of which a value is there; what is absent is not shown. */
export function DistrictMatrix({
  framework,
  view,
}: {
  readonly framework: Framework;
  readonly view: PlaceView;
}) {
  const { here, language } = view;
  const w = assessmentWords[language];
  const { city } = here.place.workspace;
  const period = framework.periods.at(-1) ?? '';
  const made = areasWithin(here).map((id) => {
    const tests =
      judgeFramework(here, framework, id)
        .periods.at(-1)
        ?.criteria.flatMap((one) => one.tests) ?? [];
    return { area: id, tests: new Map(tests.map((test) => [test.test, test])) };
  });
  const thresholds = framework.criteria
    .flatMap((criterion) => criterion.tests.map((test) => ({ criterion, test })))
    .filter(({ test }) =>
      made.some(
        ({ area, tests }) => area !== city.area && tests.get(test.id)?.value !== null && tests.has(test.id),
      ),
    );
  const rows = made.filter(({ tests }) =>
    thresholds.some(({ test }) => (tests.get(test.id)?.value ?? null) !== null),
  );
  if (thresholds.length === 0) return <p class="quiet">{w.noDistricts}</p>;
  return (
    <>
      <SignKey view={view} label={w.signs} />
      <Scroll label={w.districts}>
        <table>
          <thead>
            <tr>
              <th scope="col">{w.area}</th>
              {thresholds.map(({ criterion, test }) => (
                <th scope="col" class="num">
                  {named(test.name ?? criterion.name, view)}
                </th>
              ))}
              <th scope="col" class="num">
                {w.measured}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ area, tests }) => {
              const own = thresholds.flatMap(({ test }) => tests.get(test.id) ?? []);
              const shown = own.filter(({ value }) => value !== null);
              const met = shown.filter(({ verdict }) => verdict === 'met' || verdict === 'met_provisional');
              return (
                <tr>
                  <th scope="row">
                    <a href={address.district(language, here.city, area)}>{areaName(view, area)}</a>
                  </th>
                  {thresholds.map(({ test }) => {
                    const verdict = tests.get(test.id);
                    const figure = figureAt(here, test.indicator, area, period);
                    return (
                      <td class="num">
                        {verdict === undefined ? null : (
                          <VerdictMark verdict={verdict.verdict} view={view} bare />
                        )}
                        {figure === null ? null : <FigureLink figure={figure} view={view} bare />}
                      </td>
                    );
                  })}
                  <td class="num">{fill(w.ofShown, { met: met.length, shown: shown.length })}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </Scroll>
    </>
  );
}
