import type { TextPlace } from '../text.ts';
import type { DataRow } from './row.ts';

/** Where a cell stands. The column of the file is not known here, so it is 1; the text names the cell. */
export function place(row: DataRow, column: string, text: string): TextPlace {
  const parts = Object.entries(row.breakdown).map(([dimension, value]) => `${dimension}=${value}`);
  const cell = [row.area, row.indicator, row.period, ...parts].join(' ');
  return { file: row.file, line: row.row, column: 1, text: `${cell}: ${column} ${text}`.slice(0, 220) };
}
