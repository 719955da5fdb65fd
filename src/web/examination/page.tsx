import { comma, inBrackets, labelled, listMark, periodText } from '../../language/index.ts';
import { type ExaminationDeclaration, toFixed } from '../../model/index.ts';
import {
  type ExaminedSubject,
  type NotRanked,
  type Ranking,
  weightHistory,
  weightsFor,
} from '../../plan/index.ts';
import { address } from '../address.ts';
import { Page } from '../layout.tsx';
import { Cited } from '../pages/cited.tsx';
import { trailTo } from '../pages/indicators.tsx';
import { ChartFigure } from '../parts/chart.tsx';
import { named, type PlaceView } from '../view.ts';
import { fill } from '../words.ts';
import type { FinalResult } from './hearings.ts';
import { pointsText, ScoreTable } from './score-table.tsx';
import { examinationWords } from './words.ts';

export function ExaminationsPage({
  examinations,
  view,
}: {
  readonly examinations: readonly ExaminationDeclaration[];
  readonly view: PlaceView;
}) {
  const w = examinationWords[view.language];
  return (
    <Page view={view} title={w.title} room="examination" trail={trailTo(view, { name: w.title })}>
      <h1>{w.title}</h1>
      <ul class="plain">
        {examinations.map(({ id, name, period, subjects }) => (
          <li>
            <a href={address.examination(view.language, view.here.city, id)}>{named(name, view)}</a>{' '}
            <span class="quiet">
              {periodText(period, view.language)} ·{' '}
              {subjects.map((each) => named(each.name, view)).join(listMark(view.language))}
            </span>
          </li>
        ))}
      </ul>
    </Page>
  );
}

export interface ExaminationShown {
  readonly declared: ExaminationDeclaration;
  readonly examined: readonly ExaminedSubject[];
  readonly ranking: Ranking;
  /** By subject; null where the site takes nothing in. */
  readonly finals: ReadonlyMap<string, FinalResult> | null;
}

/** An examination: who scored what, why points were taken, how the weight of the environment changed, and whether there is an order. */
export function ExaminationPage({
  shown,
  view,
}: {
  readonly shown: ExaminationShown;
  readonly view: PlaceView;
}) {
  const { declared, examined, ranking, finals } = shown;
  const { language, here } = view;
  const w = examinationWords[language];
  const name = named(declared.name, view);
  const rooms = { name: w.title, href: address.room(language, here.city, 'examination') };
  const places = new Map(
    ranking.fair ? ranking.places.map(({ place, subject }) => [subject.subject.id, place]) : [],
  );
  const order = ranking.fair ? ranking.places.map(({ subject }) => subject) : examined;
  return (
    <Page view={view} title={name} room="examination" trail={trailTo(view, rooms, { name })}>
      <h1>{name}</h1>
      {isAssumed(declared) ? (
        <p>
          <strong>{w.assumedAll}</strong>
        </p>
      ) : null}
      {declared.note === undefined ? null : <p>{named(declared.note, view)}</p>}
      <p>
        {labelled(w.period, view.language)}
        {periodText(declared.period, language)}{' '}
        {declared.citation === undefined ? null : (
          <Cited source={declared.citation.source} locator={declared.citation.locator} view={view} />
        )}
      </p>
      <section id="results" class="selection">
        <h2>{w.results}</h2>
        <table class="stack">
          <thead>
            <tr>
              <th scope="col">{w.who}</th>
              {ranking.fair ? (
                <th scope="col" class="num">
                  {w.place}
                </th>
              ) : null}
              <th scope="col" class="num">
                {finals === null ? w.score : w.scoreNow}
              </th>
              <th scope="col" class="num">
                {w.of}
              </th>
              <th scope="col">{w.notJudged}</th>
              {finals === null ? null : <th scope="col">{w.final}</th>}
            </tr>
          </thead>
          <tbody>
            {order.map(({ subject, examination, items }) => (
              <tr>
                <th scope="row">
                  <a href={`#${subject.id}`}>{named(subject.name, view)}</a>
                  {subject.assumed ? (
                    <span class="quiet small">{inBrackets(w.assumed, view.language)}</span>
                  ) : null}
                </th>
                {ranking.fair ? (
                  <td class="num" data-label={w.place}>
                    {places.get(subject.id) ?? '–'}
                  </td>
                ) : null}
                <td class="num" data-label={finals === null ? w.score : w.scoreNow}>
                  {finals?.has(subject.id) ? (
                    scoreText(examination.score)
                  ) : (
                    <strong>{scoreText(examination.score)}</strong>
                  )}
                </td>
                <td class="num" data-label={w.of}>
                  {pointsText(examination.earned)} / {pointsText(examination.possible)}
                </td>
                <td data-label={w.notJudged}>
                  {examination.notJudged.length === 0
                    ? w.noneNotJudged
                    : fill(w.nJudged, { n: examination.notJudged.length, of: items.length })}
                </td>
                {finals === null ? null : (
                  <td data-label={w.final}>
                    <Final of={finals.get(subject.id)} view={view} />
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
        <p class="quiet">{w.how}</p>
        <RankingText ranking={ranking} examined={examined} view={view} />
      </section>
      {examined.map((each) => (
        <section id={each.subject.id}>
          <h2>{named(each.subject.name, view)}</h2>
          <ScoreTable declared={declared} examined={each} view={view} />
        </section>
      ))}
      <Weights declared={declared} view={view} />
      <p>
        <a href={address.api('places', here.city, 'examinations', declared.id)}>{w.download}</a>
        {finals === null ? null : (
          <>
            {' · '}
            <a href={`/${language}/${encodeURIComponent(here.city)}/office/examinations/${declared.id}/`}>
              {w.work}
            </a>
          </>
        )}
      </p>
    </Page>
  );
}

const isAssumed = ({ subjects, items, weights }: ExaminationDeclaration): boolean =>
  [...subjects, ...items, ...weights].some(({ assumed }) => assumed);

const scoreText = (score: string | null): string => (score === null ? '–' : pointsText(score));

/** What counts, once it is final: its score in bold, with who made it final from which figures. */
function Final({ of: final, view }: { readonly of: FinalResult | undefined; readonly view: PlaceView }) {
  const w = examinationWords[view.language];
  if (final === undefined) return <>{w.noFinal}</>;
  const { sheet, at, name } = final;
  const [before = '', after = ''] = w.finalOf.split('{score}');
  const rest = { day: at.slice(0, 10), name, n: sheet.asOf };
  return (
    <>
      {fill(before, rest)}
      <strong>{scoreText(sheet.score)}</strong>
      {fill(after, rest)}
    </>
  );
}

function RankingText({
  ranking,
  examined,
  view,
}: {
  readonly ranking: Ranking;
  readonly examined: readonly ExaminedSubject[];
  readonly view: PlaceView;
}) {
  const w = examinationWords[view.language];
  if (ranking.fair) return <p>{w.ranked}</p>;
  const comma = listMark(view.language);
  const subjects = (ids: readonly string[]): string =>
    ids
      .map((id) => {
        const found = examined.find(({ subject }) => subject.id === id);
        return found === undefined ? id : named(found.subject.name, view);
      })
      .join(comma);
  const text = (reason: NotRanked): string => {
    if (reason.kind === 'declared') return named(reason.reason, view);
    if (reason.kind === 'one') return w.r_one;
    if (reason.kind === 'items')
      return fill(w.r_items, { items: reason.items.map((item) => named(item.name, view)).join(comma) });
    return fill(w[`r_${reason.kind}`], {
      item: named(reason.item.name, view),
      subjects: 'subjects' in reason ? subjects(reason.subjects) : '',
    });
  };
  return (
    <>
      <p>{w.notRanked}</p>
      <ul>
        {ranking.reasons.map((reason) => (
          <li>{text(reason)}</li>
        ))}
      </ul>
    </>
  );
}

/** The history of weights: how much of all points the environment had, and since when. */
function Weights({
  declared,
  view,
}: {
  readonly declared: ExaminationDeclaration;
  readonly view: PlaceView;
}) {
  const { language } = view;
  const w = examinationWords[language];
  const history = weightHistory(declared);
  const now = weightsFor(declared);
  const sources = [...new Set(history.flatMap(({ weights }) => weights.citation?.source ?? []))];
  return (
    <section id="weights" class="selection">
      <h2>{w.weights}</h2>
      <ChartFigure
        view={view}
        state={{
          kind: 'bar',
          language,
          title: w.weightsTitle,
          subtitle: '%',
          unit: '%',
          source: sources.length === 0 ? w.assumed : sources.join(', '),
          rows: history.map(({ from, environment, weights }) => ({
            name: periodText(from, language),
            role: weights === now ? 'focus' : 'context',
            value: toFixed(environment, 2),
            label: `${toFixed(environment, 2)} %`,
            status: 'A',
          })),
        }}
      />
      <table class="stack">
        <thead>
          <tr>
            <th scope="col">{w.from}</th>
            <th scope="col" class="num">
              {w.weights}
            </th>
            <th scope="col">{w.shares}</th>
            <th scope="col">{view.t.source}</th>
          </tr>
        </thead>
        <tbody>
          {history.map(({ from, environment, assumed, weights }) => (
            <tr>
              <th scope="row">{periodText(from, language)}</th>
              <td class="num" data-label={w.weights}>
                {toFixed(environment, 2)} %
              </td>
              <td data-label={w.shares}>
                {Object.entries(weights.shares)
                  .map(([id, share]) => {
                    const group = declared.groups.find((each) => each.id === id);
                    return `${group === undefined ? id : named(group.name, view)} ${share}`;
                  })
                  .join(comma(language))}
              </td>
              <td data-label={view.t.source}>
                {assumed ? <span class="quiet">{w.assumed}</span> : null}{' '}
                {weights.note === undefined ? null : named(weights.note, view)}{' '}
                {weights.citation === undefined ? null : (
                  <Cited source={weights.citation.source} locator={weights.citation.locator} view={view} />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="quiet">{now === null ? '' : fill(w.weightsNow, { from: periodText(now.from, language) })}</p>
    </section>
  );
}
