import type { TableCell } from '../../intake/index.ts';
import { colon, decimalsOf, formatValue, inBrackets, periodText } from '../../language/index.ts';
import type { Observation } from '../../model/index.ts';
import { OfficeFrame } from '../office/frame.tsx';
import { breakdownName } from '../parts/figure.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { areaName, named, type PlaceView } from '../view.ts';
import type { Person } from '../who.ts';
import { fill } from '../words.ts';
import { type Asked, packed } from './asked.ts';
import type { Defined } from './define.ts';
import { defineWords } from './define-words.ts';
import { Defining } from './defining.tsx';
import { Columns, listedNames, Meanings } from './reading.tsx';
import type { Taken } from './take.ts';
import { tableWords } from './words.ts';

export interface TableState {
  readonly view: PlaceView;
  readonly person: Person;
  /** What is read; null before a file was chosen. */
  readonly asked: Asked | null;
  /** The table beside what is held; a text: what is wrong with how its columns were named. */
  readonly taken: Taken | string | null;
  /** Indicators that are to be defined with their values. */
  readonly defined: Defined;
  /** Who read a table with this head before, and when. */
  readonly before: { readonly by: string; readonly on: string } | null;
  readonly told: string | null;
  readonly alarm: boolean;
}

/** Values of a table shown; the others are counted. */
const mostShown = 120;

/** A table on its way in: chosen, its columns named, its words matched, each value shown beside what is held, stored. */
export function TablePage({ view, person, asked, taken, defined, before, told, alarm }: TableState) {
  const w = tableWords[view.language];
  const action = `/${view.language}/${view.here.city}/office/table/`;
  const { entries } = view.here;
  const nameOf = (id: string): string => {
    const entry = entries.get(id);
    if (entry !== undefined) return named(entry.indicator.name, view);
    const fresh = defined.indicators.find((each) => each.id === id);
    return fresh === undefined
      ? ''
      : `${named(fresh.name, view)}${inBrackets(defineWords[view.language].newIndicator, view.language)}`;
  };
  const names =
    asked === null || taken === null || typeof taken === 'string'
      ? []
      : listedNames(taken, asked, (id) => entries.has(id));
  return (
    <OfficeFrame view={view} person={person} title={w.title} told={told} alarm={alarm}>
      <p class="lead">{w.lead}</p>
      {asked === null ? (
        <Choosing action={action} isFirst view={view} />
      ) : (
        <form method="post" action={action} enctype="multipart/form-data">
          <input type="hidden" name="name" value={asked.name} />
          <input type="hidden" name="kept" value={packed(asked.bytes)} />
          <Columns asked={asked} before={before} view={view} />
          {taken === null || typeof taken === 'string' ? null : (
            <>
              <Meanings taken={taken} names={names} nameOf={nameOf} view={view} />
              <Defining
                names={names.flatMap((each, at) => (each.isDefinable ? { ...each, at } : []))}
                asked={asked}
                defined={defined}
                view={view}
              />
            </>
          )}
          <p class="acts">
            <button type="submit" name="do" value="again">
              {w.again}
            </button>
          </p>
          {taken === null || typeof taken === 'string' ? null : (
            <>
              <Preview taken={taken} nameOf={nameOf} view={view} />
              <Storing asked={asked} taken={taken} view={view} />
            </>
          )}
        </form>
      )}
      {asked === null ? null : (
        <section>
          <h2>{w.another}</h2>
          <Choosing action={action} isFirst={false} view={view} />
        </section>
      )}
    </OfficeFrame>
  );
}

function Choosing({
  action,
  isFirst,
  view,
}: {
  readonly action: string;
  readonly isFirst: boolean;
  readonly view: PlaceView;
}) {
  const w = tableWords[view.language];
  return (
    <form method="post" action={action} enctype="multipart/form-data">
      <p class="field">
        <label for="file">{w.file}</label>
        <input id="file" type="file" name="file" accept=".csv,.tsv,.txt,.xlsx" required />
      </p>
      <p class="acts">
        <button type="submit" name="do" value="read" class={isFirst ? 'main' : ''}>
          {w.read}
        </button>
      </p>
    </form>
  );
}

const order: readonly TableCell['outcome'][] = ['left', 'changed', 'new', 'same'];

function Preview({
  taken,
  nameOf,
  view,
}: {
  readonly taken: Taken;
  readonly nameOf: (indicator: string) => string;
  readonly view: PlaceView;
}) {
  const w = tableWords[view.language];
  const count = (outcome: TableCell['outcome']): number =>
    taken.cells.filter((cell) => cell.outcome === outcome).length;
  const listed = order.flatMap((outcome) => taken.cells.filter((cell) => cell.outcome === outcome));
  const shown = listed.slice(0, mostShown);
  return (
    <section id="preview">
      <h2>{w.preview}</h2>
      <p role="status">
        {fill(w.counts, {
          new: count('new'),
          changed: count('changed'),
          same: count('same'),
          left: count('left'),
          blank: count('blank'),
        })}
      </p>
      {taken.asks.length === 0 ? null : (
        <>
          <h3>{w.checks}</h3>
          <ul>
            {taken.asks.slice(0, 30).map(({ message, mend, rows }) => (
              <li>
                {message} <span class="quiet">{mend}</span>{' '}
                <span class="quiet small">
                  {w.row} {rows.slice(0, 8).join(', ')}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      {shown.length === 0 ? null : (
        <Scroll label={w.preview}>
          <table class="stack">
            <thead>
              <tr>
                <th scope="col">{w.row}</th>
                <th scope="col">{w.cell}</th>
                <th scope="col">{w.becomes}</th>
                <th scope="col">{w.held}</th>
                <th scope="col">{w.outcome}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((cell) => (
                <tr>
                  <th scope="row">{`${cell.row}, ${cell.column}`}</th>
                  <td data-label={w.cell}>{cell.text}</td>
                  <td data-label={w.becomes}>
                    {cell.observation === null ? (
                      ''
                    ) : (
                      <Becomes of={cell.observation} nameOf={nameOf} view={view} />
                    )}
                  </td>
                  <td data-label={w.held}>{cell.held === null ? '' : shownValue(cell.held, view)}</td>
                  <td data-label={w.outcome} class={cell.outcome === 'left' ? 'alarm' : ''}>
                    {cell.reason === null
                      ? w[cell.outcome]
                      : `${w.left}${colon(view.language)}${named(cell.reason, view)}`}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {listed.length > shown.length ? (
        <p class="quiet small">{fill(w.shownOf, { n: shown.length, all: listed.length })}</p>
      ) : null}
    </section>
  );
}

function Becomes({
  of,
  nameOf,
  view,
}: {
  readonly of: Observation;
  readonly nameOf: (indicator: string) => string;
  readonly view: PlaceView;
}) {
  const where = [
    nameOf(of.indicator) || of.indicator,
    areaName(view, of.area),
    breakdownName(of.breakdown, view),
    periodText(of.period, view.language),
  ];
  return (
    <>
      <b>{shownValue(of, view)}</b>{' '}
      <span class="quiet small">{where.filter((part) => part !== '').join(' · ')}</span>
    </>
  );
}

function shownValue({ value, unit, qualifier, reason }: Observation, view: PlaceView): string {
  if (value === null) return reason === null ? view.t.noValue : named(reason, view);
  return formatValue({ value, unit, decimals: decimalsOf(value), qualifier }, view.language);
}

/** The document of the table, and the button that stores its values. */
function Storing({
  asked,
  taken,
  view,
}: {
  readonly asked: Asked;
  readonly taken: Taken;
  readonly view: PlaceView;
}) {
  const w = tableWords[view.language];
  const changed = taken.cells.filter(({ outcome }) => outcome === 'changed').length;
  const fresh = taken.cells.filter(({ outcome }) => outcome === 'new').length;
  const field = (name: 'title' | 'producer' | 'date' | 'licence', label: string) => (
    <p class="field">
      <label for={`source-${name}`}>{label}</label>
      <input id={`source-${name}`} name={name} value={asked.source[name]} maxlength={300} />
    </p>
  );
  return (
    <section id="store">
      <h2>{w.source}</h2>
      {field('title', w.sourceTitle)}
      {field('producer', w.producer)}
      {field('date', w.date)}
      {field('licence', w.licence)}
      <p class="field">
        <label for="status">{w.status}</label>
        <select id="status" name="status">
          <option value="A" selected={asked.status === 'A'}>
            {w.final}
          </option>
          <option value="P" selected={asked.status === 'P'}>
            {w.provisional}
          </option>
        </select>
      </p>
      {changed === 0 ? null : (
        <label class="tick">
          <input type="checkbox" name="replace" value="yes" checked={asked.replace} />{' '}
          {fill(w.replace, { n: changed })}
        </label>
      )}
      {fresh + changed === 0 ? (
        <p class="quiet">{w.nothing}</p>
      ) : (
        <p class="acts">
          <button type="submit" name="do" value="store" class="main">
            {w.store}
          </button>
        </p>
      )}
    </section>
  );
}
