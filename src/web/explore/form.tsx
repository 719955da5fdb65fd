import type { ChartState } from '../../chart/index.ts';
import { periodText } from '../../language/index.ts';
import type { Language } from '../../model/index.ts';
import { address } from '../address.ts';
import { ChartDrawing } from '../parts/chart.tsx';
import { Scroll } from '../parts/scroll.tsx';
import type { PlaceView } from '../view.ts';
import { fill } from '../words.ts';
import { changeTable } from './change-table.ts';
import {
  type ChartKind,
  type Choice,
  drawnIn,
  focusSlots,
  isMoment,
  kindsOf,
  measuresOf,
  writeChoice,
} from './choice.ts';
import { type Explored, periodsOf } from './explored.ts';
import { explorerWords } from './words.ts';

declare module 'hono/jsx' {
  namespace JSX {
    interface IntrinsicElements {
      'modelcity-explorer': JSX.HTMLAttributes & { readonly src: string; readonly 'data-code': string };
    }
  }
}

interface ExploreProps {
  readonly whole: Explored;
  readonly choice: Choice;
  readonly state: ChartState;
  readonly unfilled: ChartKind | null;
  readonly view: PlaceView;
}

/** A chart that a reader may change: drawn by the server; its form asks the server again, or the browser where it can. */
export function Explore({ whole, choice, state, unfilled, view }: ExploreProps) {
  const t = explorerWords[view.language];
  const code = view.assets.element('explorer');
  const self = address.indicator(view.language, view.here.city, whole.id);
  const inside = (
    <>
      <div class="drawing">
        <ChartDrawing state={state} />
      </div>
      {whole.series.length < 2 && periodsOf(whole).length < 2 ? null : (
        <details class="explore onscreen" open={writeChoice(choice, whole) !== ''}>
          <summary>{t.explore}</summary>
          <Form whole={whole} choice={choice} view={view} self={self} />
          <Changes whole={whole} choice={choice} />
        </details>
      )}
    </>
  );
  const told = <Unfilled kind={unfilled} choice={choice} language={view.language} />;
  if (code === null)
    return (
      <>
        {told}
        {inside}
      </>
    );
  return (
    <>
      {told}
      <modelcity-explorer src={`${self}explore.json`} data-code={code}>
        {inside}
      </modelcity-explorer>
    </>
  );
}

/** How far each series shown has come; sorted by the form's order. */
function Changes({ whole, choice }: Pick<ExploreProps, 'whole' | 'choice'>) {
  const table = changeTable(whole, choice);
  if (table === null) return null;
  return (
    <details class="small">
      <summary>{table.title}</summary>
      <Scroll label={table.title}>
        <table class="narrow">
          <thead>
            <tr>
              {table.head.map(({ name }, at) => (
                <th scope="col" class={at === 0 ? undefined : 'num'}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map(([first, ...cells]) => (
              <tr>
                <th scope="row">{first}</th>
                {cells.map((cell) => (
                  <td class="num">{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </details>
  );
}

/** Says why another chart stands here than the address asks for. */
export function Unfilled({
  kind,
  choice,
  language,
}: {
  readonly kind: ChartKind | null;
  readonly choice: Choice;
  readonly language: Language;
}) {
  if (kind === null) return null;
  const t = explorerWords[language];
  const why = kind === 'map' ? t.noMap : kind === 'scatter' ? t.noOther : t.noTime;
  return (
    <p class="note" role="note">
      {fill(why, { kind: t.kinds[kind], shown: t.kinds[choice.kind] })}
    </p>
  );
}

function Form({
  whole,
  choice,
  view,
  self,
}: Omit<ExploreProps, 'state' | 'unfilled'> & { readonly self: string }) {
  const t = explorerWords[view.language];
  const drawn = drawnIn(whole, choice);
  const periods = periodsOf(whole);
  const kinds = kindsOf(whole);
  const options = (all: Readonly<Record<string, string>>, chosen: string) =>
    Object.entries(all).map(([id, name]) => (
      <option value={id} selected={id === chosen}>
        {name}
      </option>
    ));
  const moments = (chosen: string) =>
    periods.map((period) => (
      <option value={period} selected={period === chosen}>
        {periodText(period, view.language)}
      </option>
    ));
  return (
    <form method="get" action={`${self}#chart`}>
      <div class="filters">
        <label>
          {t.kind}
          <select name="kind">
            {options(Object.fromEntries(kinds.map((kind) => [kind, t.kinds[kind]])), choice.kind)}
          </select>
        </label>
        {periods.length < 2 ? null : (
          <>
            <label>
              {t.from}
              <select name="from">{moments(choice.from)}</select>
            </label>
            <label>
              {isMoment(choice.kind) ? t.at : t.to}
              <select name="to">{moments(choice.to)}</select>
            </label>
            <label>
              {t.axis}
              <select name="axis">{options(t.axes, choice.axis)}</select>
            </label>
            <label>
              {t.measure}
              <select name="measure">
                {options(
                  Object.fromEntries(
                    [...new Set(kinds.flatMap(measuresOf))].map((each) => [each, t.measures[each]]),
                  ),
                  choice.measure,
                )}
              </select>
            </label>
          </>
        )}
        {whole.series.length < 2 ? null : (
          <>
            <label>
              {t.order}
              <select name="order">{options(t.orders, choice.order)}</select>
            </label>
            {focusSlots(choice, drawn.length).map((chosen, slot) => (
              <label>
                {slot === 0 ? t.focus : t.focusAlso}
                <select name="focus">
                  <option value="">{slot === 0 ? t.first : t.nothing}</option>
                  {options(
                    Object.fromEntries(
                      whole.series
                        .filter(({ id }) => drawn.includes(id) || choice.focus.includes(id))
                        .map(({ id, name }) => [id, name]),
                    ),
                    chosen,
                  )}
                </select>
              </label>
            ))}
          </>
        )}
        {whole.groups.length < 2 || !(whole.map !== null || whole.others.length > 0) ? null : (
          <label>
            {t.group}
            <select name="group">
              {options(Object.fromEntries(whole.groups.map(({ id, name }) => [id, name])), choice.group)}
            </select>
          </label>
        )}
        {whole.interval === undefined ? null : (
          <label>
            {t.interval}
            <select name="interval">{options(t.intervals, choice.interval)}</select>
          </label>
        )}
        {whole.others.length === 0 ? null : (
          <label>
            {t.against}
            <select name="against">
              <option value="">{t.choose}</option>
              {options(
                Object.fromEntries(whole.others.map(({ id, name }) => [id, name])),
                choice.against ?? '',
              )}
            </select>
          </label>
        )}
      </div>
      {whole.series.length < 2 ? null : (
        <fieldset class="choices">
          <legend>{t.series}</legend>
          {offered(whole, choice).map(({ id, name }) => (
            <label>
              <input type="checkbox" name="show" value={id} checked={drawn.includes(id)} />
              {name}
            </label>
          ))}
        </fieldset>
      )}
      <p class="actions">
        <button type="submit">{t.show}</button> <a href={`${self}#chart`}>{t.start}</a>
      </p>
    </form>
  );
}

/** Boxes that a page can hold; beyond, those that are shown come first, and the live list finds the others by name. */
const mostBoxes = 150;

function offered({ series }: Explored, { shown }: Choice): Explored['series'] {
  if (series.length <= mostBoxes) return series;
  return [
    ...series.filter(({ id }) => shown.includes(id)),
    ...series.filter(({ id }) => !shown.includes(id)),
  ].slice(0, mostBoxes);
}
