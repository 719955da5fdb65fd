import type { Receipt, Records, Store, Turn } from '../../store/index.ts';
import { carryOver } from './carry-over.ts';
import { Change, type Moment } from './change.ts';
import { StaError } from './model.ts';
import { Sensors } from './sensors.ts';

/** Work on a change. What it throws undoes only itself. */
export type Work<Result> = (change: Change, sensors: Sensors) => Promise<Result>;

export interface Sender {
  readonly agent: string;
  /** It only adds observations: such work of one sender shares a submission when it comes at the same time. */
  readonly adds?: boolean;
  /** A reading that was sent before is not stored again. */
  readonly once?: boolean;
}

interface Job {
  readonly sender: Sender;
  /** Works itself out on a change; `settle` is called once that is stored. Undefined: it failed and has been told. */
  readonly run: (change: Change, sensors: Sensors) => Promise<(() => void) | undefined>;
  readonly fail: (error: unknown) => void;
}

/** Jobs that share one submission at the most. */
const mostTogether = 500;
/** Tries beside everyone else before it asks for a turn; then as many more. */
const races = 2;
const attempts = 5;

/** The sensors of one city on its store. Nothing of them is kept in memory but the last number of each stream. */
export class SensorService {
  readonly #store: Store;
  readonly #city: string;
  readonly #area: string;
  readonly #areas: () => ReadonlySet<string>;
  readonly #now: () => string;
  readonly #last = new Map<number, number>();
  readonly #waiting: Job[] = [];
  #working = false;
  #ready: Promise<number> | null = null;

  constructor(
    store: Store,
    place: { readonly city: string; readonly area: string; readonly areas: () => ReadonlySet<string> },
    now: () => string,
  ) {
    this.#store = store;
    this.#city = place.city;
    this.#area = place.area;
    this.#areas = place.areas;
    this.#now = now;
  }

  /** Resolves when what an older release kept is where this one looks for it; to be awaited before the first use. */
  async ready(): Promise<void> {
    this.#ready ??= carryOver(this.#store, this.#city, this.#now());
    await this.#ready.catch((error: unknown) => {
      this.#ready = null;
      throw error;
    });
  }

  /** What there is, now or as of a position. */
  sensors(asOf?: number): Sensors {
    return new Sensors(this.#store, this.#city, asOf);
  }

  /**
   * Works a change out and stores it, or nothing of it; resolves when it is on disk. One after another; what waits
   * meanwhile and only adds observations is stored in one submission. Where another process has taken the same numbers
   * it is worked out anew.
   */
  write<Result>(sender: Sender, work: Work<Result>): Promise<Result> {
    return new Promise<Result>((resolve, fail) => {
      this.#waiting.push({
        sender,
        fail,
        run: async (change, sensors) => {
          try {
            const result = await change.attempt((on) => work(on, sensors));
            return () => resolve(result);
          } catch (error) {
            fail(error);
            return undefined;
          }
        },
      });
      void this.#work();
    });
  }

  async #work(): Promise<void> {
    if (this.#working) return;
    this.#working = true;
    for (let jobs = this.#take(); jobs.length > 0; jobs = this.#take())
      await this.#storeAll(jobs).catch((error: unknown) => {
        this.#last.clear();
        for (const { fail } of jobs) fail(error);
      });
    this.#working = false;
  }

  /** The first that waits, and all after it that may share its submission. */
  #take(): readonly Job[] {
    const [first] = this.#waiting;
    if (first === undefined) return [];
    const { agent, adds, once } = first.sender;
    const other = this.#waiting.findIndex(
      ({ sender }) => adds !== true || sender.adds !== true || sender.agent !== agent || sender.once !== once,
    );
    const together = other === -1 ? this.#waiting.length : Math.max(1, other);
    return this.#waiting.splice(0, Math.min(together, mostTogether));
  }

  async #storeAll(jobs: readonly Job[]): Promise<void> {
    const [first] = jobs;
    if (first === undefined) return;
    const attemptOnce = async (turn?: Turn) => {
      const moment: Moment = {
        now: this.#now(),
        area: this.#area,
        areas: this.#areas(),
        once: first.sender.once === true,
      };
      const sensors = this.sensors();
      const change = new Change(sensors, moment, this.#last);
      const settled: (() => void)[] = [];
      for (const job of jobs) {
        const settle = await job.run(change, sensors);
        if (settle !== undefined) settled.push(settle);
      }
      return {
        settled,
        receipt:
          settled.length === 0 ? null : await this.#submit(first.sender.agent, moment.now, change, turn),
      };
    };
    for (let attempt = 1; ; attempt += 1) {
      const { settled, receipt } = await (attempt <= races
        ? attemptOnce()
        : this.#store.inTurn(this.#city, attemptOnce));
      if (receipt?.outcome !== 'refused') {
        for (const settle of settled) settle();
        return;
      }
      this.#last.clear();
      const [finding] = receipt.findings;
      const again = finding?.rule === 'sensor.taken' || finding?.rule === 'record.exists';
      if (!again || attempt === attempts)
        throw new StaError(
          again ? 409 : 400,
          finding === undefined ? 'the log refused it' : `${finding.what}: ${finding.mend}`,
        );
    }
  }

  #submit(agent: string, received: string, change: Change, turn: Turn | undefined): Promise<Receipt> {
    const records: Records = change.records();
    return this.#store.submit({
      city: this.#city,
      kind: 'record',
      agent,
      received,
      files: [],
      ...(turn === undefined ? {} : { turn }),
      ...(change.corrects === null ? {} : { corrects: change.corrects }),
      records,
    });
  }
}
