import {
  colon,
  decimalsOf,
  formatDifference,
  formatValue,
  labelled,
  listMark,
  periodText,
} from '../../language/index.ts';
import type { Plan } from '../../model/index.ts';
import { areaParts, type Decomposition, departmentParts, unassigned } from '../../plan/index.ts';
import { address } from '../address.ts';
import { Page } from '../layout.tsx';
import { trailTo } from '../pages/indicators.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { areaName, named, type PlaceView } from '../view.ts';
import { targetLine } from './lines.ts';
import { planPath } from './paths.ts';
import { withValues } from './values.ts';
import { planWords } from './words.ts';

interface Shown {
  readonly indicator: string;
  readonly period: string;
  readonly area: string;
  readonly unit: string;
  readonly whole: string;
  readonly parts: readonly { readonly name: string; readonly value: string }[];
  readonly without: readonly string[];
  readonly assigned: string | null;
  readonly gap: string | null;
  readonly why: Decomposition['why'];
}

/** What districts, towns and departments have taken on, whether it adds up to what is promised, and what nobody has taken on. */
export function PartsPage({ plan, view }: { readonly plan: Plan; readonly view: PlaceView }) {
  const { t, language, here } = view;
  const w = planWords[language];
  const { city, indicators, values } = withValues(here, [plan]);
  const known = new Map(indicators.map((indicator) => [indicator.id, indicator]));
  const byArea = areaParts(plan, city.areas, city.area, known, values).map(
    (each): Shown => ({
      ...each,
      parts: each.parts.map(({ area, value }) => ({ name: areaName(view, area), value })),
      without: each.without.map((area) => areaName(view, area)),
    }),
  );
  const byDepartment = departmentParts(plan, city.area, known).map(
    (each): Shown => ({
      ...each,
      parts: each.parts.map(({ department, value }) => ({ name: department, value })),
      without: [],
      why: each.assigned === null ? 'no-rollup' : null,
    }),
  );
  const open = unassigned(plan, city.areas, city.area);
  return (
    <Page
      view={view}
      title={`${labelled(w.parts, view.language)}${named(plan.name, view)}`}
      room="plan"
      trail={trailTo(
        view,
        { name: t.plans, href: address.room(language, here.city, 'plan') },
        { name: named(plan.name, view), href: address.plan(language, here.city, plan.id) },
        { name: w.parts },
      )}
    >
      <h1>{w.parts}</h1>
      <p class="lead">{w.partsText}</p>
      <PartsTable title={w.byArea} rows={byArea} view={view} />
      <PartsTable title={w.byDepartment} rows={byDepartment} view={view} />
      <section>
        <h2>{w.unassigned}</h2>
        {open.length === 0 ? <p class="quiet">{w.unassignedNone}</p> : null}
        <ul>
          {open.map((target) => (
            <li>
              <a href={planPath.commitment(language, here.city, plan.id, target.commitment)}>
                {targetLine(target, view)}
              </a>
            </li>
          ))}
        </ul>
      </section>
    </Page>
  );
}

function PartsTable({
  title,
  rows,
  view,
}: {
  readonly title: string;
  readonly rows: readonly Shown[];
  readonly view: PlaceView;
}) {
  const { language, here } = view;
  const w = planWords[language];
  const text = (value: string, unit: string): string =>
    formatValue({ value, unit, decimals: Math.min(decimalsOf(value), 4) }, language);
  const whys = { 'no-rollup': w.noRollup, 'not-all': w.notAll, 'no-weights': w.noWeights } as const;
  return (
    <section>
      <h2>{title}</h2>
      {rows.length === 0 ? (
        <p class="quiet">{w.partsNone}</p>
      ) : (
        <Scroll label={title}>
          <table class="stack">
            <thead>
              <tr>
                <th scope="col">{w.f_targets}</th>
                <th scope="col">{w.period}</th>
                <th scope="col" class="num">
                  {w.promised}
                </th>
                <th scope="col">{w.takenOn}</th>
                <th scope="col" class="num">
                  {w.assigned}
                </th>
                <th scope="col" class="num">
                  {w.gap}
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => {
                const entry = here.entries.get(row.indicator);
                return (
                  <tr>
                    <th scope="row">
                      {areaName(view, row.area)}
                      {colon(language)}
                      <a href={address.indicator(language, here.city, row.indicator)}>
                        {entry === undefined ? row.indicator : named(entry.indicator.name, view)}
                      </a>
                    </th>
                    <td data-label={w.period}>{periodText(row.period, language)}</td>
                    <td class="num" data-label={w.promised}>
                      {text(row.whole, row.unit)}
                    </td>
                    <td data-label={w.takenOn}>
                      {row.parts.map(({ name, value }) => (
                        <p>
                          {name}
                          {colon(language)}
                          {text(value, row.unit)}
                        </p>
                      ))}
                      {row.without.length === 0 ? null : (
                        <p class="quiet">
                          {w.without}
                          {colon(language)}
                          {row.without.join(listMark(language))}
                        </p>
                      )}
                    </td>
                    <td class="num" data-label={w.assigned}>
                      {row.assigned === null ? (
                        <span class="missing">{row.why === null ? '' : whys[row.why]}</span>
                      ) : (
                        text(row.assigned, row.unit)
                      )}
                    </td>
                    <td class="num" data-label={w.gap}>
                      {row.gap === null ? (
                        ''
                      ) : (
                        <GapText
                          gap={row.gap}
                          text={formatDifference(
                            { value: row.gap, unit: row.unit, decimals: Math.min(decimalsOf(row.gap), 4) },
                            language,
                            { form: 'plain' },
                          )}
                          view={view}
                        />
                      )}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </Scroll>
      )}
    </section>
  );
}

/** Shape and word before the number: ● all is taken on, ○ some is left, ◐ more is taken on than promised. */
function GapText({
  gap,
  text,
  view,
}: {
  readonly gap: string;
  readonly text: string;
  readonly view: PlaceView;
}) {
  const w = planWords[view.language];
  if (/^-?[0.]+$/.test(gap)) return <span class="standing standing-met">● {w.addsUp}</span>;
  return gap.startsWith('-') ? (
    <span class="standing">
      ◐ {text} {w.over}
    </span>
  ) : (
    <span class="standing standing-missed">
      ○ {text} {w.left}
    </span>
  );
}
