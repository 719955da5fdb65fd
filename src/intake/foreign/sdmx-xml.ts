import { SaxesParser } from 'saxes';
import { componentId, type SdmxRead, type SdmxRow } from './sdmx-read.ts';

/** A data message of SDMX-ML 2.1 or 3.0, structure-specific or generic. */
export function readXml(content: string): SdmxRead | string {
  const parser = new SaxesParser();
  const rows: SdmxRow[] = [];
  let series = new Map<string, string>();
  let observation = new Map<string, string>();
  let inObservation = false;
  let sawSet = false;
  let structure: string | null = null;
  let inUsage = false;
  /** Attributes of the whole set, and of groups of series, which come before the series they hold for. */
  let ofSet = new Map<string, string>();
  let groups: ReadonlyMap<string, string>[] = [];
  let inGroup: Map<string, string> | null = null;
  /** A component whose value is text (SDMX-ML 3.0). */
  let told: { readonly id: string; text: string } | null = null;
  const withGroups = (own: ReadonlyMap<string, string>): Map<string, string> => {
    const all = new Map(ofSet);
    for (const group of groups) {
      const shared = [...group].filter(([id]) => own.has(id));
      if (shared.length > 0 && shared.every(([id, value]) => own.get(id) === value))
        for (const [id, value] of group) all.set(id, value);
    }
    for (const [id, value] of own) all.set(id, value);
    return all;
  };
  parser.on('doctype', () => {
    throw new Error('a document type is declared, which no SDMX message has');
  });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const tag = name.replace(/^.*:/, '');
    const plain = Object.entries(attributes)
      .filter(([key]) => !key.includes(':') && key !== 'xmlns')
      .map(([key, value]): [string, string] => [componentId(key), value]);
    if (tag === 'DataSet') {
      sawSet = true;
      [ofSet, groups] = [new Map(), []];
    } else if (tag === 'StructureUsage' || tag === 'Structure') inUsage = true;
    else if (!sawSet) return;
    else if (tag === 'Atts' && !inObservation) ofSet = new Map([...ofSet, ...plain]);
    else if (tag === 'Group') {
      inGroup = new Map(plain);
      groups.push(inGroup);
    } else if (tag === 'Series') series = new Map(plain);
    else if (tag === 'Comp') told = { id: componentId(attributes.id ?? ''), text: '' };
    else if (tag === 'Obs') {
      inObservation = true;
      observation = new Map([...series, ...plain]);
    } else if (told === null && (tag === 'Value' || tag === 'ObsDimension' || tag === 'ObsValue')) {
      // Generic messages name each component.
      const id =
        tag === 'ObsValue' ? 'OBS_VALUE' : (attributes.id ?? (tag === 'ObsDimension' ? 'TIME_PERIOD' : ''));
      if (id !== '')
        (inObservation ? observation : (inGroup ?? series)).set(componentId(id), attributes.value ?? '');
    }
  });
  parser.on('text', (content) => {
    if (inUsage && /urn:sdmx/.test(content)) structure ??= content.replace(/^.*=/, '').trim();
    if (told !== null) told.text += content;
  });
  parser.on('closetag', ({ name }) => {
    const tag = name.replace(/^.*:/, '');
    if (tag === 'StructureUsage' || tag === 'Structure') inUsage = false;
    if (tag === 'Series') series = new Map();
    if (tag === 'Group') inGroup = null;
    if (tag === 'Comp' && told !== null) {
      const text = told.text.trim();
      if (told.id !== '' && text !== '')
        (inObservation ? observation : (inGroup ?? series)).set(told.id, text);
      told = null;
    }
    if (tag !== 'Obs') return;
    inObservation = false;
    rows.push({ at: rows.length + 1, components: withGroups(observation) });
  });
  parser.write(content).close();
  if (!sawSet) return 'the XML is no SDMX data message: it has no data set';
  return { rows, names: new Map(), structure };
}
