// Packs an initialised embedded database into assets/, for the PGlite that is installed. Run after PGlite changes:
//   npm run build && node scripts/make-seed.js
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { makeSeed } from '../dist/store/seed.js';

const folder = mkdtempSync(join(tmpdir(), 'modelcity-seed-'));
try {
  const path = await makeSeed(join(folder, 'data'));
  for (const other of readdirSync(dirname(path)))
    if (/^pglite-.*\.br$/.test(other) && other !== basename(path)) rmSync(join(dirname(path), other));
  console.log(path);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
