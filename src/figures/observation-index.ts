import {
  type Breakdown,
  breakdownKey,
  type Contribution,
  type ContributionRole,
  decimal,
  type Observation,
  observationAddress,
  type Rational,
  type Workspace,
} from '../model/index.ts';

/** An observation with the address of its record; what is derived from it is derived when first asked for. */
export class IndexedObservation {
  readonly observation: Observation;
  readonly #prefix: string;
  #value: Rational | null = null;
  #told: Contribution | null = null;

  constructor(observation: Observation, prefix: string) {
    this.observation = observation;
    this.#prefix = prefix;
  }

  get record(): string {
    return this.#prefix + observationAddress(this.observation);
  }

  /** The observation in its part of a figure. */
  contribution(role: ContributionRole): Contribution {
    if (this.#told?.role === role) return this.#told;
    const { value, unit, status, source, locator } = this.observation;
    const told: Contribution = { record: this.record, role, quantity: value, unit, status, source, locator };
    // A value is asked for once; an end of a change several times, in one role after the other.
    if (role !== 'value') this.#told = told;
    return told;
  }

  /** The value as a fraction, in the observation's unit; zero where there is none. */
  get value(): Rational {
    this.#value ??= decimal(this.observation.value ?? '0');
    return this.#value;
  }
}

/** The periods for which one indicator has observations in one area and breakdown. */
export interface Cell {
  readonly area: string;
  readonly breakdown: Breakdown;
  readonly periods: readonly string[];
}

/** Observations of one cell, one a period, with the prefix of those of other places; indexed while the cell is in use. */
class OpenCell {
  readonly area: string;
  readonly breakdown: Breakdown;
  /** In order of period, which they nearly always come in: a map of each cell would take most of a large place's room. */
  readonly #rows: Observation[] = [];
  #places: Map<string, number> | null = null;
  #prefixes: string[] | null = null;
  #indexed: IndexedObservation[] | null = null;

  constructor(area: string, breakdown: Breakdown) {
    this.area = area;
    this.breakdown = breakdown;
  }

  /** Takes an observation, unless there is one of its period already. */
  add(observation: Observation, prefix: string): void {
    const { period } = observation;
    const last = this.#rows.at(-1);
    if (this.#places === null && last !== undefined && last.period >= period)
      this.#places = new Map(this.#rows.map((row, at) => [row.period, at]));
    if (this.#places?.has(period) === true) return;
    this.#places?.set(period, this.#rows.length);
    this.#rows.push(observation);
    if (prefix === '' && this.#prefixes === null) return;
    this.#prefixes ??= this.#rows.slice(1).map(() => '');
    this.#prefixes.push(prefix);
  }

  get periods(): readonly string[] {
    return this.#rows.map(({ period }) => period);
  }

  /** The place of a period's observation; -1 where there is none. */
  placeOf(period: string): number {
    if (this.#places !== null) return this.#places.get(period) ?? -1;
    let [low, high] = [0, this.#rows.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#rows[middle]?.period ?? '') < period) low = middle + 1;
      else high = middle;
    }
    return this.#rows[low]?.period === period ? low : -1;
  }

  get isInUse(): boolean {
    return this.#indexed !== null;
  }

  known(place: number): IndexedObservation | undefined {
    return this.#indexed?.[place];
  }

  index(place: number): IndexedObservation | undefined {
    const observation = this.#rows[place];
    if (observation === undefined) return undefined;
    const made = new IndexedObservation(observation, this.#prefixes?.[place] ?? '');
    this.#indexed ??= [];
    this.#indexed[place] = made;
    return made;
  }

  forget(): void {
    this.#indexed = null;
  }
}

/** Indexed observations held at once; what is asked for again after that is indexed again. */
const mostIndexed = 40_000;

interface Given {
  readonly prefix: string;
  readonly observations: Observation[];
}

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
    let given: Given | null = null;
    let of = '';
    for (const observation of observations) {
      if (given === null || of !== observation.indicator) {
        of = observation.indicator;
        given = this.#givenBy(of, prefix);
      }
      given.observations.push(observation);
    }
  }

  #givenBy(indicator: string, prefix: string): Given {
    let parts = this.#given.get(indicator);
    if (parts === undefined) {
      parts = [];
      this.#given.set(indicator, parts);
    }
    let given = parts.find((each) => each.prefix === prefix);
    if (given === undefined) {
      given = { prefix, observations: [] };
      parts.push(given);
    }
    return given;
  }

  #cellsOf(indicator: string): ReadonlyMap<string, OpenCell> {
    const known = this.#cells.get(indicator);
    if (known !== undefined) return known;
    if (this.#scope?.has(indicator) === false)
      throw new RangeError(`the observations of ${indicator} were not read into this index`);
    const cells = new Map<string, OpenCell>();
    for (const { prefix, observations } of this.#given.get(indicator) ?? [])
      for (const observation of observations) {
        const { area, breakdown } = observation;
        const place = `${area} ${breakdownKey(breakdown)}`;
        let cell = cells.get(place);
        if (cell === undefined) {
          cell = new OpenCell(area, breakdown);
          cells.set(place, cell);
        }
        cell.add(observation, prefix);
      }
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

  /** All cells of an indicator in order of area and breakdown. */
  cells(indicator: string): readonly Cell[] {
    return [...this.#cellsOf(indicator).entries()]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, { area, breakdown, periods }]) => ({ area, breakdown, periods }));
  }
}

/** What related workspaces hold, as an index takes it. */
export function relatedObservations(related: readonly Workspace[]): readonly RelatedObservations[] {
  return related.map(({ city, observations }) => ({ city: city.id, observations }));
}
