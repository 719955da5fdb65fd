import type { StagedBlob } from './blob.ts';
import { type Connection, type Engine, type Limits, limitsSet, transaction, Undo } from './engine.ts';
import { dropEntryFilesAfter, writeEntryFile } from './entry-file.ts';
import type { Context } from './pending.ts';
import type { Receipt, SubmissionEntry } from './submission.ts';
import { shareTurn } from './turn.ts';

/** What a submission wrote inside the transaction. */
export interface Written {
  readonly entry: SubmissionEntry;
  readonly receipt: Receipt;
}

/** A submission in the line of its city, its files synced aside. */
export interface Member {
  readonly limits: Limits;
  readonly staged: readonly StagedBlob[];
  /** Takes long, or needs a transaction to itself. */
  readonly isAlone: boolean;
  /** Handed in within a turn: it goes past the line, which waits for the turn to end. */
  readonly isInTurn: boolean;
  /** Compares and writes at the position after the head. Whatever it throws undoes this submission only. */
  write(context: Context): Promise<Written>;
  /** What an error of `write` means for the sender, the head being as given; null when it is a fault. */
  answer(error: unknown, head: number): Receipt | null;
}

interface Waiting {
  readonly member: Member;
  readonly resolve: (receipt: Receipt) => void;
  readonly reject: (error: unknown) => void;
}

type Outcome = { readonly receipt: Receipt } | { readonly error: unknown };

/** As many go into one transaction at most: the last of them waits for the first. */
const most = 64;

/**
 * Writers of one city stand in line in each process; whoever waits while a transaction runs is taken into the next one
 * together (group commit). The lock of the log, its files' folders and the commit are then paid once for all of them.
 * Each keeps its own position, its own limits and its own refusal: a savepoint parts it from the
 * others. None is answered before the commit.
 */
class Groups {
  readonly #engine: Engine;
  readonly #directory: string;
  readonly #lines = new Map<string, Waiting[]>();
  readonly #steps = new Map<string, Map<string, ReadonlySet<string>>>();

  constructor(engine: Engine, directory: string) {
    this.#engine = engine;
    this.#directory = directory;
  }

  async add(city: string, member: Member): Promise<Receipt> {
    if (!member.isInTurn) return this.#queue(city, member);
    const [outcome] = await this.#store(city, [member]);
    if (outcome !== undefined && 'receipt' in outcome) return outcome.receipt;
    throw outcome?.error;
  }

  #queue(city: string, member: Member): Promise<Receipt> {
    return new Promise((resolve, reject) => {
      const waiting = { member, resolve, reject };
      const line = this.#lines.get(city);
      if (line !== undefined) {
        line.push(waiting);
        return;
      }
      const fresh = [waiting];
      this.#lines.set(city, fresh);
      void this.#work(city, fresh);
    });
  }

  async #work(city: string, line: Waiting[]): Promise<void> {
    while (line.length > 0) {
      const group = line.splice(0, together(line));
      try {
        const outcomes = await this.#store(
          city,
          group.map(({ member }) => member),
        );
        for (const [at, { resolve, reject }] of group.entries()) {
          const outcome = outcomes[at];
          if (outcome !== undefined && 'receipt' in outcome) resolve(outcome.receipt);
          else reject(outcome?.error);
        }
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    this.#lines.delete(city);
  }

  async #store(city: string, members: readonly Member[]): Promise<readonly Outcome[]> {
    const known = this.#steps.get(city) ?? new Map<string, ReadonlySet<string>>();
    const steps = new Map(known);
    try {
      const outcomes = await transaction(
        this.#engine,
        { role: 'writer', city, areas: [], departments: [], ballots: [] },
        (connection) => this.#write(connection, city, members, steps),
        members.some(({ isAlone }) => isAlone) ? 'copies' : 'statements',
      );
      this.#steps.set(city, steps);
      return outcomes;
    } catch (error) {
      if (error instanceof Undo) return error.value;
      throw error;
    }
  }

  async #write(
    connection: Connection,
    city: string,
    members: readonly Member[],
    steps: Map<string, ReadonlySet<string>>,
  ): Promise<readonly Outcome[]> {
    const mayShare = this.#engine.name === 'postgres' && !members.some(({ isInTurn }) => isInTurn);
    const [, before] = await Promise.all([
      mayShare ? shareTurn(connection, city) : null,
      lockCity(connection, city),
    ]);
    let head = before;
    const outcomes: Outcome[] = [];
    const stored: { readonly entry: SubmissionEntry; readonly staged: readonly StagedBlob[] }[] = [];
    for (const [at, { limits, staged, write, answer }] of members.entries()) {
      // Who is alone in the transaction needs no savepoint: a refusal undoes all of it.
      const isAlone = members.length === 1;
      const savepoint = `${at === 0 ? '' : 'RELEASE SAVEPOINT member;'} SAVEPOINT member;`;
      const parted = connection.script(`${isAlone ? '' : savepoint} SELECT ${limitsSet(limits)}`);
      try {
        const [{ entry, receipt }] = await Promise.all([
          write({ connection, city, head, corrects: null, steps }),
          parted,
        ]);
        head = entry.position;
        stored.push({ entry, staged });
        outcomes.push({ receipt });
      } catch (error) {
        if (!isAlone) await connection.script('ROLLBACK TO SAVEPOINT member');
        const receipt = answer(error, head);
        outcomes.push(receipt === null ? { error } : { receipt });
      }
    }
    // Nothing to commit: not even the row of a city that is new.
    if (stored.length === 0) throw new Undo<readonly Outcome[]>(outcomes);
    await dropEntryFilesAfter(this.#directory, city, head);
    await Promise.all([
      ...stored.map(({ entry }) => writeEntryFile(this.#directory, entry)),
      ...stored.flatMap(({ staged }) => staged.map((each) => each.place())),
    ]);
    return outcomes;
  }
}

/** How many from the front of a line go into one transaction. */
function together(line: readonly Waiting[]): number {
  const alone = line.findIndex(({ member }) => member.isAlone);
  if (alone === 0) return 1;
  return Math.min(most, alone === -1 ? line.length : alone);
}

/** Takes the city's place in the line of all processes; gives its head. */
async function lockCity(connection: Connection, city: string): Promise<number> {
  const lock = async (): Promise<number | null> => {
    const { rows } = await connection.fixed<{ head: number }>(
      'SELECT head FROM city_log WHERE city = $1 FOR UPDATE',
      [city],
    );
    return rows[0]?.head ?? null;
  };
  const head = await lock();
  if (head !== null) return head;
  await connection.query('INSERT INTO city_log (city) VALUES ($1) ON CONFLICT DO NOTHING', [city]);
  return (await lock()) ?? 0;
}

const groups = new WeakMap<Engine, Groups>();

/** The lines of writers of an engine, whose log on disk stands in `directory`. */
export function groupsOf(engine: Engine, directory: string): Groups {
  const known = groups.get(engine) ?? new Groups(engine, directory);
  groups.set(engine, known);
  return known;
}
