import type { Finding, Observation, Workspace } from '../model/index.ts';
import { type Declared, declaredOf, neededFor } from './declared.ts';
import { FigureSet } from './figure-set.ts';

/** Where a reader gets observations from, as of the position that the figures are computed as of; the store is one. */
export interface ObservationsByIndicator {
  /** About how many observations each indicator of a city has. */
  sizes(city: string): Promise<ReadonlyMap<string, number>>;
  observations(city: string, indicators: readonly string[]): Promise<readonly Observation[]>;
}

export interface FigureReaderOptions {
  readonly asOf: number;
  /** The workspaces of a city's districts, without their observations. */
  readonly related?: readonly Workspace[];
  readonly from: ObservationsByIndicator;
  /** About how many observations are held at once by {@link FigureReader.each}. */
  readonly atOnce?: number;
}

/**
 * The figures of a place that is too large to be held whole: computed a few indicators at a time, from the
 * observations of those indicators and of what their formulas and roll-ups name. The figures are those of a
 * {@link FigureSet} over everything, to the last byte. The workspace comes without observations.
 *
 * ```ts
 * for await (const figures of reader.each()) for (const figure of figures.all()) write(figure);
 * ```
 */
export class FigureReader {
  readonly workspace: Workspace;
  readonly asOf: number;
  readonly #declared: Declared;
  readonly #related: readonly Workspace[];
  readonly #from: ObservationsByIndicator;
  readonly #atOnce: number;
  #sizes: Promise<readonly ReadonlyMap<string, number>[]> | null = null;

  constructor(workspace: Workspace, { asOf, related = [], from, atOnce = 30_000 }: FigureReaderOptions) {
    this.workspace = workspace;
    this.asOf = asOf;
    this.#declared = declaredOf(workspace);
    this.#related = related;
    this.#from = from;
    this.#atOnce = atOnce;
  }

  /** Formulas that cannot be computed at all. */
  get findings(): readonly Finding[] {
    return this.#declared.findings;
  }

  /** The indicators in the order in which figures come. */
  indicators(): readonly string[] {
    return [...this.#declared.indicators.keys()].sort();
  }

  /** Whether the values of an indicator are the observations handed in for it: no formula, no roll-up. */
  isHandedIn(id: string): boolean {
    const indicator = this.#declared.indicators.get(id);
    return indicator === undefined || (indicator.formula === undefined && indicator.rollup === 'none');
  }

  /**
   * The figures of these indicators. Asked for a figure that needs an observation of another one, such as a share of an
   * indicator not named here, the set throws a RangeError: what was not read is not missing.
   */
  async of(wanted: readonly string[]): Promise<FigureSet> {
    const scope = neededFor(wanted, this.#declared);
    const read = async (workspace: Workspace): Promise<Workspace> => ({
      ...workspace,
      observations: await this.#from.observations(workspace.city.id, [...scope].sort()),
    });
    const whole = await read(this.workspace);
    const related: Workspace[] = [];
    for (const other of this.#related) related.push(await read(other));
    return new FigureSet(whole, {
      asOf: this.asOf,
      related,
      part: { declared: this.#declared, wanted, scope },
    });
  }

  /**
   * All figures, or those of some indicators, a set for a few indicators after the other; `all()` of each, in turn, is `all()`
   * of the whole place.
   */
  async *each(wanted: readonly string[] = this.indicators()): AsyncGenerator<FigureSet> {
    this.#sizes ??= Promise.all(
      [this.workspace, ...this.#related].map(({ city }) => this.#from.sizes(city.id)),
    );
    const sizes = await this.#sizes;
    const sizeOf = (id: string): number => sizes.reduce((sum, each) => sum + (each.get(id) ?? 0), 0);
    let next: string[] = [];
    let held = 0;
    for (const id of wanted) {
      const size = [...neededFor([id], this.#declared)].reduce((sum, each) => sum + sizeOf(each), 0);
      if (next.length > 0 && held + size > this.#atOnce) {
        yield await this.of(next);
        [next, held] = [[], 0];
      }
      next.push(id);
      held += size;
    }
    if (next.length > 0) yield await this.of(next);
  }
}
