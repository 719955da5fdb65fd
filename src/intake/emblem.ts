import { SaxesParser } from 'saxes';
import type { Brand, City, SubmittedFile } from '../model/index.ts';
import type { FindingList } from './finding-list.ts';

const mostBytes = 100_000;
const pngStart = 'data:image/png;base64,';
const pngHead = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** What an emblem may be drawn with: shapes and colours. Nothing that runs, loads, links or holds a document of another kind. */
const elements = new Set(
  'svg g path circle ellipse rect line polyline polygon title desc defs linearGradient radialGradient stop clipPath'.split(
    ' ',
  ),
);
const attributes = new Set(
  (
    'viewBox width height x y x1 y1 x2 y2 cx cy r rx ry fx fy d points transform fill fill-rule fill-opacity stroke stroke-width ' +
    'stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray stroke-opacity opacity clip-path clip-rule id offset stop-color ' +
    'stop-opacity gradientUnits gradientTransform clipPathUnits spreadMethod preserveAspectRatio'
  ).split(' '),
);

/** What is left of an SVG when only shapes and colours are kept, and the names of what was taken out; null when it is no SVG. */
export function cleanSvg(text: string): { readonly svg: string; readonly dropped: readonly string[] } | null {
  if (/<!DOCTYPE|<!ENTITY/i.test(text)) return null;
  const dropped = new Set<string>();
  const plain = (value: string): string =>
    value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
  let svg = '';
  let root = '';
  /** Depth inside an element that is taken out whole. */
  let out = 0;
  const parser = new SaxesParser();
  let broken = false;
  parser.on('error', () => {
    broken = true;
  });
  parser.on('opentag', ({ name, attributes: given }) => {
    if (root === '') root = name;
    if (out > 0 || !elements.has(name)) {
      if (out === 0) dropped.add(`<${name.slice(0, 40)}>`);
      out += 1;
      return;
    }
    const kept = Object.entries(given).flatMap(([key, value]) => {
      if (key === 'xmlns' || key === 'version') return [];
      const safe = attributes.has(key) && !/url\s*\((?!\s*#)|javascript:|expression\s*\(|\\/i.test(value);
      if (!safe) dropped.add(key.slice(0, 40));
      return safe ? [` ${key}="${plain(value)}"`] : [];
    });
    svg += `<${name}${svg === '' ? ' xmlns="http://www.w3.org/2000/svg"' : ''}${kept.join('')}>`;
  });
  parser.on('closetag', ({ name }) => {
    if (out > 0) out -= 1;
    else svg += `</${name}>`;
  });
  parser.on('text', (content) => {
    if (out === 0 && content.trim() !== '') svg += plain(content);
  });
  try {
    parser.write(text).close();
  } catch {
    return null;
  }
  return broken || root !== 'svg' ? null : { svg, dropped: [...dropped] };
}

/** An emblem that may be shown; null when it is neither an SVG nor a PNG. */
export function cleanEmblem(emblem: string): string | null {
  if (emblem.startsWith(pngStart)) {
    const bytes = Buffer.from(emblem.slice(pngStart.length), 'base64');
    return bytes.subarray(0, 8).equals(pngHead) ? pngStart + bytes.toString('base64') : null;
  }
  return cleanSvg(emblem)?.svg ?? null;
}

/** The emblem that lies beside city.yaml, cleaned; null when there is none or it cannot be used. */
export function readEmblem(files: readonly SubmittedFile[], findings: FindingList): string | null {
  const [file, second] = files;
  if (file === undefined) return null;
  const where = { file: file.path };
  if (second !== undefined)
    findings.error(
      'city.two-emblems',
      { file: second.path },
      {
        what: 'there are an emblem.svg and an emblem.png',
        why: 'a place has one emblem',
        mend: 'delete one of them',
      },
    );
  if (file.bytes.byteLength > mostBytes) {
    findings.error('city.emblem-size', where, {
      what: `the emblem has ${file.bytes.byteLength} bytes`,
      why: `it is loaded with every page: ${mostBytes} bytes are the most`,
      mend: 'make it simpler or smaller',
    });
    return null;
  }
  const bytes = Buffer.from(file.bytes);
  const isPng = bytes.subarray(0, 8).equals(pngHead);
  if (isPng) return pngStart + bytes.toString('base64');
  const cleaned = cleanSvg(bytes.toString('utf8'));
  if (cleaned === null) {
    findings.error('city.emblem', where, {
      what: 'the emblem is neither an SVG nor a PNG',
      why: 'it is shown on every page',
      mend: 'save it again as a plain SVG without a document type, or as PNG',
    });
    return null;
  }
  if (cleaned.dropped.length > 0)
    findings.warning('city.emblem-cleaned', where, {
      what: `parts of the emblem were taken out: ${cleaned.dropped.slice(0, 12).join(', ')}`,
      why: 'an emblem holds shapes and colours only: nothing that runs, loads or links',
      mend: 'look at it on the page; save it again as a plain SVG with colours as attributes',
    });
  return cleaned.svg;
}

export function withEmblem(city: City, emblem: string): City {
  return { ...city, brand: { ...city.brand, emblem } };
}

/** The city with a brand that has no emblem; without a brand when nothing is left of it. */
export function withBrand({ brand: _, ...city }: City, brand: Brand): City {
  return Object.keys(brand).length === 0 ? city : { ...city, brand };
}

/** The file in which an emblem stands. */
export function emblemFile(emblem: string): SubmittedFile {
  return emblem.startsWith(pngStart)
    ? { path: 'emblem.png', bytes: Buffer.from(emblem.slice(pngStart.length), 'base64') }
    : { path: 'emblem.svg', bytes: Buffer.from(emblem, 'utf8') };
}
