import { html, nothing, type TemplateResult } from 'lit';
import { type ChartState, chartTable } from '../../chart/index.ts';
import { fill } from '../words.ts';
import { changeTable } from './change-table.ts';
import type { Choice } from './choice.ts';
import type { Explored } from './explored.ts';
import type { ExplorerWords } from './words.ts';

/** What the drawing shows, as a table: for who does not see it, and for the digits. */
export function valuesTable(state: ChartState): TemplateResult {
  const { head, rows } = chartTable(state);
  return html`<section class="scroll" tabindex="0" aria-label=${state.title}>
    <table>
      <caption>${state.subtitle}</caption>
      <thead><tr>${head.map((cell, at) => html`<th scope="col" class=${at === 0 ? '' : 'num'}>${cell}</th>`)}</tr></thead>
      <tbody>${rows.map(([first, ...cells]) => html`<tr><th scope="row">${first}</th>${cells.map((cell) => html`<td class="num">${cell}</td>`)}</tr>`)}</tbody>
    </table>
  </section>`;
}

/** How far each has come; a press on a column puts the rows, and the chart, in its order. */
export function changesTable(
  whole: Explored,
  choice: Choice,
  words: ExplorerWords,
  sortBy: (order: Choice['order']) => void,
): TemplateResult | typeof nothing {
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
                : html`<button type="button" class="sort" title=${fill(words.sortBy, { column: name })} @click=${() => sortBy(order === choice.order ? 'given' : order)}>${name}<span aria-hidden="true">${order === choice.order ? (order === 'name' ? ' ↑' : ' ↓') : ''}</span></button>`
            }</th>`,
        )}</tr></thead>
        <tbody>${table.rows.map(([first, ...cells]) => html`<tr><th scope="row">${first}</th>${cells.map((cell) => html`<td class="num">${cell}</td>`)}</tr>`)}</tbody>
      </table>
    </section>
  </details>`;
}
