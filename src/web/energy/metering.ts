import { type CoalBasis, type MeterTotal, meterUse, type UnitUse, unitUse } from '../../figures/index.ts';
import { add, decimal, type Rational, toDecimal, zero } from '../../model/index.ts';
import type { ReadingMonth, Store } from '../../store/index.ts';
import { beatOf, seriesOf } from '../sensorthings/beat.ts';
import { type Entity, isObject } from '../sensorthings/model.ts';
import { Sensors } from '../sensorthings/sensors.ts';

/** A unit that uses energy (用能单位): a Thing whose datastreams say which fuel they meter. */
export interface MeteredUnit {
  readonly thing: number;
  readonly name: string;
  readonly sector: string;
  readonly area: string;
  readonly use: UnitUse;
}

/** A year or a month, as days. */
export interface Span {
  readonly period: string;
  readonly year: number;
  readonly from: string;
  readonly to: string;
}

export interface Metering {
  readonly span: Span;
  readonly basis: CoalBasis;
  /** The day up to which readings were due: the last that any meter reported, at most the end of the period. */
  readonly through: string | null;
  readonly units: readonly MeteredUnit[];
}

interface Streams {
  readonly meters: readonly Entity[];
  readonly products: readonly Entity[];
  /** Streams of monthly bills, by the meter that they are of. */
  readonly bills: ReadonlyMap<number, number>;
}

/** `2021` or `2021-09`; null for anything else. */
export function spanOf(period: string): Span | null {
  const match = /^(\d{4})(?:-(0[1-9]|1[0-2]))?$/.exec(period);
  if (match === null) return null;
  const year = Number(match[1]);
  const [first, last] = match[2] === undefined ? [0, 11] : [Number(match[2]) - 1, Number(match[2]) - 1];
  const day = (month: number, date: number): string =>
    new Date(Date.UTC(year, month, date)).toISOString().slice(0, 10);
  return { period, year, from: day(first, 1), to: day(last + 1, 0) };
}

/** What the meters of a place say of a period: from the totals of their day blocks, exactly. */
export async function meteringOf(
  sensors: Sensors,
  { span, basis, thing }: { readonly span: Span; readonly basis: CoalBasis; readonly thing?: number },
): Promise<Metering> {
  const { store, city, asOf } = sensors;
  const streams = await streamsOf(sensors, thing);
  const series = [...streams.meters, ...streams.products].map(({ id }) => seriesOf(id));
  const bounds = { ...asOf, series, from: span.from, to: span.to };
  const through = series.length === 0 ? null : await store.readingDay(city, { ...bounds, end: 'last' });
  const months = series.length === 0 ? [] : await store.readingMonths(city, bounds);
  const bySeries = new Map<string, ReadingMonth[]>();
  for (const month of months) bySeries.set(month.series, [...(bySeries.get(month.series) ?? []), month]);
  const monthsOf = ({ id }: Entity): readonly ReadingMonth[] => bySeries.get(seriesOf(id)) ?? [];
  const billed = await billsOf(sensors, streams.bills, span);
  await sensors.load('Thing', [...streams.meters].map(thingOf));
  const units = new Map<number, Entity[]>();
  for (const meter of streams.meters)
    units.set(thingOf(meter), [...(units.get(thingOf(meter)) ?? []), meter]);
  return {
    span,
    basis,
    through,
    units: [...units].flatMap(([id, meters]) => {
      const unit = sensors.known('Thing', id);
      if (unit === undefined) return [];
      const uses = meters.map((meter) =>
        meterUse(totalOf(meter, monthsOf(meter), billed.get(meter.id), span, through), basis, span.year),
      );
      const products = streams.products.filter((each) => thingOf(each) === id).flatMap(monthsOf);
      return [
        {
          thing: id,
          name: textOf(unit.values.name),
          sector: textOf(propertiesOf(unit).sector),
          area: meters.flatMap((meter) => beatOf(meter)?.area ?? [])[0] ?? unit.area,
          use: unitUse(uses, { product: sumOf(products), limit: limitOf(unit) }),
        },
      ];
    }),
  };
}

/** The last month of which any meter has readings; null when none has. */
export async function lastMonth(sensors: Sensors): Promise<string | null> {
  const { meters } = await streamsOf(sensors, undefined);
  if (meters.length === 0) return null;
  const series = meters.map(({ id }) => seriesOf(id));
  const day = await sensors.store.readingDay(sensors.city, { ...sensors.asOf, series, end: 'last' });
  return day?.slice(0, 7) ?? null;
}

export function sensorsOf(store: Store, city: string): Sensors {
  return new Sensors(store, city);
}

export async function streamsOf(sensors: Sensors, thing: number | undefined): Promise<Streams> {
  const meters: Entity[] = [];
  const products: Entity[] = [];
  const bills = new Map<number, number>();
  for await (const chunk of streamChunks(sensors, thing))
    for (const stream of chunk) {
      const { fuel, bill, product } = propertiesOf(stream);
      if (typeof bill === 'number') bills.set(bill, stream.id);
      // Day totals of a meter are the meter's own readings once more.
      else if (beatOf(stream) === null || beatOf(stream)?.of !== undefined) continue;
      else if (typeof fuel === 'string') meters.push(stream);
      else if (product === true) products.push(stream);
    }
  return { meters, products, bills };
}

async function* streamChunks(sensors: Sensors, thing: number | undefined): AsyncGenerator<readonly Entity[]> {
  if (thing !== undefined) {
    const unit = await sensors.get('Thing', thing);
    const ids = unit === undefined ? [] : await sensors.linkedNow(unit, 'Datastreams');
    yield ids.flatMap((id) => sensors.known('Datastream', id) ?? []);
    return;
  }
  for (let after = 0; ; ) {
    const chunk = await sensors.page('Datastream', after, 2000);
    yield chunk;
    if (chunk.length < 2000) return;
    after = chunk.at(-1)?.id ?? after;
  }
}

/** What bills say, by meter and month of their phenomenonTime. */
async function billsOf(
  sensors: Sensors,
  bills: ReadonlyMap<number, number>,
  { from, to }: Span,
): Promise<ReadonlyMap<number, ReadonlyMap<string, string>>> {
  const meters = new Map([...bills].map(([meter, stream]) => [stream, meter]));
  const found = new Map<number, Map<string, string>>();
  if (meters.size === 0) return found;
  for await (const chunk of sensors.observed.inOrder({ streams: [...meters.keys()], from, to }))
    for (const { values, links } of chunk) {
      const meter = meters.get(links.Datastream?.[0] ?? 0);
      if (meter === undefined || typeof values.result !== 'number') continue;
      const month = String(values.phenomenonTime);
      const known = found.get(meter) ?? new Map<string, string>();
      // A month begins at midnight of UTC+8: its first hours are the last of the month before in UTC.
      known.set(
        new Date(Date.parse(month.split('/')[0] ?? month) + 8 * 3_600_000).toISOString().slice(0, 7),
        String(values.result),
      );
      found.set(meter, known);
    }
  return found;
}

function totalOf(
  meter: Entity,
  months: readonly ReadingMonth[],
  bills: ReadonlyMap<string, string> | undefined,
  span: Span,
  through: string | null,
): MeterTotal {
  const beat = beatOf(meter);
  const both = months.filter(({ month, total }) => total !== null && bills?.has(month) === true);
  const month = addedUp(both.flatMap((each) => bills?.get(each.month) ?? []));
  const same = sumOf(both);
  return {
    meter: meter.id,
    fuel: fuelOf(meter),
    unit: beat?.unit ?? '1',
    total: sumOf(months),
    received: months.reduce((sum, { present }) => sum + present, 0),
    expected: dueOf(meter, span, through),
    billed: month === null || same === null ? null : { month, days: same },
  };
}

/** How many readings were due in a period, up to a day; from the day from which the meter's are. */
export function dueOf(meter: Entity, span: Span, through: string | null): number {
  const { since } = propertiesOf(meter);
  const from = typeof since === 'string' && since > span.from ? since : span.from;
  const days =
    through === null || through < from ? 0 : (Date.parse(through) - Date.parse(from)) / 86_400_000 + 1;
  return Math.floor(days) * (beatOf(meter)?.perDay ?? 0);
}

function sumOf(months: readonly Pick<ReadingMonth, 'total'>[]): string | null {
  return addedUp(months.flatMap(({ total }) => total ?? []));
}

function addedUp(texts: readonly string[]): string | null {
  return texts.length === 0 ? null : toDecimal(texts.map(decimal).reduce<Rational>(add, zero));
}

function limitOf(unit: Entity): string | null {
  const { limit } = propertiesOf(unit);
  return typeof limit === 'number' && limit > 0 ? String(limit) : null;
}

export const thingOf = ({ links }: Entity): number => links.Thing?.[0] ?? 0;
export const fuelOf = (meter: Entity): string => String(propertiesOf(meter).fuel);
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function propertiesOf({ values }: Entity) {
  return isObject(values.properties) ? values.properties : {};
}
