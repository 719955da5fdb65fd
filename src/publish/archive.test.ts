import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';
import { isSafePath, readArchive, UnsafeArchive, writeArchive } from './archive.ts';

const folder = mkdtempSync(join(tmpdir(), 'modelcity-archive-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function written(files: Readonly<Record<string, Uint8Array>>, order = Object.keys(files)): Buffer {
  const file = join(folder, 'a.zip');
  writeArchive(file, order, (path) => files[path] ?? new Uint8Array());
  return readFileSync(file);
}

describe('an archive', () => {
  it('gives back what was put in, to us and to others', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.stringMatching(/^[a-z]{1,8}(?:\/[a-z]{1,8}\.(?:txt|pdf))?$/),
          fc.uint8Array({ maxLength: 300 }),
          { maxKeys: 8, noNullPrototype: true },
        ),
        (files) => {
          const bytes = written(files);
          expect(new Map(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)))).toEqual(
            new Map([...readArchive(bytes)].map(([path, each]) => [path, new Uint8Array(each)])),
          );
          for (const [path, each] of Object.entries(unzipSync(new Uint8Array(bytes))))
            expect(each).toEqual(files[path]);
        },
      ),
      { numRuns: 40 },
    );
  });
  it('is the same bytes in any order of writing', () => {
    const files = { b: strToU8('b'), 'a/c.txt': strToU8('c'.repeat(1000)), z: new Uint8Array() };
    expect(written(files, ['z', 'b', 'a/c.txt'])).toEqual(written(files, ['a/c.txt', 'b', 'z']));
  });
});

describe('a hostile archive', () => {
  const refusal = (bytes: Uint8Array, limits?: Parameters<typeof readArchive>[1]) => {
    try {
      readArchive(bytes, limits);
      return 'read';
    } catch (error) {
      return error instanceof UnsafeArchive ? error.message : String(error);
    }
  };
  it('does not escape its folder', () => {
    for (const path of ['../x', 'a/../../x', '/etc/passwd', 'a\\..\\b', 'C:/x', 'a//b', './a'])
      expect(refusal(zipSync({ [path]: strToU8('x') }))).toContain('not a path inside');
    expect(isSafePath('a/b.txt')).toBe(true);
  });
  it('is no bomb', () => {
    const bomb = zipSync({ a: new Uint8Array(3_000_000) });
    expect(bomb.length).toBeLessThan(10_000);
    const limits = { entries: 10, entryBytes: 1_000_000, totalBytes: 2_000_000 };
    expect(refusal(bomb, limits)).toContain('larger');
    const lying = Buffer.from(bomb);
    const central = lying.lastIndexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    lying.writeUInt32LE(100, central + 24);
    expect(refusal(lying, limits)).toContain('cannot be unpacked');
    expect(
      refusal(
        zipSync(Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`f${n}`, strToU8('x')]))),
        limits,
      ),
    ).toContain('20 files');
  });
  it('is refused for what it claims of its entries', () => {
    const [one, two] = [new Uint8Array(900).fill(1), new Uint8Array(900).fill(2)];
    const limits = { entries: 10, entryBytes: 1000, totalBytes: 1500 };
    expect(refusal(zipSync({ one, two }), limits)).toContain('larger');
    expect(refusal(zipSync({ one: new Uint8Array(1200) }), limits)).toContain('larger');
    expect(refusal(zipSync({ one }), limits)).toBe('read');

    const plain = zipSync({ one, two }, { level: 0 });
    /** The archive with its list of files changed: `first` and `second` are where their records begin. */
    const listing = (change: (bytes: Buffer, first: number, second: number) => void): string => {
      const bytes = Buffer.from(plain);
      const record = Buffer.from([0x50, 0x4b, 1, 2]);
      const first = bytes.indexOf(record);
      change(bytes, first, bytes.indexOf(record, first + 4));
      return refusal(bytes);
    };
    expect(listing(() => undefined)).toBe('read');
    expect(listing((bytes, _, second) => bytes.write('one', second + 46))).toContain('twice');
    expect(listing((bytes, first) => bytes.writeUInt32LE(0xa1ff0000, first + 38))).toContain('is a link');
    for (const [field, value] of [
      [8, 1],
      [10, 12],
    ] as const)
      expect(listing((bytes, first) => bytes.writeUInt16LE(value, first + field))).toContain('not read');
    // Two names for one body, each true by itself: many of them are a bomb of their own.
    const twice = zipSync({ one: new Uint8Array(5000), two }, { level: 0 });
    const record = Buffer.from([0x50, 0x4b, 1, 2]);
    const overlapping = Buffer.from(twice);
    const first = overlapping.indexOf(record);
    const second = overlapping.indexOf(record, first + 4);
    for (const [from, length] of [
      [16, 12],
      [42, 4],
    ] as const)
      overlapping.copy(overlapping, second + from, first + from, first + from + length);
    expect(refusal(overlapping)).toContain('overlap');
    expect(listing((bytes) => bytes.writeUInt8(9, 100))).toContain('check sum differs');
  });
  it('is refused when it is damaged', () => {
    const bytes = written({ 'a.txt': strToU8('hello hello hello') });
    for (let at = 0; at < bytes.length; at += 1) {
      const broken = Buffer.from(bytes);
      broken[at] = (broken[at] ?? 0) ^ 0xff;
      const outcome = refusal(broken);
      expect(outcome).not.toMatch(/RangeError|TypeError|out of range/);
    }
    for (let length = 0; length < bytes.length; length += 1)
      expect(refusal(bytes.subarray(0, length))).not.toMatch(/RangeError|ERR_/);
  });
});
