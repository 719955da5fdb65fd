import { decimalsOf } from './exact.ts';
import { type Entity, isObject, type JsonObject, StaError } from './model.ts';

/**
 * A datastream that says in its `properties` how often it reads keeps its readings as day blocks: whole numbers of
 * 10^-decimals units, `perDay` places a day. Each place has a number of its own, so a reading's id says when it was.
 */
export interface Beat {
  readonly perDay: number;
  readonly decimals: number;
  /** The area that its readings count for. */
  readonly area: string;
  readonly unit: string;
  readonly property: string;
  /** The datastream whose days it adds up: it keeps no readings of its own. */
  readonly of?: number;
}

/** Days begin at midnight of this zone, in minutes east of Greenwich: a day's energy is that of the local day. */
const zone = 480;
const dayLength = 86_400_000;
/** Places of beats are counted from here. */
const beginning = Date.UTC(2000, 0, 1);
/** Readings of a stream have numbers below this; ids of observations stay exact in a double. */
const most = 2 ** 30;

export function observationId(stream: number, number: number): number {
  return stream * most + number;
}

export function streamAndNumber(id: number): { readonly stream: number; readonly number: number } {
  return { stream: Math.floor(id / most), number: id % most };
}

/** The day that a moment belongs to, and the milliseconds since it began. */
export function dayOf(moment: number): { readonly day: string; readonly at: number } {
  const local = moment + zone * 60_000;
  const at = ((local % dayLength) + dayLength) % dayLength;
  return { day: new Date(local - at).toISOString().slice(0, 10), at };
}

/** The moment at which a day begins. */
export function startOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) - zone * 60_000;
}

export function dayAfter(day: string, days = 1): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayLength).toISOString().slice(0, 10);
}

/** Number of a place of a day, from 1. */
export function numberOf({ perDay }: Beat, day: string, place: number): number {
  return ((Date.parse(`${day}T00:00:00Z`) - beginning) / dayLength) * perDay + place + 1;
}

export function placeOf({ perDay }: Beat, number: number): { readonly day: string; readonly place: number } {
  const day = Math.floor((number - 1) / perDay);
  return {
    day: new Date(beginning + day * dayLength).toISOString().slice(0, 10),
    place: (number - 1) % perDay,
  };
}

export function momentOf({ perDay }: Beat, day: string, place: number): number {
  return startOf(day) + place * (dayLength / perDay);
}

export function seriesOf(stream: number): string {
  return `stream-${stream}`;
}

/** The series that the observations of a datastream with a beat come from. */
export function seriesBehind(stream: number, { of }: Pick<Beat, 'of'>): string {
  return seriesOf(of ?? stream);
}

/** Streams with a beat are found by this link of our own; all have it to 1. */
export const beatLink = 'Beat';
/** The feature that all readings of a stream with a beat are of. */
export const observedLink = 'Observed';

/** How often a datastream reads; null when it says nothing of it. Throws when what it says can't be. */
export function beatOf({ type, values, area }: Pick<Entity, 'type' | 'values' | 'area'>): Beat | null {
  const properties = values.properties;
  if (type !== 'Datastream' || !isObject(properties)) return null;
  if (properties.dayTotalOf !== undefined) return dayTotal(properties.dayTotalOf, area, values);
  if (properties.beat === undefined) return null;
  const { beat, decimals, area: said } = properties;
  const perDay = typeof beat === 'string' ? timesADay(beat) : null;
  if (perDay === null)
    throw new StaError(
      400,
      'properties.beat is how often it reads: PT1M, PT15M, PT1H, P1D, or another part of a day in whole minutes',
    );
  if (typeof decimals !== 'number' || !Number.isInteger(decimals) || decimals < 0 || decimals > 9)
    throw new StaError(
      400,
      'properties.decimals goes with properties.beat: digits kept after the point, 0 to 9',
    );
  if (said !== undefined && typeof said !== 'string')
    throw new StaError(400, 'properties.area is the code of an area');
  return { perDay, decimals, area: said ?? area, unit: unitOf(values), property: 'sensed' };
}

function dayTotal(of: unknown, area: string, values: JsonObject): Beat {
  if (typeof of !== 'number' || !Number.isSafeInteger(of) || of < 1)
    throw new StaError(400, 'properties.dayTotalOf is the @iot.id of a Datastream with a beat');
  return { perDay: 1, decimals: 9, area, unit: unitOf(values), property: 'total', of };
}

function timesADay(text: string): number | null {
  if (text === 'P1D') return 1;
  const match = /^PT(?:(\d{1,2})H)?(?:(\d{1,4})M)?$/.exec(text);
  const minutes = Number(match?.[1] ?? 0) * 60 + Number(match?.[2] ?? 0);
  return match !== null && minutes > 0 && 1440 % minutes === 0 ? 1440 / minutes : null;
}

export function unitOf({ unitOfMeasurement }: JsonObject): string {
  const said = isObject(unitOfMeasurement) ? unitOfMeasurement : {};
  const definition = typeof said.definition === 'string' ? said.definition : '';
  if (definition.startsWith('ucum:')) return definition.slice(5);
  return typeof said.symbol === 'string' ? said.symbol : '1';
}

/** A result as a decimal of a stream with a beat. */
export function resultOf(result: unknown, { decimals }: Beat): string {
  const text = typeof result === 'number' ? String(result) : null;
  const kept = text === null ? null : decimalsOf(text);
  if (text === null || kept === null)
    throw new StaError(400, 'a datastream with a beat takes numbers as results');
  if (kept > decimals)
    throw new StaError(
      400,
      `the datastream keeps ${decimals} digits after the point; ${text.slice(0, 40)} has ${kept}`,
    );
  return text;
}
