import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import { type ChartState, chartTable, drawChart } from '../../chart/index.ts';
import { labelled } from '../../language/index.ts';
import { fill } from '../words.ts';
import { arrange } from './arrange.ts';
import { changeTable } from './change-table.ts';
import {
  axes,
  type Choice,
  firstChoice,
  firstShown,
  intervals,
  isMoment,
  kindsOf,
  measuresOf,
  orders,
  readChoice,
  writeChoice,
} from './choice.ts';
import { type Explored, periodsOf } from './explored.ts';
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
  };
  declare loaded: Loaded | null;
  declare choice: Choice | null;
  declare other: Explored | null;
  declare find: string;
  declare among: string | null;
  declare tabled: boolean;
  declare playing: boolean;
  declare said: string;
  #clock = 0;

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
    this.replaceChildren();
    this.loaded = loaded;
    this.other = other;
    this.choice = choice;
    this.classList.add('live');
    if (!wasInside) return;
    await this.updateComplete;
    this.querySelector<HTMLElement>('.explore button, .explore select')?.focus();
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
    const state = arrange(whole, choice, this.other);
    return html`<div class="drawing">${unsafeHTML(drawChart(state, { width }).svg)}</div>
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
          ${this.tabled ? tableOf(state) : nothing}
        </details>
        ${this.#changes(whole, choice, words)}
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

  /** How far each has come; a press on a column puts the rows, and the chart, in its order. */
  #changes(whole: Explored, choice: Choice, words: ExplorerWords): TemplateResult | typeof nothing {
    const table = changeTable(whole, choice);
    if (table === null) return nothing;
    return html`<details class="small">
      <summary>${table.title}</summary>
      <section class="scroll" tabindex="0" aria-label=${table.title}>
        <table class="narrow">
          <thead><tr>${table.head.map(
            ({ name, order }, at) =>
              html`<th scope="col" class=${at === 0 ? '' : 'num'} aria-sort=${order !== null && order === choice.order ? (order === 'name' ? 'ascending' : 'descending') : nothing}>${
                order === null
                  ? name
                  : html`<button type="button" class="sort" title=${fill(words.sortBy, { column: name })} @click=${() => this.#choose({ order: order === choice.order ? 'given' : order })}>${name}<span aria-hidden="true">${order === choice.order ? (order === 'name' ? ' ↑' : ' ↓') : ''}</span></button>`
              }</th>`,
          )}</tr></thead>
          <tbody>${table.rows.map(([first, ...cells]) => html`<tr><th scope="row">${first}</th>${cells.map((cell) => html`<td class="num">${cell}</td>`)}</tr>`)}</tbody>
        </table>
      </section>
    </details>`;
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
          ? html`<label>${words.focus}<select @change=${(event: Event) => this.#choose({ focus: chosenOf(event) || null })}>
              <option value="" ?selected=${choice.focus === null}>${choice.kind === 'map' ? words.nothing : words.first}</option>
              ${whole.series.filter(({ id, group }) => (choice.kind === 'map' ? group === choice.group : choice.shown.includes(id))).map(({ id, name }) => html`<option value=${id} ?selected=${id === choice.focus}>${name}</option>`)}
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
}

/** Whether the reader's system asks for no motion. */
function stillWanted(): boolean {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches;
}

/** What the drawing shows, as a table: for who does not see it, and for the digits. */
function tableOf(state: ChartState): TemplateResult {
  const { head, rows } = chartTable(state);
  return html`<section class="scroll" tabindex="0" aria-label=${state.title}>
    <table>
      <caption>${state.subtitle}</caption>
      <thead><tr>${head.map((cell, at) => html`<th scope="col" class=${at === 0 ? '' : 'num'}>${cell}</th>`)}</tr></thead>
      <tbody>${rows.map(([first, ...cells]) => html`<tr><th scope="row">${first}</th>${cells.map((cell) => html`<td class="num">${cell}</td>`)}</tr>`)}</tbody>
    </table>
  </section>`;
}

function chosenOf({ target }: Event): string {
  return target instanceof HTMLSelectElement || target instanceof HTMLInputElement ? target.value : '';
}
