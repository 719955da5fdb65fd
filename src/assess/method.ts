import type { Localized } from '../model/index.ts';
import type { Indicator } from './indicator.ts';
import type { Observation } from './observation.ts';
import type { Outcome } from './result.ts';

/** A named, versioned way to judge indicators. Its page of documentation is `docs/methods/<id>.md`. */
export interface Method {
  readonly id: string;
  readonly version: string;
  readonly name: Localized;
  /** Where the method is published, and how far it was checked against it. */
  readonly source: string;
  readonly checked: 'replayed' | 'read' | 'to-check';
  /** Columns of the codebook without which the method cannot run; alternatives are separated by `|`. */
  readonly needs: readonly string[];
  /** Columns of the data, beyond unit, indicator and value, without which the method cannot run. */
  readonly needsOfData?: readonly string[];
  readonly options: readonly Option[];
  readonly run: (input: MethodInput) => Outcome;
}

/** A setting of a method: its name, what it may be, and what it is when nothing is said. */
export interface Option {
  readonly name: string;
  /** The allowed words, or `number`. */
  readonly values: readonly string[] | 'number';
  readonly preset: string;
  readonly tells: string;
}

export interface MethodInput {
  readonly indicators: readonly Indicator[];
  readonly observations: readonly Observation[];
  /** Every option of the method with its value, presets filled in. */
  readonly settings: ReadonlyMap<string, string>;
  /** Whether anyone reads how a verdict came about: a table has no column for it, and a million texts take gigabytes. */
  readonly reasoned: boolean;
}

/** The value of a setting; throws when the method asks for one it does not declare. */
export function setting(input: MethodInput, name: string): string {
  const value = input.settings.get(name);
  if (value === undefined) throw new RangeError(`the method declares no setting '${name}'`);
  return value;
}

export function numberSetting(input: MethodInput, name: string): number {
  return Number(setting(input, name));
}
