import { raw } from 'hono/html';
import { yearOf } from '../../model/index.ts';
import type { PromisedTarget } from '../../plan/index.ts';
import { address } from '../address.ts';
import type { IndicatorEntry } from '../catalogue.ts';
import { targetText } from '../explore/indicator-chart.ts';
import { oncePerSeries } from '../once-per-series.ts';
import { planPath } from '../plan/paths.ts';
import { StandingMark, standingAt } from '../plan/standing.tsx';
import { named, type PlaceView } from '../view.ts';
import { counted, fill } from '../words.ts';

/** Promises told on the home of a place; the others stand with their indicators. */
const most = 8;

/** One promise as a line of a list. */
export interface Promised {
  readonly entry: IndicatorEntry;
  readonly year: number;
  /** Whether there is a value to hold against it. */
  readonly compared: boolean;
  readonly line: string;
}

/** What the place as a whole has promised by a year: key indicators first, then what can be compared, then the nearest year. */
export function promisesIn(view: PlaceView): readonly Promised[] {
  const all = view.here.listed.flatMap((entry) => promisesOf(entry, view));
  return all.sort(
    (a, b) =>
      Number(b.entry.indicator.key) - Number(a.entry.indicator.key) ||
      Number(b.compared) - Number(a.compared) ||
      a.year - b.year,
  );
}

/** The first promises, each with where it stands. */
export function Promises({
  promises,
  view,
}: {
  readonly promises: readonly Promised[];
  readonly view: PlaceView;
}) {
  const { here, t } = view;
  const told = promises.slice(0, most);
  const further = promises.length - told.length;
  if (told.length === 0) return null;
  return (
    <>
      <ul class="plain promises">{raw(told.map(({ line }) => line).join(''))}</ul>
      {further === 0 ? null : (
        <p class="small">
          <a href={address.room(view.language, here.city, 'indicators')}>
            {fill(t.furtherTargets, { n: further, targets: counted(t, further, 'targets') })}
          </a>
        </p>
      )}
    </>
  );
}

/** One promise as it stands: the number, by when, the newest value up to then. */
export function PromiseLine({ target, view }: { readonly target: PromisedTarget; readonly view: PlaceView }) {
  return (
    <>
      <span aria-hidden="true">◇ </span>
      {targetText(target, view)} <StandingMark standing={standingAt(target, view, null)} view={view} />
      {target.promise === null ? null : (
        <>
          {' '}
          <a
            class="quiet small"
            href={planPath.commitment(
              view.language,
              view.here.city,
              target.promise.plan,
              target.promise.commitment,
            )}
          >
            {view.t.inThePlan}
          </a>
        </>
      )}
    </>
  );
}

const promisesOf = oncePerSeries((entry, view): readonly Promised[] => {
  const { here, language } = view;
  return entry.targets.flatMap((target) => {
    const year = yearOf(target.period);
    if (year === null || target.area !== here.place.workspace.city.area) return [];
    if (Object.keys(target.breakdown).length > 0) return [];
    const line = (
      <li>
        <a href={address.indicator(language, here.city, entry.indicator.id)}>
          {named(entry.indicator.name, view)}
        </a>
        <div>
          <PromiseLine target={target} view={view} />
        </div>
      </li>
    );
    const compared = standingAt(target, view, null).kind !== 'not-reported';
    return [{ entry, year, compared, line: String(line) }];
  });
});
