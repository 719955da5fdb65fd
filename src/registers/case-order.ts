import type { CaseRecord } from './case-record.ts';

/** Some cases that follow each other by number. A piece is never changed: what changes is a new piece. */
export type Piece = readonly CaseRecord[];

const most = 512;

/**
 * The cases of a register by number, in pieces: a case that changes makes one piece anew, so that whatever was worked out
 * over the others can be kept by piece. Changes wait until somebody looks.
 */
export class CaseOrder {
  #pieces: readonly Piece[] = [];
  #flat: readonly CaseRecord[] | null = [];
  #waiting = new Map<string, CaseRecord>();

  put(record: CaseRecord): void {
    this.#waiting.set(record.stream, record);
    this.#flat = null;
  }

  /** In the order of numbers. */
  pieces(): readonly Piece[] {
    if (this.#waiting.size > 0) {
      const changed = [...this.#waiting.values()].sort(byStream);
      this.#waiting = new Map();
      this.#pieces = merged(this.#pieces, changed);
    }
    return this.#pieces;
  }

  /** The same as one list; the same list as long as nothing changed. */
  all(): readonly CaseRecord[] {
    this.#flat ??= this.pieces().flat();
    return this.#flat;
  }

  /** As it is now; what is put into one of both does not reach the other. */
  copy(): CaseOrder {
    const copy = new CaseOrder();
    copy.#pieces = this.pieces();
    copy.#flat = this.#flat;
    return copy;
  }
}

/** Pieces with changed and new cases put in; pieces without any stay the same ones. */
function merged(pieces: readonly Piece[], changed: readonly CaseRecord[]): readonly Piece[] {
  const made: Piece[] = [];
  let at = 0;
  for (const [place, piece] of pieces.entries()) {
    const end = pieces[place + 1]?.[0]?.stream;
    const from = at;
    while (at < changed.length && (end === undefined || (changed[at]?.stream ?? '') < end)) at += 1;
    if (from === at) made.push(piece);
    else put(made, piece, changed.slice(from, at));
  }
  if (pieces.length === 0) put(made, [], changed);
  return made;
}

function put(made: Piece[], piece: Piece, changed: readonly CaseRecord[]): void {
  const byName = new Map(piece.map((each) => [each.stream, each]));
  for (const each of changed) byName.set(each.stream, each);
  const sorted = [...byName.values()].sort(byStream);
  for (let at = 0; at < sorted.length; at += most) made.push(sorted.slice(at, at + most));
}

function byStream(a: CaseRecord, b: CaseRecord): number {
  return a.stream < b.stream ? -1 : a.stream > b.stream ? 1 : 0;
}
