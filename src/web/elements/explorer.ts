import { html, LitElement, nothing } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import { drawChart, type LineChart } from '../../chart/index.ts';
import { arrange, type Choice, chartKinds, periodsOf, readChoice, writeChoice } from './arrange.ts';

/** Texts of the controls, in the page's language: the server gives them with the chart. */
export interface ExplorerWords {
  readonly kind: string;
  readonly from: string;
  readonly to: string;
  readonly series: string;
  readonly find: string;
  readonly kinds: Readonly<Record<(typeof chartKinds)[number], string>>;
}

interface Loaded {
  readonly chart: LineChart;
  readonly words: ExplorerWords;
}

const prefix = '#explore?';

/**
 * `<modelcity-explorer src="…/explore.json">`: the server's chart, made live. It draws with the same code as the server
 * into its own light tree, so that the page's style sheet holds; the reader's choice stands in the address.
 */
export class Explorer extends LitElement {
  static override properties = { loaded: { state: true }, choice: { state: true }, find: { state: true } };
  declare loaded: Loaded | null;
  declare choice: Choice | null;
  declare find: string;

  constructor() {
    super();
    this.loaded = null;
    this.choice = null;
    this.find = '';
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

  async #load(): Promise<void> {
    const answer = await fetch(this.getAttribute('src') ?? '');
    if (!answer.ok) return;
    const loaded: Loaded = await answer.json();
    // The server's drawing leaves only when the live one can take its place.
    this.replaceChildren();
    this.loaded = loaded;
    this.choice = readChoice(
      location.hash.startsWith(prefix) ? location.hash.slice(prefix.length) : '',
      loaded.chart,
    );
    this.classList.add('live');
  }

  #choose(change: Partial<Choice>): void {
    if (this.choice === null) return;
    this.choice = { ...this.choice, ...change };
    history.replaceState(null, '', prefix + writeChoice(this.choice));
  }

  #toggle(at: number): void {
    const shown = this.choice?.shown ?? [];
    const next = shown.includes(at) ? shown.filter((each) => each !== at) : [...shown, at];
    if (next.length > 0) this.#choose({ shown: next.sort((a, b) => a - b) });
    else this.requestUpdate();
  }

  protected override render() {
    const { loaded, choice } = this;
    if (loaded === null || choice === null) return nothing;
    const { chart, words } = loaded;
    const periods = periodsOf(chart);
    const width = Math.max(280, Math.min(1200, Math.round(this.clientWidth || 820)));
    const { svg } = drawChart(arrange(chart, choice), { width });
    const options = (chosen: string, allowed: (period: string) => boolean) =>
      periods
        .filter(allowed)
        .map((period) => html`<option value=${period} ?selected=${period === chosen}>${period}</option>`);
    const wanted = this.find.trim().toLowerCase();
    return html`<div class="filters">
        <label>${words.kind}<select @change=${(event: Event) => this.#choose({ kind: chartKinds.find((kind) => kind === chosenOf(event)) ?? 'line' })}>
          ${chartKinds.map((kind) => html`<option value=${kind} ?selected=${kind === choice.kind}>${words.kinds[kind]}</option>`)}
        </select></label>
        ${
          periods.length < 2
            ? nothing
            : html`<label>${words.from}<select @change=${(event: Event) => this.#choose({ from: chosenOf(event) })}>${options(choice.from, (period) => period <= choice.to)}</select></label>
        <label>${words.to}<select @change=${(event: Event) => this.#choose({ to: chosenOf(event) })}>${options(choice.to, (period) => period >= choice.from)}</select></label>`
        }
        ${
          chart.series.length < 9
            ? nothing
            : html`<label>${words.find}<input type="search" .value=${this.find} @input=${(event: Event) => {
                this.find = event.target instanceof HTMLInputElement ? event.target.value : '';
              }} /></label>`
        }
      </div>
      ${
        chart.series.length < 2
          ? nothing
          : html`<fieldset class="choices"><legend>${words.series}</legend>${chart.series.map((series, at) =>
              wanted !== '' && !series.name.toLowerCase().includes(wanted)
                ? nothing
                : html`<label><input type="checkbox" .checked=${choice.shown.includes(at)} @change=${() => this.#toggle(at)} />${series.name}</label>`,
            )}</fieldset>`
      }
      <div class="drawing" aria-live="polite">${unsafeHTML(svg)}</div>`;
  }
}

function chosenOf(event: Event): string {
  return event.target instanceof HTMLSelectElement ? event.target.value : '';
}
