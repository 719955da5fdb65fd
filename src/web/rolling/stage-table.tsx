import { colon, comma, decimalsOf, formatValue, inBrackets, periodText } from '../../language/index.ts';
import type { Plan } from '../../model/index.ts';
import { decimal, toFixed } from '../../model/index.ts';
import type { Adjustment, Effect, StageRow } from '../../plan/index.ts';
import { FigureLink } from '../parts/figure.tsx';
import { planPath } from '../plan/paths.ts';
import { figureOf } from '../plan/values.ts';
import { areaName, named, type PlaceView } from '../view.ts';
import { fill } from '../words.ts';
import { rollingWords } from './words.ts';

const sign = { '=': '', '>=': '≥ ', '<=': '≤ ', '>': '> ', '<': '< ' } as const;

export function valueText(value: string | null, unit: string, view: PlaceView): string {
  if (value === null) return rollingWords[view.language].words;
  return formatValue({ value, unit, decimals: decimalsOf(value) }, view.language);
}

/** A target by the name of its indicator, its area where it is not the whole place, and its period. */
export function targetName({ target }: Pick<StageRow, 'target'>, view: PlaceView): string {
  const { language, here } = view;
  const entry = here.entries.get(target.indicator);
  const name = entry === undefined ? target.indicator : named(entry.indicator.name, view);
  const { area = here.place.workspace.city.area, period } = target;
  const where = area === here.place.workspace.city.area ? [] : [areaName(view, area)];
  return [name, ...where, periodText(period, language)].join(comma(language));
}

export function StageTable({
  plan,
  rows,
  action,
  view,
}: {
  readonly plan: Plan;
  readonly rows: readonly StageRow[];
  /** Where an adjustment of a target is proposed; null where nobody can. */
  readonly action: ((key: string) => string) | null;
  readonly view: PlaceView;
}) {
  const { language, here } = view;
  const w = rollingWords[language];
  return (
    <table class="stack">
      <thead>
        <tr>
          <th scope="col">{w.target}</th>
          <th scope="col" class="num">
            {w.promised}
          </th>
          <th scope="col" class="num">
            {w.observed}
          </th>
          <th scope="col" class="num">
            {w.required}
          </th>
          <th scope="col" class="num">
            {w.projected}
          </th>
          <th scope="col">{w.standing}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const { target, standing, projected, commitments } = row;
          const { observed, required, kind } = standing;
          const figure = observed === null || observed.value === null ? null : figureOf(here, observed);
          const places = Math.max(1, figure?.decimals ?? 0, decimalsOf(target.value ?? ''));
          const [first] = commitments;
          return (
            <tr>
              <th scope="row">
                <a
                  href={
                    first === undefined ? '#' : planPath.commitment(language, here.city, plan.id, first.id)
                  }
                >
                  {targetName(row, view)}
                </a>
                {action === null || target.value === null ? null : (
                  <>
                    {' '}
                    <a class="quiet small" href={action(row.key)}>
                      {w.adjust}
                    </a>
                  </>
                )}
              </th>
              <td class="num" data-label={w.promised}>
                {target.value === null ? '' : sign[target.comparator]}
                {valueText(target.value, target.unit, view)}
              </td>
              <td class="num" data-label={w.observed}>
                {figure === null || observed === null ? (
                  w.none
                ) : (
                  <>
                    <FigureLink figure={figure} view={view} />
                    {inBrackets(periodText(observed.period, language), language)}
                  </>
                )}
              </td>
              <td class="num" data-label={w.required}>
                {required === null ? '–' : valueText(toFixed(decimal(required), places), target.unit, view)}
              </td>
              <td class="num" data-label={w.projected}>
                {projected === null ? '–' : valueText(projected.toFixed(places), target.unit, view)}
              </td>
              <td data-label={w.standing}>
                <span class={`standing standing-${kind}`}>{w[`s_${kind}`]}</span>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** What another value would do to the target, to the sum of parts and to the goal above. */
export function EffectText({ effect, view }: { readonly effect: Effect | null; readonly view: PlaceView }) {
  const w = rollingWords[view.language];
  if (effect === null) return <p class="missing">{w.gone}</p>;
  const { before, after, goals, sums } = effect;
  return (
    <>
      <p>
        <strong>{w.effect}</strong>
      </p>
      <ul>
        <li>
          {fill(w.ownStanding, {
            before: w[`s_${before.standing.kind}`],
            after: w[`s_${after.standing.kind}`],
          })}
        </li>
        {goals.map(({ goal, before: was, after: is }) => (
          <li>
            {fill(w.goal, {
              goal: named(goal.name, view),
              met0: was.met,
              met1: is.met,
              on0: was['on-track'],
              on1: is['on-track'],
              behind0: was.behind,
              behind1: is.behind,
              missed0: was.missed,
              missed1: is.missed,
            })}
          </li>
        ))}
        {sums.length === 0 ? <li>{w.noSum}</li> : null}
        {sums.map(({ before: was, after: is }) => (
          <li>
            {fill(w.sum, {
              assigned: is.assigned ?? '–',
              whole0: was?.whole ?? '–',
              whole1: is.whole,
              gap0: was?.gap ?? '–',
              gap1: is.gap ?? '–',
            })}
          </li>
        ))}
      </ul>
    </>
  );
}

/** What was proposed, why, and what was decided, by whom and why. */
export function AdjustmentText({
  adjustment,
  view,
}: {
  readonly adjustment: Adjustment;
  readonly view: PlaceView;
}) {
  const w = rollingWords[view.language];
  const [indicator = '', area = '', period = '', , from = '', unit = '1'] = adjustment.key.split('|');
  const parting = colon(view.language);
  const target = { indicator, area, period, comparator: '>=' as const, value: from, unit };
  return (
    <>
      <p>
        <strong>
          {fill(w.proposal, {
            target: targetName({ target }, view),
            from: from === '' ? w.words : valueText(from, unit, view),
            to: valueText(adjustment.value, unit, view),
          })}
        </strong>{' '}
        <span class="quiet">{fill(w.by, { name: adjustment.name, day: adjustment.at.slice(0, 10) })}</span>
      </p>
      <p class="typed">
        {w.reason}
        {parting}
        {adjustment.reason}
      </p>
      {adjustment.decided === null ? null : (
        <p class="typed">
          {fill(w.decidedBy, {
            state: w[`st_${adjustment.state}`],
            name: adjustment.decided.name,
            day: adjustment.decided.at.slice(0, 10),
          })}
          {adjustment.decided.said === '' ? '' : `${parting}${adjustment.decided.said}`}
        </p>
      )}
    </>
  );
}
