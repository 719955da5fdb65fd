import { raw } from 'hono/html';
import { methods, type Result, statusName } from '../../assess/index.ts';
import {
  betweenSentences,
  colon,
  decimalsOf,
  formatValue,
  labelled,
  listMark,
  periodText,
} from '../../language/index.ts';
import type { Figure, Localized } from '../../model/index.ts';
import { address } from '../address.ts';
import { periodOf } from '../catalogue.ts';
import { Page } from '../layout.tsx';
import { trailTo } from '../pages/indicators.tsx';
import { FigureLink } from '../parts/figure.tsx';
import { GoalChip } from '../parts/goal.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { named, type PlaceView } from '../view.ts';
import { fill } from '../words.ts';
import {
  type ComparedMethod,
  comparedMethods,
  defaultMethod,
  type Followed,
  followed,
  progressBy,
} from './progress-of.ts';
import { assessmentWords } from './words.ts';

export const progressAddress = (view: PlaceView, method: ComparedMethod): string => {
  const room = address.room(view.language, view.here.city, 'progress');
  return method === defaultMethod ? room : `${room}${method}/`;
};

const methodName = (method: ComparedMethod, view: PlaceView): string => {
  const known = methods.get(method);
  return known === undefined ? method : named(known.name, view);
};

/** Names of the methods for the heads of narrow columns. */
const shortNames: Readonly<Record<ComparedMethod, Localized>> = {
  'linear-distance': { en: 'Linear distance', zh: '线性距离' },
  statcan: { en: 'Statistics Canada', zh: '加拿大统计局' },
  eurostat: { en: 'Eurostat', zh: '欧盟统计局' },
  'unsd-2023': { en: 'UN progress chart', zh: '联合国进展图' },
};

/** Every followed indicator under each method, with the reasons of one of them. */
export function ProgressPage({
  method,
  view,
}: {
  readonly method: ComparedMethod;
  readonly view: PlaceView;
}) {
  const { here, language } = view;
  const w = assessmentWords[language];
  const all = followed(here);
  const differ = all.filter((one) => !agree(one, view)).length;
  const name = methodName(method, view);
  return (
    <Page
      view={view}
      title={`${w.progress}${colon(language)}${name}`}
      room="progress"
      trail={trailTo(view, { name: w.progress })}
    >
      <h1>{w.progress}</h1>
      <p class="lead">{w.progressLead}</p>
      {all.length === 0 ? (
        <p class="quiet">{w.noProgress}</p>
      ) : (
        <>
          <p>{differ === 0 ? w.agree : fill(w.differ, { n: differ, all: all.length })}</p>
          <nav class="methods" aria-label={w.byMethod}>
            <ul>
              {comparedMethods.map((one) => (
                <li>
                  <a href={progressAddress(view, one)} aria-current={one === method ? 'page' : undefined}>
                    {methodName(one, view)}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
          <Scroll label={w.progress}>
            <table class="progress">
              <thead>
                <tr>
                  <th scope="col">{w.indicator}</th>
                  <th scope="col" class="num">
                    {w.series}
                  </th>
                  <th scope="col" class="whole">
                    {w.target}
                  </th>
                  {comparedMethods.map((one) => (
                    <th scope="col" class={one === method ? 'chosen' : undefined}>
                      {named(shortNames[one], view)}
                    </th>
                  ))}
                </tr>
              </thead>
              {all.map((one) => raw(progressRow(one, method, view)))}
            </table>
          </Scroll>
          <section>
            <h2>{w.recomputeCommand}</h2>
            <p>
              {w.recomputeNote}
              {betweenSentences(view.language)}
              <a href={address.api('places', here.city, 'progress', 'codebook.csv')}>{w.codebook}</a>
              {listMark(view.language)}
              <a href={address.api('places', here.city, 'progress', 'data.csv')}>{w.dataTable}</a>
            </p>
            <pre tabindex={0}>
              <code>npx modelcity assess {method} --codebook codebook.csv --data data.csv</code>
            </pre>
          </section>
        </>
      )}
    </Page>
  );
}

/** Whether the methods that judge an indicator point the same way. */
function agree({ entry }: Followed, view: PlaceView): boolean {
  const ways = comparedMethods.flatMap((method) => {
    const way = statusName(progressBy(view.here, method).get(entry.indicator.id)?.status ?? '')?.way ?? null;
    return way === null ? [] : [way];
  });
  return new Set(ways).size < 2;
}

interface KeptRow {
  readonly results: readonly (Result | undefined)[];
  readonly text: string;
}

/** Rows as they were made, by method and language, of values that have not changed since. */
const rowsBefore = new WeakMap<readonly Figure[], Map<string, KeptRow>>();

/** A row of the table, made anew where its values or verdicts have changed: a page of all indicators shows few that have. */
function progressRow(one: Followed, method: ComparedMethod, view: PlaceView): string {
  const kept = rowsBefore.get(one.points) ?? new Map<string, KeptRow>();
  rowsBefore.set(one.points, kept);
  const name = `${method} ${view.language}`;
  const results = comparedMethods.map((each) => progressBy(view.here, each).get(one.entry.indicator.id));
  const known = kept.get(name);
  if (known?.results.every((result, at) => result === results[at]) === true) return known.text;
  const text = String(<ProgressRow followed={one} method={method} view={view} />);
  kept.set(name, { results, text });
  return text;
}

function ProgressRow({
  followed: one,
  method,
  view,
}: {
  readonly followed: Followed;
  readonly method: ComparedMethod;
  readonly view: PlaceView;
}) {
  const { here, language } = view;
  const w = assessmentWords[language];
  const { indicator } = one.entry;
  const [first, last] = [one.points[0], one.points.at(-1)];
  const chosen = progressBy(here, method).get(indicator.id);
  return (
    <tbody>
      <tr>
        <th scope="row">
          {indicator.goals.map((goal) => (
            <GoalChip goal={goal} />
          ))}{' '}
          <a href={address.indicator(language, here.city, indicator.id)}>{named(indicator.name, view)}</a>
        </th>
        <td class="num">
          {[first, last].map((figure, at) =>
            figure === undefined ? null : (
              <div>
                <span class="quiet small">
                  {at === 0 ? '' : '→ '}
                  {periodText(periodOf(figure.key), language)}
                </span>{' '}
                <FigureLink figure={figure} view={view} />
              </div>
            ),
          )}
        </td>
        <td>
          {one.aim === null ? (
            <span class="quiet whole">{w.noTarget}</span>
          ) : (
            <>
              {formatValue(
                {
                  value: one.aim.value,
                  unit: last?.unit ?? '1',
                  decimals: Math.min(decimalsOf(one.aim.value), 4),
                },
                language,
              )}{' '}
              <span class="quiet small">{periodText(String(one.aim.year), language)}</span>
            </>
          )}
        </td>
        {comparedMethods.map((each) => (
          <td class={each === method ? 'chosen' : undefined}>
            <StatusMark result={progressBy(here, each).get(indicator.id)} view={view} />
          </td>
        ))}
      </tr>
      <tr class="reasons">
        <td colspan={3 + comparedMethods.length} class="small">
          {chosen?.reasoning === undefined ? null : (
            <div>
              <span class="vh">
                {labelled(fill(w.reasons, { method: methodName(method, view) }), view.language)}
              </span>
              {named(chosen.reasoning.reason, view)}
              {language === 'zh' ? '。' : '. '}
              <Outlook result={chosen} year={one.aim?.year ?? null} view={view} />
              {chosen.reasoning.change === null ? null : (
                <span class="quiet">
                  {w.would}
                  {colon(language)}
                  {named(chosen.reasoning.change, view)}
                </span>
              )}
            </div>
          )}
        </td>
      </tr>
    </tbody>
  );
}

/** What the default method expects by the target year, with its interval and probability; nothing where there is none. */
function Outlook({
  result,
  year,
  view,
}: {
  readonly result: Result;
  readonly year: number | null;
  readonly view: PlaceView;
}) {
  const {
    expected,
    interval_low: low,
    interval_high: high,
    interval_level: level,
    probability,
  } = result.reasoning?.inputs ?? {};
  if (year === null || typeof expected !== 'number' || typeof low !== 'number' || typeof high !== 'number')
    return null;
  if (typeof level !== 'number' || typeof probability !== 'number') return null;
  const short = (value: number) => String(Number(value.toPrecision(3)));
  return (
    <>
      {fill(assessmentWords[view.language].uncertainty, {
        expected: short(expected),
        year,
        low: short(low),
        high: short(high),
        level: (100 * level).toFixed(0),
        chance: (100 * probability).toFixed(0),
      })}{' '}
    </>
  );
}

/** The verdict of a progress method: sign and word. */
export function StatusMark({
  result,
  view,
}: {
  readonly result: Result | undefined;
  readonly view: Pick<PlaceView, 'language'>;
}) {
  const status = statusName(result?.status ?? 'not_judged');
  if (status === null) return null;
  return (
    <span
      class={`sign way${status.way === null ? '-none' : status.way > 0 ? '-good' : status.way < 0 ? '-bad' : '-flat'}`}
    >
      <span aria-hidden="true">{status.sign}</span> {named(status.name, view)}
    </span>
  );
}
