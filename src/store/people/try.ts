import type { Connection } from '../engine.ts';

/** Longest time that failed tries are remembered. */
const remembered = '1 day';

export async function noteTry(
  connection: Connection,
  subject: string,
  at: string,
  id: string,
): Promise<void> {
  await connection.query('INSERT INTO failed_try (subject, at, id) VALUES ($1, $2, $3)', [subject, at, id]);
  await connection.query(
    `DELETE FROM failed_try WHERE subject = $1 AND at < $2::timestamptz - interval '${remembered}'`,
    [subject, at],
  );
}

export async function countTries(connection: Connection, subject: string, since: string): Promise<number> {
  const { rows } = await connection.fixed<{ tries: number }>(
    'SELECT count(*)::integer AS tries FROM failed_try WHERE subject = $1 AND at > $2',
    [subject, since],
  );
  return rows[0]?.tries ?? 0;
}

export async function clearTries(connection: Connection, subject: string): Promise<void> {
  await connection.query('DELETE FROM failed_try WHERE subject = $1', [subject]);
}
