import {
  add,
  comparePeriods,
  decimal,
  divide,
  type ExaminationDeclaration,
  type ExaminationItem,
  multiply,
  type Rational,
  rational,
} from '../../model/index.ts';
import type { Item } from './examine.ts';

type Weights = ExaminationDeclaration['weights'][number];

/** The weights that count for a period: the newest that were set up to it. */
export function weightsFor({ weights, period }: ExaminationDeclaration): Weights | null {
  return weights.filter(({ from }) => comparePeriods(from, period) <= 0).at(-1) ?? null;
}

/** The items that one subject is examined by. */
export function itemsOf({ items }: ExaminationDeclaration, subject: string): readonly ExaminationItem[] {
  return items.filter(({ subjects }) => subjects === undefined || subjects.includes(subject));
}

/**
 * The points of each item of one subject, adding up to 100: at each node of the tree the points are parted among what
 * stands below it by weight. Groups without an item for this subject do not count.
 */
export function pointsOf(declared: ExaminationDeclaration, subject: string): readonly Item[] {
  const shares = weightsFor(declared)?.shares ?? {};
  const own = itemsOf(declared, subject);
  const found: Item[] = [];
  const isUsed = (group: string): boolean =>
    own.some((item) => item.group === group) ||
    declared.groups.some(({ id, parent }) => parent === group && isUsed(id));
  const part = (parent: string | undefined, points: Rational): void => {
    const below = [
      ...declared.groups
        .filter((group) => group.parent === parent && isUsed(group.id))
        .map(({ id, weight }) => ({ id, item: null, weight: decimal(weight ?? shares[id] ?? '0') })),
      ...own
        .filter(({ group }) => group === parent)
        .map((item) => ({ id: item.id, item, weight: decimal(item.weight) })),
    ];
    const sum = below.reduce((total, { weight }) => add(total, weight), rational(0n));
    if (sum.n === 0n) return;
    for (const { id, item, weight } of below) {
      const share = multiply(points, divide(weight, sum));
      if (item === null) part(id, share);
      else found.push({ id, points: share, rule: item.rule });
    }
  };
  part(undefined, rational(100n));
  return found;
}

export interface WeightInYear {
  readonly from: string;
  /** Share of the groups that count as environment, in per cent of all. */
  readonly environment: Rational;
  readonly assumed: boolean;
  readonly weights: Weights;
}

/** How the weight of the environment changed; what counts is its share of all weights then. */
export function weightHistory({ groups, weights }: ExaminationDeclaration): readonly WeightInYear[] {
  const green = new Set(groups.flatMap(({ id, environment }) => (environment ? [id] : [])));
  return weights.map((each) => {
    let [own, all] = [rational(0n), rational(0n)];
    for (const [group, share] of Object.entries(each.shares)) {
      all = add(all, decimal(share));
      if (green.has(group)) own = add(own, decimal(share));
    }
    const environment = all.n === 0n ? rational(0n) : multiply(divide(own, all), rational(100n));
    return { from: each.from, environment, assumed: each.assumed, weights: each };
  });
}
