import type { RecordAddress } from './address.ts';
import { plainDecimal } from './decimal-text.ts';
import type { Connection } from './engine.ts';
import { type Context, type Pending, Refused, recordError } from './pending.ts';
import type { ReadingDay, Series } from './records.ts';
import type { ReadingQuery, SeriesQuery, StoredReadingDay } from './store.ts';

const addressOf = ({ area, series, day }: ReadingDay): RecordAddress => `reading/${area}/${series}/${day}`;

/** A reading is kept in an integer column. */
const largest = 2 ** 31 - 1;

/**
 * Compares days of readings with those stored. A day may come in parts: filling places that were not read is no
 * correction, changing one that was read is.
 */
export async function pendingReadings(
  { connection, city, corrects }: Context,
  days: readonly ReadingDay[],
  declared: readonly Series[],
): Promise<Pending> {
  const series = new Map(declared.map((each) => [`${each.area}/${each.series}`, each]));
  const stored =
    days.length === 0
      ? []
      : await readSeries(connection, city, {
          areas: [...new Set(days.map(({ area }) => area))],
          series: [...new Set(days.map((day) => day.series))],
        });
  for (const each of stored) series.set(`${each.area}/${each.series}`, each);
  const known = await knownDays(connection, city, days);
  const rows = new Map<RecordAddress, Day>();
  let added = 0;
  for (const day of days) {
    const address = addressOf(day);
    const of = series.get(`${day.area}/${day.series}`);
    if (of === undefined)
      throw refusedDay(address, 'reading.series', 'the series is not declared', 'declare it first');
    const readings = wholeReadings(day, of, address);
    const before = known.get(address);
    if (rows.has(address))
      throw refusedDay(
        address,
        'record.duplicate',
        'one day stands twice in this submission',
        'send it once',
      );
    if (before?.readings.every((each, at) => each === readings[at])) continue;
    const changes = before?.readings.some((each, at) => each !== null && each !== readings[at]) ?? false;
    if (before !== undefined && changes && before.position !== corrects)
      throw refusedDay(
        address,
        'record.exists',
        `readings of this day were written by submission ${before.position} and are others here`,
        `send it as a correction of submission ${before.position}`,
      );
    if (before === undefined) added += 1;
    const { area, series: name, day: date } = day;
    rows.set(address, { area, series: name, day: date, perDay: of.perDay, readings });
  }
  return {
    changes: { added, changed: rows.size - added, withdrawn: 0 },
    areas: new Set([...rows.values()].map(({ area }) => area)),
    async write(writer, position) {
      const all = [...rows.values()];
      for (let at = 0; at < all.length; at += daysAtOnce)
        await insertDays(writer, all.slice(at, at + daysAtOnce), city, position);
    },
  };
}

interface Day {
  readonly area: string;
  readonly series: string;
  readonly day: string;
  readonly perDay: number;
  readonly readings: readonly (number | null)[];
}

/** Days in one statement. */
const daysAtOnce = 5000;

/** As arrays of PostgreSQL's own writing: numbers in JSON cost the database two and a half times as much to read. */
function insertDays(
  writer: Connection,
  days: readonly Day[],
  city: string,
  position: number,
): Promise<unknown> {
  return writer.fixed(
    `INSERT INTO reading_day (city, position, area, series, day, per_day, readings)
      SELECT $1, $2, area, series, day, per_day, readings::integer[]
        FROM unnest($3::text[], $4::text[], $5::date[], $6::integer[], $7::text[]) AS d(area, series, day, per_day, readings)`,
    [
      city,
      position,
      days.map(({ area }) => area),
      days.map(({ series }) => series),
      days.map(({ day }) => day),
      days.map(({ perDay }) => perDay),
      days.map(({ readings }) => `{${readings.map((each) => each ?? 'NULL').join(',')}}`),
    ],
  );
}

function wholeReadings(
  day: ReadingDay,
  { decimals, perDay }: Series,
  address: RecordAddress,
): (number | null)[] {
  if (day.readings.length !== perDay)
    throw refusedDay(
      address,
      'reading.count',
      `${day.readings.length} readings for a day of ${perDay}`,
      'give each place of the day a reading or null',
    );
  return day.readings.map((text) => {
    if (text === null) return null;
    const plain = wholeOf(text, decimals);
    if (plain !== null) return plain;
    const [whole = '', fraction = ''] = plainDecimal(text).split('.');
    const kept = fraction.replace(/0+$/, '');
    const value = Number(whole + kept.padEnd(decimals, '0'));
    if (kept.length > decimals || Math.abs(value) > largest)
      throw refusedDay(
        address,
        'reading.range',
        `the reading ${text.slice(0, 40)} does not fit the series`,
        `the series keeps ${decimals} digits after the point and at most ${largest} in all: declare another series`,
      );
    return Object.is(value, -0) ? 0 : value;
  });
}

const zeroSign = 48;
const nineSign = 57;
const point = 46;

/**
 * A text such as `812.5` as a whole number of 10^-decimals; null for what is written otherwise or is longer. The rest is
 * read by the general way, which costs ten times as much: a year of meters is a hundred million readings.
 */
function wholeOf(text: string, decimals: number): number | null {
  if (text.length > 9) return null;
  let value = 0;
  let places = -1;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charCodeAt(at);
    if (sign >= zeroSign && sign <= nineSign) {
      value = value * 10 + sign - zeroSign;
      if (places >= 0) places += 1;
    } else if (sign === point && places === -1 && at > 0 && at < text.length - 1) places = 0;
    else return null;
  }
  const missing = decimals - Math.max(0, places);
  if (text === '' || missing < 0 || missing > 6) return null;
  for (let at = 0; at < missing; at += 1) value *= 10;
  return value <= largest ? value : null;
}

function refusedDay(address: RecordAddress, rule: string, what: string, mend: string): Refused {
  return new Refused([
    recordError(
      address,
      rule,
      what,
      'a day of readings fits its series and changes only by correction',
      mend,
    ),
  ]);
}

async function knownDays(
  connection: Connection,
  city: string,
  days: readonly ReadingDay[],
): Promise<ReadonlyMap<RecordAddress, { position: number; readings: (number | null)[] }>> {
  if (days.length === 0) return new Map();
  const { rows } = await connection.query<{
    area: string;
    series: string;
    day: string;
    position: number;
    readings: (number | null)[];
  }>(
    `SELECT DISTINCT ON (area, series, day) area, series, day, position, readings FROM reading_day
      WHERE city = $1 AND (area, series, day) IN (SELECT * FROM unnest($2::text[], $3::text[], $4::date[]))
      ORDER BY area, series, day, position DESC`,
    [city, days.map(({ area }) => area), days.map(({ series }) => series), days.map(({ day }) => day)],
  );
  return new Map(
    rows.map(({ area, series, day, position, readings }) => [
      `reading/${area}/${series}/${day}`,
      { position, readings },
    ]),
  );
}

/** Series declared up to a position, by area and name. */
export async function readSeries(
  connection: Connection,
  city: string,
  { asOf = Number.MAX_SAFE_INTEGER, areas, property, series }: SeriesQuery,
): Promise<Series[]> {
  const { rows } = await connection.query<Series>(
    `SELECT area, series, property, unit, decimals, per_day AS "perDay" FROM series
      WHERE city = $1 AND position <= $2 AND ($3::text[] IS NULL OR area = ANY ($3)) AND ($4::text IS NULL OR property = $4)
        AND ($5::text[] IS NULL OR series = ANY ($5))
      ORDER BY area, series`,
    [city, asOf, areas ?? null, property ?? null, series ?? null],
  );
  return [...rows];
}

/** Days of readings as of a position, by area, series and day, with their totals. */
export async function readReadings(
  connection: Connection,
  city: string,
  { asOf = Number.MAX_SAFE_INTEGER, areas, series, from, to }: ReadingQuery,
): Promise<StoredReadingDay[]> {
  const { rows } = await connection.query<ReadingRow>(
    `SELECT DISTINCT ON (area, series, day) area, series, day, r.position, unit, decimals, readings, total, present
      FROM reading_day r JOIN series s USING (city, area, series)
      WHERE city = $1 AND r.position <= $2 AND ($3::text[] IS NULL OR area = ANY ($3))
        AND ($4::text[] IS NULL OR series = ANY ($4)) AND ($5::date IS NULL OR day >= $5) AND ($6::date IS NULL OR day <= $6)
      ORDER BY area, series, day, r.position DESC`,
    [city, asOf, areas ?? null, series ?? null, from ?? null, to ?? null],
  );
  return rows.map(readingDayOf);
}

export interface ReadingRow {
  readonly area: string;
  readonly series: string;
  readonly day: string;
  readonly position: number;
  readonly unit: string;
  readonly decimals: number;
  readonly readings: readonly (number | null)[];
  readonly total: number | null;
  readonly present: number;
}

export function readingDayOf({ decimals, readings, total, ...row }: ReadingRow): StoredReadingDay {
  return {
    ...row,
    readings: readings.map((each) => (each === null ? null : decimalText(each, decimals))),
    total: total === null ? null : decimalText(total, decimals),
  };
}

/** A whole number of 10^-decimals as a decimal. */
export function decimalText(value: number, decimals: number): string {
  if (decimals === 0) return String(value);
  const digits = String(Math.abs(value)).padStart(decimals + 1, '0');
  return `${value < 0 ? '-' : ''}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
