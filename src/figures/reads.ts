import { breakdownKey, type FigureKey } from '../model/index.ts';
import { FigureSet } from './figure-set.ts';

/** Series of one indicator told one by one; of more, the values of the whole indicator are told. */
const mostSeries = 40;

/**
 * What was read to make something, by name. `series <indicator> <area> <breakdown>`: the values of one series;
 * `values <indicator>`: all that figures of an indicator may come from; `shape <indicator>`: which series and periods it has,
 * not their values; `shapes` and `everything`: the same of all indicators; `presence`: which values of all there are, and which
 * of them are missing, with status and source. When none of what was read has changed, making
 * it again gives the same.
 */
export class Reads {
  #now: Read = noneRead();
  readonly #texts = new Map<string, string>();

  note(name: string): void {
    this.#now.names.add(name);
  }

  /** The names of what was read since the last call, in order. */
  take(): readonly string[] {
    // Nothing changes without everything changing.
    const names = this.#now.names.has('everything') ? ['everything'] : this.#told();
    this.#now = noneRead();
    return names;
  }

  /** Names in order, each text held once; of an indicator of which many series were read, all its values were. */
  #told(): readonly string[] {
    const counts = new Map<string, number>();
    const idOf = (name: string): string | null =>
      name.startsWith('series ') ? name.slice(7, name.indexOf(' ', 7)) : null;
    for (const name of this.#now.names) {
      const id = idOf(name);
      if (id !== null) counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    const told = new Set<string>();
    for (const name of this.#now.names) {
      const id = idOf(name);
      const wide = id !== null && (counts.get(id) ?? 0) > mostSeries ? `values ${id}` : name;
      const known = this.#texts.get(wide);
      if (known === undefined) this.#texts.set(wide, wide);
      told.add(known ?? wide);
    }
    return [...told].sort();
  }

  /** Makes something that will be kept, and tells what it read: whoever takes the kept thing has read that too. */
  during<T>(make: () => T): { readonly made: T; readonly read: ReadNames } {
    const outer = this.#now;
    const inner = noneRead();
    this.#now = inner;
    try {
      return { made: make(), read: inner };
    } finally {
      this.#now = outer;
      this.again(inner);
    }
  }

  /**
   * Makes something of which one name says all: what is read meanwhile is not told beside it. Only where what is made changes
   * when, and only when, the version of that name does.
   */
  as<T>(name: string, make: () => T): T {
    const outer = this.#now;
    this.#now = noneRead();
    try {
      return make();
    } finally {
      this.#now = outer;
      this.note(name);
    }
  }

  /** What was read once was, in effect, read again. */
  again(read: ReadNames): void {
    const { names, kept } = this.#now;
    if (kept.has(read)) return;
    kept.add(read);
    for (const name of read.names) names.add(name);
  }
}

export interface ReadNames {
  readonly names: ReadonlySet<string>;
  /** What was kept before and taken again; its names are among these. */
  readonly kept: ReadonlySet<ReadNames>;
}

interface Read extends ReadNames {
  readonly names: Set<string>;
  readonly kept: Set<ReadNames>;
}

function noneRead(): Read {
  return { names: new Set(), kept: new Set() };
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
    return super.get(key);
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

  override series(indicator: string): ReturnType<FigureSet['series']> {
    this.#reads.note(`shape ${indicator}`);
    return super.series(indicator);
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
