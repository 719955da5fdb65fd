import { breakdownKey, type Observation } from '../model/index.ts';
import type { FindingList } from './finding-list.ts';
import type { Origin, OriginPart } from './origins.ts';

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

/**
 * The records of one kind by address: one cell, one record. A record that stands twice, equal in everything, is
 * counted once and told; two that differ are an error that names both places.
 *
 * Places are kept as plain numbers beside the records: an object for each of 600,000 rows would cost more than the rows.
 */
export class Records<T extends object> implements OriginPart {
  readonly #noun: string;
  readonly #address: (record: T) => string;
  readonly #mend: string;
  readonly #findings: FindingList;
  readonly #places = new Map<string, number>();
  readonly #records: T[] = [];
  readonly #rows: number[] = [];
  /** Files in the order they were read, each with the number of the first record it gave. */
  readonly #files: { readonly file: string; readonly first: number }[] = [];

  constructor(noun: string, address: (record: T) => string, mend: string, findings: FindingList) {
    this.#noun = noun;
    this.#address = address;
    this.#mend = mend;
    this.#findings = findings;
  }

  add(record: T, file: string, row: number): void {
    const address = this.#address(record);
    const before = this.#places.get(address);
    if (before !== undefined) {
      this.#twice(address, before, record, { file, row });
      return;
    }
    const number = this.#records.length;
    if (this.#files.at(-1)?.file !== file) this.#files.push({ file, first: number });
    this.#places.set(address, number);
    this.#records.push(record);
    this.#rows.push(row);
  }

  #twice(address: string, before: number, record: T, origin: Origin): void {
    const other = this.#records[before];
    const first = this.#originOf(before);
    const where = { file: origin.file, row: origin.row, column: 'value' };
    const differing = other === undefined ? [] : fieldsThatDiffer(other, record);
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

  #originOf(number: number): Origin {
    const file = this.#files.findLast(({ first }) => first <= number)?.file ?? '';
    return { file, row: this.#rows[number] ?? 1 };
  }

  get size(): number {
    return this.#places.size;
  }

  addresses(): Iterable<string> {
    return this.#places.keys();
  }

  origin(address: string): Origin | undefined {
    const number = this.#places.get(address);
    return number === undefined ? undefined : this.#originOf(number);
  }

  /** The records in the order of `compare`, or else of their addresses: free of files and rows. */
  sorted(compare?: (a: T, b: T) => number): readonly T[] {
    if (compare !== undefined) return [...this.#records].sort(compare);
    return [...this.#records].sort((a, b) => byText(this.#address(a), this.#address(b)));
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
