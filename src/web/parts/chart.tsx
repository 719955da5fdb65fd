import { raw } from 'hono/html';
import { type ChartState, drawChart } from '../../chart/index.ts';
import type { Figure } from '../../model/index.ts';
import type { PlaceView } from '../view.ts';
import { Mark } from './figure.tsx';

declare module 'hono/jsx' {
  namespace JSX {
    interface IntrinsicElements {
      'modelcity-explorer': JSX.HTMLAttributes & { readonly src: string; readonly 'data-code': string };
    }
  }
}

/** Widths at which charts are drawn: for a page, and for a phone. The style sheet shows one of them. */
const [wide, narrow] = [820, 328];

interface ChartFigureProps {
  readonly state: ChartState;
  readonly view: PlaceView;
  /** The figure whose sentence is the title: its code stands under the chart. */
  readonly figure?: Figure | null;
  readonly headless?: boolean;
  /** Where the whole of its data stands, for a chart that can be made live. */
  readonly explore?: string;
}

/** A chart with its finding above and its source below. Drawn on the server; readable without any script. */
export function ChartFigure({ state, view, figure, headless = false, explore }: ChartFigureProps) {
  const large = drawChart(state, { width: wide }).svg;
  const small = drawChart(state, { width: narrow }).svg;
  const drawing = (
    <>
      <div class="chart-wide">{raw(large)}</div>
      <div class="chart-narrow">{raw(small)}</div>
    </>
  );
  return (
    <figure>
      <figcaption>
        {headless ? null : <strong>{state.title}</strong>}
        <span class="quiet">{state.subtitle}</span>
      </figcaption>
      {explore === undefined || view.assets.explorer === null ? (
        drawing
      ) : (
        <modelcity-explorer src={explore} data-code={view.assets.explorer}>
          {drawing}
          <button type="button" class="onscreen" hidden>
            {view.t.explore}
          </button>
        </modelcity-explorer>
      )}
      <p class="under">
        <span>
          {view.t.source}: {state.source}
        </span>
        {figure == null ? null : <Mark code={figure.code} view={view} />}
      </p>
    </figure>
  );
}
