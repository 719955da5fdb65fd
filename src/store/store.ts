import type { Breakdown, Observation, ObservationStatus, Qualifier, Workspace } from '../model/index.ts';
import type { RecordAddress } from './address.ts';
import type { People } from './people/people.ts';
import type {
  CaseEvent,
  Flow,
  ReadingDay,
  SensedChange,
  SensedDay,
  SensorEntity,
  Series,
} from './records.ts';
import type { DatabaseStanding } from './standing.ts';
import type { Receipt, Submission, SubmissionEntry } from './submission.ts';
import type { Turn } from './turn.ts';

/** The log of submissions and the records they wrote, readable as of every position. */
export interface Store {
  readonly engine: 'pglite' | 'postgres';
  /** One plain line: which engine, which version, what to mind. */
  describe(): string;
  /** What the database says of itself and of the login that this store came in by. */
  standing(): Promise<DatabaseStanding>;
  close(): Promise<void>;
  /**
   * The same store seen by someone who may read and write these areas only, and of data rounds the cells of these
   * departments. Whole workspaces need every area.
   */
  within(areas: readonly string[], departments?: readonly string[]): Store;
  /** The same store in which nobody scored in a selection by a panel but these members; none named: no scores at all. */
  withBallotsOf(members: readonly string[]): Store;
  /** Who may sign in, what they may do, and what they did. */
  readonly people: People;

  cities(): Promise<readonly { readonly id: string; readonly head: number }[]>;
  /**
   * Tells of every submission that this process stores, after its commit; the answer stops it. `registers`: whose cases it
   * took steps of, where it did nothing else; null where it did.
   */
  watch(listener: (city: string, head: number, registers: ReadonlySet<string> | null) => void): () => void;
  /** Stores all of it or nothing. Resolves when it is on disk. Bad content is a refusal, not an exception. */
  submit(submission: Submission): Promise<Receipt>;
  /**
   * Runs `work` while nothing is stored for the city but submissions that name the turn it is given: for who read and wrote
   * several times and was always overtaken. Hand in nothing for the city without its turn inside: it would wait for ever.
   */
  inTurn<T>(city: string, work: (turn: Turn) => Promise<T>): Promise<T>;

  /**
   * Everything known as of position `asOf` (default: the head), lists in the order of record addresses; null when
   * no workspace was loaded up to there. Packed, its observations take a tenth of the room, and are each made when asked for.
   */
  workspace(
    city: string,
    asOf?: number,
    how?: { readonly packed?: boolean | undefined },
  ): Promise<Workspace | null>;
  /** The same without its observations, for a place too large to be held whole: `observations` is empty. */
  definitions(city: string, asOf?: number): Promise<Workspace | null>;
  observations(city: string, query?: ObservationQuery): Promise<readonly StoredObservation[]>;
  /** The same packed, in no order: for who writes all of them out. */
  observationRuns(city: string, query?: ObservationQuery): Promise<readonly ObservationRun[]>;
  /** What the submissions after one position, up to another, changed of a place. */
  changes(city: string, after: number, upTo: number): Promise<PlaceChanges>;
  /** How many versions of observations each indicator has, indicators in order: how much there is to read, at most. */
  observationCounts(city: string, query?: ObservationQuery): Promise<ReadonlyMap<string, number>>;
  /**
   * The observations a few indicators at a time, never parting an indicator, in the order of {@link Store.observations}.
   * Give `asOf`: without it each batch would be of the head of its moment.
   */
  observationBatches(
    city: string,
    query: ObservationQuery & { readonly asOf: number; readonly atOnce?: number },
  ): AsyncIterable<readonly StoredObservation[]>;
  /** Every version of one record, oldest first. */
  history(city: string, record: RecordAddress): Promise<readonly RecordVersion[]>;
  /** The log after a position, up to another, oldest first. */
  submissions(city: string, after?: number, upTo?: number): Promise<readonly SubmissionEntry[]>;
  /** The bytes of a submitted file. Throws when they are gone or have changed. */
  file(sha256: string): Promise<Uint8Array>;

  flows(city: string, query?: FlowQuery): Promise<readonly StoredFlow[]>;
  balances(city: string, query?: FlowQuery): Promise<readonly Balance[]>;
  events(city: string, query?: EventQuery): Promise<readonly StoredEvent[]>;
  series(city: string, query?: SeriesQuery): Promise<readonly Series[]>;
  readings(city: string, query?: ReadingQuery): Promise<readonly StoredReadingDay[]>;

  /** Entities of one type in the order of their ids, each in its newest version; removed ones only when asked by id. */
  sensorEntities(city: string, query: SensorQuery): Promise<readonly SensorEntity[]>;
  /** Which entities keep a link to the named others, in the order of others and ids; removed ones are left out. */
  sensorLinks(
    city: string,
    query: SensorLinkQuery,
  ): Promise<readonly { readonly other: number; readonly id: number }[]>;
  /** How many entities of a type there are. */
  sensorCount(city: string, query: AsOf & { readonly type: string }): Promise<number>;
  /** The greatest id that an entity of one of these types ever had; 0 when there was none. */
  sensorLast(city: string, types: readonly string[]): Promise<number>;
  /** Parts of days in the order of streams and numbers. */
  sensedDays(city: string, query: SensedQuery): Promise<readonly SensedDay[]>;
  /** The newest correction of each reading that has one. */
  sensedChanges(city: string, query: SensedQuery): Promise<readonly SensedChange[]>;
  /** The first day, or the last, that parts or corrections name, whether or not a reading is left there; null when none. */
  sensedDay(city: string, query: SensedQuery & { readonly end: 'first' | 'last' }): Promise<string | null>;
  /** Parts of the first and the last day of each stream, corrections not looked at. */
  sensedEnds(
    city: string,
    query: AsOf & { readonly streams: readonly number[] },
  ): Promise<readonly SensedDay[]>;
  /** How many readings the parts hold, corrections not looked at. */
  sensedCount(city: string, query: SensedQuery): Promise<number>;
  /** The greatest number that each stream has given; streams without readings are left out. */
  sensedLast(city: string, streams: readonly number[]): Promise<ReadonlyMap<number, number>>;
  /** The first and the last day of each series that has any, as of a position. */
  readingEnds(
    city: string,
    query: AsOf & { readonly series: readonly string[] },
  ): Promise<readonly StoredReadingDay[]>;
  /** The first day, or the last, on which series have readings in a span of days; null when none. */
  readingDay(city: string, query: ReadingQuery & { readonly end: 'first' | 'last' }): Promise<string | null>;
  /** What series add up to in each month of a span of days: exact totals, and how many readings they are of. */
  readingMonths(city: string, query: ReadingQuery): Promise<readonly ReadingMonth[]>;
  /** The last position at which a day of readings or a sensor changed; 0 when none ever did. */
  sensedPosition(city: string, query: AsOf): Promise<number>;
  /** How many readings series have in a span of days. */
  readingCount(city: string, query: ReadingQuery): Promise<number>;
}

export interface AsOf {
  /** Position of the log up to which records count; default: the head. */
  readonly asOf?: number;
  readonly areas?: readonly string[];
}
export interface ObservationQuery extends AsOf {
  readonly indicators?: readonly string[];
}
/** What became of a place between two positions of its log. */
export interface PlaceChanges {
  /** Whether anything but observations changed: read the definitions again. */
  readonly definitions: boolean;
  /** The changed cells as of the later position, in the order of observations; null where there is no value any more. */
  readonly observations: readonly {
    readonly cell: Pick<Observation, 'indicator' | 'area' | 'period' | 'breakdown'>;
    readonly observation: Observation | null;
  }[];
}
export interface FlowQuery extends AsOf {
  readonly items?: readonly string[];
  /** Only versions written after this position, withdrawn ones too: what is new since. */
  readonly after?: number;
  /** Every version, the older ones that corrections replaced too, in the order of the log. */
  readonly every?: boolean;
}
export interface EventQuery extends AsOf {
  readonly register?: string;
  readonly stream?: string;
  readonly streams?: readonly string[];
  /** Only what was written after this position: what is new since. */
  readonly after?: number;
}
export interface SeriesQuery extends AsOf {
  readonly property?: string;
  readonly series?: readonly string[];
}
export interface ReadingQuery extends AsOf {
  readonly series?: readonly string[];
  /** First and last day, `2021-09-01`. */
  readonly from?: string;
  readonly to?: string;
}

export interface SensorQuery extends AsOf {
  readonly type: string;
  readonly ids?: readonly number[];
  /** Only ids after this one, and at most so many. */
  readonly after?: number;
  readonly limit?: number;
}
export interface SensorLinkQuery extends AsOf {
  readonly type: string;
  readonly link: string;
  readonly others: readonly number[];
}
export interface SensedQuery extends AsOf {
  readonly streams?: readonly number[];
  readonly feature?: number;
  /** First and last day, `2021-09-01`. */
  readonly from?: string;
  readonly to?: string;
  /** Only readings after this one, by stream and number within it. */
  readonly after?: { readonly stream: number; readonly number: number };
  /** Only what holds one of these numbers (of the one stream that is named). */
  readonly numbers?: readonly number[];
  /** At most so many parts. */
  readonly limit?: number;
}

/** Where a record version came in. */
export interface Written {
  readonly position: number;
  readonly file: string | null;
  readonly row: number | null;
}

export type StoredObservation = Observation & Written;

/**
 * Values of one series that differ in period, value and place in the source only: columns instead of an object a value, which
 * costs a fifth of the time and memory. The three lists go together.
 */
export interface ObservationRun extends Pick<Observation, 'reason' | 'note'> {
  readonly indicator: string;
  readonly area: string;
  readonly breakdown: Breakdown;
  readonly unit: string;
  readonly status: ObservationStatus;
  readonly qualifier: Qualifier | null;
  readonly source: string;
  readonly periods: readonly string[];
  /** Exact decimals; null when missing. */
  readonly values: readonly (string | null)[];
  readonly locators: readonly string[];
}

/** `withdrawn` only where a query asks what is new since a position. */
export type StoredFlow = Flow & { readonly position: number; readonly withdrawn?: true };
export type StoredEvent = CaseEvent & { readonly position: number };

/** A day of readings with its exact total over the present ones; null when there are none. */
export interface StoredReadingDay extends ReadingDay {
  readonly position: number;
  readonly unit: string;
  readonly total: string | null;
  readonly present: number;
}

/** A month of a series. `total` is null when nothing was read. */
export interface ReadingMonth {
  readonly area: string;
  readonly series: string;
  /** `2021-09` */
  readonly month: string;
  readonly unit: string;
  readonly total: string | null;
  readonly present: number;
  readonly days: number;
}

export interface Balance {
  readonly area: string;
  readonly holder: string;
  readonly boundary: boolean;
  readonly item: string;
  readonly unit: string;
  readonly quantity: string;
}

/** One version of a record; `content` is null when the version says that the record is withdrawn. */
export interface RecordVersion extends Written {
  readonly record: RecordAddress;
  readonly withdrawn: boolean;
  readonly content: unknown;
}
