import { createHash } from 'node:crypto';
import { periodBounds } from '../../model/index.ts';

/**
 * Ids of ours as SDMX codes (letters, digits, `_ @ $ -`): capitals, and `$` for a full stop, so that the way back is
 * exact: our ids have no capitals and no `$`.
 */
export const codeOf = (id: string): string => id.toUpperCase().replaceAll('.', '$');
export const idOfCode = (code: string): string => code.toLowerCase().replaceAll('$', '.');

/** A name of an SDMX component: a letter, then letters, digits, `_`. */
export function componentId(id: string): string {
  const name = id.toUpperCase().replace(/[^A-Z0-9]+/g, '_');
  return /^[A-Z]/.test(name) ? name : `D_${name}`;
}

/** Units of ours as codes of CL_UNIT_MEASURE in the structure of the SDGs. */
const sdgUnits = new Map<string, string>([
  ['%', 'PT'],
  ['pp', 'PP'],
  ['1', 'PURE'],
  ['{count}', 'NUMBER'],
  ['{person}', 'PS'],
  ['t', 'T'],
  ['kg', 'KG'],
  ['ug/m3', 'GPERM3'],
  ['km2', 'KM2'],
  ['ha', 'HA'],
  ['km', 'KM'],
  ['m3', 'M3'],
  ['USD', 'USD'],
  ['{per 1,000 population}', 'PER_1000_POP'],
  ['{per 100,000 population}', 'PER_100000_POP'],
  ['{per 1,000 live births}', 'PER_1000_LIVE_BIRTHS'],
  ['{per 100,000 live births}', 'PER_100000_LIVE_BIRTHS'],
  ['a', 'YR'],
]);
const ourUnits = new Map([...sdgUnits].map(([unit, code]) => [code, unit]));

export interface SdmxUnit {
  /** Code of CL_UNIT_MEASURE. */
  readonly code: string;
  /** Power of ten, UNIT_MULT. */
  readonly power: number;
  /** The unit without its power, by our code. */
  readonly base: string;
}

const unitCache = new Map<string, SdmxUnit>();

/** A unit as measure and multiplier: `10*4.CNY` is CNY with multiplier 4. */
export function sdmxUnit(unit: string): SdmxUnit {
  const known = unitCache.get(unit);
  if (known !== undefined) return known;
  const scaled = /^10\*(\d{1,2})\.(.+)$/.exec(unit);
  const base = scaled?.[2] ?? unit;
  const made: SdmxUnit = { code: sdgUnits.get(base) ?? ownUnit(base), power: Number(scaled?.[1] ?? 0), base };
  if (unitCache.size < 10_000) unitCache.set(unit, made);
  return made;
}

/** A unit that the SDGs have no code for: its letters when they are already one, else with a hash that tells it apart. */
function ownUnit(unit: string): string {
  if (/^[A-Za-z][A-Za-z0-9_-]*$/.test(unit) && !ourUnits.has(unit)) return unit;
  const letters = unit
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_|_$/g, '')
    .slice(0, 40);
  return `U_${letters}_${createHash('sha256').update(unit).digest('hex').slice(0, 6)}`;
}

/** The unit of a code and a power, where the code is one of the SDGs' or a unit code itself; null when it is neither. */
export function unitOfSdmx(code: string, power: number, names: ReadonlyMap<string, string>): string | null {
  const base = ourUnits.get(code) ?? names.get(code) ?? (/^U_/.test(code) ? null : code);
  if (base === null) return null;
  return power === 0 ? base : `10*${power}.${base}`;
}

/** CL_FREQ: the letter of a period; `_O` for spans. */
export function frequencyOf(period: string): string {
  if (period.includes('/')) return '_O';
  if (period.length === 4) return 'A';
  if (period[5] === 'S') return 'S';
  if (period[5] === 'Q') return 'Q';
  return period.length === 7 ? 'M' : 'D';
}

/**
 * A period as SDMX TIME_PERIOD; null for `undated`, which SDMX cannot say. A span `2015/2021` is a time range: its first
 * day and its length, `2015-01-01/P7Y`.
 */
export function sdmxPeriod(period: string): string | null {
  if (!period.includes('/')) return period === 'undated' ? null : period;
  const bounds = periodBounds(period);
  if (bounds === null || bounds === 'undated') return null;
  const [from = '', to = ''] = period.split('/');
  return `${bounds.start}/${lengthOf(from, to, bounds.start, bounds.end)}`;
}

function lengthOf(from: string, to: string, start: string, end: string): string {
  if (from.length === 4 && to.length === 4) return `P${Number(to) - Number(from) + 1}Y`;
  const [y1, m1] = [Number(start.slice(0, 4)), Number(start.slice(5, 7))];
  const [y2, m2] = [Number(end.slice(0, 4)), Number(end.slice(5, 7))];
  if (from.length < 10 && to.length < 10) return `P${(y2 - y1) * 12 + m2 - m1 + 1}M`;
  return `P${Math.round((Date.parse(end) - Date.parse(start)) / 86_400_000) + 1}D`;
}

/** TIME_PERIOD back as a period of ours; null when it is none. */
export function periodOfSdmx(text: string): string | null {
  const range = /^(\d{4})-(\d{2})-(\d{2})(?:T00:00:00)?\/P(\d{1,4})([YMD])$/.exec(text);
  if (range === null) {
    const plain = text
      .replace(/-A1$/, '')
      .replace(/-M(\d{2})$/, '-$1')
      .replace(/T00:00:00$/, '');
    return periodBounds(plain) === null ? null : plain;
  }
  const [, year = '', month = '', day = '', count = '', step] = range;
  const start = `${year}-${month}-${day}`;
  const [y, m] = [Number(year), Number(month)];
  if (step === 'Y' && month === '01' && day === '01')
    return count === '1' ? year : `${year}/${String(y + Number(count) - 1).padStart(4, '0')}`;
  if (step === 'D') {
    const end = new Date(Date.parse(start) + (Number(count) - 1) * 86_400_000).toISOString().slice(0, 10);
    return end === start ? start : `${start}/${end}`;
  }
  if (day !== '01') return null;
  const last = y * 12 + m - 1 + Number(count) * (step === 'Y' ? 12 : 1) - 1;
  const end = `${String(Math.floor(last / 12)).padStart(4, '0')}-${String((last % 12) + 1).padStart(2, '0')}`;
  return `${year}-${month}` === end ? end : `${year}-${month}/${end}`;
}
