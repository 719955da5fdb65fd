import { breakdownKey, type Figure, type FigureKey } from '../model/index.ts';
import { FigureSet } from './figure-set.ts';

/**
 * What was read to make something, by name. `series <indicator> <area> <breakdown>`: the values of one series;
 * `values <indicator>`: all that figures of an indicator may come from; `shape <indicator>`: which series and periods it has,
 * not their values; `shapes` and `everything`: the same of all indicators. When none of what was read has changed, making
 * it again gives the same.
 */
export class Reads {
  #names = new Set<string>();
  #figures: Figure[] = [];
  #codes: Map<string, string> | null = null;

  note(name: string): void {
    this.#names.add(name);
  }

  /** A figure was read: pages lead to it by its code. */
  noteFigure(figure: Figure): void {
    this.#figures.push(figure);
    this.#codes = null;
  }

  /** The indicator of a figure read since the last {@link take}; null when there was none of this code. */
  indicatorOf(code: string): string | null {
    this.#codes ??= new Map(this.#figures.map(({ code: of, key }) => [of, key.indicator]));
    return this.#codes.get(code) ?? null;
  }

  /** The names of what was read since the last call, in order. */
  take(): readonly string[] {
    // Nothing changes without everything changing.
    const names = this.#names.has('everything') ? ['everything'] : [...this.#names].sort();
    this.#names = new Set();
    this.#figures = [];
    this.#codes = null;
    return names;
  }

  /** Makes something that will be kept, and tells what it read: whoever takes the kept thing has read that too. */
  during<T>(make: () => T): { readonly made: T; readonly read: ReadNames } {
    const outer = { names: this.#names, figures: this.#figures };
    const inner = { names: new Set<string>(), figures: [] as Figure[] };
    this.#names = inner.names;
    this.#figures = inner.figures;
    try {
      return { made: make(), read: inner };
    } finally {
      this.#names = outer.names;
      this.#figures = outer.figures;
      this.again(inner);
    }
  }

  /** What was read once was, in effect, read again. */
  again({ names, figures }: ReadNames): void {
    for (const name of names) this.#names.add(name);
    for (const figure of figures) this.#figures.push(figure);
    this.#codes = null;
  }
}

export interface ReadNames {
  readonly names: ReadonlySet<string>;
  readonly figures: readonly Figure[];
}

/** Figures that note what is read of them; values, roots and codes are those of the plain set. */
export class WatchedFigures extends FigureSet {
  readonly #reads: Reads;
  #last: (Pick<FigureKey, 'area' | 'breakdown'> & { readonly id: string; readonly name: string }) | null =
    null;

  constructor(reads: Reads, ...given: ConstructorParameters<typeof FigureSet>) {
    super(...given);
    this.#reads = reads;
  }

  override get(key: FigureKey): ReturnType<FigureSet['get']> {
    this.#note(key);
    const figure = super.get(key);
    this.#reads.noteFigure(figure);
    return figure;
  }

  override withCode(code: string): ReturnType<FigureSet['withCode']> {
    this.#reads.note('shapes');
    return super.withCode(code);
  }

  override standard(indicators?: readonly string[]): ReturnType<FigureSet['standard']> {
    if (indicators === undefined) this.#reads.note('shapes');
    else for (const id of indicators) this.#reads.note(`shape ${id}`);
    return super.standard(indicators);
  }

  override all(): ReturnType<FigureSet['all']> {
    this.#reads.note('everything');
    return super.all();
  }

  /** A value or change of an indicator as it is reported comes from its series; everything else from all that it may need. */
  #note({ indicator: id, area, breakdown, measure }: FigureKey): void {
    if (measure.kind === 'count') return;
    const indicator = this.definitions.indicators.get(id);
    const isPlain =
      indicator !== undefined && indicator.rollup === 'none' && !this.definitions.formulas.has(id);
    if (!isPlain || measure.kind === 'rank' || measure.kind === 'share') this.#reads.note(`values ${id}`);
    else {
      const last = this.#last;
      // Figures are asked for series by series.
      if (last === null || last.breakdown !== breakdown || last.id !== id || last.area !== area)
        this.#last = { id, area, breakdown, name: `series ${id} ${area} ${breakdownKey(breakdown)}` };
      if (this.#last !== null) this.#reads.note(this.#last.name);
    }
    if (measure.kind === 'share') this.#reads.note(`values ${measure.of}`);
  }
}
