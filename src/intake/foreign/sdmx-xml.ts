import { SaxesParser } from 'saxes';
import {
  componentId,
  type Names,
  nameOf,
  type SdmxRead,
  type SdmxRow,
  sureAttributes,
  takenBack,
} from './sdmx-read.ts';

/** Where a generic message stands: its values belong to the innermost of these. */
type Level = 'set' | 'group' | 'series' | 'observation';

/** What a data set or an observation says of itself: its values are taken back. */
const isDelete = (attributes: Readonly<Record<string, string>>): boolean =>
  Object.entries(attributes).some(
    ([key, value]) => /^(?:[\w.-]+:)?action$/i.test(key) && /^(?:D|Delete)$/i.test(value),
  );

/**
 * A data message of SDMX-ML 2.0 (generic, compact), 2.1 or 3.0 (generic, structure-specific). Code lists in the message itself give
 * the names of codes.
 */
export function readXml(content: string): SdmxRead | string {
  const parser = new SaxesParser();
  const rows: SdmxRow[] = [];
  const names: Names = new Map();
  const levels: Level[] = [];
  let series = new Map<string, string>();
  let observation = new Map<string, string>();
  const ofObservations = new Set<string>();
  const ofGenerics = new Set<string>();
  let inAttributes = false;
  let root = '';
  let sawSet = false;
  let setDeleted = false;
  let structure: string | null = null;
  let inUsage = false;
  /** Attributes of the whole set, and of groups of series, which come before the series they hold for. */
  let ofSet = new Map<string, string>();
  let groups: ReadonlyMap<string, string>[] = [];
  let group = new Map<string, string>();
  /** A component whose value is the text of an element: `<Comp id>` of SDMX-ML 3.0, `<Time>` of 2.0. */
  let told: { readonly id: string; text: string } | null = null;
  /** The code list and code being named, and the name's language. */
  let list = '';
  let code = '';
  let called: { readonly language: string; text: string } | null = null;
  const withGroups = (own: ReadonlyMap<string, string>): Map<string, string> => {
    const all = new Map(ofSet);
    for (const each of groups) {
      const shared = [...each].filter(([id]) => own.has(id));
      if (shared.length > 0 && shared.every(([id, value]) => own.get(id) === value))
        for (const [id, value] of each) all.set(id, value);
    }
    for (const [id, value] of own) all.set(id, value);
    return all;
  };
  const here = (): Map<string, string> => {
    const level = levels.at(-1);
    return level === 'observation'
      ? observation
      : level === 'series'
        ? series
        : level === 'group'
          ? group
          : ofSet;
  };
  parser.on('doctype', () => {
    throw new Error('a document type is declared, which no SDMX message has');
  });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const tag = name.replace(/^.*:/, '');
    if (root === '') root = tag;
    const plain = Object.entries(attributes)
      .filter(([key]) => !key.includes(':') && !/^(?:xmlns|action|type)$/.test(key))
      .map(([key, value]): [string, string] => [componentId(key), value]);
    if (tag === 'DataSet') {
      sawSet = true;
      setDeleted = isDelete(attributes);
      ofSet = new Map(plain.filter(([key]) => /^[A-Z][A-Z0-9_]*$/.test(key)));
      groups = [];
      levels.push('set');
      if (typeof attributes.keyFamilyURI === 'string') structure ??= attributes.keyFamilyURI;
    } else if (tag === 'CodeList' || tag === 'Codelist') list = attributes.id ?? '';
    else if (tag === 'Code' && list !== '') code = attributes.value ?? attributes.id ?? '';
    else if ((tag === 'Description' || tag === 'Name') && list !== '' && code !== '')
      called = { language: attributes['xml:lang'] ?? 'en', text: '' };
    else if (tag === 'StructureUsage' || tag === 'Structure' || tag === 'KeyFamilyRef') inUsage = true;
    else if (levels.length === 0) return;
    else if (tag === 'Attributes') inAttributes = true;
    else if (tag === 'Atts' && levels.at(-1) === 'set') for (const [id, value] of plain) ofSet.set(id, value);
    else if (tag === 'Group') {
      group = new Map(plain);
      groups.push(group);
      levels.push('group');
    } else if (tag === 'Series') {
      // The series of a group of SDMX-ML 2.0 stand within it, and have what it says.
      series = new Map([...(levels.at(-1) === 'group' ? group : []), ...plain]);
      levels.push('series');
    } else if (tag === 'Comp') told = { id: componentId(attributes.id ?? ''), text: '' };
    else if (tag === 'Time') told = { id: 'TIME_PERIOD', text: '' };
    else if (tag === 'Obs') {
      const within = levels.at(-1) === 'series';
      observation = new Map([...(within ? series : []), ...plain]);
      if (within)
        for (const [id] of plain) if (id !== 'OBS_VALUE' && id !== 'TIME_PERIOD') ofObservations.add(id);
      if (setDeleted || isDelete(attributes)) observation.set('OBS_VALUE', takenBack);
      levels.push('observation');
    } else if (told === null && (tag === 'Value' || tag === 'ObsDimension' || tag === 'ObsValue')) {
      // Generic messages name each component: `id` since 2.1, `concept` before.
      const id =
        tag === 'ObsValue'
          ? 'OBS_VALUE'
          : (attributes.id ?? attributes.concept ?? (tag === 'ObsDimension' ? 'TIME_PERIOD' : ''));
      if (id !== '' && inAttributes) ofGenerics.add(componentId(id));
      if (id !== '' && here().get(componentId(id)) !== takenBack)
        here().set(componentId(id), attributes.value ?? '');
    }
  });
  parser.on('text', (content) => {
    if (inUsage && content.trim() !== '') structure ??= content.replace(/^.*=/, '').trim();
    if (told !== null) told.text += content;
    if (called !== null) called.text += content;
  });
  parser.on('closetag', ({ name }) => {
    const tag = name.replace(/^.*:/, '');
    if (tag === 'StructureUsage' || tag === 'Structure' || tag === 'KeyFamilyRef') inUsage = false;
    else if (tag === 'Attributes') inAttributes = false;
    else if (tag === 'CodeList' || tag === 'Codelist') list = '';
    else if (tag === 'Code') code = '';
    else if ((tag === 'Description' || tag === 'Name') && called !== null) {
      const text = called.text.trim();
      if (text !== '') nameOf(names, componentId(list.replace(/^CL_/, '')), code, called.language, text);
      called = null;
    } else if ((tag === 'Comp' || tag === 'Time') && told !== null) {
      const text = told.text.trim();
      if (told.id !== '' && text !== '') here().set(told.id, text);
      told = null;
    } else if (tag === 'Series' || tag === 'Group' || tag === 'DataSet') levels.pop();
    else if (tag === 'Obs' && levels.at(-1) === 'observation') {
      levels.pop();
      rows.push({ at: rows.length + 1, components: withGroups(observation) });
    }
  });
  parser.write(content).close();
  if (!sawSet)
    return `the XML is no SDMX data message: it has no data set (its root is ${root.slice(0, 60)})`;
  if (rows.length === 0)
    return /CrossSectional/i.test(root)
      ? 'the message is cross-sectional, a form of SDMX 2.0 that is not read: ask for generic or compact data'
      : 'the message holds a data set without an observation: what was asked for has no data, or the message is of the structure only';
  const attributes = new Set([...ofGenerics, ...sureAttributes(rows, ofObservations)]);
  return { rows, names, structure, attributes };
}
