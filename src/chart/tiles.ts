import { ink, labelText, steps, tickText } from './ink.ts';
import { linearScale, tickLabel } from './scale.ts';
import type { TileMap } from './state.ts';
import { element, escapeXml } from './svg.ts';
import { cut, text, textWidth } from './text.ts';
import { words } from './words.ts';

/** Classes of equal width with round bounds, from the lowest to the highest value: at most five. */
function classBounds(values: readonly number[]): {
  readonly bounds: readonly number[];
  readonly step: number;
} {
  const scale = linearScale(values, [0, 1], { zero: 'when-near', count: 4 });
  let ticks = scale.ticks;
  while (ticks.length - 1 > steps.length) ticks = ticks.filter((_, at) => at % 2 === 0);
  return { bounds: ticks, step: scale.step };
}

/** Districts as squares; the class of each is told by its shade, its value is printed, a missing one is hatched. */
export function drawTiles(
  state: TileMap,
  width: number,
  hatchId: string,
): { readonly body: string; readonly height: number } {
  const told = words[state.language];
  const columns = 1 + Math.max(0, ...state.tiles.map(({ column }) => column));
  const rows = 1 + Math.max(0, ...state.tiles.map(({ row }) => row));
  const gap = 4;
  const side = Math.min(104, Math.floor((width - gap * (columns - 1)) / columns));
  const values = state.tiles.flatMap(({ value }) => (value === null ? [] : [Number(value)]));
  const { bounds, step } = classBounds(values);
  const classOf = (value: number): number => {
    const above = bounds.slice(1, -1).filter((bound) => value >= bound).length;
    return Math.min(above, steps.length - 1);
  };
  const shades = Math.max(1, bounds.length - 1);
  const shade = (index: number): number =>
    shades === 1 ? 2 : Math.round((index / (shades - 1)) * (steps.length - 1));
  const offset = Math.max(0, (width - columns * (side + gap) + gap) / 2);
  const tiles = state.tiles.map((tile) => {
    const [x, y] = [offset + tile.column * (side + gap), tile.row * (side + gap)];
    const level = tile.value === null ? null : shade(classOf(Number(tile.value)));
    const inset = side < 60 ? 5 : 8;
    const dark = level !== null && level >= 3;
    const style = {
      ...labelText,
      halo: false,
      size: side < 60 ? 10.5 : 13,
      class: level === null ? 'c-label' : dark ? 'c-on-dark' : 'c-on-light',
      fill: dark ? '#ffffff' : ink.ink,
    };
    const tip = `${tile.name}${told.colon}${tile.value === null ? (tile.reason ?? told.missing) : tile.label}`;
    return (
      element(
        'rect',
        {
          x,
          y,
          width: side,
          height: side,
          class: level === null ? 'c-missing' : `c-step-${level}`,
          fill: level === null ? `url(#${hatchId})` : steps[level],
          stroke: level === null ? ink.axis : undefined,
        },
        element('title', {}, escapeXml(tip)),
      ) +
      text(cut(tile.name, side - inset - 3, style.size), x + inset, y + 18, style) +
      (tile.value === null
        ? ''
        : text(cut(tile.label, side - inset - 3, side < 60 ? 12 : 16), x + inset, y + side - 9, {
            ...style,
            size: side < 60 ? 12 : 16,
            weight: 600,
          }))
    );
  });
  const base = rows * (side + gap) + 22;
  let x = 0;
  let y = base;
  const key: string[] = [];
  const put = (fill: string, name: string, label: string): void => {
    const wide = 14 + 6 + textWidth(label, 12) + 18;
    if (x + wide > width && x > 0) {
      x = 0;
      y += 22;
    }
    key.push(
      element('rect', { x: x + 0.5, y: y - 11, width: 14, height: 14, class: name, fill, stroke: ink.rule }),
      text(label, x + 20, y, tickText),
    );
    x += wide;
  };
  if (values.length > 0)
    for (let at = 0; at < shades; at++) {
      const [low, high] = [bounds[at] ?? 0, bounds[at + 1] ?? 0];
      const label = `${tickLabel(low, step, state.language)}–${tickLabel(high, step, state.language)}`;
      put(steps[shade(at)] ?? ink.paper, `c-step-${shade(at)}`, label);
    }
  if (values.length < state.tiles.length) put(`url(#${hatchId})`, 'c-missing', told.missing);
  return { body: [...tiles, ...key].join(''), height: y + 12 };
}
