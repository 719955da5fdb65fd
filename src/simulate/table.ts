import type { Table } from './run/run.ts';

/** One row of a table as text, without its line end. */
function* lines({ columns, times, width, values }: Table, run: number | undefined): Generator<string> {
  if (run === undefined || run === 1)
    yield [...(run === undefined ? [] : ['Run']), 'Time', ...columns].map(quote).join(',');
  for (let row = 0; row < times.length; row++) {
    const cells = [timeText(times[row] ?? 0)];
    if (run !== undefined) cells.unshift(String(run));
    for (let column = 0; column < width; column++)
      cells.push(String(values[row * width + column] ?? Number.NaN));
    yield cells.join(',');
  }
}

/**
 * A run as CSV (RFC 4180, but with `\n`): `Time` first, then every variable under its XMILE name, in pieces of some
 * rows. With a run's number, a column `Run` stands in front, and only the first run carries the header.
 */
export function* csvPieces(table: Table, run?: number): Generator<string> {
  let piece = '';
  for (const line of lines(table, run)) {
    piece += `${line}\n`;
    if (piece.length > 60_000) {
      yield piece;
      piece = '';
    }
  }
  if (piece !== '') yield piece;
}

/** start + n·dt without the rounding that it carries: twelve digits tell any two steps of a run apart. */
export function timeText(time: number): string {
  return String(Number(time.toPrecision(12)));
}

function quote(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

/** The values of one column over time; undefined when there is no such column. Names compare as XMILE compares them. */
export function column(table: Table, name: string, key: (name: string) => string): Float64Array | undefined {
  const wanted = key(name);
  const index = table.columns.findIndex((one) => key(one) === wanted);
  return index < 0 ? undefined : columnAt(table, index);
}

export function columnAt({ values, width, times }: Table, index: number): Float64Array {
  return Float64Array.from(times, (_, row) => values[row * width + index] ?? Number.NaN);
}

/** The first value that is no finite number, by column, for a warning. */
export function firstNonFinite(table: Table): { readonly column: string; readonly time: number }[] {
  const found: { column: string; time: number }[] = [];
  table.columns.forEach((name, index) => {
    for (let row = 0; row < table.times.length; row++) {
      if (Number.isFinite(table.values[row * table.width + index])) continue;
      found.push({ column: name, time: table.times[row] ?? 0 });
      break;
    }
  });
  return found;
}
