import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import { drawChart } from '../../chart/index.ts';
import { arrange } from './arrange.ts';
import {
  axes,
  type Choice,
  firstChoice,
  isMoment,
  kindsOf,
  measures,
  orders,
  readChoice,
  writeChoice,
} from './choice.ts';
import { type Explored, periodsOf } from './explored.ts';
import { savePng, saveText } from './save.ts';
import { shownCsv } from './shown-csv.ts';
import type { ExplorerWords } from './words.ts';

interface Loaded {
  readonly whole: Explored;
  readonly words: ExplorerWords;
}

/** Boxes listed at once; the rest is found by name. */
const mostBoxes = 150;

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
    playing: { state: true },
    said: { state: true },
  };
  declare loaded: Loaded | null;
  declare choice: Choice | null;
  declare other: Explored | null;
  declare find: string;
  declare playing: boolean;
  declare said: string;
  #clock = 0;

  constructor() {
    super();
    this.loaded = null;
    this.choice = null;
    this.other = null;
    this.find = '';
    this.playing = false;
    this.said = '';
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
    // The server's drawing leaves only when the live one can take its place.
    this.replaceChildren();
    this.loaded = loaded;
    this.other = other;
    this.choice = choice;
    this.classList.add('live');
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
    const next = { ...choice, ...change };
    if (next.against !== choice.against) this.other = await this.#fetchOther(next.against);
    this.choice = next;
    const query = writeChoice(next, loaded.whole);
    history.replaceState(null, '', `${location.pathname}${query === '' ? '' : `?${query}`}${location.hash}`);
  }

  #toggle(id: string): void {
    const { choice, loaded } = this;
    if (choice === null || loaded === null) return;
    const shown = new Set(choice.shown);
    if (!shown.delete(id)) shown.add(id);
    this.#show((each) => shown.has(each));
  }

  /** Shows the series that a test keeps, in the order of the whole; never none. */
  #show(keep: (id: string) => boolean): void {
    const shown = (this.loaded?.whole.series ?? []).map(({ id }) => id).filter(keep);
    if (shown.length > 0) void this.#choose({ shown });
    else this.requestUpdate();
  }

  #play(): void {
    window.clearInterval(this.#clock);
    this.playing = !this.playing;
    if (!this.playing) return;
    const { choice, loaded } = this;
    if (choice === null || loaded === null) return;
    const periods = periodsOf(loaded.whole).filter((period) => period >= choice.from);
    let at = periods.indexOf(choice.to);
    if (at === periods.length - 1) at = -1;
    this.#clock = window.setInterval(() => {
      at += 1;
      const to = periods[at];
      if (to !== undefined) void this.#choose({ to });
      if (at >= periods.length - 1) {
        window.clearInterval(this.#clock);
        this.playing = false;
      }
    }, beat);
  }

  protected override render() {
    const { loaded, choice } = this;
    if (loaded === null || choice === null) return nothing;
    const { whole, words } = loaded;
    const width = Math.max(280, Math.min(1200, Math.round(this.clientWidth || 820)));
    const state = arrange(whole, choice, this.other);
    return html`<div class="drawing">${unsafeHTML(drawChart(state, { width }).svg)}</div>
      <div class="explore">${this.#time(whole, choice, words)} ${this.#choices(whole, choice, words)}
        ${this.#list(whole, choice, words)}
        <p class="actions">
          <button type="button" @click=${() => this.#choose(firstChoice(whole))}>${words.start}</button>
          <button type="button" @click=${() => this.#copy(words)}>${words.link}</button>
          <button type="button" @click=${() => (document.fullscreenElement === null ? this.requestFullscreen() : document.exitFullscreen())}>${words.full}</button>
          <span class="quiet">${words.downloads}:</span>
          <button type="button" @click=${() => savePng(drawChart(state, { width: 1000, framed: true }), `${whole.id}.png`)}>PNG</button>
          <button type="button" @click=${() => saveText(drawChart(state, { width: 1000, framed: true }).svg, 'image/svg+xml', `${whole.id}.svg`)}>SVG</button>
          <button type="button" @click=${() => saveText(shownCsv(whole, choice), 'text/csv', `${whole.id}.csv`)}>CSV</button>
        </p>
        <p class="vh" role="status">${this.said}</p>
      </div>`;
  }

  async #copy(words: ExplorerWords): Promise<void> {
    await navigator.clipboard.writeText(location.href);
    this.said = words.copied;
  }

  #time(whole: Explored, choice: Choice, words: ExplorerWords): TemplateResult | typeof nothing {
    const periods = periodsOf(whole);
    if (periods.length < 2) return nothing;
    const moment = isMoment(choice.kind);
    const handle = (name: string, value: string, set: (period: string) => void) => html`<label class="handle"
        ><span>${name} <output>${value}</output></span
        ><input
          type="range"
          min="0"
          max=${periods.length - 1}
          .value=${String(periods.indexOf(value))}
          aria-valuetext=${value}
          @input=${(event: Event) => set(periods[Number(chosenOf(event))] ?? value)}
      /></label>`;
    return html`<div class="time">
      <button type="button" aria-pressed=${this.playing ? 'true' : 'false'} @click=${() => this.#play()}>${this.playing ? words.pause : words.play}</button>
      ${
        moment
          ? nothing
          : handle(words.from, choice.from, (from) => {
              void this.#choose({ from: from <= choice.to ? from : choice.to });
            })
      }
      ${handle(moment ? words.at : words.to, choice.to, (to) => {
        void this.#choose(
          moment
            ? { to, from: choice.from <= to ? choice.from : to }
            : { to: to >= choice.from ? to : choice.from },
        );
      })}
    </div>`;
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
    const overTime =
      choice.kind === 'line' ||
      choice.kind === 'multiples' ||
      choice.kind === 'slope' ||
      choice.kind === 'dumbbell';
    return html`<div class="filters">
      ${select(words.kind, kindsOf(whole), words.kinds, choice.kind, (kind) => void this.#choose({ kind }))}
      ${choice.kind === 'line' ? select(words.axis, axes, words.axes, choice.axis, (axis) => void this.#choose({ axis })) : nothing}
      ${overTime ? select(words.measure, measures, words.measures, choice.measure, (measure) => void this.#choose({ measure })) : nothing}
      ${several && choice.kind !== 'map' ? select(words.order, orders, words.orders, choice.order, (order) => void this.#choose({ order })) : nothing}
      ${
        several && choice.kind !== 'map'
          ? html`<label>${words.focus}<select @change=${(event: Event) => this.#choose({ focus: chosenOf(event) || null })}>
              <option value="" ?selected=${choice.focus === null}>${words.first}</option>
              ${whole.series.filter(({ id }) => choice.shown.includes(id)).map(({ id, name }) => html`<option value=${id} ?selected=${id === choice.focus}>${name}</option>`)}
            </select></label>`
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

  #list(whole: Explored, choice: Choice, words: ExplorerWords): TemplateResult | typeof nothing {
    if (whole.series.length < 2 || choice.kind === 'map') return nothing;
    const wanted = this.find.trim().toLowerCase();
    const offered = whole.series.filter(
      ({ name, id }) => wanted === '' || `${name} ${id}`.toLowerCase().includes(wanted),
    );
    const offeredIds = new Set(offered.map(({ id }) => id));
    return html`<fieldset class="choices">
      <legend>${words.series}</legend>
      ${
        whole.series.length < 9
          ? nothing
          : html`<div class="filters">
              <label>${words.find}<input type="search" .value=${this.find} @input=${(event: Event) => {
                this.find = chosenOf(event);
              }} /></label>
              <button type="button" @click=${() => this.#show((id) => offeredIds.has(id) || choice.shown.includes(id))}>${words.all}</button>
              <button type="button" @click=${() => this.#show((id) => id === whole.series[0]?.id)}>${words.none}</button>
            </div>`
      }
      <div class="list">${offered
        .slice(0, mostBoxes)
        .map(
          ({ id, name }) =>
            html`<label><input type="checkbox" .checked=${choice.shown.includes(id)} @change=${() => this.#toggle(id)} />${name}</label>`,
        )}${offered.length > mostBoxes ? html`<span class="quiet">… ${offered.length - mostBoxes}</span>` : nothing}</div>
    </fieldset>`;
  }
}

function chosenOf({ target }: Event): string {
  return target instanceof HTMLSelectElement || target instanceof HTMLInputElement ? target.value : '';
}
