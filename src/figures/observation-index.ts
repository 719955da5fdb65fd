import {
  type Breakdown,
  breakdownKey,
  comparePeriods,
  type Observation,
  observationAddress,
  type Workspace,
} from '../model/index.ts';

/** An observation with the address of its record. */
export interface IndexedObservation {
  readonly observation: Observation;
  readonly record: string;
}

/** The values of one indicator in one area and breakdown, by period. */
export interface Cell {
  readonly area: string;
  readonly breakdown: Breakdown;
  readonly periods: ReadonlyMap<string, IndexedObservation>;
}

/**
 * Finds observations by indicator, area, breakdown and period. Values of related workspaces (a city's districts) are
 * found after the workspace's own, under the address `<city>:observation/…`.
 */
export class ObservationIndex {
  readonly #cells = new Map<
    string,
    Map<string, { area: string; breakdown: Breakdown; periods: Map<string, IndexedObservation> }>
  >();

  constructor(workspace: Workspace, related: readonly Workspace[]) {
    this.#add(workspace.observations, '');
    for (const other of related) this.#add(other.observations, `${other.city.id}:`);
  }

  #add(observations: readonly Observation[], prefix: string): void {
    for (const observation of observations) {
      const { indicator, area, period, breakdown } = observation;
      const categories = breakdownKey(breakdown);
      const cells = this.#cells.get(indicator) ?? new Map();
      this.#cells.set(indicator, cells);
      const place = `${area} ${categories}`;
      const cell = cells.get(place) ?? { area, breakdown, periods: new Map<string, IndexedObservation>() };
      cells.set(place, cell);
      if (!cell.periods.has(period))
        cell.periods.set(period, { observation, record: `${prefix}${observationAddress(observation)}` });
    }
  }

  /** The observation of one cell and period, if there is one. */
  find(
    indicator: string,
    area: string,
    breakdown: Breakdown,
    period: string,
  ): IndexedObservation | undefined {
    return this.#cells
      .get(indicator)
      ?.get(`${area} ${breakdownKey(breakdown)}`)
      ?.periods.get(period);
  }

  /** All cells of an indicator in order of area and breakdown. */
  cells(indicator: string): readonly Cell[] {
    const cells = this.#cells.get(indicator);
    if (cells === undefined) return [];
    return [...cells.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, cell]) => cell);
  }

  /** Periods of one cell, oldest first. */
  periods(indicator: string, area: string, breakdown: Breakdown): readonly string[] {
    const cell = this.#cells.get(indicator)?.get(`${area} ${breakdownKey(breakdown)}`);
    return cell === undefined ? [] : [...cell.periods.keys()].sort(comparePeriods);
  }
}
