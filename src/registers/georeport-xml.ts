/** A value of a GeoReport answer: plain values, lists, and records of them. */
export type GeoReportValue =
  | string
  | number
  | boolean
  | undefined
  | readonly GeoReportValue[]
  | { readonly [name: string]: GeoReportValue };

/**
 * An answer as GeoReport's XML: lists are wrapped in the plural and hold the singular (`<requests><request>…`). Names
 * are the standard's, values are escaped; characters that XML 1.0 cannot hold are left out.
 */
export function geoReportXml(root: string, item: string, list: readonly GeoReportValue[]): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n<${root}>${list.map((each) => element(item, each)).join('')}</${root}>\n`;
}

/** One record as the root, for a service definition and discovery. */
export function geoReportRecordXml(root: string, record: GeoReportValue): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${element(root, record)}\n`;
}

const singular: Readonly<Record<string, string>> = {
  attributes: 'attribute',
  values: 'value',
  endpoints: 'endpoint',
  formats: 'format',
};

function element(name: string, value: GeoReportValue): string {
  if (value === undefined) return '';
  return `<${name}>${content(name, value)}</${name}>`;
}

function content(name: string, value: GeoReportValue): string {
  if (value === undefined) return '';
  if (typeof value !== 'object') return escapeXml(String(value));
  if (isList(value)) return value.map((each) => element(singular[name] ?? 'item', each)).join('');
  return Object.entries(value)
    .map(([key, each]) => element(key, each))
    .join('');
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
