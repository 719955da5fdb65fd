import {
  add,
  compare,
  decimal,
  divide,
  type ExaminationRule,
  multiply,
  type Rational,
  rational,
  toDecimal,
} from '../../model/index.ts';

/** A leaf of the examination: one figure or one count of tasks, its points of a hundred, its rule. */
export interface Item {
  readonly id: string;
  readonly points: Rational;
  readonly rule: ExaminationRule;
}

/** The value an item is examined by. `figure`: the code of the figure, or the address of the tasks, that says so. */
export interface Evidence {
  readonly item: string;
  readonly figure: string;
  /** In the rule's unit. Null: not reported, which is told and never taken for zero. */
  readonly value: string | null;
}

export interface Deduction {
  readonly item: string;
  readonly figure: string;
  readonly value: string;
  readonly off: string;
}

export interface Examination {
  /** Points of 100 over the items that were judged; null when none was. */
  readonly score: string | null;
  readonly earned: string;
  readonly possible: string;
  readonly deductions: readonly Deduction[];
  /** What each judged item earned, exact to 34 digits. */
  readonly got: ReadonlyMap<string, string>;
  /** Items without a value. A ranking of examinations that lack different items is not declared. */
  readonly notJudged: readonly string[];
}

const [none, hundred] = [rational(0n), rational(100n)];
const less = (a: Rational, b: Rational): Rational => add(a, multiply(b, rational(-1n)));

/**
 * Examines one department or district by exact arithmetic. `restored`: points given back by item after an objection,
 * never more than were taken.
 */
export function examine(
  items: readonly Item[],
  evidence: readonly Evidence[],
  restored: ReadonlyMap<string, string> = new Map(),
): Examination {
  const byItem = new Map(evidence.map((each) => [each.item, each]));
  let [earned, possible] = [none, none];
  const deductions: Deduction[] = [];
  const got = new Map<string, string>();
  const notJudged: string[] = [];
  for (const { id, points, rule } of items) {
    const found = byItem.get(id);
    if (found === undefined || found.value === null) {
      notJudged.push(id);
      continue;
    }
    const own = multiply(points, clamp(shareBy(rule, decimal(found.value))));
    const back = clampTo(add(own, decimal(restored.get(id) ?? '0')), points);
    earned = add(earned, back);
    possible = add(possible, points);
    got.set(id, toDecimal(back));
    const off = less(points, back);
    if (off.n > 0n)
      deductions.push({ item: id, figure: found.figure, value: found.value, off: toDecimal(off) });
  }
  return {
    score: possible.n === 0n ? null : toDecimal(multiply(divide(earned, possible), hundred)),
    earned: toDecimal(earned),
    possible: toDecimal(possible),
    deductions,
    got,
    notJudged,
  };
}

/** The part of its points that a value earns, before it is held between none and all. */
function shareBy(rule: ExaminationRule, value: Rational): Rational {
  const all = rational(1n);
  if (rule.kind === 'each') return less(all, divide(multiply(value, decimal(rule.off)), hundred));
  if (rule.kind === 'reach') return holds(value, rule.comparator, decimal(rule.target)) ? all : none;
  if (rule.kind === 'bands') {
    const band = rule.bands.find(({ limit }) => holds(value, rule.comparator, decimal(limit)));
    return band === undefined ? none : divide(decimal(band.share), hundred);
  }
  const [target, zero] = [decimal(rule.target), decimal(rule.zero)];
  const way = less(target, zero);
  if (way.n === 0n) return compare(value, target) >= 0 ? all : none;
  return divide(less(value, zero), way);
}

function holds(value: Rational, comparator: '>=' | '<=', limit: Rational): boolean {
  return comparator === '>=' ? compare(value, limit) >= 0 : compare(value, limit) <= 0;
}

const clamp = (share: Rational): Rational => clampTo(share, rational(1n));

function clampTo(value: Rational, most: Rational): Rational {
  if (value.n < 0n) return none;
  return compare(value, most) > 0 ? most : value;
}

/** Whether examinations may be ranked against each other: they judged the same items. */
export function isFairRanking(examinations: readonly Examination[]): boolean {
  const [first, ...rest] = examinations.map(({ notJudged, got }) =>
    [[...notJudged].sort().join('\u0001'), [...got.keys()].sort().join('\u0001')].join('\u0002'),
  );
  return rest.every((each) => each === first);
}
