import {
  type CriterionVerdict,
  measuredIn,
  type PeriodVerdict,
  type StandardAssessment,
  type TestVerdict,
} from '../../assess/index.ts';
import { colon, decimalsOf, formatValue, periodText } from '../../language/index.ts';
import type { Criterion, Framework } from '../../model/index.ts';
import { address } from '../address.ts';
import { Cited } from '../pages/cited.tsx';
import { FigureLink } from '../parts/figure.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { named, type PlaceView } from '../view.ts';
import { fill } from '../words.ts';
import { figureAt, movement, slackOf } from './judged.ts';
import { SignKey, VerdictMark, verdictOrder } from './sign.tsx';
import { type AssessmentWords, assessmentWords } from './words.ts';

const kinds = ['basic', 'binding', 'reference'] as const;
const comparatorSign = { '>=': '≥', '<=': '≤', '>': '>', '<': '<', '=': '=' } as const;

interface Ground {
  readonly framework: Framework;
  readonly assessment: StandardAssessment;
  readonly area: string;
  readonly view: PlaceView;
  readonly w: AssessmentWords;
}

/** A standard as a committee could sign it: verdicts by period, every criterion with its values, reasons and evidence, and what is missing. */
export function StandardSections({ framework, assessment, area, view }: Omit<Ground, 'w'>) {
  const w = assessmentWords[view.language];
  const ground: Ground = { framework, assessment, area, view, w };
  const open = framework.criteria.some(({ standing }) => standing === 'to-check');
  return (
    <>
      <Summary {...ground} />
      {open ? <p class="quiet to-check">{w.toCheckLong}</p> : null}
      {kinds.map((kind) => (
        <KindTable {...ground} kind={kind} />
      ))}
      <Missing {...ground} />
    </>
  );
}

/** Per period: the verdict on the whole, the measured indicators, and the criteria by verdict. */
function Summary({ assessment, view, w, framework }: Ground) {
  return (
    <section class="assessed">
      <p class="quiet">{w.overallNote}</p>
      <Scroll label={w.overall}>
        <table class="narrow">
          <thead>
            <tr>
              <td />
              {assessment.periods.map(({ period }) => (
                <th scope="col">{periodText(period, view.language)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">{w.overall}</th>
              {assessment.periods.map(({ verdict }) => (
                <td>
                  <VerdictMark verdict={verdict} view={view} />
                </td>
              ))}
            </tr>
            <tr>
              <th scope="row">{w.measured}</th>
              {assessment.periods.map(({ period }) => (
                <td>{measuredText(assessment, period, w)}</td>
              ))}
            </tr>
            {verdictOrder
              .filter((verdict) => assessment.periods.some(({ criteriaTally }) => criteriaTally[verdict] > 0))
              .map((verdict) => (
                <tr>
                  <th scope="row">
                    {w.criteria}
                    {colon(view.language)}
                    <VerdictMark verdict={verdict} view={view} />
                  </th>
                  {assessment.periods.map(({ criteriaTally }) => (
                    <td>{criteriaTally[verdict]}</td>
                  ))}
                </tr>
              ))}
          </tbody>
        </table>
      </Scroll>
      <p class="quiet small">
        {fill(w.engine, {
          engine: assessment.engine,
          standard: named(framework.name, view),
          version: assessment.standard.version,
          n: view.here.place.asOf,
        })}
        {view.language === 'zh' ? '。' : '. '}
        <a href={address.api('places', view.here.city, 'assessments', framework.id)}>{w.recompute}</a>
      </p>
      <SignKey view={view} label={w.signs} />
    </section>
  );
}

export function measuredText(assessment: StandardAssessment, period: string, w: AssessmentWords): string {
  const { all, met, provisional } = measuredIn(assessment, period);
  if (all === 0) return w.noneMeasured;
  const text = fill(w.measuredOf, { met, all });
  if (provisional === 0) return text;
  const comma = w.basic === '基本条件' ? '，' : ', ';
  return `${text}${comma}${provisional === met ? w.allProvisional : fill(w.someProvisional, { n: provisional })}`;
}

function KindTable({ kind, ...ground }: Ground & { readonly kind: (typeof kinds)[number] }) {
  const { framework, assessment, view, w } = ground;
  const criteria = framework.criteria.filter((one) => one.kind === kind);
  if (criteria.length === 0) return null;
  return (
    <section class={`criteria ${kind}`}>
      <h2>{w[kind]}</h2>
      <Scroll label={w[kind]}>
        <table>
          <thead>
            <tr>
              <th scope="col">{w.requirement}</th>
              <th scope="col">{w.asked}</th>
              {assessment.periods.map(({ period }) => (
                <th scope="col" class="num">
                  {periodText(period, view.language)}
                </th>
              ))}
              <th scope="col">{w.why}</th>
            </tr>
          </thead>
          {criteria.map((criterion) => (
            <CriterionBody {...ground} criterion={criterion} />
          ))}
        </table>
      </Scroll>
    </section>
  );
}

/** A criterion: its verdict in the last period, then each of its tests. */
function CriterionBody({ criterion, ...ground }: Ground & { readonly criterion: Criterion }) {
  const { assessment, view, w } = ground;
  const last = assessment.periods.at(-1);
  const verdict = criterionIn(last, criterion.id);
  const parts: readonly Part[] = [
    ...criterion.tests.map((test) => ({ id: test.id, test, item: null })),
    ...criterion.evidence.map((item) => ({ id: item.id, test: null, item })),
  ];
  const [only] = parts;
  if (only !== undefined && parts.length === 1)
    return (
      <tbody>
        <PartRow {...ground} criterion={criterion} part={only} single />
      </tbody>
    );
  return (
    <tbody>
      <tr class="group">
        <th scope="rowgroup" colspan={2 + assessment.periods.length}>
          {named(criterion.name, view)}
          {criterion.standing === 'to-check' ? <span class="flag"> {w.toCheck}</span> : null}
          {criterion.note === undefined ? null : <div class="quiet small">{named(criterion.note, view)}</div>}
        </th>
        <td>
          {verdict === null ? null : <VerdictMark verdict={verdict.verdict} view={view} />}
          {criterion.citation === undefined ? null : (
            <div class="small">
              <Cited source={criterion.citation.source} locator={criterion.citation.locator} view={view} />
            </div>
          )}
        </td>
      </tr>
      {parts.map((part) => (
        <PartRow {...ground} criterion={criterion} part={part} single={false} />
      ))}
    </tbody>
  );
}

/** A test or a piece of evidence of a criterion; the only one stands for the criterion and carries its name and note. */
interface Part {
  readonly id: string;
  readonly test: Criterion['tests'][number] | null;
  readonly item: Criterion['evidence'][number] | null;
}

function PartRow({
  criterion,
  part: { id, test, item },
  single,
  ...ground
}: Ground & { readonly criterion: Criterion; readonly part: Part; readonly single: boolean }) {
  const { assessment, view, w } = ground;
  const verdicts = assessment.periods.map((period) => testIn(criterionIn(period, criterion.id), id));
  const citation = test?.citation ?? item?.citation ?? (single ? criterion.citation : undefined);
  const label = single
    ? criterion.name
    : (test?.name ?? item?.statement ?? view.here.entries.get(test?.indicator ?? '')?.indicator.name);
  const text = label === undefined ? id : named(label, view);
  return (
    <tr class={single ? 'single' : undefined}>
      <th scope="row">
        {test === null ? (
          text
        ) : (
          <a href={address.indicator(view.language, view.here.city, test.indicator)}>{text}</a>
        )}
        {single && criterion.standing === 'to-check' ? <span class="flag"> {w.toCheck}</span> : null}
        {single && item !== null ? <div class="small">{named(item.statement, view)}</div> : null}
        {single && criterion.note !== undefined ? (
          <div class="quiet small">{named(criterion.note, view)}</div>
        ) : null}
        {item?.evidence === undefined ? null : <div class="quiet small">{named(item.evidence, view)}</div>}
      </th>
      <td>
        {test === null ? (
          <span class="quiet">{w.evidence}</span>
        ) : (
          <span class="keep">
            {comparatorSign[test.comparator]}{' '}
            {formatValue(
              { value: test.value, unit: test.unit, decimals: decimalsOf(test.value) },
              view.language,
            )}
          </span>
        )}
      </td>
      {verdicts.map((one, at) => (
        <td class="num">
          <PeriodCell
            {...ground}
            verdict={one}
            indicator={test?.indicator ?? null}
            period={assessment.periods[at]?.period ?? ''}
          />
        </td>
      ))}
      <td>
        <Reason verdicts={verdicts} comparator={test?.comparator ?? null} {...ground} />
        {citation === undefined ? null : (
          <div class="small">
            <Cited source={citation.source} locator={citation.locator} view={view} />
          </div>
        )}
      </td>
    </tr>
  );
}

function PeriodCell({
  verdict,
  indicator,
  period,
  area,
  view,
}: Ground & {
  readonly verdict: TestVerdict | null;
  readonly indicator: string | null;
  readonly period: string;
}) {
  if (verdict === null) return null;
  const figure = indicator === null ? null : figureAt(view.here, indicator, area, period);
  return (
    <>
      <VerdictMark verdict={verdict.verdict} view={view} bare />
      {figure === null ? null : <FigureLink figure={figure} view={view} bare />}
    </>
  );
}

/** The verdict of the last period with its reason, what a careful reader is told beside it, and what would change it. */
function Reason({
  verdicts,
  comparator,
  assessment,
  view,
  w,
}: Ground & { readonly verdicts: readonly (TestVerdict | null)[]; readonly comparator: string | null }) {
  const last = verdicts.at(-1) ?? null;
  if (last === null) return null;
  const stop = view.language === 'zh' ? '；' : '; ';
  const said = [
    last.reason,
    ...last.remarks.filter(({ kind }) => kind !== 'evidence' && kind !== 'to-check').map(({ text }) => text),
  ]
    .map((text) => named(text, view))
    .join(stop);
  const first = verdicts.findIndex((one) => one !== null && one.value !== null);
  const from = verdicts[first] ?? null;
  const moved =
    from === null || from === last || comparator === null ? null : movement(from, last, comparator);
  const trend =
    moved === null
      ? null
      : `${moved === 0 ? '→' : moved > 0 ? '↗' : '↘'} ${fill(
          moved === 0 ? w.same : moved > 0 ? w.better : w.worse,
          {
            period: periodText(assessment.periods[first]?.period ?? '', view.language),
          },
        )}`;
  return (
    <div class="reason">
      <VerdictMark verdict={last.verdict} view={view} />
      {colon(view.language)}
      {said}
      {view.language === 'zh' ? '。' : '.'}
      {trend === null ? null : <div class="small">{trend}</div>}
      {comparator === null || comparator === '=' ? null : <Slack last={last} w={w} />}
      {last.change === null ? null : (
        <div class="quiet small">
          {w.would}
          {colon(view.language)}
          {named(last.change, view)}
        </div>
      )}
    </div>
  );
}

/** How far a revision may go before the verdict turns: told of values that are not final, and of what is missed. */
function Slack({ last, w }: { readonly last: TestVerdict; readonly w: AssessmentWords }) {
  const percent = slackOf(last);
  if (percent === null || last.verdict === 'met') return null;
  const text =
    last.verdict === 'not_met'
      ? fill(w.slackNot, { percent })
      : last.margin === '0'
        ? w.atLimit
        : fill(w.slack, { percent });
  return <div class="small">{text}</div>;
}

/** Everything that the last period does not show, and what would show it. */
function Missing({ assessment, framework, view, w }: Ground) {
  const last = assessment.periods.at(-1);
  const absent = (last?.criteria ?? []).flatMap((criterion) =>
    criterion.tests.filter(({ verdict }) => verdict === 'not_shown').map((test) => ({ criterion, test })),
  );
  if (absent.length === 0) return null;
  const nameOf = (criterion: CriterionVerdict, test: TestVerdict) => {
    const own = named(test.name, view);
    const whole = named(criterion.name, view);
    return own === whole ||
      framework.criteria.find(({ id }) => id === criterion.criterion)?.tests.length === 1
      ? whole
      : `${whole}${colon(view.language)}${own}`;
  };
  return (
    <section>
      <h2>
        {w.missing} <span class="quiet">({absent.length})</span>
      </h2>
      <p class="quiet">{w.missingNote}</p>
      <ul class="missing-list">
        {absent.map(({ criterion, test }) => (
          <li>
            <VerdictMark verdict="not_shown" view={view} bare /> {nameOf(criterion, test)}
            {test.change === null ? null : (
              <span class="quiet">
                {colon(view.language)}
                {named(test.change, view)}
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function criterionIn(period: PeriodVerdict | undefined, id: string): CriterionVerdict | null {
  return period?.criteria.find(({ criterion }) => criterion === id) ?? null;
}

function testIn(criterion: CriterionVerdict | null, id: string): TestVerdict | null {
  return criterion?.tests.find(({ test }) => test === id) ?? null;
}
