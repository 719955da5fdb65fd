/** One observation of an SDMX message: every component by its id, as text. */
export interface SdmxRow {
  /** Line of a CSV file; number of the observation in the others. */
  readonly at: number;
  readonly components: ReadonlyMap<string, string>;
}

export interface SdmxRead {
  readonly rows: readonly SdmxRow[];
  /** Names of codes that the message itself gives: component → code → language → name. */
  readonly names: ReadonlyMap<string, ReadonlyMap<string, ReadonlyMap<string, string>>>;
  /** `AGENCY:ID(VERSION)` of the structure, when it is told. */
  readonly structure: string | null;
  /** Components that stand where attributes stand: behind the value, or with the observation in place of its series. */
  readonly attributes?: ReadonlySet<string>;
}

/**
 * Which of these components say something of an observation without being part of its key: all of them, when the observations can
 * be told apart without; else none is sure, and each stays a dimension. Without its structure a message does not tell.
 */
export function sureAttributes(
  rows: readonly SdmxRow[],
  candidates: ReadonlySet<string>,
): ReadonlySet<string> {
  const measures = new Set([...candidates, 'OBS_VALUE']);
  const keys = new Set<string>();
  for (const { components } of rows) {
    const key = [...components]
      .filter(([id, text]) => text !== '' && !measures.has(id))
      .map(([id, text]) => `${id}=${text}`)
      .sort()
      .join('\u0000');
    if (keys.has(key)) return new Set();
    keys.add(key);
  }
  return candidates;
}

/** A row that its sender takes back says so in place of its value: it is accounted for, and left out. */
export const takenBack = 'deleted by the sender';

export type Names = Map<string, Map<string, ReadonlyMap<string, string>>>;

/** What some agencies call components of the SDG structure. */
const aliases = new Map([
  ['geo', 'REF_AREA'],
  ['GEO', 'REF_AREA'],
  ['unit', 'UNIT_MEASURE'],
  ['freq', 'FREQ'],
  ['FREQUENCY', 'FREQ'],
  ['OBS_FLAG', 'OBS_STATUS'],
  ['indic', 'INDICATOR'],
]);
export const componentId = (id: string): string => aliases.get(id) ?? id;

/** Notes what a message calls a code. */
export function nameOf(names: Names, component: string, code: string, language: string, name: string): void {
  const codes = names.get(component) ?? new Map<string, ReadonlyMap<string, string>>();
  names.set(component, codes);
  codes.set(code, new Map([...(codes.get(code) ?? []), [language, name]]));
}
