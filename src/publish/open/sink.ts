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

const most = 1 << 18;

/** Writes text to a file in large pieces, and knows its length and sha-256 at the end. */
export class FileSink implements Sink {
  readonly #file: number;
  readonly #hash: Hash = createHash('sha256');
  #waiting: string[] = [];
  #length = 0;
  #bytes = 0;

  constructor(path: string) {
    this.#file = openSync(path, 'w');
  }

  write(text: string): void {
    this.#waiting.push(text);
    this.#length += text.length;
    if (this.#length >= most) this.#flush();
  }

  #flush(): void {
    if (this.#length === 0) return;
    const bytes = Buffer.from(this.#waiting.join(''), 'utf8');
    this.#hash.update(bytes);
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#file, bytes, at);
    this.#bytes += bytes.length;
    this.#waiting = [];
    this.#length = 0;
  }

  close(): { readonly bytes: number; readonly sha256: string } {
    this.#flush();
    fsyncSync(this.#file);
    closeSync(this.#file);
    return { bytes: this.#bytes, sha256: this.#hash.digest('hex') };
  }
}
