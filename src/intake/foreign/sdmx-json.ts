import { componentId, type Names, nameOf, type SdmxRead, type SdmxRow, takenBack } from './sdmx-read.ts';

type Json = Readonly<Record<string, unknown>>;
const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const at = (value: unknown, ...path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>(
    (inner, key) =>
      typeof key === 'number'
        ? Array.isArray(inner)
          ? inner[key]
          : undefined
        : isJson(inner) && Object.hasOwn(inner, key)
          ? inner[key]
          : undefined,
    value,
  );
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const text = (value: unknown): string =>
  typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : '';

interface Component {
  readonly id: string;
  readonly values: readonly string[] | null;
}

/** A data message of SDMX-JSON 1.0 or 2.0, or the compact data of SDMX-ML 2.0 that an agency writes as JSON. */
export function readJson(message: unknown): SdmxRead | string {
  const compact = at(message, 'CompactData');
  if (isJson(compact)) return readCompact(compact);
  const told = at(message, 'data', 'structures');
  const structures = Array.isArray(told)
    ? told
    : [at(message, 'data', 'structure') ?? at(message, 'structure')];
  const sets = list(at(message, 'data', 'dataSets') ?? at(message, 'dataSets'));
  if (!structures.some(isJson) || sets.length === 0)
    return at(message, 'class') === 'dataset'
      ? 'this is JSON-stat, which is not SDMX: ask for SDMX-CSV or SDMX-JSON'
      : 'the JSON is no SDMX-JSON data message: it has no structure and data sets';
  const names: Names = new Map();
  const rows: SdmxRow[] = [];
  const attributes = new Set(
    structures.flatMap((structure) => {
      const levels = at(structure, 'attributes');
      return isJson(levels)
        ? Object.values(levels).flatMap((level) =>
            list(level).map((each) => componentId(text(at(each, 'id')))),
          )
        : [];
    }),
  );
  structures.forEach((structure, place) => {
    const own = sets.filter((set) => (at(set, 'structure') ?? 0) === place || structures.length === 1);
    if (isJson(structure)) readSets(structure, own, names, rows);
  });
  if (rows.length === 0) return 'the message holds no observation: what was asked for has no data';
  const urn = list(at(structures[0], 'links'))
    .map((link) => text(at(link, 'urn')))
    .find((each) => each !== '');
  return { rows, names, structure: urn?.replace(/^.*=/, '') ?? flowOf(structures[0]), attributes };
}

/** The data flow of a message that names it by its address: `…/dataflow/ECB/EXR/1.0` is `ECB:EXR(1.0)`. */
function flowOf(structure: unknown): string | null {
  for (const link of list(at(structure, 'links'))) {
    const [, agency, id, version] =
      /\/(?:dataflow|datastructure)\/([\w.-]+)\/([\w@-]+)(?:\/([\d.]+))?/i.exec(text(at(link, 'href'))) ?? [];
    if (agency !== undefined && id !== undefined)
      return `${agency}:${id}${version === undefined ? '' : `(${version})`}`;
  }
  return null;
}

/** The data sets of one structure. */
function readSets(structure: Json, sets: readonly unknown[], names: Names, rows: SdmxRow[]): void {
  const components = (of: string, level: string): readonly Component[] =>
    list(at(structure, of, level)).map((component) => {
      const id = text(at(component, 'id'));
      const values = at(component, 'values');
      for (const value of list(values)) {
        const code = text(at(value, 'id'));
        if (code === '') continue;
        const localized = at(value, 'names');
        if (isJson(localized))
          for (const [language, name] of Object.entries(localized))
            nameOf(names, id, code, language, text(name));
        else if (text(at(value, 'name')) !== '') nameOf(names, id, code, 'en', text(at(value, 'name')));
      }
      return {
        id: componentId(id),
        values: Array.isArray(values)
          ? values.map(
              (value) => text(at(value, 'id')) || text(at(value, 'value')) || text(at(value, 'name')),
            )
          : null,
      };
    });
  const series = components('dimensions', 'series');
  const inner = components('dimensions', 'observation');
  const fixed = components('dimensions', 'dataSet');
  const measures = components('measures', 'observation');
  const attributes = components('attributes', 'observation');
  const seriesAttributes = components('attributes', 'series');
  const setAttributes = components('attributes', 'dataSet');
  const groupAttributes = components('attributes', 'dimensionGroup');
  /** Dimensions in the order of keys of groups. */
  const ordered = ['dataSet', 'series', 'observation']
    .flatMap((level) =>
      list(at(structure, 'dimensions', level)).map((dimension, place) => ({
        id: componentId(text(at(dimension, 'id'))),
        order: Number(text(at(dimension, 'keyPosition')) || place),
        codes: list(at(dimension, 'values')).map(
          (value) => text(at(value, 'id')) || text(at(value, 'value')),
        ),
      })),
    )
    .sort((a, b) => a.order - b.order);
  const put = (into: Map<string, string>, { id, values }: Component, value: unknown): void => {
    if (value === null || value === undefined) return;
    const named = values !== null && typeof value === 'number' ? values[value] : undefined;
    into.set(id, named ?? text(value));
  };
  /** Attributes of groups: a key names the position of each dimension that they hold for, and nothing for the others. */
  const ofGroups = (row: Map<string, string>, groups: unknown): void => {
    if (!isJson(groups)) return;
    for (const [key, values] of Object.entries(groups)) {
      const fits = key.split(':').every((position, place) => {
        const dimension = ordered[place];
        return (
          position === '' ||
          dimension === undefined ||
          row.get(dimension.id) === dimension.codes[Number(position)]
        );
      });
      if (fits)
        list(values).forEach((value, place) => {
          const attribute = groupAttributes[place];
          if (attribute !== undefined && !row.has(attribute.id)) put(row, attribute, value);
        });
    }
  };
  /** The set takes its values back. */
  let deleted = false;
  const observations = (of: unknown, shared: ReadonlyMap<string, string>, groups: unknown): void => {
    if (!isJson(of)) return;
    for (const [key, cells] of Object.entries(of)) {
      const row = new Map(shared);
      key.split(':').forEach((position, place) => {
        const component = inner[place];
        if (component !== undefined) put(row, component, Number(position));
      });
      const values = list(cells);
      const many = Math.max(measures.length, 1);
      row.set('OBS_VALUE', deleted ? takenBack : values[0] === null ? '' : text(values[0]));
      attributes.forEach((attribute, place) => {
        put(row, attribute, values[many + place]);
      });
      ofGroups(row, groups);
      rows.push({ at: rows.length + 1, components: row });
    }
  };
  for (const set of sets) {
    deleted = /^(?:D|Delete)$/i.test(text(at(set, 'action')));
    const shared = new Map<string, string>();
    fixed.forEach((component) => {
      put(shared, component, 0);
    });
    list(at(set, 'attributes')).forEach((value, place) => {
      const attribute = setAttributes[place];
      if (attribute !== undefined) put(shared, attribute, value);
    });
    const groups = at(set, 'dimensionGroupAttributes');
    observations(at(set, 'observations'), shared, groups);
    const all = at(set, 'series');
    if (!isJson(all)) continue;
    for (const [key, one] of Object.entries(all)) {
      const own = new Map(shared);
      key.split(':').forEach((position, place) => {
        const component = series[place];
        if (component !== undefined) put(own, component, Number(position));
      });
      list(at(one, 'attributes')).forEach((value, place) => {
        const attribute = seriesAttributes[place];
        if (attribute !== undefined) put(own, attribute, value);
      });
      observations(at(one, 'observations'), own, groups);
    }
  }
}

/** `{"CompactData": {"DataSet": {"Series": [{"@FREQ": "A", "Obs": [{"@TIME_PERIOD": …}]}]}}}`; a list of one may stand as its only member. */
function readCompact(compact: Json): SdmxRead | string {
  const many = (value: unknown): readonly unknown[] =>
    Array.isArray(value) ? value : isJson(value) ? [value] : [];
  const own = (value: unknown): [string, string][] =>
    isJson(value)
      ? Object.entries(value).flatMap(([key, each]): [string, string][] =>
          key.startsWith('@') ? [[componentId(key.slice(1)), text(each)]] : [],
        )
      : [];
  const rows: SdmxRow[] = [];
  for (const set of many(at(compact, 'DataSet')))
    for (const series of many(at(set, 'Series')))
      for (const observation of many(at(series, 'Obs')))
        rows.push({ at: rows.length + 1, components: new Map([...own(series), ...own(observation)]) });
  return rows.length === 0
    ? 'the message holds no observation: what was asked for has no data'
    : { rows, names: new Map(), structure: null };
}
