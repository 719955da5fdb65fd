import { type Connection, type Engine, transaction } from './engine.ts';

/** Names the turn that a submission is handed in within. */
export interface Turn {
  readonly city: string;
}

/**
 * Runs `work` in a turn: as long as it lasts, only what names this turn is stored for the city, so that what was worked out
 * from the head of the log still fits when it is handed in. It is for who lost the race for the head several times: among
 * many processes one may lose it for ever. Every submission asks for a share of the city's turn first, who wants it whole
 * asks for all of it, and the server keeps both in one line, first come, first served: nobody waits for ever. It ends with
 * its transaction, also when the process is killed or the connection breaks: then the race decides again, and still
 * nothing is stored twice. The embedded database has one process, whose writers stand in one line anyway.
 */
export async function inTurn<T>(engine: Engine, city: string, work: (turn: Turn) => Promise<T>): Promise<T> {
  if (engine.name === 'pglite') return work({ city });
  const done: T[] = [];
  try {
    return await transaction(
      engine,
      { role: 'reader', city, areas: [] },
      async (connection) => {
        await connection.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 6))', [city]);
        const result = await work({ city });
        done.push(result);
        return result;
      },
      'turns',
    );
  } catch (error) {
    // What the work came to holds, even if the connection that kept the turn broke meanwhile.
    for (const result of done) return result;
    throw error;
  }
}

/** The first statement of a submission outside a turn: waits for as long as someone has it. */
export async function shareTurn(connection: Connection, city: string): Promise<void> {
  await connection.fixed('SELECT pg_advisory_xact_lock_shared(hashtextextended($1, 6))', [city]);
}
