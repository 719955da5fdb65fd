import { SaxesParser } from 'saxes';
import { foreignText, readForeignTable } from './delimited.ts';

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

type Names = Map<string, Map<string, ReadonlyMap<string, string>>>;

/** Reads SDMX-CSV 1.0 and 2.0, SDMX-JSON 1.0 and 2.0 and structure-specific or generic SDMX-ML 2.1 and 3.0; the text of what is wrong otherwise. */
export function readSdmx(bytes: Uint8Array): SdmxRead | string {
  const { text } = foreignText(bytes);
  const start = text
    .replace(/^\ufeff/, '')
    .trimStart()
    .slice(0, 1);
  try {
    if (start === '{') return readJson(JSON.parse(text.replace(/^\ufeff/, '')));
    if (start === '<') return readXml(text.replace(/^\ufeff/, ''));
    return readCsv(bytes);
  } catch (error) {
    return `the message cannot be read: ${error instanceof Error ? error.message.split('\n')[0]?.slice(0, 200) : ''}`;
  }
}

/** `CODE: Name` of SDMX-CSV with labels=both. */
function readCsv(bytes: Uint8Array): SdmxRead | string {
  const { columns, rows } = readForeignTable(bytes);
  const names: Names = new Map();
  const ids = columns.map((column) =>
    column
      .trim()
      .replace(/^\ufeff/, '')
      .replace(/^([A-Za-z][\w-]*)\s*:.*$/, '$1')
      .replace(/\[\]$/, ''),
  );
  if (!ids.includes('OBS_VALUE') || !ids.some((id) => /^(?:STRUCTURE|DATAFLOW|TIME_PERIOD)$/.test(id)))
    return 'the header is not one of SDMX-CSV: it names no OBS_VALUE and TIME_PERIOD';
  const both = columns.some((column) => /^[A-Za-z][\w-]*\s*:/.test(column.trim()));
  let structure: string | null = null;
  const read = rows.flatMap(({ line, cells }): SdmxRow[] => {
    if (cells.every((cell) => cell.trim() === '')) return [];
    const components = new Map<string, string>();
    ids.forEach((id, at) => {
      const cell = (cells[at] ?? '').trim();
      const labelled = both ? /^([A-Za-z0-9_@$-]+): (.+)$/.exec(cell) : null;
      components.set(id, labelled?.[1] ?? cell);
      if (labelled !== null) nameOf(names, id, labelled[1] ?? '', 'en', labelled[2] ?? '');
    });
    structure ??= components.get('STRUCTURE_ID') ?? components.get('DATAFLOW') ?? null;
    for (const id of [
      'STRUCTURE',
      'STRUCTURE_ID',
      'DATAFLOW',
      'ACTION',
      'SERIES_KEY',
      'OBS_KEY',
      'STRUCTURE_NAME',
    ])
      components.delete(id);
    return [{ at: line, components }];
  });
  return { rows: read, names, structure };
}

function nameOf(names: Names, component: string, code: string, language: string, name: string): void {
  const codes = names.get(component) ?? new Map<string, ReadonlyMap<string, string>>();
  names.set(component, codes);
  codes.set(code, new Map([...(codes.get(code) ?? []), [language, name]]));
}

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

function readJson(message: unknown): SdmxRead | string {
  const structure =
    at(message, 'data', 'structures', 0) ?? at(message, 'data', 'structure') ?? at(message, 'structure');
  const sets = list(at(message, 'data', 'dataSets') ?? at(message, 'dataSets'));
  if (!isJson(structure) || sets.length === 0)
    return 'the JSON is no SDMX-JSON data message: it has no structure and data sets';
  const names: Names = new Map();
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
        id,
        values: Array.isArray(values)
          ? values.map((value) => text(at(value, 'id')) || text(at(value, 'value')))
          : null,
      };
    });
  const series = components('dimensions', 'series');
  const inner = components('dimensions', 'observation');
  const fixed = components('dimensions', 'dataSet');
  const measures = components('measures', 'observation');
  const attributes = components('attributes', 'observation');
  const seriesAttributes = components('attributes', 'series');
  const rows: SdmxRow[] = [];
  const put = (into: Map<string, string>, { id, values }: Component, value: unknown): void => {
    if (value === null || value === undefined) return;
    const named = values !== null && typeof value === 'number' ? values[value] : undefined;
    into.set(id, named ?? text(value));
  };
  const observations = (of: unknown, shared: ReadonlyMap<string, string>): void => {
    if (!isJson(of)) return;
    for (const [key, cells] of Object.entries(of)) {
      const row = new Map(shared);
      key.split(':').forEach((position, place) => {
        const component = inner[place];
        if (component !== undefined) put(row, component, Number(position));
      });
      const values = list(cells);
      const many = Math.max(measures.length, 1);
      row.set('OBS_VALUE', values[0] === null ? '' : text(values[0]));
      attributes.forEach((attribute, place) => {
        put(row, attribute, values[many + place]);
      });
      rows.push({ at: rows.length + 1, components: row });
    }
  };
  for (const set of sets) {
    const shared = new Map<string, string>();
    fixed.forEach((component) => {
      put(shared, component, 0);
    });
    observations(at(set, 'observations'), shared);
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
      observations(at(one, 'observations'), own);
    }
  }
  const urn = list(at(structure, 'links'))
    .map((link) => text(at(link, 'urn')))
    .find((each) => each !== '');
  return { rows, names, structure: urn?.replace(/^.*=/, '') ?? null };
}

function readXml(content: string): SdmxRead | string {
  const parser = new SaxesParser();
  const rows: SdmxRow[] = [];
  let series = new Map<string, string>();
  let observation = new Map<string, string>();
  let inObservation = false;
  let sawSet = false;
  let structure: string | null = null;
  let inUsage = false;
  parser.on('doctype', () => {
    throw new Error('a document type is declared, which no SDMX message has');
  });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const tag = name.replace(/^.*:/, '');
    const plain = Object.entries(attributes).filter(([key]) => !key.includes(':') && key !== 'xmlns');
    if (tag === 'DataSet') sawSet = true;
    else if (tag === 'StructureUsage' || tag === 'Structure') inUsage = true;
    else if (!sawSet) return;
    else if (tag === 'Series') series = new Map(plain);
    else if (tag === 'Obs') {
      inObservation = true;
      observation = new Map([...series, ...plain]);
    } else if (tag === 'Value' || tag === 'ObsDimension' || tag === 'ObsValue') {
      // Generic messages name each component.
      const id =
        tag === 'ObsValue' ? 'OBS_VALUE' : (attributes.id ?? (tag === 'ObsDimension' ? 'TIME_PERIOD' : ''));
      (inObservation ? observation : series).set(id, attributes.value ?? '');
    }
  });
  parser.on('text', (content) => {
    if (inUsage && /urn:sdmx/.test(content)) structure ??= content.replace(/^.*=/, '').trim();
  });
  parser.on('closetag', ({ name }) => {
    const tag = name.replace(/^.*:/, '');
    if (tag === 'StructureUsage' || tag === 'Structure') inUsage = false;
    if (tag === 'Series') series = new Map();
    if (tag !== 'Obs') return;
    inObservation = false;
    rows.push({ at: rows.length + 1, components: observation });
  });
  parser.write(content).close();
  if (!sawSet) return 'the XML is no SDMX data message: it has no data set';
  return { rows, names: new Map(), structure };
}
