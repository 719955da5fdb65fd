/**
 * zlib stream (RFC 1950, 1951) of a drawing's rows, `stride` bytes each. Only two places are looked at for what was there
 * before: the byte to the left and the one above. In flat drawings nearly everything is found there, so that this
 * takes a fifth of the time of a general packer; and its bytes depend on nothing of the machine, as those of the platform's do.
 */
export function deflateRows(rows: Uint8Array, stride: number): Uint8Array {
  const out = new BitWriter(rows.length >> 3);
  out.put(0x78, 8);
  out.put(0x01, 8);
  // One last block with the fixed codes.
  out.put(1, 1);
  out.put(1, 2);
  const above = distanceCode(stride);
  let at = 0;
  while (at < rows.length) {
    const left = at >= 1 ? matchLength(rows, at, 1) : 0;
    const up = left < longest && at >= stride ? matchLength(rows, at, stride) : 0;
    const length = Math.max(left, up);
    if (length < shortest) {
      putSymbol(out, rows[at] ?? 0);
      at += 1;
      continue;
    }
    const { symbol, bits, base } = lengths[length] ?? lengthCode(length);
    putSymbol(out, symbol);
    out.put(length - base, bits);
    const distance = up > left ? above : one;
    out.put(reversed(distance.symbol, 5), 5);
    out.put((up > left ? stride : 1) - distance.base, distance.bits);
    at += length;
  }
  putSymbol(out, 256);
  return out.end(adler32(rows));
}

const shortest = 3;
const longest = 258;

function matchLength(rows: Uint8Array, at: number, distance: number): number {
  const most = Math.min(longest, rows.length - at);
  let length = 0;
  while (length < most && rows[at + length] === rows[at + length - distance]) length += 1;
  return length;
}

interface Code {
  readonly symbol: number;
  /** How many bits follow, and what they count from. */
  readonly bits: number;
  readonly base: number;
}

/** RFC 1951, 3.2.5: lengths 3 to 258 are the symbols 257 to 285. */
function lengthCode(length: number): Code {
  if (length === longest) return { symbol: 285, bits: 0, base: longest };
  const { symbol, bits, base } = grouped(length - 3, 4);
  return { symbol: 257 + symbol, bits, base: base + 3 };
}

/** Distances 1 to 32,768 are the symbols 0 to 29. */
function distanceCode(distance: number): Code {
  if (distance < 1 || distance > 32_768) throw new RangeError(`rows are 1 to 32,768 bytes, not ${distance}`);
  const { symbol, bits, base } = grouped(distance - 1, 2);
  return { symbol, bits, base: base + 1 };
}

/** `each` symbols for every power of two, after twice as many for single values. */
function grouped(value: number, each: number): Code {
  if (value < 2 * each) return { symbol: value, bits: 0, base: value };
  const bits = 31 - Math.clz32(value) - Math.log2(each);
  const lead = value >> bits;
  return { symbol: each * bits + lead, bits, base: lead << bits };
}

const lengths = Array.from({ length: longest + 1 }, (_, length) => lengthCode(Math.max(shortest, length)));
const one = distanceCode(1);

/** The fixed codes of RFC 1951, 3.2.6, turned round: codes are written from their highest bit. */
const symbols = Array.from({ length: 288 }, (_, symbol) => {
  const [code, bits] =
    symbol < 144
      ? [0x30 + symbol, 8]
      : symbol < 256
        ? [0x190 + symbol - 144, 9]
        : symbol < 280
          ? [symbol - 256, 7]
          : [0xc0 + symbol - 280, 8];
  return { code: reversed(code, bits), bits };
});

function putSymbol(out: BitWriter, symbol: number): void {
  const found = symbols[symbol];
  if (found !== undefined) out.put(found.code, found.bits);
}

function reversed(code: number, bits: number): number {
  let turned = 0;
  for (let at = 0; at < bits; at += 1) turned |= ((code >> at) & 1) << (bits - 1 - at);
  return turned;
}

function adler32(bytes: Uint8Array): number {
  let [a, b] = [1, 0];
  for (let at = 0; at < bytes.length; ) {
    const stop = Math.min(bytes.length, at + 3800);
    for (; at < stop; at += 1) {
      a += bytes[at] ?? 0;
      b += a;
    }
    a %= 65_521;
    b %= 65_521;
  }
  return ((b << 16) | a) >>> 0;
}

/** Bits from the lowest on, in bytes that grow as needed. */
class BitWriter {
  #bytes: Uint8Array;
  #length = 0;
  #held = 0;
  #count = 0;

  constructor(room: number) {
    this.#bytes = new Uint8Array(Math.max(64, room));
  }

  put(value: number, bits: number): void {
    this.#held |= value << this.#count;
    this.#count += bits;
    for (; this.#count >= 8; this.#count -= 8) {
      if (this.#length === this.#bytes.length) {
        const larger = new Uint8Array(this.#length * 2);
        larger.set(this.#bytes);
        this.#bytes = larger;
      }
      this.#bytes[this.#length] = this.#held & 255;
      this.#length += 1;
      this.#held >>>= 8;
    }
  }

  /** Fills the last byte and closes with the check sum. */
  end(check: number): Uint8Array {
    this.put(0, 7);
    this.#count = 0;
    this.#held = 0;
    for (const shift of [24, 16, 8, 0]) this.put((check >>> shift) & 255, 8);
    return this.#bytes.slice(0, this.#length);
  }
}
