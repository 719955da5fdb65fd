import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { type Finding, findingText } from '../model/index.ts';
import { exitCode } from './exit.ts';

/** Larger files are refused by the reader; nothing beyond this is taken into memory. */
const mostBytes = 9 * 1024 * 1024;

/** The file's text, or one byte more than is ever read, so that the reader refuses it. */
export function readModel(file: string): string | undefined {
  let handle: number | undefined;
  try {
    handle = openSync(file, 'r');
    const pieces: Buffer[] = [];
    let length = 0;
    while (length <= mostBytes) {
      const piece = Buffer.alloc(256 * 1024);
      const count = readSync(handle, piece, 0, piece.length, null);
      if (count === 0) break;
      pieces.push(piece.subarray(0, count));
      length += count;
    }
    return decode(Buffer.concat(pieces));
  } catch {
    return undefined;
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

function decode(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString('utf16le');
  const declared = /^[^>]*encoding=["']([A-Za-z0-9._-]+)["']/
    .exec(bytes.toString('latin1', 0, 200))?.[1]
    ?.toLowerCase();
  const latin = declared === 'iso-8859-1' || declared === 'windows-1252' || declared === 'latin1';
  return new TextDecoder(latin ? 'windows-1252' : 'utf-8').decode(bytes);
}

/** One line of why the options cannot be met. */
export function complain(what: string): number {
  process.stderr.write(`modelcity simulate: ${what}\n`);
  return exitCode.badInput;
}

export function refused(findings: readonly Finding[]): number {
  tell(findings);
  return exitCode.badInput;
}

export function tell(findings: readonly Finding[]): void {
  for (const finding of findings) process.stderr.write(`${findingText(finding)}\n`);
}

/** Writes to a file or to standard output; a closed pipe ends quietly. */
export function writePieces(out: string | undefined, pieces: Iterable<string>): number {
  let handle: number | undefined;
  try {
    handle = out === undefined ? 1 : openSync(out, 'w');
    for (const piece of pieces) writeAll(handle, piece);
    return exitCode.done;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EPIPE') return exitCode.done;
    if (error instanceof Error && 'code' in error && out !== undefined)
      return complain(`${out} cannot be written: ${error.message}`);
    throw error;
  } finally {
    if (handle !== undefined && handle !== 1) closeSync(handle);
  }
}

export function writeAll(handle: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(handle, bytes, at);
    } catch (error) {
      // A pipe that is full takes the rest a moment later.
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}
