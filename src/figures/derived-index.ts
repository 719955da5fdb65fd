import type { DerivedCell } from '../model/index.ts';

/** What registers give, found by indicator, area and period. */
export class DerivedIndex {
  readonly #cells = new Map<string, Map<string, DerivedCell>>();

  /** `scope`: the only indicators wanted; null for all. */
  constructor(cells: readonly DerivedCell[], scope: ReadonlySet<string> | null) {
    for (const cell of cells) {
      if (scope !== null && !scope.has(cell.indicator)) continue;
      const of = this.#cells.get(cell.indicator) ?? new Map<string, DerivedCell>();
      this.#cells.set(cell.indicator, of);
      of.set(`${cell.area} ${cell.period}`, cell);
    }
  }

  find(indicator: string, area: string, period: string): DerivedCell | undefined {
    return this.#cells.get(indicator)?.get(`${area} ${period}`);
  }

  has(indicator: string): boolean {
    return this.#cells.has(indicator);
  }

  cells(indicator: string): Iterable<DerivedCell> {
    return this.#cells.get(indicator)?.values() ?? [];
  }
}
