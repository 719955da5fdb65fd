import { isUtf8 } from 'node:buffer';
import type { FindingList } from './finding-list.ts';
import { limits } from './limits.ts';
import { quote } from './quote.ts';

const howToSave =
  'in Excel or WPS: Save As, type "CSV UTF-8 (comma delimited)"; in LibreOffice: Save As, character set "Unicode (UTF-8)"';

/**
 * The bytes of a text file without its byte order mark, or null when they are not the UTF-8 text that the format asks
 * for. What the file is instead is named: a table saved by Chinese Excel is GBK, by a European one Windows-1252.
 */
export function utf8Text(file: string, bytes: Uint8Array, findings: FindingList): Uint8Array | null {
  if (bytes.length === 0) {
    findings.error(
      'text.empty',
      { file },
      {
        what: 'the file is empty',
        why: 'an empty file says nothing, and may be one that was cut off',
        mend: 'fill it, or delete it',
      },
    );
    return null;
  }
  const wide = wideEncoding(bytes);
  if (wide !== null) return refuse(file, 1, wide, null, findings);
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const text = hasMark ? bytes.subarray(3) : bytes;
  if (!isUtf8(text)) {
    const { row, line } = firstBadLine(text);
    return refuse(file, row, legacyEncoding(line) ?? 'bytes of no known encoding', line, findings);
  }
  if (hasMark)
    findings.note(
      'text.byte-order-mark',
      { file, row: 1 },
      {
        what: 'the file begins with a byte order mark',
        why: 'Excel writes one into "CSV UTF-8"; it is harmless and was passed over',
        mend: 'nothing to do',
      },
    );
  return checkLines(file, text, findings) ? text : null;
}

function refuse(
  file: string,
  row: number,
  encoding: string,
  line: Uint8Array | null,
  findings: FindingList,
): null {
  const gbk = line !== null && encoding.startsWith('GBK');
  const sample = gbk ? ` The line reads ${quote(new TextDecoder('gb18030').decode(line))}.` : '';
  const command = gbk ? `, or run: iconv -f GB18030 -t UTF-8 old.csv > new.csv` : '';
  findings.error(
    'text.encoding',
    { file, row },
    {
      what: `the file is not UTF-8: it looks like ${encoding}`,
      why: `one encoding for all files, so that no name is ever garbled.${sample}`,
      mend: howToSave + command,
    },
  );
  return null;
}

/** UTF-16 by its byte order mark, or by a zero in every other byte of the beginning. */
function wideEncoding(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'UTF-16 (little endian; "Unicode text" of Excel)';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'UTF-16 (big endian)';
  const head = bytes.subarray(0, 64);
  const zeros = [0, 0];
  head.forEach((byte, at) => {
    if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  });
  const half = head.length / 4;
  if ((zeros[1] ?? 0) > half) return 'UTF-16 (little endian)';
  return (zeros[0] ?? 0) > half ? 'UTF-16 (big endian)' : null;
}

function firstBadLine(text: Uint8Array): { readonly row: number; readonly line: Uint8Array } {
  let row = 1;
  let start = 0;
  for (;;) {
    const feed = text.indexOf(10, start);
    const end = feed < 0 ? text.length : feed;
    const line = text.subarray(start, end);
    if (feed < 0 || !isUtf8(line)) return { row, line: line.subarray(0, 4096) };
    row += 1;
    start = end + 1;
  }
}

/**
 * GBK when the line is valid GB 18030 and its high bytes come in pairs, as those of common hanzi (GB 2312) do;
 * otherwise Windows-1252 when it has the codes of Latin letters, which stand alone between plain ones. A guess, told as one.
 */
export function legacyEncoding(line: Uint8Array): string | null {
  const high = line.filter((byte) => byte >= 0x80).length;
  const paired = line.filter(
    (byte, at) => byte >= 0x80 && ((line[at - 1] ?? 0) >= 0x80 || (line[at + 1] ?? 0) >= 0x80),
  ).length;
  if (paired > 0.8 * high && isGb18030(line)) return 'GBK (GB 18030), as Chinese Excel saves "CSV"';
  return line.some((byte) => byte >= 0xc0) ? 'Windows-1252 (Latin-1), as Excel saves "CSV"' : null;
}

function isGb18030(line: Uint8Array): boolean {
  try {
    new TextDecoder('gb18030', { fatal: true }).decode(line);
    return true;
  } catch {
    return false;
  }
}

/** No line too long; no NUL and no replacement characters, which say that the text was damaged before it came here. */
function checkLines(file: string, text: Uint8Array, findings: FindingList): boolean {
  const zero = text.indexOf(0);
  if (zero >= 0) {
    findings.error(
      'text.binary',
      { file, row: rowOf(text, zero) },
      {
        what: 'the file holds a NUL byte: it is not text',
        why: 'text never holds one; a database refuses it',
        mend: howToSave,
      },
    );
    return false;
  }
  const damaged = indexOfDamage(text);
  if (damaged >= 0) {
    findings.error(
      'text.damaged',
      { file, row: rowOf(text, damaged) },
      {
        what: 'the text was damaged earlier: it holds the mark � or 锟斤拷 that stands for lost characters',
        why: 'someone opened the file in a wrong encoding and saved it; what stood there is gone',
        mend: 'go back to the file before that and save it as UTF-8',
      },
    );
    return false;
  }
  let row = 1;
  let start = 0;
  while (start < text.length) {
    const feed = text.indexOf(10, start);
    const end = feed < 0 ? text.length : feed;
    if (end - start > limits.lineBytes) {
      findings.error(
        'text.long-line',
        { file, row },
        {
          what: `a line is longer than ${limits.lineBytes} bytes`,
          why: 'no row of a table and no line of text is that long: a line end or a closing quote is missing, or the file is not text',
          mend: 'save the file again from the program it came from, one row to a line',
        },
      );
      return false;
    }
    row += 1;
    start = end + 1;
  }
  return true;
}

const damageMarks = ['\ufffd', '锟斤拷'].map((mark) => Buffer.from(mark));

function indexOfDamage(text: Uint8Array): number {
  const buffer = Buffer.from(text.buffer, text.byteOffset, text.byteLength);
  const found = damageMarks.map((mark) => buffer.indexOf(mark)).filter((at) => at >= 0);
  return found.length === 0 ? -1 : Math.min(...found);
}

function rowOf(text: Uint8Array, at: number): number {
  let row = 1;
  for (let feed = text.indexOf(10); feed >= 0 && feed < at; feed = text.indexOf(10, feed + 1)) row += 1;
  return row;
}
