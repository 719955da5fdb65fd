import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import { type ChartState, drawChart } from '../../chart/index.ts';
import { labelled } from '../../language/index.ts';
import { arrange } from './arrange.ts';
import {
  axes,
  type Choice,
  drawnIn,
  firstChoice,
  firstShown,
  focusSlots,
  intervals,
  isMoment,
  kindsOf,
  measuresOf,
  orders,
  pressed,
  readChoice,
  writeChoice,
} from './choice.ts';
import { type Explored, periodsOf } from './explored.ts';
import { followChoice } from './follow-choice.ts';
import { changesTable, valuesTable } from './live-tables.ts';
import { Pointing } from './pointing.ts';
import { savePng, saveText } from './save.ts';
import { seriesList } from './series-list.ts';
import { shownCsv } from './shown-csv.ts';
import { spanEnds, timeSpan } from './time-span.ts';
import type { ExplorerWords } from './words.ts';

interface Loaded {
  readonly whole: Explored;
  readonly words: ExplorerWords;
}

/** How long a moment stands while time plays, in ms. */
const beat = 900;

/**
 * `<modelcity-explorer src="…/explore.json">`: the server's chart, made live. It draws with the same code as the server
 * into its own light tree, so that the page's style sheet holds; the reader's choice stands in the address.
 */
export class Explorer extends LitElement {
  static override properties = {
    loaded: { state: true },
    choice: { state: true },
    other: { state: true },
    find: { state: true },
    among: { state: true },
    tabled: { state: true },
    playing: { state: true },
    said: { state: true },
    opened: { state: true },
  };
  declare loaded: Loaded | null;
  declare choice: Choice | null;
  declare other: Explored | null;
  declare find: string;
  declare among: string | null;
  declare tabled: boolean;
  declare playing: boolean;
  declare said: string;
  /** Whether the controls are shown: a reader who only points at the chart has not asked for them. */
  declare opened: boolean;
  #clock = 0;
  readonly #pointing = new Pointing(this, (id) => {
    if (this.choice !== null) void this.#choose({ focus: pressed(this.choice.focus, id) });
  });
  #drawn: { readonly of: readonly unknown[]; readonly state: ChartState; readonly svg: string } | null = null;

  constructor() {
    super();
    this.loaded = null;
    this.choice = null;
    this.other = null;
    this.find = '';
    this.among = null;
    this.tabled = false;
    this.playing = false;
    this.said = '';
    this.opened = true;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  /** Before the data is there the server's drawing stays; drawing over it would take its place. */
  protected override shouldUpdate(): boolean {
    return this.loaded !== null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.clearInterval(this.#clock);
  }

  async #load(): Promise<void> {
    const answer = await fetch(this.getAttribute('src') ?? '');
    if (!answer.ok) return;
    const loaded: Loaded = await answer.json();
    const choice = readChoice(location.search, loaded.whole);
    const other = await this.#fetchOther(choice.against);
    // The server's drawing leaves only when the live one can take its place; who was in it by keyboard stays in it.
    const wasInside = this.contains(document.activeElement);
    this.opened = this.querySelector<HTMLDetailsElement>('details.explore')?.open ?? true;
    this.replaceChildren();
    this.loaded = loaded;
    this.other = other;
    this.choice = choice;
    this.classList.add('live');
    if (wasInside) await this.#enterControls();
  }

  async #enterControls(): Promise<void> {
    await this.updateComplete;
    this.querySelector<HTMLElement>('.explore button, .explore select, .explore summary')?.focus();
  }

  async #open(): Promise<void> {
    this.opened = true;
    await this.#enterControls();
  }

  /** The chart of the choice, drawn anew only where something of it changed. */
  #draw(
    whole: Explored,
    choice: Choice,
    width: number,
  ): { readonly state: ChartState; readonly svg: string } {
    const of = [whole, choice, this.other, width];
    if (this.#drawn === null || of.some((each, at) => each !== this.#drawn?.of[at])) {
      const state = arrange(whole, choice, this.other);
      this.#drawn = { of, state, svg: drawChart(state, { width }).svg };
    }
    return this.#drawn;
  }

  async #fetchOther(id: string | null): Promise<Explored | null> {
    if (id === null) return null;
    const src = (this.getAttribute('src') ?? '').replace(/[^/]+\/explore\.json$/, '');
    const answer = await fetch(`${src}${encodeURIComponent(id)}/explore.json`);
    if (!answer.ok) return null;
    const { whole }: Loaded = await answer.json();
    return whole;
  }

  async #choose(change: Partial<Choice>): Promise<void> {
    const { choice, loaded } = this;
    if (choice === null || loaded === null) return;
    const kept = choice.shown.join('\n') !== firstShown(loaded.whole, choice.kind).join('\n');
    // Whoever has not chosen among the series sees those that the new kind of chart shows first.
    const shown = change.kind === undefined || kept ? {} : { shown: firstShown(loaded.whole, change.kind) };
    const next = { ...choice, ...shown, ...change };
    if (next.against !== choice.against) this.other = await this.#fetchOther(next.against);
    this.choice = next;
    const query = writeChoice(next, loaded.whole);
    history.replaceState(null, '', `${location.pathname}${query === '' ? '' : `?${query}`}${location.hash}`);
    if (this.getAttribute('src')?.startsWith('/') === true) followChoice(query);
  }

  /** Shows the series that a test keeps, in the order of the whole; never none. */
  #show(keep: (id: string) => boolean): void {
    const shown = (this.loaded?.whole.series ?? []).map(({ id }) => id).filter(keep);
    if (shown.length > 0) void this.#choose({ shown });
    else this.requestUpdate();
  }

  /** Goes through time moment by moment; for who wants no motion, to the next moment at each press. */
  #play(): void {
    window.clearInterval(this.#clock);
    if (this.playing) {
      this.playing = false;
      return;
    }
    if (stillWanted()) {
      this.#step();
      return;
    }
    this.playing = true;
    this.#clock = window.setInterval(() => {
      if (this.#step()) return;
      window.clearInterval(this.#clock);
      this.playing = false;
    }, beat);
  }

  /** The next moment, after the last one the first of the span; says whether there are more to come. */
  #step(): boolean {
    const { choice, loaded } = this;
    if (choice === null || loaded === null) return false;
    const start = isMoment(choice.kind) ? '' : choice.from;
    const periods = periodsOf(loaded.whole).filter((period) => period >= start);
    const at = (periods.indexOf(choice.to) + 1) % periods.length;
    const to = periods[at];
    if (to !== undefined) void this.#choose({ to, from: choice.from <= to ? choice.from : to });
    return at < periods.length - 1;
  }

  protected override render() {
    const { loaded, choice } = this;
    if (loaded === null || choice === null) return nothing;
    const { whole, words } = loaded;
    const width = Math.max(280, Math.min(1200, Math.round(this.clientWidth || 820)));
    const { state, svg } = this.#draw(whole, choice, width);
    const drawing = html`<div class="drawing">${unsafeHTML(svg)}${this.#pointing.layer(state, width, words)}</div>`;
    if (!this.opened)
      return html`${drawing}<details class="explore onscreen" @toggle=${() => this.#open()}><summary>${words.explore}</summary></details>`;
    return html`${drawing}
      <div class="explore">
        ${timeSpan(whole, choice, words, {
          playing: this.playing,
          still: stillWanted(),
          play: () => this.#play(),
          choose: (change) => void this.#choose(change),
        })}
        ${this.#choices(whole, choice, words)}
        ${seriesList(whole, choice, words, {
          find: this.find,
          among: this.among,
          narrow: ({ find = this.find, among = this.among }) => {
            this.find = find;
            this.among = among;
          },
          show: (keep) => this.#show(keep),
        })}
        <details class="small" @toggle=${({ target }: Event) => {
          this.tabled = target instanceof HTMLDetailsElement && target.open;
        }}>
          <summary>${words.asTable}</summary>
          ${this.tabled ? valuesTable(state) : nothing}
        </details>
        ${changesTable(whole, choice, words, (order) => void this.#choose({ order }))}
        <p class="actions">
          <button type="button" @click=${() => this.#choose(firstChoice(whole))}>${words.start}</button>
          <button type="button" @click=${() => this.#copy(words)}>${words.link}</button>
          <button type="button" @click=${() => (document.fullscreenElement === null ? this.requestFullscreen() : document.exitFullscreen())}>${words.full}</button>
          <span class="quiet">${labelled(words.downloads, whole.language)}</span>
          <button type="button" @click=${() => savePng(drawChart(state, { width: 1000, framed: true }), `${whole.id}.png`)}>PNG</button>
          <button type="button" @click=${() => saveText(drawChart(state, { width: 1000, framed: true }).svg, 'image/svg+xml', `${whole.id}.svg`)}>SVG</button>
          <button type="button" @click=${() => saveText(shownCsv(whole, choice), 'text/csv', `${whole.id}.csv`)}>CSV</button>
        </p>
        <p class="vh" role="status">${this.said}</p>
      </div>`;
  }

  protected override updated(): void {
    const { loaded, choice } = this;
    const track = this.querySelector<HTMLElement>('.track');
    if (loaded === null || choice === null || track === null) return;
    const { from, to } = spanEnds(loaded.whole, choice);
    track.style.setProperty('--from', `${from}%`);
    track.style.setProperty('--to', `${to}%`);
  }

  async #copy(words: ExplorerWords): Promise<void> {
    await navigator.clipboard.writeText(location.href);
    this.said = words.copied;
  }

  #choices(whole: Explored, choice: Choice, words: ExplorerWords): TemplateResult {
    const select = <Value extends string>(
      name: string,
      all: readonly Value[],
      names: Readonly<Record<Value, string>>,
      chosen: Value,
      set: (value: Value) => void,
    ) =>
      html`<label>${name}<select @change=${(event: Event) => {
        const value = all.find((each) => each === chosenOf(event));
        if (value !== undefined) set(value);
      }}>${all.map((each) => html`<option value=${each} ?selected=${each === chosen}>${names[each]}</option>`)}</select></label>`;
    const several = whole.series.length > 1;
    const measures = measuresOf(choice.kind);
    const drawn = drawnIn(whole, choice);
    const offeredFocus = whole.series.filter(({ id, group }) =>
      choice.kind === 'map' ? group === choice.group : drawn.includes(id),
    );
    return html`<div class="filters">
      ${select(words.kind, kindsOf(whole), words.kinds, choice.kind, (kind) => void this.#choose({ kind }))}
      ${choice.kind === 'line' ? select(words.axis, axes, words.axes, choice.axis, (axis) => void this.#choose({ axis })) : nothing}
      ${measures.length > 1 ? select(words.measure, measures, words.measures, measures.find((each) => each === choice.measure) ?? 'value', (measure) => void this.#choose({ measure })) : nothing}
      ${
        whole.groups.length > 1 && (choice.kind === 'map' || choice.kind === 'scatter')
          ? html`<label>${words.group}<select @change=${(event: Event) => this.#choose({ group: chosenOf(event) })}>
              ${whole.groups.map(({ id, name }) => html`<option value=${id} ?selected=${id === choice.group}>${name}</option>`)}
            </select></label>`
          : nothing
      }
      ${whole.interval === undefined || choice.kind === 'stacked' || choice.kind === 'area' ? nothing : select(words.interval, intervals, words.intervals, choice.interval, (interval) => void this.#choose({ interval }))}
      ${several && choice.kind !== 'map' ? select(words.order, orders, words.orders, choice.order, (order) => void this.#choose({ order })) : nothing}
      ${
        several
          ? focusSlots(choice, offeredFocus.length).map(
              (chosen, slot) => html`<label>${slot === 0 ? words.focus : words.focusAlso}<select @change=${(
                event: Event,
              ) => {
                const focus = [
                  ...choice.focus.slice(0, slot),
                  chosenOf(event),
                  ...choice.focus.slice(slot + 1),
                ];
                void this.#choose({ focus: [...new Set(focus)].filter((id) => id !== '') });
              }}>
                <option value="" ?selected=${chosen === ''}>${choice.kind === 'map' || slot > 0 ? words.nothing : words.first}</option>
                ${offeredFocus.map(({ id, name }) => html`<option value=${id} ?selected=${id === chosen}>${name}</option>`)}
              </select></label>`,
            )
          : nothing
      }
      ${
        choice.kind === 'scatter'
          ? html`<label>${words.against}<select @change=${(event: Event) => this.#choose({ against: chosenOf(event) || null })}>
              <option value="" ?selected=${choice.against === null}>${words.choose}</option>
              ${whole.others.map(({ id, name }) => html`<option value=${id} ?selected=${id === choice.against}>${name}</option>`)}
            </select></label>`
          : nothing
      }
    </div>`;
  }
}

/** Whether the reader's system asks for no motion. */
function stillWanted(): boolean {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches;
}

function chosenOf({ target }: Event): string {
  return target instanceof HTMLSelectElement || target instanceof HTMLInputElement ? target.value : '';
}
