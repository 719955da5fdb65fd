import { createHash, type Hash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';

/** Where the text of a format goes, piece by piece. */
export interface Sink {
  write(text: string): void;
}

/** Collects text: for answers that are small. */
export class TextSink implements Sink {
  #pieces: string[] = [];

  write(text: string): void {
    this.#pieces.push(text);
  }

  get text(): string {
    const text = this.#pieces.join('');
    this.#pieces = [text];
    return text;
  }
}

const room = 1 << 18;

/** Writes text to a file in large pieces, and knows its length and sha-256 at the end. */
export class FileSink implements Sink {
  readonly #file: number;
  readonly #hash: Hash = createHash('sha256');
  readonly #waiting = Buffer.allocUnsafe(room);
  #held = 0;
  #bytes = 0;

  constructor(path: string) {
    this.#file = openSync(path, 'w');
  }

  write(text: string): void {
    // A letter of UTF-16 takes three bytes of UTF-8 at most.
    const most = text.length * 3;
    if (this.#held + most > room) this.#flush();
    if (most > room) this.bytes(Buffer.from(text, 'utf8'));
    else this.#held += this.#waiting.write(text, this.#held, 'utf8');
  }

  /** Bytes after what was written before. */
  bytes(bytes: Uint8Array): void {
    this.#flush();
    this.#put(bytes);
  }

  #flush(): void {
    if (this.#held === 0) return;
    this.#put(this.#waiting.subarray(0, this.#held));
    this.#held = 0;
  }

  #put(bytes: Uint8Array): void {
    this.#hash.update(bytes);
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#file, bytes, at);
    this.#bytes += bytes.length;
  }

  close(): { readonly bytes: number; readonly sha256: string } {
    this.#flush();
    fsyncSync(this.#file);
    closeSync(this.#file);
    return { bytes: this.#bytes, sha256: this.#hash.digest('hex') };
  }
}
