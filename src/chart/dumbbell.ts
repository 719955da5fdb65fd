import { periodText } from '../language/index.ts';
import { axisLabels, nameColumn } from './bar.ts';
import { ink, labelText, roleColour, tickText } from './ink.ts';
import { diamond, dot, line, whisker } from './marks.ts';
import { linearScale } from './scale.ts';
import type { DumbbellChart } from './state.ts';
import { element } from './svg.ts';
import { cut, text, textWidth } from './text.ts';
import { valueText, words } from './words.ts';

/** One row a place or group: a grey dot where it began, a coloured one where it stands. */
export function drawDumbbell(
  state: DumbbellChart,
  width: number,
): { readonly body: string; readonly height: number } {
  const told = words[state.language];
  const values = state.pairs.flatMap(({ from, to, target }) =>
    [from.value, to.value, to.interval?.low, to.interval?.high, target?.value].flatMap((value) =>
      value == null ? [] : [Number(value)],
    ),
  );
  const [began, stands] = [state.from, state.to].map((period) => periodText(period, state.language));
  if (values.length === 0) return { body: text(told.noValues, 0, 24, { ...tickText, size: 14 }), height: 40 };
  const { left, above, lines } = nameColumn(
    state.pairs.map(({ name }) => name),
    width,
  );
  const side =
    Math.max(
      ...state.pairs.flatMap(({ from, to }) => [
        textWidth(from.label, labelText.size, true),
        textWidth(to.label, labelText.size, true),
      ]),
    ) + 12;
  const scale = linearScale(values, [left + side, width - side], {
    zero: 'when-near',
    count: Math.max(2, Math.floor((width - left - 2 * side) / 90)),
  });
  const parts: string[] = [];
  let y = 28;
  const first = y;
  state.pairs.forEach(({ name, role, from, to, target }, at) => {
    const names = lines[at] ?? [];
    const block = above ? names.length * 16 + 26 : Math.max(26, names.length * 16 + 8);
    const middle = above ? y + names.length * 16 + 12 : y + block / 2;
    names.forEach((each, row) => {
      const base = above ? y + 12 : middle - (names.length * 16) / 2 + 12.5;
      parts.push(
        text(each, above ? 0 : left - 10, base + row * 16, {
          ...labelText,
          halo: false,
          anchor: above ? 'start' : 'end',
        }),
      );
    });
    const [x1, x2] = [from, to].map(({ value }) => (value === null ? null : scale.at(Number(value))));
    if (typeof x1 === 'number' && typeof x2 === 'number')
      parts.push(
        element('line', {
          x1,
          x2,
          y1: middle,
          y2: middle,
          class: `c-line c-stroke-${role}`,
          stroke: roleColour(role),
          'stroke-width': 2.5,
        }),
      );
    // A label stands beyond whatever is drawn on its side of the dot.
    const beyond = (
      from: number,
      way: 1 | -1,
      ends: readonly (string | undefined)[],
      mark: string | undefined,
    ): number => {
      const reach = Math.max(
        way * from,
        ...ends.flatMap((end) => (end === undefined ? [] : [way * scale.at(Number(end))])),
      );
      const at = mark === undefined ? Number.NEGATIVE_INFINITY : way * scale.at(Number(mark));
      // A target that would stand in the label pushes it aside; `side` is the room of the widest.
      return way * (at > reach - 6 && at < reach + side + 12 ? at + 16 : reach + 10);
    };
    if (typeof x1 === 'number') {
      const leftward = typeof x2 !== 'number' || x1 <= x2;
      parts.push(
        dot(
          x1,
          middle,
          'context',
          from,
          `${name}${told.comma}${began}${told.colon}${valueText(from, state.language)}`,
        ),
        text(
          from.label,
          beyond(
            x1,
            leftward ? -1 : 1,
            typeof x2 === 'number' ? [to.interval?.low, to.interval?.high] : [],
            target?.value,
          ),
          middle + 4.5,
          {
            ...labelText,
            class: 'c-text-context',
            fill: ink.quiet,
            anchor: leftward ? 'end' : 'start',
          },
        ),
      );
    }
    if (typeof x2 === 'number') {
      const rightward = typeof x1 !== 'number' || x1 <= x2;
      parts.push(
        ...(to.interval === undefined
          ? []
          : [
              whisker(
                scale.at(Number(to.interval.low)),
                scale.at(Number(to.interval.high)),
                middle,
                'ink',
                'along',
              ),
            ]),
        dot(
          x2,
          middle,
          role,
          to,
          `${name}${told.comma}${stands}${told.colon}${valueText(to, state.language)}`,
          5,
        ),
        text(
          to.label,
          beyond(x2, rightward ? 1 : -1, [to.interval?.low, to.interval?.high], target?.value),
          middle + 4.5,
          {
            ...labelText,
            class: `c-text-${role}`,
            fill: role === 'context' ? ink.ink : roleColour(role),
            weight: 600,
            anchor: rightward ? 'start' : 'end',
          },
        ),
      );
    }
    if (target !== undefined)
      parts.push(
        diamond(scale.at(Number(target.value)), middle, role, `${name}${told.colon}${target.label}`),
      );
    if (x1 === null && x2 === null)
      parts.push(
        text(
          cut(to.reason ?? told.missing, width - left - 8, tickText.size),
          left + 8,
          middle + 4.5,
          tickText,
        ),
      );
    y += block;
  });
  const grid = scale.ticks.map((value) => line(scale.at(value), first, scale.at(value), y, 'grid'));
  const axis = axisLabels(scale, y + 17, width, state.language);
  const key =
    element('circle', { cx: left + 6, cy: 10, r: 4, class: 'c-fill-context', fill: ink.context }) +
    text(began ?? '', left + 15, 14, tickText) +
    element('circle', {
      cx: left + 32 + textWidth(began ?? '', 12),
      cy: 10,
      r: 5,
      class: 'c-fill-focus',
      fill: ink.focus,
    }) +
    text(stands ?? '', left + 42 + textWidth(began ?? '', 12), 14, tickText);
  return { body: [...grid, key, ...parts, ...axis].join(''), height: Math.ceil(y + 26) };
}
