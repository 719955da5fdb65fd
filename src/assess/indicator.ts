import type { Place } from '../model/index.ts';

/** Whether more is better (1), less is better (-1), or the target itself is best and both sides are worse (0, parity). */
export type Direction = 1 | -1 | 0;

/** How a value must stand to a threshold. */
export type Comparator = '>=' | '>' | '<=' | '<' | '=';

/** One indicator of a codebook: what a method needs to know to judge its values. A null means the codebook says nothing. */
export interface Indicator {
  readonly code: string;
  readonly goal: string | null;
  readonly parent: string | null;
  /** Value that scores full marks, and value that scores none. Their order carries the direction. */
  readonly best: number | null;
  readonly worst: number | null;
  /** Dashboard thresholds: at or beyond green is green; at or beyond red, short of the middle, is orange. */
  readonly green: number | null;
  readonly yellow: number | null;
  readonly red: number | null;
  readonly direction: Direction | null;
  readonly comparator: Comparator | null;
  readonly target: number | null;
  /** The target as written, for exact comparison. */
  readonly targetText: string;
  readonly targetYear: number | null;
  readonly baseYear: number | null;
  /** Natural limit of the indicator, such as 100 for a share. */
  readonly limit: number | null;
  readonly weight: number | null;
  /** Code of the indicator by which this one is divided first. */
  readonly denominator: string | null;
  /** Treatment of outliers and normalisation of this indicator alone, in the words of the settings of `composite`. */
  readonly treat: string | null;
  readonly normalise: string | null;
  /** How much it should matter to the index, against the others: what optimised weights aim at. */
  readonly importance: number | null;
  /** The words in which the direction was given, when they are not understood. */
  readonly unknownDirection: string | null;
  readonly where: Place;
}

const upward = [
  '1 +1 1.0 + positive pos ascending asc increase increasing increases up upward higher high more',
  'higher_is_better max maximise maximize benefit >= ≥ > 正向 正 越高越好',
];
const downward = [
  '-1 −1 -1.0 - negative neg descending desc decrease decreasing decreases down downward lower low less',
  'lower_is_better min minimise minimize cost <= ≤ < 负向 逆向 负 逆 越低越好',
];
const level = ['= == parity target nominal equal 适度'];

const directions: ReadonlyMap<string, Direction> = new Map<string, Direction>([
  ...upward.flatMap((line) => line.split(' ').map((word): [string, Direction] => [word, 1])),
  ...downward.flatMap((line) => line.split(' ').map((word): [string, Direction] => [word, -1])),
  ...level.flatMap((line) => line.split(' ').map((word): [string, Direction] => [word, 0])),
]);

const comparators: ReadonlyMap<string, Comparator> = new Map<string, Comparator>([
  ['>=', '>='],
  ['≥', '>='],
  ['>', '>'],
  ['<=', '<='],
  ['≤', '<='],
  ['<', '<'],
  ['=', '='],
  ['==', '='],
]);

/** The direction that a word names, or null for a word that is not known. */
export function readDirection(word: string): Direction | null {
  return directions.get(word.trim().toLowerCase().replaceAll(' ', '_')) ?? null;
}

/** The comparator that a cell writes, or null when it writes a direction in another way. */
export function readComparator(word: string): Comparator | null {
  return comparators.get(word.trim()) ?? null;
}

/**
 * The direction of an indicator: as declared, otherwise as the order of its bounds tells (best above worst: more is
 * better), otherwise null.
 */
export function directionOf({ direction, best, worst }: Indicator): Direction | null {
  if (direction !== null) return direction;
  if (best === null || worst === null || best === worst) return null;
  return best > worst ? 1 : -1;
}
