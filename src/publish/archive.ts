import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { crc32, inflateRawSync } from 'node:zlib';
import { deflateSync } from 'fflate';

/**
 * ZIP archives that depend on their content alone: entries in order of their paths, one fixed date, no attributes of
 * the machine. Reading trusts nothing: sizes, paths and counts are checked before a byte is unpacked.
 */
export interface ArchiveLimits {
  readonly entries: number;
  readonly entryBytes: number;
  readonly totalBytes: number;
}

export const archiveLimits: ArchiveLimits = {
  entries: 65_000,
  entryBytes: 256_000_000,
  totalBytes: 2_000_000_000,
};

/** 1 January 1980, the first day a ZIP can tell, as MS-DOS date; time 0. */
const dosDate = 0x21;
const utf8Flag = 0x0800;

/** Already compressed: packing again costs time and wins nothing. */
const packed = /\.(?:pdf|docx|png|jpg|woff2|zip)$/;

/** Writes files as one archive, one at a time, and syncs it to disk. `read` gives the bytes of a path. */
export function writeArchive(
  file: string,
  paths: readonly string[],
  read: (path: string) => Uint8Array,
): void {
  if (paths.length > archiveLimits.entries)
    throw new RangeError(`an archive holds at most ${archiveLimits.entries} files, not ${paths.length}`);
  const out = openSync(file, 'w');
  try {
    const directory: Buffer[] = [];
    let offset = 0;
    const write = (bytes: Uint8Array) => {
      writeSync(out, bytes);
      offset += bytes.length;
    };
    for (const path of [...paths].sort((a, b) => (a < b ? -1 : 1))) {
      const bytes = read(path);
      const method = packed.test(path) ? 0 : 8;
      const body = method === 0 ? bytes : deflateSync(bytes, { level: 6 });
      const name = Buffer.from(path, 'utf8');
      const fields = Buffer.alloc(26);
      fields.writeUInt16LE(20, 0);
      fields.writeUInt16LE(utf8Flag, 2);
      fields.writeUInt16LE(method, 4);
      fields.writeUInt16LE(0, 6);
      fields.writeUInt16LE(dosDate, 8);
      fields.writeUInt32LE(crc32(bytes), 10);
      fields.writeUInt32LE(body.length, 14);
      fields.writeUInt32LE(bytes.length, 18);
      fields.writeUInt16LE(name.length, 22);
      const entry = Buffer.alloc(46);
      entry.writeUInt32LE(0x02014b50, 0);
      entry.writeUInt16LE(20, 4);
      fields.copy(entry, 6);
      entry.writeUInt32LE(offset, 42);
      directory.push(entry, name);
      const local = Buffer.alloc(4);
      local.writeUInt32LE(0x04034b50, 0);
      write(Buffer.concat([local, fields, name]));
      write(body);
    }
    const listed = Buffer.concat(directory);
    const start = offset;
    if (start + listed.length > 0xfffffffe) throw new RangeError('an archive holds at most 4 GB');
    write(listed);
    const end = Buffer.alloc(22);
    end.writeUInt32LE(0x06054b50, 0);
    end.writeUInt16LE(paths.length, 8);
    end.writeUInt16LE(paths.length, 10);
    end.writeUInt32LE(listed.length, 12);
    end.writeUInt32LE(start, 16);
    write(end);
    fsyncSync(out);
  } finally {
    closeSync(out);
  }
}

/** Why an archive or a folder is not read. */
export class UnsafeArchive extends Error {}

/** An entry as the archive's directory claims it. */
interface Claimed {
  readonly path: string;
  readonly method: number;
  readonly crc: number;
  readonly packedSize: number;
  readonly size: number;
  readonly offset: number;
}

/**
 * Unpacks an archive in memory. Refuses path escapes, doubled names, links, encryption, foreign methods, entries that
 * overlap, and anything larger than the limits or than it claims to be.
 */
export function readArchive(
  bytes: Uint8Array,
  limits: ArchiveLimits = archiveLimits,
): Map<string, Uint8Array> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const claimed = directoryOf(buffer, limits);
  const files = new Map<string, Uint8Array>();
  for (const { path, method, crc, packedSize, size, offset } of claimed) {
    if (buffer.length < offset + 30 || buffer.readUInt32LE(offset) !== 0x04034b50)
      throw new UnsafeArchive(`${path} does not begin where the archive says`);
    const start = offset + 30 + buffer.readUInt16LE(offset + 26) + buffer.readUInt16LE(offset + 28);
    if (start + packedSize > buffer.length) throw new UnsafeArchive(`${path} is cut off`);
    const body = buffer.subarray(start, start + packedSize);
    const unpacked = method === 0 ? new Uint8Array(body) : inflated(body, size, path);
    if (unpacked.length !== size || crc32(unpacked) !== crc)
      throw new UnsafeArchive(`${path} is not what the archive says: its size or check sum differs`);
    files.set(path, unpacked);
  }
  return files;
}

/** The output never grows beyond the claimed size: what unpacks to more fails instead. */
function inflated(body: Uint8Array, size: number, path: string): Uint8Array {
  try {
    return new Uint8Array(inflateRawSync(body, { maxOutputLength: Math.max(1, size) }));
  } catch {
    throw new UnsafeArchive(`${path} cannot be unpacked to the size that the archive says`);
  }
}

function directoryOf(buffer: Buffer, limits: ArchiveLimits): Claimed[] {
  let end = -1;
  for (let at = buffer.length - 22; at >= Math.max(0, buffer.length - 22 - 65_535); at -= 1)
    if (buffer.readUInt32LE(at) === 0x06054b50) {
      end = at;
      break;
    }
  if (end < 0) throw new UnsafeArchive('this is not a ZIP archive, or its end is cut off');
  const count = buffer.readUInt16LE(end + 10);
  if (count > limits.entries)
    throw new UnsafeArchive(`the archive holds ${count} files; at most ${limits.entries} are read`);
  const claimed: Claimed[] = [];
  const seen = new Set<string>();
  let at = buffer.readUInt32LE(end + 16);
  let total = 0;
  let occupied = 0;
  for (let n = 0; n < count; n += 1) {
    if (at + 46 > buffer.length || buffer.readUInt32LE(at) !== 0x02014b50)
      throw new UnsafeArchive('the archive’s list of files is damaged');
    const nameLength = buffer.readUInt16LE(at + 28);
    const path = buffer.toString('utf8', at + 46, at + 46 + nameLength);
    const flags = buffer.readUInt16LE(at + 8);
    const method = buffer.readUInt16LE(at + 10);
    const size = buffer.readUInt32LE(at + 24);
    const packedSize = buffer.readUInt32LE(at + 20);
    const isLink = buffer.readUInt32LE(at + 38) >>> 28 === 0xa;
    if (!path.endsWith('/')) {
      if (!isSafePath(path))
        throw new UnsafeArchive(`${JSON.stringify(path.slice(0, 120))} is not a path inside the archive`);
      if (seen.has(path)) throw new UnsafeArchive(`${path} stands in the archive twice`);
      if (isLink) throw new UnsafeArchive(`${path} is a link`);
      if ((flags & 1) !== 0 || (method !== 0 && method !== 8))
        throw new UnsafeArchive(`${path} is packed in a way that is not read`);
      total += size;
      occupied += packedSize;
      if (size > limits.entryBytes || total > limits.totalBytes)
        throw new UnsafeArchive(
          `${path} or the whole archive is larger than is read (${limits.totalBytes} bytes)`,
        );
      if (occupied > buffer.length) throw new UnsafeArchive('entries of the archive overlap');
      seen.add(path);
      claimed.push({
        path,
        method,
        crc: buffer.readUInt32LE(at + 16),
        packedSize,
        size,
        offset: buffer.readUInt32LE(at + 42),
      });
    }
    at += 46 + nameLength + buffer.readUInt16LE(at + 30) + buffer.readUInt16LE(at + 32);
  }
  return claimed;
}

/** A relative path with `/`, without empty, `.` or `..` parts, backslashes, drive letters or control characters. */
export function isSafePath(path: string): boolean {
  if (path.length === 0 || path.length > 1000 || /[\\\p{Cc}]/u.test(path) || /^[A-Za-z]:/.test(path))
    return false;
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}
