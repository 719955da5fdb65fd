import { type Completeness, completeness } from '../../plan/index.ts';
import { Scroll } from '../parts/scroll.tsx';
import { areaName, named, type PlaceView } from '../view.ts';
import { holds, type Person } from '../who.ts';
import { OfficeFrame } from './frame.tsx';
import { releaseText } from './release-text.ts';
import type { OpenRound, RoundCell } from './round-store.ts';
import { type OfficeWords, officeWords } from './words.ts';

export interface RoundState {
  readonly view: PlaceView;
  readonly person: Person;
  readonly open: OpenRound;
  readonly cells: readonly RoundCell[];
  readonly told?: string | null;
  readonly alarm?: boolean;
}

/** How far a round is, and the sheets of those who look. */
export function RoundPage({ view, person, open, cells, told, alarm }: RoundState) {
  const w = officeWords[view.language];
  const { round, releasedAt } = open;
  const base = `/${view.language}/${view.here.city}/office/rounds/${round.id}/`;
  const groups = new Map<string, RoundCell[]>();
  for (const cell of cells) {
    const key = `${cell.area} ${cell.department}`;
    groups.set(key, [...(groups.get(key) ?? []), cell]);
  }
  const departmentName = (id: string): string => {
    const known = round.departments.find((department) => department.id === id);
    return known === undefined ? id : named(known.name, view);
  };
  const cityArea = view.here.place.workspace.city.area;
  const steps: readonly (readonly [string, string])[] = [
    [w.opens, round.calendar.opens],
    [w.due, round.calendar.due],
    [w.check, round.calendar.check],
    [w.approve, round.calendar.approve],
  ];
  return (
    <OfficeFrame
      view={view}
      person={person}
      title={named(round.name, view)}
      told={told ?? null}
      alarm={alarm ?? false}
    >
      <p class="lead">{named(round.theme, view)}</p>
      <ol class="calendar" aria-label={w.calendar}>
        {steps.map(([name, day]) => (
          <li>
            <time datetime={day}>{day}</time> {name}
          </li>
        ))}
        <li>{releaseText(round, releasedAt, w)}</li>
      </ol>
      <section>
        <h2>{w.board}</h2>
        <p>{w.boardText}</p>
        <Scroll label={w.board}>
          <table class="dense board stack">
            <thead>
              <tr>
                <th scope="col">{w.area}</th>
                <th scope="col">{w.department}</th>
                <th scope="col">{w.state}</th>
                {(
                  ['all', '', 'entered', 'submitted', 'returned', 'checked', 'approved', 'final'] as const
                ).map((state) => (
                  <th scope="col" class="number">
                    {state === 'all' ? w.cells : w[`s_${state}`]}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {[...groups].map(([key, group]) => {
                const [area = '', department = ''] = key.split(' ');
                const counts = completeness(group.map(({ now }) => now.state));
                return (
                  <tr>
                    <th scope="row">{areaName(view, area)}</th>
                    <td data-label={w.department}>
                      <a href={`${base}sheet/?area=${area}&department=${department}`}>
                        {departmentName(department)}
                      </a>
                    </td>
                    <td data-label={w.state}>
                      <Bar counts={counts} w={w} />
                    </td>
                    {(
                      ['all', '', 'entered', 'submitted', 'returned', 'checked', 'approved', 'final'] as const
                    ).map((state) => (
                      <td
                        class={counts[state] === 0 ? 'number none' : 'number'}
                        data-label={state === 'all' ? w.cells : w[`s_${state}`]}
                      >
                        {counts[state] === 0 ? '·' : counts[state]}
                      </td>
                    ))}
                  </tr>
                );
              })}
            </tbody>
          </table>
        </Scroll>
      </section>
      {holds(person, ['publisher', 'administrator'], cityArea) ? (
        <form class="line" method="post" action={base}>
          {holds(person, ['publisher'], cityArea) ? (
            <button class="main" type="submit" name="do" value="release">
              {w.releaseNow}
            </button>
          ) : null}
          {holds(person, ['administrator'], cityArea) ? (
            <button type="submit" name="do" value="remind">
              {w.remind}
            </button>
          ) : null}
        </form>
      ) : null}
      <section>
        <h2>{w.indicator}</h2>
        <Scroll label={w.indicator}>
          <table class="dense stack">
            <thead>
              <tr>
                <th scope="col">{w.indicator}</th>
                <th scope="col">{w.department}</th>
                <th scope="col">{w.reason}</th>
              </tr>
            </thead>
            <tbody>
              {round.asked.map(({ indicator, department, reason }) => {
                const entry = view.here.entries.get(indicator);
                return (
                  <tr>
                    <th scope="row">{entry === undefined ? indicator : named(entry.indicator.name, view)}</th>
                    <td data-label={w.department}>{departmentName(department)}</td>
                    <td data-label={w.reason}>{reason}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </Scroll>
      </section>
    </OfficeFrame>
  );
}

/** How far a sheet is, as a bar of seven shades with its meaning in words. */
function Bar({ counts, w }: { readonly counts: Completeness; readonly w: OfficeWords }) {
  const order = ['final', 'approved', 'checked', 'submitted', 'entered', 'returned', ''] as const;
  let x = 0;
  const label = order
    .filter((state) => counts[state] > 0)
    .map((state) => `${w[`s_${state}`]} ${counts[state]}`)
    .join(', ');
  return (
    <svg
      class="how-far"
      viewBox={`0 0 ${Math.max(counts.all, 1)} 10`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {order.map((state) => {
        const at = x;
        x += counts[state];
        return counts[state] === 0 ? null : (
          <rect class={`s-${state === '' ? 'none' : state}`} x={at} y="0" width={counts[state]} height="10" />
        );
      })}
    </svg>
  );
}
