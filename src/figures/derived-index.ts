import type { DerivedCell } from '../registers/index.ts';

/** What registers give, found by indicator, area and period. */
export class DerivedIndex {
  readonly #cells = new Map<string, Map<string, DerivedCell>>();

  constructor(cells: readonly DerivedCell[]) {
    for (const cell of cells) {
      const of = this.#cells.get(cell.indicator) ?? new Map<string, DerivedCell>();
      this.#cells.set(cell.indicator, of);
      of.set(`${cell.area} ${cell.period}`, cell);
    }
  }

  find(indicator: string, area: string, period: string): DerivedCell | undefined {
    return this.#cells.get(indicator)?.get(`${area} ${period}`);
  }

  cells(indicator: string): Iterable<DerivedCell> {
    return this.#cells.get(indicator)?.values() ?? [];
  }
}
