import { methods, statusName } from '../../assess/index.ts';
import { betweenSentences } from '../../language/index.ts';
import { address } from '../address.ts';
import type { IndicatorEntry } from '../catalogue.ts';
import { Scroll } from '../parts/scroll.tsx';
import { named, type PlaceView } from '../view.ts';
import { fill } from '../words.ts';
import { defaultMethod, progressBy } from './progress-of.ts';
import { progressAddress, StatusMark } from './progress-page.tsx';
import { assessmentWords } from './words.ts';

/** How many of some indicators stand how by the default method, most frequent standing first; what is not judged is told. */
export function StandingLine({
  entries,
  view,
}: {
  readonly entries: readonly IndicatorEntry[];
  readonly view: PlaceView;
}) {
  const w = assessmentWords[view.language];
  const counts = new Map<string, number>();
  for (const { indicator } of entries) {
    const status = statusOf(indicator.id, view);
    if (status !== null) counts.set(status, (counts.get(status) ?? 0) + 1);
  }
  const judged = [...counts.values()].reduce((sum, n) => sum + n, 0);
  return (
    <p class="standing-line small">
      {[...counts]
        .sort((a, b) => b[1] - a[1])
        .map(([status, n]) => {
          const known = statusName(status);
          if (known === null) return null;
          return (
            <span
              class={`sign way${known.way === null ? '-none' : known.way > 0 ? '-good' : known.way < 0 ? '-bad' : '-flat'}`}
            >
              <span aria-hidden="true">{known.sign}</span> {n} {named(known.name, view)}
            </span>
          );
        })}
      <span class="quiet">{fill(w.judgedOf, { n: judged, all: entries.length })}</span>
    </p>
  );
}

/** The standing of each judged indicator by the default method, with its reason. */
export function StandingTable({
  entries,
  view,
}: {
  readonly entries: readonly IndicatorEntry[];
  readonly view: PlaceView;
}) {
  const { here, language } = view;
  const w = assessmentWords[language];
  const method = methods.get(defaultMethod);
  const rows = entries.filter(({ indicator }) => statusOf(indicator.id, view) !== null);
  return (
    <section>
      <h2>{w.standing}</h2>
      <StandingLine entries={entries} view={view} />
      {rows.length === 0 ? null : (
        <>
          <p class="quiet">
            {fill(w.standingNote, {
              method: method === undefined ? defaultMethod : named(method.name, view),
            })}
            {betweenSentences(view.language)}
            <a href={progressAddress(view, defaultMethod)}>{w.progressLink}</a>
          </p>
          <Scroll label={w.standing}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{w.indicator}</th>
                  <th scope="col">{w.standing}</th>
                  <th scope="col">{w.reason}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map(({ indicator }) => {
                  const result = progressBy(here, defaultMethod).get(indicator.id);
                  return (
                    <tr>
                      <th scope="row">
                        <a href={address.indicator(language, here.city, indicator.id)}>
                          {named(indicator.name, view)}
                        </a>
                      </th>
                      <td>
                        <StatusMark result={result} view={view} />
                      </td>
                      <td class="small">
                        {result?.reasoning === undefined ? null : named(result.reasoning.reason, view)}
                      </td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </Scroll>
        </>
      )}
    </section>
  );
}

/** The status of an indicator that the default method judged; null for what it did not. */
function statusOf(indicator: string, view: PlaceView): string | null {
  const status = progressBy(view.here, defaultMethod).get(indicator)?.status ?? null;
  return status === null || (statusName(status)?.way ?? null) === null ? null : status;
}
