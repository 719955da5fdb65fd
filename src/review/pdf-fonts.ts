import { inflateSync } from 'node:zlib';

/** PostScript names of the shipped fonts, as they stand in a PDF behind the six-letter mark of a subset. */
const ours =
  /^(?:[A-Z]{6}\+)?(?:SourceSans3-(?:Regular|SemiBold|Italic|It|RegularItalic)|NotoSansHans-(?:Regular|Bold))(?:-Identity-H)?$/;

const largestStream = 64_000_000;

/** Names of all fonts in a PDF: read from its objects, also those packed into compressed object streams. */
export function pdfFonts(pdf: Uint8Array): string[] {
  const bytes = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength);
  const names = new Set<string>();
  const collect = (part: string) => {
    for (const [, name = ''] of part.matchAll(/\/(?:BaseFont|FontName)\s*\/([^\s/<>[\]()]+)/g))
      names.add(name);
  };
  collect(bytes.toString('latin1'));
  for (let at = bytes.indexOf('/ObjStm'); at >= 0; at = bytes.indexOf('/ObjStm', at + 1)) {
    const start = bytes.indexOf('stream', at);
    const end = bytes.indexOf('endstream', start);
    if (start < 0 || end < 0) break;
    const first = start + 'stream'.length + (bytes[start + 6] === 13 ? 2 : 1);
    try {
      collect(inflateSync(bytes.subarray(first, end), { maxOutputLength: largestStream }).toString('latin1'));
    } catch {
      collect(bytes.toString('latin1', first, end));
    }
  }
  return [...names].sort();
}

/** Fonts in a PDF that are not shipped with this package; a PDF that names no font at all is suspect too. */
export function foreignFonts(pdf: Uint8Array): string[] {
  const names = pdfFonts(pdf);
  return names.length === 0 ? ['(no font found)'] : names.filter((name) => !ours.test(name));
}
