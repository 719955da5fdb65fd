import { type Breakdown, breakdownKey, type Observation } from './observation.ts';
import { type Column, listedColumn, textColumn } from './packed-column.ts';

/** Rows of one indicator packed together at most: a place in them fits into little. */
const mostRows = 60_000;

type Fields = { readonly [field in keyof Omit<Observation, 'indicator'>]: Column<Observation[field]> };

/** Observations of one indicator that stand one after the other, a column a field. */
export class PackedRun {
  readonly indicator: string;
  readonly length: number;
  readonly #fields: Fields;

  constructor(indicator: string, rows: readonly Observation[], shared: SharedParts) {
    const texts = (field: (row: Observation) => string): Column<string> =>
      listedColumn(rows.map((row) => shared.text(field(row))));
    this.indicator = indicator;
    this.length = rows.length;
    this.#fields = {
      area: texts(({ area }) => area),
      period: texts(({ period }) => period),
      breakdown: listedColumn(rows.map(({ breakdown }) => shared.breakdown(breakdown))),
      value: textColumn(rows.map(({ value }) => value)),
      unit: texts(({ unit }) => unit),
      status: listedColumn(rows.map(({ status }) => status)),
      reason: listedColumn(rows.map(({ reason }) => shared.reason(reason))),
      qualifier: listedColumn(rows.map(({ qualifier }) => qualifier)),
      source: texts(({ source }) => source),
      locator: filled(textColumn(rows.map(({ locator }) => locator))),
      ref: textColumn(rows.map(({ ref }) => ref)),
      note: textColumn(rows.map(({ note }) => note)),
    };
  }

  areaAt(row: number): string {
    return this.#fields.area.at(row);
  }

  periodAt(row: number): string {
    return this.#fields.period.at(row);
  }

  breakdownAt(row: number): Breakdown {
    return this.#fields.breakdown.at(row);
  }

  /** The observation in a row, made anew each time. */
  row(row: number): Observation {
    const fields = this.#fields;
    return {
      indicator: this.indicator,
      area: fields.area.at(row),
      period: fields.period.at(row),
      breakdown: fields.breakdown.at(row),
      value: fields.value.at(row),
      unit: fields.unit.at(row),
      status: fields.status.at(row),
      reason: fields.reason.at(row),
      qualifier: fields.qualifier.at(row),
      source: fields.source.at(row),
      locator: fields.locator.at(row),
      ref: fields.ref.at(row),
      note: fields.note.at(row),
    };
  }

  *[Symbol.iterator](): Iterator<Observation> {
    for (let row = 0; row < this.length; row += 1) yield this.row(row);
  }
}

/** Packs observations as they come: who reads them in parts never holds all of them. */
export class ObservationPacker {
  readonly #shared = new SharedParts();
  readonly #runs: PackedRun[] = [];
  #open: Observation[] = [];

  add(observation: Observation): void {
    const [first] = this.#open;
    if (first !== undefined && (first.indicator !== observation.indicator || this.#open.length >= mostRows))
      this.#close();
    this.#open.push(observation);
  }

  #close(): void {
    const [first] = this.#open;
    if (first !== undefined)
      this.#runs.push(new PackedRun(this.#shared.text(first.indicator), this.#open, this.#shared));
    this.#open = [];
  }

  /** All that was added, in its order. */
  packed(): PackedObservations {
    this.#close();
    return new PackedObservations(this.#runs);
  }
}

/**
 * The observations of a large place in a tenth of the room, in the order in which they were given: a row is made when it is
 * asked for. {@link PackedObservations.list} is for who takes a list.
 */
export class PackedObservations {
  readonly runs: readonly PackedRun[];
  readonly length: number;
  #list: readonly Observation[] | null = null;

  constructor(runs: readonly PackedRun[]) {
    this.runs = runs;
    this.length = runs.reduce((sum, { length }) => sum + length, 0);
  }

  *[Symbol.iterator](): Iterator<Observation> {
    for (const run of this.runs) yield* run;
  }

  /** The same as a list. Going through it is quick, and so is asking for what lies near the place asked for before. */
  list(): readonly Observation[] {
    if (this.#list === null) {
      this.#list = listOver(this);
      packedLists.set(this.#list, this);
    }
    return this.#list;
  }

  /** The same with other rows for the named indicators, none or more, in place of all that they had. */
  withRows(rows: ReadonlyMap<string, readonly Observation[]>): PackedObservations {
    const shared = new SharedParts();
    const packed = (id: string): readonly PackedRun[] => {
      const packer: PackedRun[] = [];
      const all = rows.get(id) ?? [];
      for (let at = 0; at < all.length; at += mostRows)
        packer.push(new PackedRun(id, all.slice(at, at + mostRows), shared));
      return packer;
    };
    const put = new Set<string>();
    const next = this.runs.flatMap((run) => {
      if (!rows.has(run.indicator)) return [run];
      if (put.has(run.indicator)) return [];
      put.add(run.indicator);
      return packed(run.indicator);
    });
    // What is new stands before the first that comes after it.
    for (const id of [...rows.keys()].sort()) {
      if (put.has(id)) continue;
      const at = next.findIndex(({ indicator }) => indicator > id);
      next.splice(at < 0 ? next.length : at, 0, ...packed(id));
    }
    return new PackedObservations(next);
  }
}

const packedLists = new WeakMap<object, PackedObservations>();

/** What a list of observations is packed in, where it is. */
export function packedOf(observations: readonly Observation[]): PackedObservations | null {
  return packedLists.get(observations) ?? null;
}

/** Texts and objects that many rows have in common, each held once. */
class SharedParts {
  readonly #texts = new Map<string, string>();
  readonly #breakdowns = new Map<string, Breakdown>();
  readonly #reasons = new Map<string, Observation['reason']>();
  #last: { readonly given: Breakdown; readonly held: Breakdown } | null = null;

  text(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    this.#texts.set(text, text);
    return text;
  }

  breakdown(breakdown: Breakdown): Breakdown {
    if (this.#last?.given === breakdown) return this.#last.held;
    const key = breakdownKey(breakdown);
    const held = this.#breakdowns.get(key) ?? breakdown;
    this.#breakdowns.set(key, held);
    this.#last = { given: breakdown, held };
    return held;
  }

  reason(reason: Observation['reason']): Observation['reason'] {
    if (reason === null) return null;
    const key = JSON.stringify([reason.en, reason.zh]);
    const held = this.#reasons.get(key) ?? reason;
    this.#reasons.set(key, held);
    return held;
  }
}

function filled(column: Column<string | null>): Column<string> {
  return { at: (row) => column.at(row) ?? '' };
}

function listOver(packed: PackedObservations): readonly Observation[] {
  let [run, from] = [0, 0];
  const row = (at: number): Observation | undefined => {
    if (at >= packed.length) return undefined;
    while (at < from) {
      run -= 1;
      from -= packed.runs[run]?.length ?? 0;
    }
    for (;;) {
      const here = packed.runs[run];
      if (here === undefined) return undefined;
      if (at < from + here.length) return here.row(at - from);
      from += here.length;
      run += 1;
    }
  };
  const placeOf = (key: string | symbol): number =>
    typeof key === 'string' && /^(?:0|[1-9]\d*)$/.test(key) ? Number(key) : -1;
  const none: Observation[] = [];
  return new Proxy(none, {
    get(target, key) {
      if (key === 'length') return packed.length;
      if (key === Symbol.iterator) return () => packed[Symbol.iterator]();
      const at = placeOf(key);
      return at < 0 ? Reflect.get(target, key) : row(at);
    },
    has(target, key) {
      const at = placeOf(key);
      return at < 0 ? Reflect.has(target, key) : at < packed.length;
    },
    ownKeys: () => [...Array.from({ length: packed.length }, (_, at) => String(at)), 'length'],
    getOwnPropertyDescriptor(target, key) {
      const at = placeOf(key);
      return at < 0 || at >= packed.length
        ? Reflect.getOwnPropertyDescriptor(target, key)
        : { value: row(at), configurable: true, enumerable: true, writable: false };
    },
    set: () => false,
    defineProperty: () => false,
    deleteProperty: () => false,
  });
}
