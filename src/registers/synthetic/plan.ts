import type { RegisterRole } from '../../model/index.ts';
import type { FormValues } from '../form.ts';
import { SeededRandom } from './random.ts';

/** How much a made-up city holds before thinning: the scale of Shanghai as its publications and this project's plan state it. */
export const fullScale = {
  /** Domestic waste a day, in kilograms; the split over classes is that of 2020 (6,375 / 9,504 / 14,194 t and 0.6). */
  wasteKilograms: 32_700_000,
  centres: 10,
  stations: 201,
  points: 15_000,
  trucks: 4_689,
  /** Hazardous waste a year, in kilograms. */
  hazardousKilograms: 1_500_000_000,
  hazardousProducers: 300,
  accounts: 300,
  complaints: 34_554,
  /** Contracts of public buyers in a year: no publication counts them. */
  purchases: 2_000,
  /** Gross domestic product of the last year, in hundredths of 亿元: Shanghai's of 2021. */
  gdpHundredths: 4_321_485,
  /** Units whose energy is monitored: one meter each, read every quarter of an hour. */
  meteredEnterprises: 900,
  meteredBuildings: 2_100,
} as const;

/** What is to be made up. */
export interface SyntheticPlan {
  readonly seed: string;
  /** One in so many of everything is made; quantities are of those only. */
  readonly thin: number;
  /** The last of the years that complaints and carbon cycles run over. */
  readonly year: number;
  /** Days of domestic waste and of meter readings, from 1 June of the year. */
  readonly days: number;
}

/** A step of a made-up case. */
export interface SyntheticStep {
  readonly kind: string;
  readonly area: string;
  readonly values: FormValues;
  readonly as: RegisterRole;
  /** When, ISO 8601 in UTC. */
  readonly now: string;
}

/** The steps of one made-up case of one register, the first of which begins it. */
export interface SyntheticCase {
  readonly register: string;
  readonly steps: readonly SyntheticStep[];
  /** It is filled in from cases before it, which must be stored by then. */
  readonly builds?: boolean;
}

export const districts = Array.from({ length: 16 }, (_, at) => ({
  id: `9901${String(at + 1).padStart(2, '0')}`,
  number: at + 1,
}));
/** No division code of China begins with 99. */
export const syntheticArea = '990000';

export const randomOf = ({ seed }: SyntheticPlan, part: string): SeededRandom =>
  new SeededRandom(`${seed} ${part}`);

/** How many are made of so many: at least one. */
export const thinned = ({ thin }: SyntheticPlan, count: number): number =>
  Math.max(1, Math.round(count / thin));

/** The area of the n-th of something: districts take turns. */
export const areaOf = (at: number): string => districts[at % districts.length]?.id ?? syntheticArea;

/** The instant of a moment of local time (UTC+8) so many minutes after a day's midnight. */
export function instant(day: string, minutes: number): string {
  return new Date(Date.parse(`${day}T00:00:00+08:00`) + minutes * 60_000).toISOString();
}

export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
