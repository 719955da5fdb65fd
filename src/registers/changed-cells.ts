import { isDeepStrictEqual } from 'node:util';
import type { Contribution, DerivedCell } from '../model/index.ts';

/** The indicators of which a cell is another than before, new or gone. */
export function changedIndicators(
  before: readonly DerivedCell[],
  now: readonly DerivedCell[],
): ReadonlySet<string> {
  const [old, fresh] = [byIndicator(before), byIndicator(now)];
  const changed = new Set<string>();
  for (const id of new Set([...old.keys(), ...fresh.keys()])) {
    const [were, are] = [old.get(id) ?? [], fresh.get(id) ?? []];
    if (were.length !== are.length || are.some((cell, at) => !isSame(cell, were[at]))) changed.add(id);
  }
  return changed;
}

function byIndicator(cells: readonly DerivedCell[]): ReadonlyMap<string, readonly DerivedCell[]> {
  const found = new Map<string, DerivedCell[]>();
  for (const cell of cells) {
    const of = found.get(cell.indicator);
    if (of === undefined) found.set(cell.indicator, [cell]);
    else of.push(cell);
  }
  return found;
}

function isSame(a: DerivedCell, b: DerivedCell | undefined): boolean {
  if (a === b) return true;
  return (
    b !== undefined &&
    a.area === b.area &&
    a.period === b.period &&
    isDeepStrictEqual(a.completeness, b.completeness) &&
    isSameList(a.numerator, b.numerator) &&
    isSameList(a.denominator, b.denominator)
  );
}

/** Most contributions are the very same objects: those are not looked into. */
function isSameList(a: readonly Contribution[] | null, b: readonly Contribution[] | null): boolean {
  if (a === null || b === null) return a === b;
  return a.length === b.length && a.every((each, at) => each === b[at] || isDeepStrictEqual(each, b[at]));
}
