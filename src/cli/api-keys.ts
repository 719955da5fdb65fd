import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const fileSchema = z.array(z.strictObject({ name: z.string(), sha256: z.string().regex(/^[0-9a-f]{64}$/) }));

const pathOf = (home: string): string => join(home, 'api-keys.json');

function read(home: string): z.infer<typeof fileSchema> {
  if (!existsSync(pathOf(home))) return [];
  return fileSchema.parse(JSON.parse(readFileSync(pathOf(home), 'utf8')));
}

/** The keys with which other systems may file reports: sha-256 of the key, and whose it is. Keys themselves are not kept. */
export function readApiKeys(home: string): ReadonlyMap<string, string> {
  return new Map(read(home).map(({ name, sha256 }) => [sha256, name]));
}

/** Makes a key for a system and gives it, once. */
export function makeApiKey(home: string, name: string): string {
  const key = randomBytes(24).toString('base64url');
  const sha256 = createHash('sha256').update(key).digest('hex');
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const keys = [...read(home).filter((each) => each.name !== name), { name, sha256 }];
  writeFileSync(pathOf(home), `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
  return key;
}
