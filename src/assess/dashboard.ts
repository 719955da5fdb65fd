import type { Finding } from '../model/index.ts';
import type { Bounds } from './bounds.ts';
import type { Indicator } from './indicator.ts';
import type { Colour } from './result.ts';

/** The four marks of a dashboard scale, turned so that more is better. */
export interface Marks {
  /** 1 or -1: what a value is multiplied by to be turned. */
  readonly sense: 1 | -1;
  readonly worst: number;
  readonly red: number;
  readonly middle: number;
  readonly green: number;
  readonly best: number;
}

/** The marks of an indicator, or null when it has no colour thresholds or they contradict its direction (with a finding). */
export function marksOf(indicator: Indicator, bounds: Bounds, findings: Finding[]): Marks | null {
  const { green, red, yellow, code, where } = indicator;
  if (green === null || red === null) return null;
  const sense = bounds.best > bounds.worst ? 1 : -1;
  if (sense * green <= sense * red) {
    findings.push({
      rule: 'thresholds.against-direction',
      severity: 'warning',
      where,
      what: `the green threshold of '${code}' (${green}) is not better than its red one (${red}); it gets no colour`,
      why: 'its bounds say which side is better',
      mend: 'correct the thresholds or the bounds',
    });
    return null;
  }
  return {
    sense,
    worst: sense * bounds.worst,
    red: sense * red,
    middle: sense * (yellow ?? (green + red) / 2),
    green: sense * green,
    best: sense * bounds.best,
  };
}

/** Colour of a value. Each threshold belongs to the better side. */
export function colourOf(value: number, marks: Marks): Colour {
  const turned = value * marks.sense;
  if (turned >= marks.green) return 'green';
  if (turned >= marks.middle) return 'yellow';
  return turned >= marks.red ? 'orange' : 'red';
}

/** Position on the scale 0 (worst), 1 (red), 2 (green), 3 (best), piecewise linear and held within it. */
function position(value: number, { sense, worst, red, green, best }: Marks): number {
  const turned = value * sense;
  if (turned >= green) return best > green ? Math.min(2 + (turned - green) / (best - green), 3) : 3;
  if (turned >= red) return 1 + (turned - red) / (green - red);
  return red > worst ? Math.max((turned - worst) / (red - worst), 0) : 0;
}

/** A value with the marks of its indicator. */
export interface Marked {
  readonly value: number;
  readonly marks: Marks;
}

/**
 * Colour of a goal (SDG Index 2019): the mean position of the two worst indicators; green only if both are green, red
 * only if both are red; one available indicator decides alone; grey when fewer than half of them are available.
 */
export function goalColour(available: readonly Marked[], applicable: number): Colour | null {
  if (applicable === 0) return null;
  if (available.length * 2 < applicable || available.length === 0) return 'grey';
  const worst = available
    .map(({ value, marks }) => ({ at: position(value, marks), colour: colourOf(value, marks) }))
    .sort((a, b) => a.at - b.at)
    .slice(0, 2);
  const [first, second] = worst;
  if (first === undefined) return 'grey';
  if (second === undefined) return first.colour;
  const at = (first.at + second.at) / 2;
  if (at >= 2) return first.colour === 'green' && second.colour === 'green' ? 'green' : 'yellow';
  if (at >= 1.5) return 'yellow';
  if (at >= 1) return 'orange';
  return first.colour === 'red' && second.colour === 'red' ? 'red' : 'orange';
}

const steps: readonly Colour[] = ['red', 'orange', 'yellow', 'green'];

/**
 * Colour of a goal as the US states edition of 2018 gives it: the mean of the colours (red 0 … green 3) rounded half up;
 * red as soon as a third of the indicators are red.
 */
export function goalColourOfStates(colours: readonly Colour[]): Colour | null {
  if (colours.length === 0) return null;
  const reds = colours.filter((colour) => colour === 'red').length;
  if (reds * 3 >= colours.length) return 'red';
  const sum = colours.reduce((total, colour) => total + steps.indexOf(colour), 0);
  return steps[Math.floor(sum / colours.length + 0.5)] ?? null;
}
