import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A city's Ed25519 key pair (RFC 8032): signing the same bytes twice gives the same signature. */
export interface SigningKey {
  readonly privateKey: KeyObject;
  /** SubjectPublicKeyInfo in PEM: what stands in an edition. */
  readonly publicPem: string;
  /** sha-256 of the public key's DER, in hex: what a city prints where it can be trusted. */
  readonly fingerprint: string;
}

function keyOf(privateKey: KeyObject): SigningKey {
  const publicKey = createPublicKey(privateKey);
  return {
    privateKey,
    publicPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    fingerprint: createHash('sha256')
      .update(publicKey.export({ type: 'spki', format: 'der' }))
      .digest('hex'),
  };
}

/**
 * The key of a city in `<directory>/keys/`, made at first use: readable by its owner only, written whole or not at all.
 * Whoever holds this file can sign in the city's name; it never leaves the machine and stands in no edition.
 */
export function openSigningKey(directory: string, city: string): SigningKey {
  const folder = join(directory, 'keys');
  const file = join(folder, `${city}.ed25519.pem`);
  const read = () => keyOf(createPrivateKey(readFileSync(file, 'utf8')));
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { privateKey } = generateKeyPairSync('ed25519');
  const partial = `${file}.${process.pid}`;
  writeFileSync(partial, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flush: true });
  try {
    // A link fails when another process was first: its key is then the city's.
    linkSync(partial, file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    unlinkSync(partial);
  }
  return read();
}

export function signText(text: string, { privateKey }: SigningKey): string {
  return sign(null, Buffer.from(text, 'utf8'), privateKey).toString('base64');
}

/** Whether a signature belongs to the text; null when the key is no Ed25519 public key. */
export function checkSignature(text: string, signature: string, publicPem: string): boolean | null {
  try {
    const key = createPublicKey(publicPem);
    if (key.asymmetricKeyType !== 'ed25519') return null;
    return verify(null, Buffer.from(text, 'utf8'), key, Buffer.from(signature, 'base64'));
  } catch {
    return null;
  }
}

/** sha-256 of a public key's DER; null when it is not a key. */
export function fingerprintOf(publicPem: string): string | null {
  try {
    const der = createPublicKey(publicPem).export({ type: 'spki', format: 'der' });
    return createHash('sha256').update(der).digest('hex');
  } catch {
    return null;
  }
}
