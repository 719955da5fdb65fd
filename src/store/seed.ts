import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** An initialised data directory to start from, or null when there is one already or none is shipped for this version. */
export async function seedOf(dataDir: string): Promise<Blob | null> {
  if (existsSync(join(dataDir, 'PG_VERSION'))) return null;
  return null;
}
