import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Keeps what is told about a person readable only as long as that person's key exists. Each person (each case that
 * someone files) has a random key in a file of its own, apart from log and database, which hold only what was
 * encrypted (AES-256-GCM). Erasing the key erases the data everywhere, also in the log and after a replay, and no root
 * changes, because roots are over what is stored.
 */
export class PersonKeys {
  readonly #directory: string;

  /** `directory`: where keys lie; backed up apart from the data, or not at all. */
  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Encrypts a text for a person, making the key at first use. The result is text: `v1.<nonce>.<box>` in base64url. */
  async seal(person: string, field: string, text: string): Promise<string> {
    const key = (await this.#key(person)) ?? (await this.#make(person));
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', fieldKey(key, field), nonce);
    cipher.setAAD(Buffer.from(`${person} ${field}`));
    const box = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return `v1.${nonce.toString('base64url')}.${box.toString('base64url')}`;
  }

  /** The text again; null when the person's key was erased. Throws when the box was tampered with. */
  async open(person: string, field: string, sealed: string): Promise<string | null> {
    const key = await this.#key(person);
    if (key === null) return null;
    const [version, nonce = '', box = ''] = sealed.split('.');
    if (version !== 'v1') throw new Error('sealed by an unknown version');
    const bytes = Buffer.from(box, 'base64url');
    const decipher = createDecipheriv('aes-256-gcm', fieldKey(key, field), Buffer.from(nonce, 'base64url'));
    decipher.setAAD(Buffer.from(`${person} ${field}`));
    decipher.setAuthTag(bytes.subarray(-16));
    return decipher.update(bytes.subarray(0, -16), undefined, 'utf8') + decipher.final('utf8');
  }

  /** The same for bytes: nonce and box, one after the other. */
  async sealBytes(person: string, field: string, bytes: Uint8Array): Promise<Uint8Array> {
    const key = (await this.#key(person)) ?? (await this.#make(person));
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', fieldKey(key, field), nonce);
    cipher.setAAD(Buffer.from(`${person} ${field}`));
    return Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
  }

  async openBytes(person: string, field: string, sealed: Uint8Array): Promise<Uint8Array | null> {
    const key = await this.#key(person);
    if (key === null) return null;
    const bytes = Buffer.from(sealed);
    const decipher = createDecipheriv('aes-256-gcm', fieldKey(key, field), bytes.subarray(0, 12));
    decipher.setAAD(Buffer.from(`${person} ${field}`));
    decipher.setAuthTag(bytes.subarray(-16));
    return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]);
  }

  /** What only the person was told: ten letters and digits that show that it is them. Null once the key is erased. */
  async secretOf(person: string): Promise<string | null> {
    const key = await this.#key(person);
    if (key === null) return null;
    const bytes = fieldKey(key, 'follow');
    return [...bytes.subarray(0, 10)].map((byte) => letters[byte % letters.length]).join('');
  }

  /** The secret, making the key at first use. */
  async makeSecret(person: string): Promise<string> {
    if ((await this.#key(person)) === null) await this.#make(person);
    return (await this.secretOf(person)) ?? '';
  }

  /** Everyone of whom there is a key. */
  async persons(): Promise<ReadonlySet<string>> {
    const names = await readdir(this.#directory).catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
      throw error;
    });
    return new Set(names.flatMap((name) => (name.endsWith('.key') ? [name.slice(0, -'.key'.length)] : [])));
  }

  async isErased(person: string): Promise<boolean> {
    return (await this.#key(person)) === null;
  }

  /** Erases a person's key: what was sealed for this person can never be read again. */
  async erase(person: string): Promise<void> {
    const path = this.#path(person);
    if ((await this.#key(person)) === null) return;
    // Written over and synced before it is gone, and the folder after: no power cut brings it back.
    const file = await open(path, 'r+');
    await file
      .write(randomBytes(32), 0, 32, 0)
      .then(() => file.sync())
      .finally(() => file.close());
    await rm(path, { force: true });
    const folder = await open(this.#directory);
    await folder.sync().finally(() => folder.close());
  }

  #path(person: string): string {
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,100}$/.test(person))
      throw new RangeError('not the name of a person’s key');
    return join(this.#directory, `${person}.key`);
  }

  async #key(person: string): Promise<Buffer | null> {
    try {
      return await readFile(this.#path(person));
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      throw error;
    }
  }

  async #make(person: string): Promise<Buffer> {
    await mkdir(this.#directory, { recursive: true, mode: 0o700 });
    const key = randomBytes(32);
    try {
      await writeFile(this.#path(person), key, { flag: 'wx', mode: 0o600, flush: true });
    } catch (error) {
      // Another writer was first: its key is the key.
      const made = await this.#key(person);
      if (made !== null) return made;
      throw error;
    }
    const folder = await open(this.#directory);
    await folder.sync().finally(() => folder.close());
    return key;
  }
}

/** Without those that look alike. */
const letters = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

function fieldKey(key: Buffer, field: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', `modelcity ${field}`, 32));
}
