/**
 * The words of a text file whatever its encoding: UTF-8, UTF-16 (by its mark, or by the zeros that Latin letters leave),
 * GB 18030 (which holds GBK and GB 2312), Windows-1252. Null when it is none of them.
 */
export function decodedText(bytes: Uint8Array, declared?: string): string | null {
  const utf16 = utf16Of(bytes);
  if (utf16 !== null) return decoded(bytes, utf16);
  const text = decoded(bytes, 'utf-8');
  if (text !== null) return text.includes('\0') ? null : text;
  if (bytes.includes(0)) return null;
  if (declared !== undefined && /^(?:gb|x-gbk|cp936)/i.test(declared)) return decoded(bytes, 'gb18030');
  const plain = decoded(bytes, isChineseBytes(bytes) ? 'gb18030' : 'windows-1252');
  return plain === null || isNoise(plain) ? null : plain;
}

function decoded(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Control characters and a crowd of signs tell bytes that never were text. */
function isNoise(text: string): boolean {
  const sample = text.slice(0, 20_000);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  const controls = sample.match(/[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]/g)?.length ?? 0;
  const words = sample.match(/[\p{L}\d\s.,;:!?'"()，。、；：（）%-]/gu)?.length ?? 0;
  return controls > sample.length / 200 || words < sample.length * 0.8;
}

function utf16Of(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const [one, two] = bytes;
  if (one === 0xff && two === 0xfe) return 'utf-16le';
  if (one === 0xfe && two === 0xff) return 'utf-16be';
  const sample = bytes.subarray(0, 4000);
  let [even, odd] = [0, 0];
  for (const [at, byte] of sample.entries())
    if (byte === 0) {
      if (at % 2 === 0) even += 1;
      else odd += 1;
    }
  if (odd > 8 && even * 10 < odd) return 'utf-16le';
  if (even > 8 && odd * 10 < even) return 'utf-16be';
  return null;
}

/** Characters of GB 2312 are pairs of bytes above 0xA0; marks of Windows-1252 stand alone among Latin letters. */
function isChineseBytes(bytes: Uint8Array): boolean {
  let paired = 0;
  let alone = 0;
  const end = Math.min(bytes.length, 200_000);
  for (let at = 0; at < end; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x80) continue;
    if (byte > 0xa0 && (bytes[at + 1] ?? 0) > 0xa0) {
      paired += 1;
      at += 1;
    } else alone += 1;
  }
  return paired > 2 * alone;
}

/** The encoding that a web page names in its head. */
export function declaredEncoding(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder('windows-1252').decode(bytes.subarray(0, 2000));
  return /charset\s*=\s*["']?([\w-]{2,20})/i.exec(head)?.[1];
}
