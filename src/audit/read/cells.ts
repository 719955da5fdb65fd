/** One cell of a row: what it says, without marks of emphasis, and where that stands in the row. */
export interface Cell {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The cells of a row written with tabs, or with bars, which may also stand around the row. */
export function cellsOf(row: string): Cell[] {
  const mark = row.includes('\t') ? '\t' : '|';
  const cells: Cell[] = [];
  let from = 0;
  for (const part of row.split(mark)) {
    const start = from + part.length - part.trimStart().length;
    cells.push({
      text: part.replace(/[*_`]/g, '').trim(),
      start,
      end: Math.max(start, from + part.trimEnd().length),
    });
    from += part.length + 1;
  }
  if (mark === '\t') return cells;
  return cells.slice(cells[0]?.text === '' ? 1 : 0, cells.at(-1)?.text === '' ? -1 : undefined);
}
