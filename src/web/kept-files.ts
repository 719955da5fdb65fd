import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** A finished page as it lies on the disk: its body packed, or plain where packing it is no gain. */
export interface FiledPage {
  readonly headers: readonly (readonly [string, string])[];
  readonly etag: string;
  readonly encoding: 'br' | 'gzip' | null;
  readonly isPacked: boolean;
  readonly body: Uint8Array<ArrayBuffer>;
}

const headSchema = z.object({
  state: z.string(),
  name: z.string(),
  headers: z.array(z.tuple([z.string(), z.string()]).readonly()).readonly(),
  etag: z.string(),
  encoding: z.enum(['br', 'gzip']).nullable(),
  isPacked: z.boolean(),
});

type Head = z.infer<typeof headSchema>;

const sealLength = 32;

/** What goes wrong with one file, such as a full disk, costs making a page again, and nothing else. */
const passedOver = (): undefined => undefined;

/**
 * Finished pages kept in a folder beyond the process, so that a server that starts again does not make them again. They are of
 * one state: what every page is made from, told by a text that is another one when anything of it changes; pages of other states
 * are taken away. Each file is sealed with a secret, over its state, its address and all its bytes: one that was cut short, changed or put in another's
 * place is no page. Nothing is added beyond `mostBytes`.
 */
export class KeptFiles {
  readonly #folder: string;
  readonly #key: Buffer;
  readonly #most: number;
  #open: {
    readonly version: number;
    readonly state: string;
    readonly folder: string;
    readonly names: Set<string>;
  } | null = null;
  #held = 0;
  #writing: Promise<void> = Promise.resolve();

  constructor(folder: string, secret: string, mostBytes = 64 * 1024 * 1024) {
    this.#folder = folder;
    this.#key = createHmac('sha256', secret).update('modelcity finished pages').digest();
    this.#most = mostBytes;
  }

  /** From now on, pages that are made while the site's version is this one are of the state that is told. */
  open(version: number, told: string): void {
    this.#open = null;
    const state = createHash('sha256').update(told).digest('hex');
    const name = state.slice(0, 32);
    const folder = join(this.#folder, name);
    try {
      // A folder that a link leads to is not ours to clear.
      for (const each of [this.#folder, folder]) {
        mkdirSync(each, { recursive: true, mode: 0o700 });
        if (!lstatSync(each).isDirectory()) return;
      }
      for (const other of readdirSync(this.#folder))
        if (other !== name) rmSync(join(this.#folder, other), { recursive: true, force: true });
      const names = new Set<string>();
      this.#held = 0;
      for (const file of readdirSync(folder))
        if (/^[0-9a-f]{32}$/.test(file)) {
          names.add(file);
          this.#held += statSync(join(folder, file)).size;
        } else rmSync(join(folder, file), { recursive: true, force: true });
      this.#open = { version, state, folder, names };
    } catch {
      // Without a folder nothing is kept: pages are made, as on a first start.
    }
  }

  /** A page of this version's state, where there is one. */
  async get(version: number, name: string): Promise<FiledPage | null> {
    const open = this.#open;
    const file = fileOf(name);
    if (open === null || open.version !== version || !open.names.has(file)) return null;
    const bytes = await readFile(join(open.folder, file)).catch(passedOver);
    const page = bytes === undefined ? null : this.#read(bytes, open.state, name);
    if (page === null) open.names.delete(file);
    return page;
  }

  #read(bytes: Buffer, state: string, name: string): FiledPage | null {
    const rest = bytes.subarray(sealLength);
    const seal = this.#seal(rest);
    if (bytes.length < sealLength + 4 || !timingSafeEqual(seal, bytes.subarray(0, sealLength))) return null;
    const bodyAt = 4 + rest.readUInt32BE(0);
    const head = headSchema.parse(JSON.parse(rest.toString('utf8', 4, bodyAt)));
    if (head.state !== state || head.name !== name) return null;
    const { headers, etag, encoding, isPacked } = head;
    return { headers, etag, encoding, isPacked, body: new Uint8Array(rest.subarray(bodyAt)) };
  }

  #seal(rest: Uint8Array): Buffer {
    return createHmac('sha256', this.#key).update(rest).digest();
  }

  /** Keeps a page that was made while the site had this version, when there is room and it is not kept yet; one is written after the other. */
  put(version: number, name: string, page: FiledPage): void {
    const open = this.#open;
    const file = fileOf(name);
    if (open === null || open.version !== version || open.names.has(file)) return;
    const { body, headers, etag, encoding, isPacked } = page;
    const head = Buffer.from(
      JSON.stringify({ state: open.state, name, headers, etag, encoding, isPacked } satisfies Head),
    );
    const length = Buffer.alloc(4);
    length.writeUInt32BE(head.length);
    const rest = Buffer.concat([length, head, body]);
    const size = sealLength + rest.length;
    if (this.#held + size > this.#most) return;
    open.names.add(file);
    this.#held += size;
    this.#writing = this.#writing.then(async () => {
      const place = join(open.folder, file);
      const half = `${place}.${process.pid}`;
      try {
        await writeFile(half, Buffer.concat([this.#seal(rest), rest]), { mode: 0o600, flag: 'wx' });
        await rename(half, place);
      } catch {
        open.names.delete(file);
        await rm(half, { force: true }).catch(passedOver);
      }
    });
  }

  /** Resolves when all that was handed in is written. */
  written(): Promise<void> {
    return this.#writing;
  }
}

function fileOf(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 32);
}
