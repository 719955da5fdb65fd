import {
  add,
  compare,
  decimal,
  divide,
  multiply,
  type Rational,
  rational,
  toDecimal,
} from '../../model/index.ts';

/** A rule by which points are lost, as data. */
export type ScoringRule =
  /** Full marks at the target or beyond; below it as many points as the share of the way from `zero` to the target. */
  | { readonly kind: 'share'; readonly target: string; readonly zero: string }
  /** Full marks or none. */
  | { readonly kind: 'reach'; readonly target: string; readonly comparator: '>=' | '<=' }
  /** Points off for each occurrence, down to zero. */
  | { readonly kind: 'each'; readonly points: string };

/** A leaf of the examination: one figure or one count of tasks, its weight in points, its rule. */
export interface Item {
  readonly id: string;
  /** Group it belongs to, such as `environment`. */
  readonly group: string;
  readonly points: string;
  readonly rule: ScoringRule;
}

/** The value an item is examined by. `figure`: code of the figure that says so; every deduction points to it. */
export interface Evidence {
  readonly item: string;
  readonly figure: string;
  /** Null: not reported, which is told and never taken for zero. */
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
  /** Items without a value. A ranking of examinations that lack different items is not declared. */
  readonly notJudged: readonly string[];
}

/** Examines one department or district by exact arithmetic. */
export function examine(items: readonly Item[], evidence: readonly Evidence[]): Examination {
  const byItem = new Map(evidence.map((each) => [each.item, each]));
  let [earned, possible] = [rational(0n), rational(0n)];
  const deductions: Deduction[] = [];
  const notJudged: string[] = [];
  for (const item of items) {
    const found = byItem.get(item.id);
    if (found === undefined || found.value === null) {
      notJudged.push(item.id);
      continue;
    }
    const points = decimal(item.points);
    const got = clamp(earnedBy(item.rule, decimal(found.value), points), points);
    earned = add(earned, got);
    possible = add(possible, points);
    const off = add(points, multiply(got, rational(-1n)));
    if (off.n > 0n)
      deductions.push({ item: item.id, figure: found.figure, value: found.value, off: toDecimal(off) });
  }
  return {
    score: possible.n === 0n ? null : toDecimal(multiply(divide(earned, possible), rational(100n))),
    earned: toDecimal(earned),
    possible: toDecimal(possible),
    deductions,
    notJudged,
  };
}

function earnedBy(rule: ScoringRule, value: Rational, points: Rational): Rational {
  if (rule.kind === 'each')
    return add(points, multiply(multiply(value, decimal(rule.points)), rational(-1n)));
  const target = decimal(rule.target);
  if (rule.kind === 'reach') {
    const order = compare(value, target);
    return (rule.comparator === '>=' ? order >= 0 : order <= 0) ? points : rational(0n);
  }
  const from = decimal(rule.zero);
  const way = add(target, multiply(from, rational(-1n)));
  if (way.n === 0n) return compare(value, target) >= 0 ? points : rational(0n);
  return multiply(points, divide(add(value, multiply(from, rational(-1n))), way));
}

function clamp(value: Rational, most: Rational): Rational {
  if (value.n < 0n) return rational(0n);
  return compare(value, most) > 0 ? most : value;
}

/** Whether examinations may be ranked against each other: they judged the same items. */
export function isFairRanking(examinations: readonly Examination[]): boolean {
  const [first, ...rest] = examinations.map(({ notJudged }) => [...notJudged].sort().join('\u0001'));
  return rest.every((each) => each === first);
}
