import type { Connection } from './engine.ts';
import type { SubmissionEntry } from './submission.ts';

export async function readCities(connection: Connection): Promise<{ id: string; head: number }[]> {
  const { rows } = await connection.query<{ id: string; head: number }>(
    'SELECT city AS id, head FROM city_log ORDER BY city',
  );
  return [...rows];
}

/** The log after a position, oldest first. Times come in UTC. */
export async function readSubmissions(
  connection: Connection,
  city: string,
  after: number,
  upTo: number,
): Promise<SubmissionEntry[]> {
  const { rows } = await connection.query<SubmissionEntry>(
    `SELECT city, position, kind, agent,
      to_char(received AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS received, corrects,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('path', path, 'sha256', sha256, 'size', size) ORDER BY path), '[]')
        FROM submission_file f WHERE f.city = s.city AND f.position = s.position) AS files
     FROM submission s WHERE city = $1 AND position > $2 AND position <= $3 ORDER BY position`,
    [city, after, upTo],
  );
  return [...rows];
}
