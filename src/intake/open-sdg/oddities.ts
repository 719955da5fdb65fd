import type { Finding, Place } from '../../model/index.ts';

interface Oddity {
  readonly rule: string;
  readonly severity: 'warning' | 'note';
  readonly file: string;
  readonly column: string | undefined;
  readonly pointer: string | undefined;
  readonly what: string;
  readonly why: string;
  readonly mend: string;
  readonly rows: number[];
}

/** Collects what is unusual in a repository. The same thing in many rows of a file is told once, with the rows. */
export class Oddities {
  readonly #found = new Map<string, Oddity>();

  add(
    severity: Oddity['severity'],
    rule: string,
    where: Place,
    what: string,
    why: string,
    mend: string,
  ): void {
    const column = where.column === undefined ? undefined : String(where.column);
    const key = [rule, where.file, column, what].join('\u0000');
    let oddity = this.#found.get(key);
    if (oddity === undefined) {
      oddity = {
        rule,
        severity,
        file: where.file,
        column,
        pointer: where.pointer,
        what,
        why,
        mend,
        rows: [],
      };
      this.#found.set(key, oddity);
    }
    if (where.row !== undefined) oddity.rows.push(where.row);
  }

  warn(rule: string, where: Place, what: string, why: string, mend: string): void {
    this.add('warning', rule, where, what, why, mend);
  }

  note(rule: string, where: Place, what: string, why: string, mend: string): void {
    this.add('note', rule, where, what, why, mend);
  }

  /** File by file; where it is many rows, the first of them and how many there are. */
  get findings(): readonly Finding[] {
    return [...this.#found.values()]
      .sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : (a.rows[0] ?? 0) - (b.rows[0] ?? 0)))
      .map(({ rule, severity, file, column, pointer, what, why, mend, rows }) => {
        const [row] = rows;
        return {
          rule,
          severity,
          where: {
            file,
            ...(row === undefined ? {} : { row }),
            ...(column === undefined ? {} : { column }),
            ...(pointer === undefined ? {} : { pointer }),
          },
          what: rows.length > 1 ? `${what} (${rows.length} rows: ${rowList(rows)})` : what,
          why,
          mend,
        };
      });
  }
}

/** `3–5, 9, …`: the first stretches of a list of rows. */
export function rowList(rows: readonly number[]): string {
  const stretches: [number, number][] = [];
  for (const row of [...rows].sort((a, b) => a - b)) {
    const last = stretches.at(-1);
    if (last !== undefined && row - last[1] <= 1) last[1] = row;
    else stretches.push([row, row]);
  }
  const told = stretches.slice(0, 6).map(([from, to]) => (from === to ? String(from) : `${from}–${to}`));
  return told.join(', ') + (stretches.length > 6 ? ', …' : '');
}
