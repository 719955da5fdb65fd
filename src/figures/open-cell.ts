import {
  type Breakdown,
  type Contribution,
  type ContributionRole,
  decimal,
  type Observation,
  observationAddress,
  type Rational,
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

/** Rows of one indicator, as a list or packed. */
export interface Rows {
  readonly length: number;
  areaAt(row: number): string;
  periodAt(row: number): string;
  breakdownAt(row: number): Breakdown;
  row(row: number): Observation;
}

export class ListedRows implements Rows {
  readonly list: Observation[] = [];

  get length(): number {
    return this.list.length;
  }

  areaAt(row: number): string {
    return this.row(row).area;
  }

  periodAt(row: number): string {
    return this.list[row]?.period ?? '';
  }

  breakdownAt(row: number): Breakdown {
    return this.row(row).breakdown;
  }

  row(row: number): Observation {
    const found = this.list[row];
    if (found === undefined) throw new RangeError(`there is no row ${row}`);
    return found;
  }
}

/** Rows of one indicator in one place, with the beginning of the addresses of its records. */
export interface Given {
  readonly prefix: string;
  readonly rows: Rows;
}

/** Observations of one cell, one a period, with the prefix of those of other places; indexed while the cell is in use. */
export class OpenCell {
  readonly area: string;
  readonly breakdown: Breakdown;
  readonly #given: readonly Given[];
  /**
   * Where its observations stand, in order of period, which they nearly always come in: a map of each cell would take most of
   * a large place's room.
   */
  #rows: number[] = [];
  /** In which of what was given each stands; null while all stand in the first. */
  #in: number[] | null = null;
  #places: Map<string, number> | null = null;
  #last: string | null = null;
  #indexed: IndexedObservation[] | null = null;

  constructor(area: string, breakdown: Breakdown, given: readonly Given[]) {
    this.area = area;
    this.breakdown = breakdown;
    this.#given = given;
  }

  /** Takes an observation, unless there is one of its period already. */
  add(given: number, row: number, period: string): void {
    if (this.#places === null && this.#last !== null && this.#last >= period)
      this.#places = new Map(this.periods.map((each, at) => [each, at]));
    if (this.#places?.has(period) === true) return;
    this.#places?.set(period, this.#rows.length);
    this.#last = period;
    this.#rows.push(row);
    if (given === 0 && this.#in === null) return;
    this.#in ??= this.#rows.slice(1).map(() => 0);
    this.#in.push(given);
  }

  /** Called when all is taken: lists grow by more than they need. */
  close(): void {
    this.#rows = this.#rows.slice();
    this.#last = null;
  }

  #from(place: number): Given | undefined {
    return this.#given[this.#in?.[place] ?? 0];
  }

  #periodAt(place: number): string {
    return this.#from(place)?.rows.periodAt(this.#rows[place] ?? 0) ?? '';
  }

  get periods(): readonly string[] {
    return this.#rows.map((_, place) => this.#periodAt(place));
  }

  /** The place of a period's observation; -1 where there is none. */
  placeOf(period: string): number {
    if (this.#places !== null) return this.#places.get(period) ?? -1;
    let [low, high] = [0, this.#rows.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#periodAt(middle) < period) low = middle + 1;
      else high = middle;
    }
    return low < this.#rows.length && this.#periodAt(low) === period ? low : -1;
  }

  get isInUse(): boolean {
    return this.#indexed !== null;
  }

  known(place: number): IndexedObservation | undefined {
    return this.#indexed?.[place];
  }

  index(place: number): IndexedObservation | undefined {
    const from = this.#from(place);
    const row = this.#rows[place];
    if (from === undefined || row === undefined) return undefined;
    const made = new IndexedObservation(from.rows.row(row), from.prefix);
    this.#indexed ??= [];
    this.#indexed[place] = made;
    return made;
  }

  forget(): void {
    this.#indexed = null;
  }
}
