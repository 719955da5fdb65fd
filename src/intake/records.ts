import { breakdownKey, type Observation } from '../model/index.ts';
import type { FindingList } from './finding-list.ts';

/** Order by code units: the same on every machine and in every language. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Series by series: indicator, area, period, breakdown. */
export function bySeries(a: Observation, b: Observation): number {
  return (
    byText(a.indicator, b.indicator) ||
    byText(a.area, b.area) ||
    byText(a.period, b.period) ||
    byText(breakdownKey(a.breakdown), breakdownKey(b.breakdown))
  );
}

/** Where a record was written. */
export interface Origin {
  readonly file: string;
  readonly row: number;
}

/**
 * The records of one kind by address: one cell, one record. A record that stands twice, equal in everything, is
 * counted once and told; two that differ are an error that names both places.
 */
export class Records<T extends object> {
  readonly #noun: string;
  readonly #address: (record: T) => string;
  readonly #mend: string;
  readonly #findings: FindingList;
  readonly #kept = new Map<string, T>();
  readonly #origins: Map<string, Origin>;

  constructor(
    noun: string,
    address: (record: T) => string,
    mend: string,
    origins: Map<string, Origin>,
    findings: FindingList,
  ) {
    this.#noun = noun;
    this.#address = address;
    this.#mend = mend;
    this.#origins = origins;
    this.#findings = findings;
  }

  add(record: T, origin: Origin): void {
    const address = this.#address(record);
    const other = this.#kept.get(address);
    if (other === undefined) {
      this.#kept.set(address, record);
      this.#origins.set(address, origin);
      return;
    }
    const first = this.#origins.get(address) ?? origin;
    const where = { file: origin.file, row: origin.row, column: 'value' };
    const differing = fieldsThatDiffer(other, record);
    if (differing.length === 0)
      this.#findings.warning(`${this.#noun}.repeated`, where, {
        what: `this row says the same as ${first.file}:${first.row}`,
        why: 'it was counted once',
        mend: 'delete one of the two rows',
      });
    else
      this.#findings.error(`${this.#noun}.duplicate`, where, {
        what: `${address} stands here and in ${first.file}:${first.row} with another ${differing.join(', ')}`,
        why: `a cell (area, indicator, period, breakdown) holds one ${this.#noun}`,
        mend: this.#mend,
      });
  }

  /** The records in the order of `compare`, or else of their addresses: free of files and rows. */
  sorted(compare?: (a: T, b: T) => number): readonly T[] {
    if (compare !== undefined) return [...this.#kept.values()].sort(compare);
    return [...this.#kept].sort(([a], [b]) => byText(a, b)).map(([, record]) => record);
  }
}

/** The names of the fields in which two records differ, with the two values of `value`. */
function fieldsThatDiffer<T extends object>(a: T, b: T): string[] {
  const theirs = new Map<string, unknown>(Object.entries(b));
  return Object.entries(a).flatMap(([field, mine]) => {
    const other = theirs.get(field);
    if (JSON.stringify(mine) === JSON.stringify(other)) return [];
    return [field === 'value' ? `value (${String(other)}, there ${String(mine)})` : field];
  });
}
