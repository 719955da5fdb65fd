import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 bits for a link, a key, an id; `bytes` when fewer will do. */
export function randomToken(bytes = 32): string {
  return randomBytes(bytes).toString('base64url');
}

export function sha256Of(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** Whether a secret has this hash, told in the same time for every secret. */
export function hasHash(secret: string, sha256: string): boolean {
  const [given, kept] = [Buffer.from(sha256Of(secret), 'hex'), Buffer.from(sha256, 'hex')];
  return given.length === kept.length && timingSafeEqual(given, kept);
}
