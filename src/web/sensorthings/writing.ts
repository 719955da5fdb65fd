import type { Records } from '../../store/index.ts';
import {
  type Beat,
  beatLink,
  beatOf,
  dayOf,
  numberOf,
  observationId,
  observedLink,
  resultOf,
  seriesOf,
  streamAndNumber,
} from './beat.ts';
import { type Entity, isObject, type JsonObject, type JsonValue, StaError } from './model.ts';
import type { Sensors } from './sensors.ts';
import { readSpan } from './times.ts';

/** A clock may be fast by so much, in ms. */
const fastest = 300_000;

interface Sensed {
  readonly stream: Entity;
  readonly number: number;
  readonly day: string;
  readonly at: number;
  readonly feature: number;
  readonly result: JsonValue;
  readonly details: Record<string, JsonValue> | null;
}

interface BeatDay {
  readonly beat: Beat;
  readonly series: string;
  readonly readings: (string | null)[];
  /** Where the day was last written; null when it is new. */
  readonly position: number | null;
  readonly area: string;
}

/** Readings that a change makes, corrects or withdraws, gathered into blocks. What is taken back is taken back whole. */
export class Writing {
  readonly #sensors: Sensors;
  readonly #last: Map<number, number>;
  readonly #sensed: Sensed[] = [];
  readonly #days = new Map<string, BeatDay>();
  readonly #corrections: NonNullable<Records['sensedChanges']> = [];
  readonly #touched = new Set<string>();
  readonly #undo: (() => void)[];
  #corrects: number | null = null;

  /** `last`: the greatest number of each stream, as far as it is known; kept between requests. */
  constructor(sensors: Sensors, last: Map<number, number>, undo: (() => void)[]) {
    this.#sensors = sensors;
    this.#last = last;
    this.#undo = undo;
  }

  /** The submission whose readings are corrected; null when only new ones come. */
  get corrects(): number | null {
    return this.#corrects;
  }

  /** Adds a reading and gives the id of its observation. `once`: one that was sent before is not stored again. */
  async add(stream: Entity, feature: number, values: JsonObject, once: boolean): Promise<number> {
    const beat = beatOf(stream);
    if (beat !== null) return this.#place(stream, beat, feature, values);
    const span = readSpan(String(values.phenomenonTime)) ?? { start: 0, end: 0 };
    const repeated = once ? await this.#repeated(stream, values) : null;
    if (repeated !== null) return repeated;
    const number = (await this.#lastNumber(stream.id)) + 1;
    const { day, at } = dayOf(span.start);
    const { result = null, phenomenonTime = null, ...rest } = values;
    const details = { ...rest, ...(span.end === span.start ? {} : { phenomenonTime }) };
    this.#last.set(stream.id, number);
    this.#sensed.push({
      stream,
      number,
      day,
      at,
      feature,
      result,
      details: Object.keys(details).length === 0 ? null : details,
    });
    this.#undo.push(() => {
      this.#sensed.pop();
      this.#last.set(stream.id, number - 1);
    });
    return observationId(stream.id, number);
  }

  /** Whether readings of a feature of interest were added. */
  addedOf(feature: number): boolean {
    return this.#sensed.some((each) => each.feature === feature);
  }

  /** Says something else about an observation that is there. */
  async correct(observation: Entity, feature: number, values: JsonObject): Promise<void> {
    const { stream: id, number } = streamAndNumber(observation.id);
    const beat = await this.#sensors.beat(id);
    if (beat !== null) {
      const { phenomenonTime, result, ...rest } = values;
      const said = Object.keys(rest);
      if (phenomenonTime !== observation.values.phenomenonTime || said.length > 0)
        throw new StaError(400, 'of a reading of a datastream with a beat only the result is corrected');
      return this.#rewrite(observation, beat, resultOf(result, beat));
    }
    const { day } = dayOf((readSpan(String(values.phenomenonTime)) ?? { start: 0 }).start);
    this.#change({
      area: observation.area,
      stream: id,
      number,
      version: observation.version + 1,
      now: { day, feature, body: { ...values } },
    });
  }

  /** Withdraws an observation. */
  async withdraw(observation: Entity): Promise<void> {
    const { stream, number } = streamAndNumber(observation.id);
    const beat = await this.#sensors.beat(stream);
    if (beat !== null) return this.#rewrite(observation, beat, null);
    this.#change({
      area: observation.area,
      stream,
      number,
      version: observation.version + 1,
      now: null,
    });
  }

  /** What is to be stored: runs of numbers of one stream, day and feature are one block. */
  records(): Pick<Records, 'readings' | 'sensedDays' | 'sensedChanges'> {
    const blocks: NonNullable<Records['sensedDays']> = [];
    for (const { stream, number, day, at, feature, result, details } of this.#sensed) {
      const block = blocks.findLast((each) => each.stream === stream.id);
      const follows =
        block !== undefined &&
        block.day === day &&
        block.feature === feature &&
        block.first + block.at.length === number;
      const into = follows
        ? block
        : {
            area: stream.area,
            stream: stream.id,
            first: number,
            day,
            feature,
            at: [],
            results: [],
            details: null,
          };
      if (!follows) blocks.push(into);
      if (details !== null) into.details = { ...into.details, [into.at.length]: details };
      into.at.push(at);
      into.results.push(result);
    }
    return {
      readings: [...this.#days].flatMap(([key, { area, series, readings }]) =>
        this.#touched.has(key) ? [{ area, series, day: key.slice(0, 10), readings }] : [],
      ),
      sensedDays: blocks,
      sensedChanges: this.#corrections,
    };
  }

  async #place(stream: Entity, beat: Beat, feature: number, values: JsonObject): Promise<number> {
    refuseTotal(beat);
    const { phenomenonTime, result, parameters, ...rest } = values;
    const more = Object.keys(rest);
    const others = isObject(parameters) ? Object.keys(parameters).filter((name) => name !== 'unit') : [];
    if (more.length + others.length > 0)
      throw new StaError(
        400,
        `a datastream with a beat keeps times and numbers, not ${[...more, ...others].join(', ').slice(0, 80)}`,
      );
    if (stream.links[observedLink]?.includes(feature) === false)
      throw new StaError(400, 'all readings of a datastream with a beat are of one FeatureOfInterest');
    const span = readSpan(String(phenomenonTime));
    const { day, at } = dayOf(span?.start ?? 0);
    const place = (at * beat.perDay) / 86_400_000;
    if (span === null || span.start !== span.end || !Number.isInteger(place))
      throw new StaError(400, `${String(phenomenonTime).slice(0, 60)} is not on the beat of this datastream`);
    const text = resultOf(result, beat);
    const id = observationId(stream.id, numberOf(beat, day, place));
    const kept = await this.#day(stream.id, beat, day);
    const before = kept.readings[place] ?? null;
    if (before !== null && Number(before) !== Number(text))
      throw new StaError(
        409,
        `the reading of this time is there already and is ${before}: correct it with PATCH Observations(${id})`,
      );
    if (before === null) this.#set(`${day} ${kept.series}`, kept, place, text);
    return id;
  }

  async #rewrite(observation: Entity, beat: Beat, text: string | null): Promise<void> {
    refuseTotal(beat);
    const { stream } = streamAndNumber(observation.id);
    const { day, at } = dayOf(readSpan(String(observation.values.phenomenonTime))?.start ?? 0);
    const kept = await this.#day(stream, beat, day);
    if (this.#corrects !== null && this.#corrects !== kept.position)
      throw new StaError(409, 'one request corrects readings of one day of one datastream');
    const before = this.#corrects;
    this.#corrects = kept.position;
    this.#undo.push(() => {
      this.#corrects = before;
    });
    this.#set(`${day} ${kept.series}`, kept, (at * beat.perDay) / 86_400_000, text);
  }

  #set(key: string, { readings }: BeatDay, place: number, text: string | null): void {
    const before = readings[place] ?? null;
    const touched = this.#touched.has(key);
    readings[place] = text;
    this.#touched.add(key);
    this.#undo.push(() => {
      readings[place] = before;
      if (!touched) this.#touched.delete(key);
    });
  }

  async #day(stream: number, beat: Beat, day: string): Promise<BeatDay> {
    const series = seriesOf(stream);
    const key = `${day} ${series}`;
    const known = this.#days.get(key);
    if (known !== undefined) return known;
    const { store, city } = this.#sensors;
    const [stored] = await store.readings(city, { series: [series], from: day, to: day });
    const made: BeatDay = {
      beat,
      series,
      readings: stored === undefined ? Array.from({ length: beat.perDay }, () => null) : [...stored.readings],
      position: stored?.position ?? null,
      area: beat.area,
    };
    this.#days.set(key, made);
    return made;
  }

  #change(change: NonNullable<Records['sensedChanges']>[number]): void {
    if (this.#corrections.some(({ stream, number }) => stream === change.stream && number === change.number))
      throw new StaError(409, 'a group changes an observation once');
    this.#corrections.push(change);
    this.#undo.push(() => {
      this.#corrections.pop();
    });
  }

  async #lastNumber(stream: number): Promise<number> {
    const known = this.#last.get(stream);
    if (known !== undefined) return known;
    const { store, city } = this.#sensors;
    const last = (await store.sensedLast(city, [stream])).get(stream) ?? 0;
    this.#last.set(stream, last);
    return last;
  }

  /** The observation that says the same of the same time; throws when one of that time says something else. */
  async #repeated(stream: Entity, values: JsonObject): Promise<number | null> {
    const start = readSpan(String(values.phenomenonTime))?.start ?? 0;
    const { day } = dayOf(start);
    const same = (time: JsonValue | undefined): boolean => readSpan(String(time))?.start === start;
    const pending = this.#sensed.find(
      (each) => each.stream.id === stream.id && each.day === day && each.at === dayOf(start).at,
    );
    if (pending !== undefined)
      return told(pending.result, values.result, observationId(stream.id, pending.number));
    for await (const chunk of this.#sensors.observed.inTime(
      { streams: [stream.id], from: day, to: day },
      false,
    ))
      for (const { id, values: stored } of chunk)
        if (same(stored.phenomenonTime)) return told(stored.result, values.result, id);
    return null;
  }
}

/** Day totals follow from readings: nobody sends or corrects them. */
export function refuseTotal({ of }: Pick<Beat, 'of'>): void {
  if (of === undefined) return;
  throw new StaError(400, `day totals are worked out from Datastream ${of}: send its readings`);
}

function told(before: JsonValue | undefined, now: JsonValue | undefined, id: number): number {
  if (JSON.stringify(before) === JSON.stringify(now)) return id;
  throw new StaError(
    409,
    `the reading of this time is there already and is another: correct it with PATCH Observations(${id})`,
  );
}

/** Refuses what can't have been observed yet, and what is told in another unit than the stream's. */
export function checkObserved(stream: Entity, values: JsonObject, now: string): void {
  const at = readSpan(String(values.phenomenonTime));
  if (at !== null && at.start > Date.parse(now) + fastest)
    throw new StaError(400, 'phenomenonTime lies in the future');
  const { multiObservationDataTypes: types, unitOfMeasurement } = stream.values;
  if (stream.type === 'MultiDatastream') {
    const count = Array.isArray(types) ? types.length : 0;
    if (!Array.isArray(values.result) || values.result.length !== count)
      throw new StaError(400, `the result is a list of ${count}, one for each observed property`);
  }
  const unit = isObject(values.parameters) ? values.parameters.unit : undefined;
  if (typeof unit !== 'string' || !isObject(unitOfMeasurement)) return;
  const { symbol, name, definition } = unitOfMeasurement;
  const plain = typeof definition === 'string' ? definition.replace(/^ucum:/, '') : definition;
  if (![symbol, name, definition, plain].includes(unit))
    throw new StaError(
      400,
      `the reading is in ${unit.slice(0, 40)}, the Datastream in ${String(symbol).slice(0, 40)}`,
    );
}

/** Links and series of a new datastream with a beat. */
export function beatOfNew(entity: Entity): {
  readonly links: Entity['links'];
  readonly series: NonNullable<Records['series']>;
} {
  const beat = beatOf(entity);
  if (beat === null) return { links: entity.links, series: [] };
  if (beat.of !== undefined) return { links: { ...entity.links, [beatLink]: [1] }, series: [] };
  const { area, property, unit, decimals, perDay } = beat;
  return {
    links: { ...entity.links, [beatLink]: [1] },
    series: [{ area, series: seriesOf(entity.id), property, unit, decimals, perDay }],
  };
}
