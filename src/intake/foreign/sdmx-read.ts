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
}

export type Names = Map<string, Map<string, ReadonlyMap<string, string>>>;

/** What some agencies call components of the SDG structure. */
const aliases = new Map([
  ['geo', 'REF_AREA'],
  ['GEO', 'REF_AREA'],
  ['unit', 'UNIT_MEASURE'],
  ['freq', 'FREQ'],
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
