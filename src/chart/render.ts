import { drawBar } from './bar.ts';
import { describeChart } from './describe.ts';
import { drawDumbbell } from './dumbbell.ts';
import { families, ink } from './ink.ts';
import { drawLine } from './line.ts';
import { hatch } from './marks.ts';
import { drawMultiples } from './multiples.ts';
import { drawProjection } from './projection.ts';
import { drawRegions } from './regions.ts';
import { drawSankey } from './sankey.ts';
import { drawScatter } from './scatter.ts';
import { drawSlope } from './slope.ts';
import { drawStacked } from './stacked.ts';
import type { ChartOptions, ChartState, Drawing } from './state.ts';
import { contentId, element, escapeXml } from './svg.ts';
import { text, wrap } from './text.ts';
import { drawTiles } from './tiles.ts';
import { words } from './words.ts';

/**
 * Draws a chart as an SVG element. Same state and width → same bytes, everywhere. The text inside needs no style
 * sheet; classes (`c-…`) let a page restate the colours.
 */
export function drawChart(state: ChartState, { width, framed = false }: ChartOptions): Drawing {
  const inner = Math.max(280, Math.round(width)) - (framed ? 32 : 0);
  const id = contentId(`${width} ${framed} ${JSON.stringify(state)}`);
  const { body, height } = draw(state, inner, `${id}h`);
  const hatched = body.includes(`url(#${id}h)`) ? hatch(`${id}h`) : '';
  const frame = framed ? frameAround(state, inner, height) : { above: '', below: '', top: 0, bottom: 0 };
  const side = framed ? 16 : 0;
  const whole = { width: inner + 2 * side, height: Math.ceil(height + frame.top + frame.bottom) };
  const drawing = framed ? element('g', { transform: `translate(${side},${frame.top})` }, body) : body;
  const svg = element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${whole.width} ${whole.height}`,
      width: whole.width,
      height: whole.height,
      class: `chart chart-${state.kind}`,
      role: 'img',
      'aria-labelledby': `${id}t ${id}d`,
      lang: state.language === 'zh' ? 'zh-Hans' : 'en',
      'font-family': families,
    },
    element('title', { id: `${id}t` }, escapeXml(state.title)),
    element('desc', { id: `${id}d` }, escapeXml(describeChart(state))),
    hatched,
    framed
      ? element('rect', { width: whole.width, height: whole.height, class: 'c-paper', fill: ink.paper })
      : '',
    frame.above,
    drawing,
    frame.below,
  );
  return { svg, ...whole };
}

function draw(
  state: ChartState,
  width: number,
  hatchId: string,
): { readonly body: string; readonly height: number } {
  switch (state.kind) {
    case 'line':
      return drawLine(state, width, hatchId);
    case 'bar':
      return drawBar(state, width, hatchId);
    case 'slope':
      return drawSlope(state, width);
    case 'dumbbell':
      return drawDumbbell(state, width);
    case 'multiples':
      return drawMultiples(state, width, hatchId);
    case 'tiles':
      return drawTiles(state, width, hatchId);
    case 'map':
      return drawRegions(state, width, hatchId);
    case 'stacked':
      return drawStacked(state, width, hatchId);
    case 'scatter':
      return drawScatter(state, width);
    case 'sankey':
      return drawSankey(state, width);
    case 'projection':
      return drawProjection(state, width);
  }
}

/** Title, subtitle and source around a drawing that leaves the page. */
function frameAround(
  state: ChartState,
  inner: number,
  height: number,
): { readonly above: string; readonly below: string; readonly top: number; readonly bottom: number } {
  const told = words[state.language];
  let y = 12;
  const above: string[] = [];
  for (const row of wrap(state.title, inner, 18, true)) {
    y += 22;
    above.push(text(row, 16, y, { size: 18, weight: 600, class: 'c-label', fill: ink.ink }));
  }
  for (const row of wrap(state.subtitle, inner, 14)) {
    y += 20;
    above.push(text(row, 16, y, { size: 14, class: 'c-tick', fill: ink.quiet }));
  }
  const top = y + 16;
  const below: string[] = [];
  let foot = top + height + 6;
  const source = `${told.source}${state.source}${state.code === undefined ? '' : `  F·${state.code}`}`;
  for (const row of wrap(source, inner, 12)) {
    foot += 17;
    below.push(text(row, 16, foot, { size: 12, class: 'c-tick', fill: ink.quiet }));
  }
  return { above: above.join(''), below: below.join(''), top, bottom: foot - top - height + 14 };
}
