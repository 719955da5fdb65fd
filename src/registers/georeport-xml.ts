/** A value of a GeoReport answer: plain values, lists, and records of them. */
export type GeoReportValue =
  | string
  | number
  | boolean
  | undefined
  | readonly GeoReportValue[]
  | { readonly [name: string]: GeoReportValue };

/**
 * An answer as GeoReport's XML, in the form that the public adapter (mysociety/open311-adapter) writes and tests: two
 * spaces a level, elements in the order of their names, lists in the plural around the singular. Values are escaped;
 * characters that XML 1.0 cannot hold are left out.
 */
export function geoReportXml(root: string, item: string, list: readonly GeoReportValue[]): string {
  return `${head}<${root}>\n${list.map((each) => element(item, each, 1)).join('')}</${root}>\n`;
}

/** One record as the root, for a service definition and discovery. */
export function geoReportRecordXml(root: string, record: GeoReportValue): string {
  return head + element(root, record, 0);
}

const head = '<?xml version="1.0" encoding="utf-8"?>\n';

const singular: Readonly<Record<string, string>> = {
  attributes: 'attribute',
  values: 'value',
  endpoints: 'endpoint',
  formats: 'format',
};

function element(name: string, value: GeoReportValue, level: number): string {
  if (value === undefined) return '';
  const margin = '  '.repeat(level);
  if (typeof value !== 'object') return `${margin}<${name}>${escapeXml(String(value))}</${name}>\n`;
  const inner = isList(value)
    ? value.map((each) => element(singular[name] ?? 'item', each, level + 1))
    : Object.entries(value)
        .sort(([a], [b]) => byName(name, a, b))
        .map(([key, each]) => element(key, each, level + 1));
  return `${margin}<${name}>\n${inner.join('')}${margin}</${name}>\n`;
}

/** By name; but in a list's value the name stands before the key, as it is read. */
function byName(parent: string, a: string, b: string): number {
  const order = a < b ? -1 : a > b ? 1 : 0;
  return parent === 'value' ? -order : order;
}

function isList(value: object): value is readonly GeoReportValue[] {
  return Array.isArray(value);
}

function escapeXml(text: string): string {
  return [...text]
    .filter(isXmlCharacter)
    .join('')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** XML 1.0 §2.2: no control characters but tab and line ends, no half of a surrogate pair, neither U+FFFE nor U+FFFF. */
function isXmlCharacter(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return code === 9 || code === 10 || code === 13;
  return !(code >= 0xd800 && code <= 0xdfff) && code !== 0xfffe && code !== 0xffff;
}
