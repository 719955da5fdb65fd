import { html, nothing, type TemplateResult } from 'lit';
import { fold, match } from '../search-match.ts';
import { fill } from '../words.ts';
import { type Choice, drawnIn } from './choice.ts';
import type { Explored, ExploredSeries } from './explored.ts';
import type { ExplorerWords } from './words.ts';

/** Boxes listed at once; the rest is found by name. */
const mostBoxes = 150;

/** How the list is narrowed, and what it does. */
export interface ListActions {
  /** What a reader types; a name may be wrong by a letter or two. */
  readonly find: string;
  /** The group that is listed; null for all. */
  readonly among: string | null;
  narrow(change: { readonly find?: string; readonly among?: string | null }): void;
  /** Shows the series that a test keeps. */
  show(keep: (id: string) => boolean): void;
}

/** The series that a narrowed list offers. */
export function offeredSeries(
  { series }: Pick<Explored, 'series'>,
  { find, among }: Pick<ListActions, 'find' | 'among'>,
): readonly ExploredSeries[] {
  const wanted = fold(find.slice(0, 200));
  return series.filter(
    ({ name, id, group }) =>
      (among === null || group === among) && (wanted === '' || match(wanted, fold(`${name} ${id}`)) > 0),
  );
}

/** Places and groups as boxes: narrowed to a group, found by name, all or none of what is listed at once. */
export function seriesList(
  whole: Explored,
  choice: Choice,
  words: ExplorerWords,
  actions: ListActions,
): TemplateResult | typeof nothing {
  if (whole.series.length < 2 || choice.kind === 'map') return nothing;
  const offered = offeredSeries(whole, actions);
  const ids = new Set(offered.map(({ id }) => id));
  const shown = new Set(drawnIn(whole, choice));
  const toggle = (id: string) => (): void => {
    if (!shown.delete(id)) shown.add(id);
    actions.show((each) => shown.has(each));
  };
  const typed = ({ target }: Event): string =>
    target instanceof HTMLInputElement || target instanceof HTMLSelectElement ? target.value : '';
  return html`<fieldset class="choices">
    <legend>${words.series}</legend>
    ${
      whole.series.length < 9
        ? nothing
        : html`<div class="filters">
            <label>${words.find}<input type="search" .value=${actions.find} @input=${(event: Event) => actions.narrow({ find: typed(event) })} /></label>
            ${
              whole.groups.length < 2
                ? nothing
                : html`<label>${words.among}<select @change=${(event: Event) => actions.narrow({ among: typed(event) === '*' ? null : typed(event) })}>
                    <option value="*" ?selected=${actions.among === null}>${words.allGroups}</option>
                    ${whole.groups.map(({ id, name }) => html`<option value=${id} ?selected=${actions.among === id}>${name}</option>`)}
                  </select></label>`
            }
            <button type="button" @click=${() => actions.show((id) => ids.has(id) || shown.has(id))}>${words.all}</button>
            <button type="button" @click=${() => actions.show((id) => !ids.has(id) && shown.has(id))}>${words.none}</button>
          </div>`
    }
    <div class="list">${offered
      .slice(0, mostBoxes)
      .map(
        ({ id, name }) =>
          html`<label><input type="checkbox" .checked=${shown.has(id)} @change=${toggle(id)} />${name}</label>`,
      )}${offered.length > mostBoxes ? html`<span class="quiet">${fill(words.more, { n: offered.length - mostBoxes })}</span>` : nothing}</div>
  </fieldset>`;
}
