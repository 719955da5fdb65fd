import type { Store } from '../../store/index.ts';
import { Change } from './change.ts';
import { type Entity, StaError } from './model.ts';
import { type Kept, register, streamOf, Things } from './things.ts';

/** The sensors of one city on its store: read from memory, written to the log first. */
export class SensorService {
  readonly #store: Store;
  readonly #city: string;
  readonly #area: string;
  #things: Things | null = null;
  #head = -1;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(store: Store, city: string, area: string) {
    this.#store = store;
    this.#city = city;
    this.#area = area;
  }

  /** All entities as the log has them now. */
  async things(): Promise<Things> {
    const head = await this.#logHead();
    // Another process may have written; what only others of this city wrote costs one reading.
    if (this.#things === null || (this.#store.engine === 'postgres' && head !== this.#head)) {
      const events = await this.#store.events(this.#city, { register: register.register });
      this.#things = Things.from(events);
      this.#head = head;
    }
    return this.#things;
  }

  /**
   * Works a change out and stores it as one submission, or nothing of it. One after another; when another process has
   * taken the same ids meanwhile, it is worked out anew.
   */
  write<Result>(
    agent: string,
    now: string,
    work: (change: Change, things: Things) => Result,
  ): Promise<Result> {
    const turn = this.#queue.then(async () => {
      for (let attempt = 1; ; attempt += 1) {
        const things = await this.things();
        const change = new Change(things, now, this.#area);
        const result = work(change, things);
        const receipt = await this.#store.submit({
          city: this.#city,
          kind: 'record',
          agent,
          received: now,
          files: [],
          records: {
            registers: [{ ...register, steps: [...register.steps] }],
            events: change.states.map((kept) => eventOf(kept, things, agent, now)),
          },
        });
        if (receipt.outcome === 'refused') {
          this.#things = null;
          if (attempt < 5 && this.#store.engine === 'postgres') continue;
          throw new StaError(409, receipt.findings[0]?.what ?? 'the log refused it');
        }
        for (const kept of change.states) things.put(kept);
        this.#head = receipt.position;
        return result;
      }
    });
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  async #logHead(): Promise<number> {
    if (this.#store.engine !== 'postgres') return 0;
    return (await this.#store.cities()).find(({ id }) => id === this.#city)?.head ?? 0;
  }
}

function eventOf({ entity, seq, kind, area }: Kept, things: Things, actor: string, now: string) {
  const before = things.kindOf(entity.type, entity.id);
  return {
    area,
    stream: streamOf(entity),
    seq,
    register: register.register,
    version: register.version,
    kind,
    from: before ?? ('' as const),
    occurred: now,
    actor,
    body: kind === 'removed' ? {} : bodyOf(entity),
  };
}

function bodyOf({ values, links }: Entity) {
  return {
    values: { ...values },
    links: Object.fromEntries(Object.entries(links).map(([name, ids]) => [name, [...ids]])),
  };
}
