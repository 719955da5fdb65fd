import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';

/** What only the servers of an office can read or make, by the secret that they share. */
export interface Seals {
  /** AES-256-GCM under a key of its own; the text comes back only where nobody has touched it. */
  seal(text: string): string;
  /** Null when it is not ours, or was changed. */
  open(sealed: string): string | null;
  /** A word that shows that a person was told it by us, for one purpose. */
  wordFor(purpose: string, person: string): string;
  isWordFor(word: string, purpose: string, person: string): boolean;
}

export function makeSeals(secret: string): Seals {
  const key = (of: string): Buffer => Buffer.from(hkdfSync('sha256', secret, 'modelcity', of, 32));
  const [box, words] = [key('mail box'), key('mail words')];
  const wordFor = (purpose: string, person: string): string =>
    createHmac('sha256', words)
      .update(JSON.stringify([purpose, person]))
      .digest('base64url');
  return {
    seal(text) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', box, nonce);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
    },
    open(sealed) {
      const bytes = Buffer.from(sealed, 'base64url');
      if (bytes.length < 28) return null;
      try {
        const decipher = createDecipheriv('aes-256-gcm', box, bytes.subarray(0, 12));
        decipher.setAuthTag(bytes.subarray(12, 28));
        return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
      } catch {
        return null;
      }
    },
    wordFor,
    isWordFor(word, purpose, person) {
      const [given, right] = [Buffer.from(word), Buffer.from(wordFor(purpose, person))];
      return given.length === right.length && timingSafeEqual(given, right);
    },
  };
}
