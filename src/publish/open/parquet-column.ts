/** A page of a column, ready but for its place in the file. */
export interface ParquetPage {
  /** A dictionary (`DICTIONARY_PAGE`, 2) or values (`DATA_PAGE_V2`, 3); which fields each has is `parquet.thrift`'s. */
  readonly kind: 2 | 3;
  readonly counts: readonly number[];
  /** Definition levels, which are never compressed. */
  readonly levels: Uint8Array;
  readonly values: Uint8Array;
}

/** What is written of one column in a group of rows; taken once, after which the column is empty. */
export interface ParquetColumn {
  /** Adds a cell so many times. */
  add(cell: string | null, times?: number): void;
  take(): { readonly pages: readonly ParquetPage[]; readonly isListed: boolean };
}

/** Bytes that grow. */
class Bytes {
  #held = Buffer.allocUnsafe(1 << 12);
  #length = 0;

  #room(more: number): void {
    if (this.#length + more <= this.#held.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#held.length * 2, this.#length + more));
    this.#held.copy(larger, 0, 0, this.#length);
    this.#held = larger;
  }

  byte(value: number): void {
    this.#room(1);
    this.#held[this.#length] = value;
    this.#length += 1;
  }

  varint(value: number): void {
    let rest = value;
    for (; rest > 0x7f; rest >>>= 7) this.byte((rest & 0x7f) | 0x80);
    this.byte(rest);
  }

  /** Little-endian, in so many whole bytes as a value of this many bits takes. */
  packed(value: number, bits: number): void {
    for (let shift = 0; shift < bits; shift += 8) this.byte((value >>> shift) & 0xff);
  }

  /** Text as PLAIN has it: its length in four bytes, then UTF-8. */
  text(text: string): void {
    this.#room(4 + text.length * 3);
    const from = this.#length + 4;
    let at = 0;
    // Most cells are a few letters of ASCII: asking the engine to write them costs more than writing them here.
    for (; at < text.length; at += 1) {
      const letter = text.charCodeAt(at);
      if (letter > 0x7f) break;
      this.#held[from + at] = letter;
    }
    const length = at === text.length ? at : this.#held.write(text, from, 'utf8');
    this.#held.writeUInt32LE(length, this.#length);
    this.#length = from + length;
  }

  /** What is held, good until something is added. */
  get all(): Uint8Array {
    return this.#held.subarray(0, this.#length);
  }

  clear(): void {
    this.#length = 0;
  }
}

/** Which cells have a value, as runs; nothing is written for a column that always has one. */
class Levels {
  readonly #isRequired: boolean;
  readonly #bytes = new Bytes();
  #last = 1;
  #run = 0;
  rows = 0;
  nulls = 0;

  constructor(isRequired: boolean) {
    this.#isRequired = isRequired;
  }

  add(level: 0 | 1, times: number): void {
    if (level === 0 && this.#isRequired)
      throw new TypeError('a column that always has a value was given none');
    this.rows += times;
    if (level === 0) this.nulls += times;
    if (level !== this.#last) this.#end();
    this.#last = level;
    this.#run += times;
  }

  #end(): void {
    if (this.#run === 0) return;
    this.#bytes.varint(this.#run * 2);
    this.#bytes.byte(this.#last);
    this.#run = 0;
  }

  get bytes(): Uint8Array {
    if (this.#isRequired) return new Uint8Array(0);
    this.#end();
    return this.#bytes.all;
  }

  clear(): void {
    this.#bytes.clear();
    [this.#last, this.#run, this.rows, this.nulls] = [1, 0, 0, 0];
  }
}

/** A page of values: values, nulls, rows, encoding, then bytes of definition and of repetition levels. */
const dataPage = (levels: Levels, encoding: number, values: Uint8Array): ParquetPage => ({
  kind: 3,
  counts: [levels.rows, levels.nulls, levels.rows, encoding, levels.bytes.length, 0],
  levels: levels.bytes,
  values,
});

const plainEncoding = 0;
const listEncoding = 8;

/** Cells one after the other: for what is seldom said twice. */
export class PlainColumn implements ParquetColumn {
  readonly #levels: Levels;
  readonly #values = new Bytes();

  constructor(isRequired: boolean) {
    this.#levels = new Levels(isRequired);
  }

  add(cell: string | null, times = 1): void {
    this.#levels.add(cell === null ? 0 : 1, times);
    if (cell !== null) for (let time = 0; time < times; time += 1) this.#values.text(cell);
  }

  take(): { readonly pages: readonly ParquetPage[]; readonly isListed: boolean } {
    const page = dataPage(this.#levels, plainEncoding, Uint8Array.prototype.slice.call(this.#values.all));
    const taken = { pages: [{ ...page, levels: page.levels.slice() }], isListed: false };
    this.#levels.clear();
    this.#values.clear();
    return taken;
  }
}

/** Cells as places in a list of what the column says, runs of one place as one (RLE_DICTIONARY). */
export class ListedColumn implements ParquetColumn {
  readonly #levels: Levels;
  readonly #places = new Map<string, number>();
  readonly #runs: number[] = [];
  readonly #of: number[] = [];
  #last: string | null = null;
  #place = 0;

  constructor(isRequired: boolean) {
    this.#levels = new Levels(isRequired);
  }

  add(cell: string | null, times = 1): void {
    this.#levels.add(cell === null ? 0 : 1, times);
    if (cell === null || times === 0) return;
    if (cell !== this.#last) {
      this.#last = cell;
      this.#place = this.#places.get(cell) ?? this.#places.size;
      this.#places.set(cell, this.#place);
    }
    const end = this.#runs.length - 1;
    if (this.#of[end] === this.#place) this.#runs[end] = (this.#runs[end] ?? 0) + times;
    else {
      this.#of.push(this.#place);
      this.#runs.push(times);
    }
  }

  take(): { readonly pages: readonly ParquetPage[]; readonly isListed: boolean } {
    const list = new Bytes();
    for (const text of this.#places.keys()) list.text(text);
    const bits = Math.max(1, 32 - Math.clz32(Math.max(0, this.#places.size - 1)));
    const values = new Bytes();
    values.byte(bits);
    this.#write(values, bits);
    const none = new Uint8Array(0);
    const page = dataPage(this.#levels, listEncoding, values.all);
    const pages: ParquetPage[] = [
      { kind: 2, counts: [this.#places.size, plainEncoding], levels: none, values: list.all },
      { ...page, levels: page.levels.slice() },
    ];
    this.#levels.clear();
    this.#places.clear();
    this.#runs.length = 0;
    this.#of.length = 0;
    this.#last = null;
    return { pages, isListed: true };
  }

  /** Runs of eight and more as runs, what is between them in eights, bit by bit; the last eight may be filled up. */
  #write(into: Bytes, bits: number): void {
    let waiting: number[] = [];
    const flush = (): void => {
      if (waiting.length === 0) return;
      while (waiting.length % 8 !== 0) waiting.push(0);
      into.varint((waiting.length / 8) * 2 + 1);
      let held = 0;
      let used = 0;
      for (const place of waiting) {
        for (let bit = 0; bit < bits; bit += 1) {
          held |= ((place >>> bit) & 1) << used;
          used += 1;
          if (used === 8) {
            into.byte(held);
            [held, used] = [0, 0];
          }
        }
      }
      waiting = [];
    };
    for (let run = 0; run < this.#runs.length; run += 1) {
      const place = this.#of[run] ?? 0;
      let times = this.#runs[run] ?? 0;
      // Only whole eights may stand before a run.
      for (; times > 0 && waiting.length % 8 !== 0; times -= 1) waiting.push(place);
      if (times >= 8) {
        flush();
        into.varint(times * 2);
        into.packed(place, bits);
      } else for (; times > 0; times -= 1) waiting.push(place);
    }
    flush();
  }
}
