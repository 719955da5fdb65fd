import { type Breakdown, breakdownKey, type Observation, packedOf, type Workspace } from '../model/index.ts';
import { type Given, type IndexedObservation, ListedRows, OpenCell } from './open-cell.ts';

/** The periods for which one indicator has observations in one area and breakdown. */
export interface Cell {
  readonly area: string;
  readonly breakdown: Breakdown;
  readonly periods: readonly string[];
}

/** Indexed observations held at once; what is asked for again after that is indexed again. */
const mostIndexed = 15_000;

/** An observation of another place, found under the address `<city>:observation/…`. */
export interface RelatedObservations {
  readonly city: string;
  readonly observations: readonly Observation[];
}

/**
 * Finds observations by indicator, area, breakdown and period. Values of related workspaces (a city's districts) are
 * found after the workspace's own. An index over part of a place's indicators throws a RangeError when asked for
 * another: what was not read is not missing.
 */
export class ObservationIndex {
  /** What was handed in, by indicator; cells are made of it when they are first asked for. */
  readonly #given = new Map<string, Given[]>();
  readonly #cells = new Map<string, ReadonlyMap<string, OpenCell>>();
  readonly #scope: ReadonlySet<string> | null;
  #inUse: OpenCell[] = [];
  #indexed = 0;
  #last: { readonly indicator: string; readonly cell: OpenCell; readonly key: Breakdown } | null = null;

  constructor(
    observations: readonly Observation[],
    related: readonly RelatedObservations[],
    scope: ReadonlySet<string> | null = null,
  ) {
    this.#scope = scope;
    this.#take(observations, '');
    for (const other of related) this.#take(other.observations, `${other.city}:`);
  }

  #take(observations: readonly Observation[], prefix: string): void {
    const packed = packedOf(observations);
    if (packed !== null) {
      for (const run of packed.runs) this.#givenOf(run.indicator).push({ prefix, rows: run });
      return;
    }
    const listed = new Map<string, ListedRows>();
    let rows: ListedRows | null = null;
    let of = '';
    for (const observation of observations) {
      if (rows === null || of !== observation.indicator) {
        of = observation.indicator;
        rows = listed.get(of) ?? new ListedRows();
        if (rows.length === 0) this.#givenOf(of).push({ prefix, rows });
        listed.set(of, rows);
      }
      rows.list.push(observation);
    }
  }

  #givenOf(indicator: string): Given[] {
    const given = this.#given.get(indicator) ?? [];
    this.#given.set(indicator, given);
    return given;
  }

  #cellsOf(indicator: string): ReadonlyMap<string, OpenCell> {
    const known = this.#cells.get(indicator);
    if (known !== undefined) return known;
    if (this.#scope?.has(indicator) === false)
      throw new RangeError(`the observations of ${indicator} were not read into this index`);
    const cells = new Map<string, OpenCell>();
    const given = this.#given.get(indicator) ?? [];
    for (const [at, { rows }] of given.entries())
      for (let row = 0; row < rows.length; row += 1) {
        const [area, breakdown] = [rows.areaAt(row), rows.breakdownAt(row)];
        const place = `${area} ${breakdownKey(breakdown)}`;
        let cell = cells.get(place);
        if (cell === undefined) {
          cell = new OpenCell(area, breakdown, given);
          cells.set(place, cell);
        }
        cell.add(at, row, rows.periodAt(row));
      }
    for (const cell of cells.values()) cell.close();
    this.#cells.set(indicator, cells);
    return cells;
  }

  /** Figures are asked for cell by cell: the cell of the last question answers most of the next ones. */
  #recent(indicator: string, area: string, breakdown: Breakdown): OpenCell | undefined {
    const last = this.#last;
    return last !== null && last.key === breakdown && last.indicator === indicator && last.cell.area === area
      ? last.cell
      : undefined;
  }

  #cell(indicator: string, area: string, breakdown: Breakdown): OpenCell | undefined {
    const recent = this.#recent(indicator, area, breakdown);
    if (recent !== undefined) return recent;
    const cell = this.#cellsOf(indicator).get(`${area} ${breakdownKey(breakdown)}`);
    if (cell !== undefined) this.#last = { indicator, cell, key: breakdown };
    return cell;
  }

  /** The observation of one cell and period, if there is one. */
  find(
    indicator: string,
    area: string,
    breakdown: Breakdown,
    period: string,
  ): IndexedObservation | undefined {
    const cell = this.#cell(indicator, area, breakdown);
    return cell === undefined ? undefined : this.#indexedIn(cell, period);
  }

  #indexedIn(cell: OpenCell, period: string): IndexedObservation | undefined {
    const place = cell.placeOf(period);
    const known = cell.known(place);
    if (known !== undefined || place < 0) return known;
    if (this.#indexed >= mostIndexed) {
      for (const each of this.#inUse) each.forget();
      this.#inUse = [];
      this.#indexed = 0;
    }
    if (!cell.isInUse) this.#inUse.push(cell);
    this.#indexed += 1;
    return cell.index(place);
  }

  /** All cells of an indicator in order of area and breakdown; those that have the same periods have one list of them. */
  cells(indicator: string): readonly Cell[] {
    let shared: readonly string[] = [];
    return [...this.#cellsOf(indicator).entries()]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, { area, breakdown, periods }]) => {
        if (periods.length !== shared.length || periods.some((period, at) => period !== shared[at]))
          shared = periods;
        return { area, breakdown, periods: shared };
      });
  }
}

/** What related workspaces hold, as an index takes it. */
export function relatedObservations(related: readonly Workspace[]): readonly RelatedObservations[] {
  return related.map(({ city, observations }) => ({ city: city.id, observations }));
}
