import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import { type ChartState, chartTable, drawChart } from '../../chart/index.ts';
import { colon } from '../../language/index.ts';
import {
  accountColumns,
  bandChart,
  costColumns,
  csvPieces,
  type DrawnScenario,
  drawnScenarios,
  ensembleSize,
  influenceChart,
  kayaChart,
  kayaName,
  kayaShares,
  known,
  type Lab,
  type LabPanel,
  type LabState,
  labChart,
  type labEnsemble,
  labPanels,
  materialDiagram,
  mostScenarios,
  policyYears,
  readLabState,
  scenarioName,
  scenarioText,
  shownNumber,
  uncertainOf,
  writeLabState,
} from '../../simulate/index.ts';
import { EnsembleRunner } from '../scenarios/ensemble-runner.ts';
import { labWidths } from '../scenarios/lab-widths.ts';
import {
  fieldText,
  fieldValue,
  leverText,
  shownLever,
  withAdded,
  withRemoved,
  withReset,
  withScenario,
  withValue,
} from '../scenarios/lever-form.ts';
import { liveLab } from '../scenarios/live-model.ts';
import { targetRows } from '../scenarios/targets.ts';
import { fillIn, type LabWords, powerText } from '../scenarios/words.ts';

/** States that undo goes back through. */
const mostSteps = 200;

/**
 * `<modelcity-lab>`: the server's lab, made live. The model runs in the reader's browser at every move of a lever; charts
 * are drawn by the same code, at the same widths, as on the server. The whole state stands in the address.
 */
export class ScenarioLab extends LitElement {
  static override properties = {
    state: { state: true },
    year: { state: true },
    said: { state: true },
    ensemble: { state: true },
    narrow: { state: true },
  };
  declare state: LabState | null;
  declare year: number;
  declare said: string;
  declare ensemble: ReturnType<typeof labEnsemble> | null;
  declare narrow: boolean;
  #lab: Lab | null = null;
  #runner: EnsembleRunner | null = null;
  #past: LabState[] = [];
  #future: LabState[] = [];
  /** The lever of the last step: moving it further is the same step. */
  #moving = '';
  #wait = 0;

  constructor() {
    super();
    this.state = null;
    this.year = 0;
    this.said = '';
    this.ensemble = null;
    this.narrow = false;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  /** Before the model is there the server's page stays. */
  protected override shouldUpdate(): boolean {
    return this.state !== null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const lab = liveLab();
    if (lab === null) return;
    this.#lab = lab;
    const first = readLabState(this.dataset.first ?? '', lab).state;
    const query = [location.search, location.hash].find((part) => /[?#&]s=/.test(part));
    const chosen = query === undefined ? location.search : query.replace(/^#/, '?');
    this.state = /[?&][sc]=/.test(chosen) ? readLabState(chosen, lab, first.scenarios[0]).state : first;
    const years = lab.years();
    const asked = Number(new URLSearchParams(chosen).get('y') ?? Number.NaN);
    this.year = years.includes(asked) ? asked : (years.at(-1) ?? 0);
    const screen = matchMedia('(max-width: 40rem)');
    this.narrow = screen.matches;
    screen.addEventListener('change', () => {
      this.narrow = screen.matches;
    });
    this.addEventListener('keydown', (event) => this.#key(event));
    if (this.#panel === 'uncertainty') {
      this.#runner = new EnsembleRunner(lab, this.dataset.worker ?? null, this.dataset.model ?? '');
      this.#spread();
    }
    this.replaceChildren();
    this.classList.add('live');
  }

  get #panel(): LabPanel {
    return labPanels.find((panel) => panel === this.dataset.panel) ?? 'lab';
  }

  get #language(): 'en' | 'zh' {
    return this.dataset.language === 'zh' ? 'zh' : 'en';
  }

  get #words(): LabWords {
    return JSON.parse(this.dataset.words ?? '{}');
  }

  /** Takes a state on: into the address at once, and into the past unless the same lever goes on moving. */
  #take(next: LabState, moving = ''): void {
    const { state } = this;
    if (state === null) return;
    if (moving === '' || moving !== this.#moving) {
      this.#past = [...this.#past.slice(-mostSteps), state];
      this.#future = [];
    }
    this.#moving = moving;
    this.#become(next);
  }

  #become(next: LabState): void {
    this.state = next;
    this.said = '';
    this.#remember();
    this.#spread();
  }

  /** Writes the address a little later: browsers refuse to have it written at every move. */
  #remember(): void {
    const { state } = this;
    const lab = this.#lab;
    if (state === null || lab === null) return;
    window.clearTimeout(this.#wait);
    this.#wait = window.setTimeout(() => {
      const year = this.#panel === 'materials' ? `&y=${this.year}` : '';
      const query = writeLabState(state, lab) + year;
      // A page opened from a disk may only change what follows the #.
      history.replaceState(null, '', location.protocol === 'file:' ? `#${query}` : `?${query}`);
      for (const link of document.querySelectorAll<HTMLAnchorElement>('.lab-pages a[data-carry]')) {
        const url = new URL(link.href);
        if (location.protocol === 'file:') url.hash = query;
        else url.search = query;
        link.href = url.href;
      }
    }, 150);
  }

  #spread(): void {
    const { state } = this;
    const scenario = state?.scenarios[state.at];
    if (this.#runner === null || state === null || scenario === undefined) return;
    void this.#runner.run(scenario, state.charts).then((found) => {
      if (found !== null) this.ensemble = found;
    });
  }

  #undo(): void {
    const before = this.#past.pop();
    if (before === undefined || this.state === null) return;
    this.#future.push(this.state);
    this.#moving = '';
    this.#become(before);
  }

  #redo(): void {
    const after = this.#future.pop();
    if (after === undefined || this.state === null) return;
    this.#past.push(this.state);
    this.#moving = '';
    this.#become(after);
  }

  #key(event: KeyboardEvent): void {
    const typing = event.target instanceof HTMLInputElement && event.target.type !== 'range';
    if (typing || !(event.ctrlKey || event.metaKey)) return;
    const key = event.key.toLowerCase();
    if (key === 'z' && !event.shiftKey) this.#undo();
    else if (key === 'y' || (key === 'z' && event.shiftKey)) this.#redo();
    else return;
    event.preventDefault();
  }

  async #share(): Promise<void> {
    const t = this.#words;
    try {
      await navigator.clipboard.writeText(location.href);
      this.said = t.shared;
    } catch {
      this.said = t.notShared;
    }
  }

  #save(name: string, type: string, pieces: readonly string[]): void {
    const url = URL.createObjectURL(new Blob([...pieces], { type }));
    const link = document.createElement('a');
    link.href = url;
    link.download = name;
    link.click();
    URL.revokeObjectURL(url);
  }

  protected override render() {
    const { state } = this;
    const lab = this.#lab;
    if (state === null || lab === null) return nothing;
    const drawn = drawnScenarios(lab, state.scenarios);
    return html`<div class="lab">
      ${this.#levers(lab, state, drawn)}
      <div class="lab-right">${this.#right(lab, state, drawn)}</div>
    </div>`;
  }

  #right(lab: Lab, state: LabState, drawn: readonly DrawnScenario[]) {
    switch (this.#panel) {
      case 'lab':
        return this.#charts(lab, state, drawn);
      case 'materials':
        return this.#materials(lab, state, drawn);
      case 'outcomes':
        return this.#outcomes(lab, state, drawn);
      case 'uncertainty':
        return this.#uncertainty(lab, state, drawn);
    }
  }

  #levers(lab: Lab, state: LabState, drawn: readonly DrawnScenario[]) {
    const t = this.#words;
    const language = this.#language;
    const scenario = state.scenarios[state.at];
    const one = drawn[state.at];
    if (scenario === undefined || one === undefined) return nothing;
    const phase = policyYears(lab);
    const hint =
      lab.sheet.levers.length === 0
        ? t.withoutLevers
        : phase === null
          ? ''
          : fillIn(t.leversHint, { ...phase });
    return html`<form class="lab-levers" aria-label=${t.levers} @submit=${(event: Event) => event.preventDefault()}>
      <div class="lab-scenarios">
        <ul aria-label=${t.compare}>${drawn.map(
          (each, i) =>
            html`<li><button type="button" class="lab-tab lab-tab-${i}" aria-pressed=${i === state.at} @click=${() => this.#take({ ...state, at: i })}>${scenarioName(each, language)}</button></li>`,
        )}</ul>
        <div class="lab-row">
          <button type="button" ?disabled=${state.scenarios.length >= mostScenarios} @click=${() => this.#take(withAdded(state))}>${t.add}</button>
          <button type="button" ?disabled=${state.scenarios.length < 2} @click=${() => this.#take(withRemoved(state))}>${t.remove}</button>
        </div>
      </div>
      <label class="lab-name">${t.name}<input .value=${live(scenario.name)} maxlength="60" autocomplete="off"
        @input=${(event: Event) => this.#take(withScenario(lab, state, { ...scenario, name: textOf(event) }), 'name')} /></label>
      <div class="lab-row">
        <button type="button" ?disabled=${this.#past.length === 0} @click=${() => this.#undo()}>${t.undo}</button>
        <button type="button" ?disabled=${this.#future.length === 0} @click=${() => this.#redo()}>${t.redo}</button>
        <button type="button" @click=${() => this.#take(withReset(state))}>${t.reset}</button>
      </div>
      <p class="small quiet">${hint}</p>
      ${lab.sheet.levers.map((lever) => {
        const shown = shownLever(lever, language);
        const id = `l-${lever.key}`;
        const value = scenario.values[lever.key] ?? lever.value;
        const text = fieldText(shown, value);
        const move = (event: Event) => {
          const found = fieldValue(shown, textOf(event));
          if (found !== undefined) this.#take(withValue(lab, state, lever.key, found), lever.key);
        };
        return html`<div class="lever">
          <label for=${id}>${shown.name}</label>
          <span class="lever-value"><input id="${id}-n" type="number" aria-label="${shown.name}, ${shown.unit}" min=${shown.min} max=${shown.max} step=${shown.step}
            .value=${live(text)} @change=${move} inputmode="decimal" /> ${shown.unit}</span>
          <span class="lever-slot"><input id=${id} type="range" min=${shown.min} max=${shown.max} step=${shown.step}
            .value=${live(text)} aria-valuetext=${leverText(shown, value, language)} @input=${move} /></span>
          <details><summary>${fillIn(t.range, { min: shownNumber(lever.min * shown.scale, 0, language), max: leverText(shown, lever.max, language) })}</summary>
            <p>${lever.doc[language]}</p><p class="quiet">${t.source}${colon(language)}${lever.source[language]}</p></details>
        </div>`;
      })}
      <div class="lab-row lab-out">
        <button type="button" @click=${() => this.#share()}>${t.share}</button>
        <button type="button" @click=${() => this.#save(`scenario-${lab.sheet.city}-${one.mark}.csv`, 'text/csv', [...csvPieces(one.table)])}>${t.csv}</button>
        <button type="button" @click=${() => this.#save(`scenario-${lab.sheet.city}-${one.mark}.json`, 'application/json', [scenarioJson(lab, scenario)])}>${t.json}</button>
      </div>
      <p class="lab-said" role="status">${this.said}</p>
    </form>`;
  }

  #figure(state: ChartState, wide: number = labWidths.half): TemplateResult {
    const t = this.#words;
    const { svg } = drawChart(state, { width: this.narrow ? labWidths.narrow : wide });
    return html`<figure class="lab-figure">
      <figcaption><strong>${state.title}</strong><span class="quiet">${state.subtitle}</span></figcaption>
      <div class="lab-drawing">${unsafeHTML(svg)}</div>
      <details class="small" @toggle=${() => this.requestUpdate()}><summary>${t.values}</summary>${this.#table(state)}</details>
    </figure>`;
  }

  #table(state: ChartState) {
    const { head, rows } = chartTable(state);
    return html`<section class="scroll" tabindex="0" aria-label=${state.title}><table>
      <thead><tr>${head.map((cell, i) => html`<th scope="col" class=${i === 0 ? '' : 'num'}>${cell}</th>`)}</tr></thead>
      <tbody>${rows.map(([first, ...cells]) => html`<tr><th scope="row">${first}</th>${cells.map((cell) => html`<td class="num">${cell}</td>`)}</tr>`)}</tbody>
    </table></section>`;
  }

  #charts(lab: Lab, state: LabState, drawn: readonly DrawnScenario[]) {
    const language = this.#language;
    return html`<div class="lab-charts lab-strip">${state.charts.map((column) => this.#figure(labChart(lab, column, drawn, language)))}</div>
      ${this.#choices(lab, state)}${this.#targets(lab, drawn)}`;
  }

  #choices(lab: Lab, state: LabState) {
    const t = this.#words;
    const language = this.#language;
    const choose = (at: number, event: Event) => {
      const column = event.target instanceof HTMLSelectElement ? event.target.value : '';
      this.#take({ ...state, charts: state.charts.map((each, i) => (i === at ? column : each)) });
    };
    return html`<div class="lab-choices onscreen"><fieldset><legend>${t.charts}</legend>${state.charts.map(
      (chosen, i) => html`<span><label for="c-${i}">${fillIn(t.chart, { n: i + 1 })}</label>
        <select id="c-${i}" .value=${live(chosen)} @change=${(event: Event) => choose(i, event)}>${Object.entries(
          lab.sheet.groups,
        ).map(
          ([group, title]) =>
            html`<optgroup label=${title[language]}>${lab.sheet.variables
              .filter((variable) => variable.group === group && variable.kind !== 'constant')
              .flatMap(({ elements }) => elements)
              .map(
                ({ column, name }) =>
                  html`<option value=${column} ?selected=${column === chosen}>${name[language]}</option>`,
              )}</optgroup>`,
        )}</select></span>`,
    )}</fieldset></div>`;
  }

  #targets(lab: Lab, drawn: readonly DrawnScenario[]) {
    const t = this.#words;
    const language = this.#language;
    const rows = targetRows(lab, drawn, language);
    return html`<section class="lab-targets"><h2>${t.targets}</h2>${
      rows.length === 0
        ? html`<p class="quiet">${t.noTargets}</p>`
        : html`<p class="small quiet">${t.targetsHint}</p>
      <section class="scroll" tabindex="0" aria-label=${t.targets}><table>
        <thead><tr><th scope="col">${t.target}</th><th scope="col">${t.required}</th><th scope="col">${t.baseline}</th>
          ${drawn.map((one) => html`<th scope="col">${scenarioName(one, language)}</th>`)}</tr></thead>
        <tbody>${rows.map(
          ({ name, required, line, results }) =>
            html`<tr><th scope="row">${name}<span class="small quiet lab-line">${line}</span></th><td class="keep">${required}</td>
            ${results.map(({ text, reached }) => html`<td><span class="keep">${text}</span><span class="small quiet lab-line">${reached ? t.reached : t.missed}</span></td>`)}</tr>`,
        )}</tbody></table></section>`
    }</section>`;
  }

  #materials(lab: Lab, state: LabState, drawn: readonly DrawnScenario[]) {
    const t = this.#words;
    const language = this.#language;
    const years = lab.years();
    const diagrams = [drawn[state.at] ?? null, null].map((one) =>
      materialDiagram(lab, one, this.year, language),
    );
    const move = (event: Event) => {
      this.year = Number(textOf(event));
      this.#remember();
    };
    return html`<div class="lab-year onscreen"><label for="lab-year">${t.flowsYear}</label>
        <input id="lab-year" type="range" min=${years[0] ?? 0} max=${years.at(-1) ?? 0} step="1" .value=${live(String(this.year))} @input=${move} />
        <output for="lab-year">${this.year}</output></div>
      ${diagrams.map((diagram) =>
        diagram === null
          ? nothing
          : html`${this.#figure(diagram.chart, labWidths.whole)}<p class="small quiet">${fillIn(diagram.residual <= 1e-9 ? t.balanced : t.unbalanced, { r: powerText(diagram.residual) })}</p>`,
      )}`;
  }

  #outcomes(lab: Lab, state: LabState, drawn: readonly DrawnScenario[]) {
    const t = this.#words;
    const language = this.#language;
    const one = drawn[state.at] ?? null;
    const charts = (columns: readonly string[]) =>
      html`<div class="lab-charts">${known(lab, columns).map((column) => this.#figure(labChart(lab, column, drawn, language)))}</div>`;
    const kaya = [kayaChart(lab, one, language), kayaChart(lab, null, language)];
    const years = lab.years();
    const [from, to] = [years[0] ?? 0, years.at(-1) ?? 0];
    const shares = [lab.baseline, ...(one === null ? [] : [one.table])].map((table) =>
      kayaShares(lab, table, to),
    );
    const cell = (points: number) => html`<td class="num">${shownNumber(points, 1, language, true)}</td>`;
    return html`<h2>${t.kaya}</h2>
      <div class="lab-charts">${kaya.map((chart) => (chart === null ? nothing : this.#figure(chart)))}</div>
      <section class="scroll" tabindex="0" aria-label=${t.kaya}><table class="narrow">
        <caption>${fillIn(t.kayaTable, { from, to })}${language === 'zh' ? '。' : '. '}${t.kayaHint}</caption>
        <thead><tr><th scope="col">${t.variable}</th><th scope="col" class="num">${t.baseline}</th>${one === null ? nothing : html`<th scope="col" class="num">${scenarioName(one, language)}</th>`}</tr></thead>
        <tbody>${[0, 1, 2, 3].map((index) => html`<tr><th scope="row">${kayaName(index, language)}</th>${shares.map((each) => cell(each[index]?.points ?? Number.NaN))}</tr>`)}
        <tr class="group"><th scope="row">${t.sum}</th>${shares.map((each) => cell(each.reduce((sum, { points }) => sum + points, 0)))}</tr></tbody></table></section>
      <h2>${t.cost}</h2><p class="small quiet">${t.costHint}</p>${charts(costColumns)}
      <h2>${t.accounts}</h2>${charts(accountColumns)}`;
  }

  #uncertainty(lab: Lab, state: LabState, drawn: readonly DrawnScenario[]) {
    const t = this.#words;
    const language = this.#language;
    const one = drawn[state.at];
    const { ensemble } = this;
    if (one === undefined) return nothing;
    if (ensemble === null)
      return html`<p role="status">${fillIn(t.computing, { n: ensembleSize })}</p>
        <div class="lab-charts">${state.charts.map((column) => this.#figure(labChart(lab, column, [one], language)))}</div>`;
    const uncertain = uncertainOf(lab);
    const columns = state.charts.filter((column) => ensemble.columns.includes(column));
    return html`<p class="small">${t.bandsTold.replace('{seed}', String(one.scenario.seed))}</p>
      <p class="small quiet">${t.bandKey}</p>
      <div class="lab-charts">${columns.map((column) => this.#figure(bandChart(lab, column, one, ensemble, language)))}</div>
      <h2>${t.sensitivity}</h2>
      <div class="lab-charts">${columns.map((column) => this.#figure(influenceChart(lab, column, ensemble, uncertain, language)))}</div>`;
  }
}

function textOf(event: Event): string {
  return event.target instanceof HTMLInputElement ? event.target.value : '';
}

/** A scenario as a file: the same that its address holds, to be read by people. */
function scenarioJson(lab: Lab, { name, seed, values }: LabState['scenarios'][number]): string {
  const { hash, engine, city } = lab.sheet;
  const address = scenarioText(lab, { name, seed, values });
  return `${JSON.stringify({ version: 1, city, model: hash, engine, seed, name, values, address }, null, 2)}\n`;
}
