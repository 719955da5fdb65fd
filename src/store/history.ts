import type { RecordAddress } from './address.ts';
import type { Connection } from './engine.ts';
import { cellOf, type ObservationRow, observationOf } from './observation.ts';
import type { RecordVersion } from './store.ts';

interface BodyRow {
  readonly position: number;
  readonly withdrawn: boolean;
  readonly body: unknown;
  readonly file: string | null;
  readonly file_row: number | null;
}

/** Every version of one record, oldest first; none when the address names nothing. */
export async function readHistory(
  connection: Connection,
  city: string,
  record: RecordAddress,
): Promise<RecordVersion[]> {
  const cell = cellOf(record);
  if (cell !== null) {
    const { rows } = await connection.query<ObservationRow>(
      `SELECT * FROM observation WHERE city = $1 AND (indicator, area, period, breakdown) = ($2, $3, $4, $5)
        ORDER BY position`,
      [city, ...cell],
    );
    return rows.map((row) => ({
      record,
      position: row.position,
      withdrawn: row.withdrawn,
      content: row.withdrawn ? null : observationOf(row),
      file: row.file,
      row: row.file_row,
    }));
  }
  const at = record.indexOf('/');
  const { rows } = await connection.query<BodyRow>(
    `SELECT position, withdrawn, body, file, file_row FROM definition WHERE city = $1 AND kind = $2 AND id = $3
     UNION ALL SELECT position, withdrawn, body, file, file_row FROM statement WHERE city = $1 AND kind = $2 AND id = $3
     ORDER BY position`,
    [city, record.slice(0, Math.max(at, 0)), record.slice(at + 1)],
  );
  return rows.map(({ position, withdrawn, body, file, file_row }) => ({
    record,
    position,
    withdrawn,
    content: body,
    file,
    row: file_row,
  }));
}
