import { raw } from 'hono/html';
import { type ChartState, drawChart } from '../../chart/index.ts';
import { labelled } from '../../language/index.ts';
import type { Figure } from '../../model/index.ts';
import type { PlaceView } from '../view.ts';
import { Mark } from './figure.tsx';

/** Widths at which charts are drawn: for a page, and for a phone. The style sheet shows one of them. */
const [wide, narrow] = [820, 328];

interface ChartFigureProps {
  readonly state: ChartState;
  readonly view: PlaceView;
  /** The figure whose sentence is the title: its code stands under the chart. */
  readonly figure?: Figure | null;
  readonly headless?: boolean;
}

/** A chart with its finding above and its source below. Drawn on the server; readable without any script. */
export function ChartFigure({ state, view, figure, headless = false }: ChartFigureProps) {
  return (
    <figure>
      <figcaption>
        {headless ? null : <strong>{state.title}</strong>}
        <span class="quiet">{state.subtitle}</span>
      </figcaption>
      <ChartDrawing state={state} />
      <p class="under">
        <span>
          {labelled(view.t.source, view.language)}
          {state.source}
        </span>
        {figure == null ? null : <Mark figure={figure} view={view} />}
      </p>
    </figure>
  );
}

/** Drawings of charts that are kept themselves. */
const drawn = new WeakMap<ChartState, string>();

/** The drawing alone, for a page and for a phone: the style sheet shows one of them. */
export function ChartDrawing({ state }: { readonly state: ChartState }) {
  const known = drawn.get(state);
  if (known !== undefined) return raw(known);
  const text = `<div class="chart-wide">${drawChart(state, { width: wide }).svg}</div><div class="chart-narrow">${drawChart(state, { width: narrow }).svg}</div>`;
  drawn.set(state, text);
  return raw(text);
}
