import { classesOf, classKey } from './classes.ts';
import { ink, labelText, steps } from './ink.ts';
import type { TileMap } from './state.ts';
import { element, escapeXml } from './svg.ts';
import { cut, text } from './text.ts';
import { valueText, words } from './words.ts';

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
  const classes = classesOf(values);
  const offset = Math.max(0, (width - columns * (side + gap) + gap) / 2);
  const tiles = state.tiles.map((tile) => {
    const [x, y] = [offset + tile.column * (side + gap), tile.row * (side + gap)];
    const level = tile.value === null ? null : classes.shadeOf(Number(tile.value));
    const inset = side < 60 ? 5 : 8;
    const dark = level !== null && level >= 3;
    const style = {
      ...labelText,
      halo: false,
      size: side < 60 ? 10.5 : 13,
      class: level === null ? 'c-label' : dark ? 'c-on-dark' : 'c-on-light',
      fill: dark ? '#ffffff' : ink.ink,
    };
    const tip = `${tile.name}${told.colon}${valueText(tile, state.language)}`;
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
      (tile.role !== 'focus'
        ? ''
        : element('rect', {
            x: x + 1.5,
            y: y + 1.5,
            width: side - 3,
            height: side - 3,
            class: 'c-chosen c-pass',
            stroke: ink.ink,
            'stroke-width': 3,
            fill: 'none',
          })) +
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
  const key = classKey(state.tiles, classes, {
    top: rows * (side + gap) + 22,
    width,
    hatchId,
    language: state.language,
  });
  return { body: tiles.join('') + key.body, height: key.height };
}
