import type { Language } from '../model/index.ts';
import { ink, steps, tickText } from './ink.ts';
import { linearScale, tickLabel } from './scale.ts';
import type { ChartValue } from './state.ts';
import { element } from './svg.ts';
import { text, textWidth } from './text.ts';
import { words } from './words.ts';

/** Values in classes of equal width with round bounds, from the lowest to the highest: at most five. */
export interface Classes {
  readonly bounds: readonly number[];
  readonly step: number;
  /** The shade of a value, 0 to 4. */
  readonly shadeOf: (value: number) => number;
  readonly shades: readonly number[];
}

export function classesOf(values: readonly number[]): Classes {
  const scale = linearScale(values, [0, 1], { zero: 'never', count: 4 });
  let bounds = scale.ticks;
  while (bounds.length - 1 > steps.length) bounds = everySecond(bounds);
  const count = Math.max(1, bounds.length - 1);
  const shade = (index: number): number =>
    count === 1 ? 2 : Math.round((index / (count - 1)) * (steps.length - 1));
  return {
    bounds,
    step: scale.step,
    shades: Array.from({ length: count }, (_, index) => shade(index)),
    shadeOf: (value) =>
      shade(Math.min(bounds.slice(1, -1).filter((bound) => value >= bound).length, steps.length - 1)),
  };
}

/** Classes twice as wide over the same values: where the last bound would be left out, one more stands beyond it. */
function everySecond(bounds: readonly number[]): readonly number[] {
  const kept = bounds.filter((_, at) => at % 2 === 0);
  if (bounds.length % 2 === 1) return kept;
  const [before = 0, last = 0] = kept.slice(-2);
  return [...kept, Number((last + (last - before)).toPrecision(12))];
}

/** The key under a map: a square and its bounds for each class, and a hatched one where values are missing. */
export function classKey(
  values: readonly ChartValue[],
  { bounds, step, shades }: Classes,
  at: { readonly top: number; readonly width: number; readonly hatchId: string; readonly language: Language },
): { readonly body: string; readonly height: number } {
  const told = words[at.language];
  let x = 0;
  let y = at.top;
  const key: string[] = [];
  const put = (fill: string, name: string, label: string): void => {
    const wide = 14 + 6 + textWidth(label, 12) + 18;
    if (x + wide > at.width && x > 0) {
      x = 0;
      y += 22;
    }
    key.push(
      element('rect', { x: x + 0.5, y: y - 11, width: 14, height: 14, class: name, fill, stroke: ink.rule }),
      text(label, x + 20, y, tickText),
    );
    x += wide;
  };
  if (values.some(({ value }) => value !== null))
    shades.forEach((shade, index) => {
      const [low, high] = [bounds[index] ?? 0, bounds[index + 1] ?? 0];
      const scale = { step, low: bounds[0] ?? 0, high: bounds.at(-1) ?? 0 };
      const label = `${tickLabel(low, scale, at.language)}–${tickLabel(high, scale, at.language)}`;
      put(steps[shade] ?? ink.paper, `c-step-${shade}`, label);
    });
  if (values.some(({ value }) => value === null)) put(`url(#${at.hatchId})`, 'c-missing', told.missing);
  return { body: key.join(''), height: y + 12 };
}
