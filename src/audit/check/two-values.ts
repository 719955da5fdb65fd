import type { Draft } from '../finding.ts';
import type { Measured } from './context.ts';
import { placeOf, said } from './report.ts';
import { nameOf, timeText } from './series.ts';

/** What a finding says of two values that one series is given; its severity is for whoever compares them to say. */
export function twoValues(a: Measured, b: Measured, reason: string): Pick<Draft, 'places' | 'values'> {
  return {
    places: [placeOf(a.sentence, a.quantity), placeOf(b.sentence, b.quantity)],
    values: {
      name: nameOf(a, b),
      one: said(a.sentence, a.quantity),
      other: said(b.sentence, b.quantity),
      when: timeText(a.time),
      latter: timeText(b.time),
      reason,
    },
  };
}
