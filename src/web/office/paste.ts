/** The columns of a request sheet that one writes in, from left to right. */
export const gridParts = ['value', 'reason', 'note'] as const;
export type GridPart = (typeof gridParts)[number];

export interface PastedCell {
  /** Rows below the cell that was pasted into. */
  readonly row: number;
  readonly part: GridPart;
  readonly text: string;
}

/**
 * A block as spreadsheets put it on the clipboard, cell by cell, starting in column `from`: tabs between cells, line ends
 * between rows, quotes around what holds either. What would stand beyond the last column is left out.
 */
export function cellsOfPaste(text: string, from: GridPart): readonly PastedCell[] {
  const start = gridParts.indexOf(from);
  const rows: string[][] = [[]];
  let cell = '';
  let quoted = false;
  const endCell = (): void => {
    rows.at(-1)?.push(cell.trim());
    cell = '';
  };
  for (let at = 0; at < text.length; at++) {
    const letter = text[at] ?? '';
    if (quoted) {
      if (letter !== '"') cell += letter;
      else if (text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (letter === '"' && cell === '') quoted = true;
    else if (letter === '\t') endCell();
    else if (letter === '\n') {
      endCell();
      rows.push([]);
    } else if (letter !== '\r') cell += letter;
  }
  endCell();
  if (rows.length > 1 && rows.at(-1)?.join('') === '') rows.pop();
  return rows.flatMap((cells, row) =>
    cells.flatMap((value, column) => {
      const part = gridParts[start + column];
      return part === undefined ? [] : [{ row, part, text: value }];
    }),
  );
}
