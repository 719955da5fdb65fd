import type { DerivedIndicator, RegisterDeclaration, RegisterMeasure } from '../model/index.ts';
import { looksAt } from './stands-alone.ts';

/** What an indicator's cells follow beside the records of registers. */
export interface Looks {
  /** The moment at which deadlines are judged, or up to which something stands. */
  readonly time: boolean;
  /** Readings of series, which no register counts. */
  readonly readings: boolean;
}

export function looksOf({ numerator, denominator, expects }: DerivedIndicator): Looks {
  const measures = [numerator, denominator].filter((each) => each !== undefined);
  return {
    time:
      measures.some(timeIn) ||
      (expects?.when !== undefined &&
        // An entity is expected by a formula, a case by a condition.
        (typeof expects.when === 'string' ? false : looksAt(expects.when, undefined).time)),
    readings: measures.some((each) => 'readings' in each),
  };
}

function timeIn(measure: RegisterMeasure): boolean {
  if ('flows' in measure || 'readings' in measure) return false;
  return 'standing' in measure || looksAt(measure.when, undefined).time;
}

/**
 * The registers whose records an indicator's cells are made of: its own, the one whose entities it expects, and those that
 * fields of these two name.
 */
export function registersRead(
  own: RegisterDeclaration,
  { expects }: DerivedIndicator,
  declared: (id: string) => RegisterDeclaration | undefined,
): ReadonlySet<string> {
  const home = expects !== undefined && 'entity' in expects ? expects.register : undefined;
  const from = [own, home === undefined ? undefined : declared(home)].filter((each) => each !== undefined);
  const found = new Set(from.map(({ id }) => id));
  for (const { forms, entities } of from)
    for (const { fields } of [...forms, ...entities])
      for (const { register } of fields) if (register !== undefined) found.add(register);
  return found;
}
