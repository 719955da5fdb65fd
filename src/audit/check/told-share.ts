import { divide, multiply, type Rational, rational } from '../../model/index.ts';
import { baseInterval } from '../read/marks.ts';
import type { Quantity } from '../read/quantity.ts';
import type { Sentence } from '../read/reading.ts';
import type { TextPlace } from '../text.ts';
import { type Interval, overlaps } from './interval.ts';
import { placeOf, type Report, said, shown } from './report.ts';

const hundred = rational(100n);

/** A share as a text tells it: in hundredths with its leeway, and its words. */
export interface ToldShare extends Interval {
  readonly words: string;
}

/** Numbers that fractions are told with: `three quarters`, 四分之三. */
export const fractionNumbers: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
  十: 10,
};

/** What the bottom of a fraction is called in English. */
export const fractionParts: Readonly<Record<string, number>> = {
  half: 2,
  third: 3,
  quarter: 4,
  fourth: 4,
  fifth: 5,
  sixth: 6,
  eighth: 8,
  tenth: 10,
};

/**
 * A fraction in words as hundredths. It is a round one: `leeway` hundredths either way.
 * @returns null for what is no fraction of a whole.
 */
export function fractionShare(
  top: number | undefined,
  bottom: number | undefined,
  leeway: bigint,
  words: string,
): ToldShare | null {
  if (top === undefined || bottom === undefined || !(top < bottom)) return null;
  const share = rational(100n * BigInt(top), BigInt(bottom));
  const moved = (by: bigint): Rational => rational(share.n + by * share.d, share.d);
  return { low: moved(-leeway), high: moved(leeway), words };
}

/** A part of a whole against the share that is told of it; `near` is the sentence of the whole, where it is another. */
export function tellShare(
  {
    sentence,
    near = sentence,
    part,
    whole,
    places = [placeOf(sentence, whole, part)],
  }: {
    readonly sentence: Sentence;
    readonly near?: Sentence;
    readonly part: Quantity;
    readonly whole: Quantity;
    readonly places?: readonly TextPlace[];
  },
  share: ToldShare,
  report: Report,
): void {
  const [w, p] = [baseInterval(whole), baseInterval(part)];
  if (w.low.n <= 0n) return;
  const computed = {
    low: multiply(divide(p.low, w.high), hundred),
    high: multiply(divide(p.high, w.low), hundred),
  };
  const exact = multiply(
    divide(multiply(part.value, part.factor), multiply(whole.value, whole.factor)),
    hundred,
  );
  const values = {
    part: said(sentence, part),
    whole: said(near, whole),
    computed: `${shown(exact, 1)} %`,
    stated: share.words,
  };
  if (overlaps(computed, share)) report.checked.push({ rule: 'share.parts', places, values });
  else report.findings.push({ rule: 'share.parts', places, values });
}
