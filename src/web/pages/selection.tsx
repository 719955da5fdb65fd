import { formatValue, inBrackets, periodText } from '../../language/index.ts';
import { type Candidate, compare, decimal, type ProjectSelection } from '../../model/index.ts';
import { moneyOf, type Ranked, type Selection, selectionOf } from '../../plan/index.ts';
import { address } from '../address.ts';
import { Page } from '../layout.tsx';
import { named, type PlaceView } from '../view.ts';
import { fill } from '../words.ts';
import { Cited } from './cited.tsx';
import { trailTo } from './indicators.tsx';
import { SelectionRow } from './selection-row.tsx';
import { decisions, selectionWords } from './selection-words.ts';

/** What of a selection is shown: all, or one decision and one criterion, from the address. */
export interface SelectionShown {
  readonly state: Ranked['decision'] | null;
  readonly criterion: string | null;
}

/** Reads `?state=chosen&criterion=design`; what is not known there shows all. */
export function selectionShown(query: URLSearchParams, declared: ProjectSelection): SelectionShown {
  return {
    state: decisions.find((each) => each === query.get('state')) ?? null,
    criterion: declared.criteria.find(({ id }) => id === query.get('criterion'))?.id ?? null,
  };
}

const worked = new WeakMap<ProjectSelection, Selection>();

function resultOf(declared: ProjectSelection): Selection {
  const known = worked.get(declared);
  if (known !== undefined) return known;
  const made = selectionOf(declared);
  worked.set(declared, made);
  return made;
}

export function SelectionsPage({
  selections,
  view,
}: {
  readonly selections: readonly ProjectSelection[];
  readonly view: PlaceView;
}) {
  const { here, t, language } = view;
  const w = selectionWords[language];
  const plans = { name: t.plans, href: address.room(language, here.city, 'plan') };
  return (
    <Page view={view} title={w.title} room="plan" trail={trailTo(view, plans, { name: w.title })}>
      <h1>{w.title}</h1>
      <ul class="plain">
        {selections.map(({ id, name }) => (
          <li>
            <a href={address.selection(language, here.city, id)}>{named(name, view)}</a>
          </li>
        ))}
      </ul>
    </Page>
  );
}

/** A selection of projects by a panel: what it was judged by, who was chosen and who not, and why. */
export function SelectionPage({
  declared,
  shown,
  view,
}: {
  readonly declared: ProjectSelection;
  readonly shown: SelectionShown;
  readonly view: PlaceView;
}) {
  const { here, t, language } = view;
  const w = selectionWords[language];
  const name = named(declared.name, view);
  const { ranked } = resultOf(declared);
  const candidates = new Map(declared.candidates.map((each) => [each.id, each]));
  const rows = inOrder(ranked, shown).flatMap((row) => {
    const candidate = candidates.get(row.candidate);
    return candidate === undefined ? [] : [{ row, candidate }];
  });
  const count = (state: Ranked['decision']): number =>
    ranked.filter(({ decision }) => decision === state).length;
  const chosen = ranked.flatMap(({ candidate, decision }) =>
    decision === 'chosen' ? (candidates.get(candidate) ?? []) : [],
  );
  const plans = { name: t.plans, href: address.room(language, here.city, 'plan') };
  return (
    <Page view={view} title={name} room="plan" trail={trailTo(view, plans, { name })}>
      <h1>{name}</h1>
      {declared.candidates.some(({ generated }) => generated) ? (
        <p>
          <strong>{w.generated}</strong>
        </p>
      ) : null}
      {declared.note === undefined ? null : <p>{named(declared.note, view)}</p>}
      {declared.citation === undefined ? null : (
        <p>
          <Cited source={declared.citation.source} locator={declared.citation.locator} view={view} />
        </p>
      )}
      <p>
        {fill(w.summary, { n: ranked.length, chosen: count('chosen'), places: declared.places })}
        {decisions
          .filter((state) => state !== 'chosen' && count(state) > 0)
          .map((state) => `${w.also}${w[state]} ${count(state)}`)}
        {w.stop}
      </p>
      {declared.decision === undefined ? null : (
        <p>
          {fill(w.decided, {
            by: declared.decision.by,
            day: periodText(declared.decision.on, view.language),
            reason: declared.decision.reason,
          })}{' '}
          {declared.decision.shortlist === undefined
            ? null
            : fill(w.shortlisted, { n: declared.decision.shortlist.length })}
        </p>
      )}
      <Criteria declared={declared} view={view} />
      <Money chosen={chosen} all={declared.candidates} view={view} />
      <section id="candidates" class="selection">
        <h2>{w.candidates}</h2>
        <Filter declared={declared} shown={shown} view={view} />
        <p class="quiet">{fill(w.shown, { n: rows.length, of: ranked.length })}</p>
        <table class="stack">
          <thead>
            <tr>
              <th scope="col">{w.project}</th>
              <th scope="col" class="num">
                {w.rank}
              </th>
              <th scope="col" class="num">
                {shown.criterion === null ? w.total : w.mean}
              </th>
              <th scope="col">{w.decision}</th>
              <th scope="col">{w.scores}</th>
              <th scope="col" class="num">
                {t.budget}
              </th>
              <th scope="col">{t.source}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ row, candidate }) => (
              <SelectionRow
                row={row}
                candidate={candidate}
                declared={declared}
                criterion={shown.criterion}
                view={view}
              />
            ))}
          </tbody>
        </table>
      </section>
    </Page>
  );
}

/** By rank; by the mean of the criterion when one is asked for, with those that have none last. */
function inOrder(ranked: readonly Ranked[], { state, criterion }: SelectionShown): readonly Ranked[] {
  const rows = ranked.filter(({ decision }) => state === null || decision === state);
  if (criterion === null) return rows;
  const meanOf = ({ scores }: Ranked) => scores.find((each) => each.criterion === criterion)?.mean ?? null;
  return [...rows].sort((a, b) => {
    const [one, two] = [meanOf(a), meanOf(b)];
    if (one === null || two === null) return one === two ? 0 : one === null ? 1 : -1;
    return -compare(decimal(one), decimal(two));
  });
}

function Criteria({ declared, view }: { readonly declared: ProjectSelection; readonly view: PlaceView }) {
  const w = selectionWords[view.language];
  return (
    <section id="criteria" class="selection">
      <h2>{w.criteria}</h2>
      <table class="stack">
        <thead>
          <tr>
            <th scope="col">{w.criterion}</th>
            <th scope="col" class="num">
              {w.weight}
            </th>
            <th scope="col" class="num">
              {w.most}
            </th>
            <th scope="col" class="num">
              {w.least}
            </th>
          </tr>
        </thead>
        <tbody>
          {declared.criteria.map(({ name, weight, most, least }) => (
            <tr>
              <th scope="row">{named(name, view)}</th>
              <td class="num" data-label={w.weight}>
                {weight}
              </td>
              <td class="num" data-label={w.most}>
                {most}
              </td>
              <td class="num" data-label={w.least}>
                {least ?? '–'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="quiet">{fill(w.how, { members: declared.leastMembers })}</p>
    </section>
  );
}

function Money({
  chosen,
  all,
  view,
}: {
  readonly chosen: readonly Candidate[];
  readonly all: readonly Candidate[];
  readonly view: PlaceView;
}) {
  const { language } = view;
  const w = selectionWords[language];
  const ofChosen = new Map(moneyOf(chosen).map((each) => [each.currency, each]));
  const totals = moneyOf(all);
  if (totals.length === 0) return null;
  const text = (amount: string, currency: string): string =>
    formatValue({ value: amount, unit: currency, decimals: 0 }, language);
  return (
    <section id="money" class="selection">
      <h2>{w.money}</h2>
      <table class="stack">
        <thead>
          <tr>
            <th scope="col">{w.currency}</th>
            <th scope="col" class="num">
              {w.ofChosen}
            </th>
            <th scope="col" class="num">
              {w.ofAll}
            </th>
          </tr>
        </thead>
        <tbody>
          {totals.map(({ currency, amount, projects }) => {
            const own = ofChosen.get(currency);
            return (
              <tr>
                <th scope="row">{currency}</th>
                <td class="num" data-label={w.ofChosen}>
                  {own === undefined
                    ? '–'
                    : `${text(own.amount, currency)}${inBrackets(String(own.projects), view.language)}`}
                </td>
                <td class="num" data-label={w.ofAll}>
                  {`${text(amount, currency)}${inBrackets(String(projects), view.language)}`}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p class="quiet">{w.counted}</p>
    </section>
  );
}

/** A plain form: what is shown stands in the address. */
function Filter({
  declared,
  shown,
  view,
}: {
  readonly declared: ProjectSelection;
  readonly shown: SelectionShown;
  readonly view: PlaceView;
}) {
  const { t, language } = view;
  const w = selectionWords[language];
  return (
    <form class="filters" method="get" action="#candidates">
      <label for="state">
        {w.decision}
        <select id="state" name="state">
          <option value="">{w.any}</option>
          {decisions.map((state) => (
            <option value={state} selected={state === shown.state}>
              {w[state]}
            </option>
          ))}
        </select>
      </label>
      <label for="criterion">
        {w.criterion}
        <select id="criterion" name="criterion">
          <option value="">{w.any}</option>
          {declared.criteria.map(({ id, name }) => (
            <option value={id} selected={id === shown.criterion}>
              {named(name, view)}
            </option>
          ))}
        </select>
      </label>
      <button type="submit">{t.show}</button>
    </form>
  );
}
