import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { PGlite } from '@electric-sql/pglite';

/**
 * The embedded database starts from a packed directory as its initialisation leaves it, since initialising takes
 * seconds. It holds no table of ours, so it changes only with PGlite. `node scripts/make-seed.js` makes it.
 */
const assets = fileURLToPath(new URL('../../assets/', import.meta.url));

/** Where the seed for the installed PGlite stands, whether or not it is there. */
export function seedPath(): string {
  return join(assets, `pglite-${pgliteVersion()}.br`);
}

function pgliteVersion(): string {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const found: unknown = JSON.parse(readFileSync(join(dirname(entry), '../package.json'), 'utf8'));
  if (typeof found === 'object' && found !== null && 'version' in found && typeof found.version === 'string')
    return found.version;
  throw new Error('the installed PGlite names no version');
}

/**
 * Makes an initialised data directory where there is none: from the seed, or, when none is shipped for this PGlite, by
 * initialising. It is made aside and renamed, so a process that dies in between leaves nothing half-made.
 */
export async function makeDataDirectory(dataDir: string): Promise<void> {
  if (existsSync(join(dataDir, 'PG_VERSION'))) return;
  const aside = `${dataDir}.new`;
  rmSync(aside, { recursive: true, force: true });
  const seed = seedPath();
  if (existsSync(seed)) unpack(readFileSync(seed), aside);
  else await (await PGlite.create(aside)).close();
  rmSync(dataDir, { recursive: true, force: true });
  renameSync(aside, dataDir);
}

/**
 * Initialises a database in `folder` and packs it to {@link seedPath}.
 * @public Called by scripts/make-seed.js.
 */
export async function makeSeed(folder: string): Promise<string> {
  const database = await PGlite.create(folder);
  // Templates for further databases are two thirds of the files, and this server never has a second database.
  await database.exec('UPDATE pg_database SET datistemplate = false');
  await database.exec('DROP DATABASE template0');
  await database.exec('DROP DATABASE template1');
  await database.exec('VACUUM FREEZE');
  await database.exec('CHECKPOINT');
  await database.close();
  const path = seedPath();
  mkdirSync(assets, { recursive: true });
  writeFileSync(path, pack(folder));
  return path;
}

/** A JSON line that lists folders (size null) and files, then the bytes of the files; compressed as one. */
function pack(folder: string): Uint8Array {
  const list: [path: string, size: number | null][] = [];
  const bytes: Uint8Array[] = [];
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (path === 'postmaster.pid') continue;
    const full = join(folder, path);
    const name = relative(folder, full).split(sep).join('/');
    if (statSync(full).isDirectory()) list.push([name, null]);
    else {
      const file = readFileSync(full);
      list.push([name, file.byteLength]);
      bytes.push(file);
    }
  }
  const whole = Buffer.concat([Buffer.from(`${JSON.stringify(list)}\n`), ...bytes]);
  return brotliCompressSync(whole, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 10,
      [constants.BROTLI_PARAM_SIZE_HINT]: whole.byteLength,
    },
  });
}

function unpack(packed: Uint8Array, folder: string): void {
  const whole = brotliDecompressSync(packed);
  const end = whole.indexOf('\n');
  const list: unknown = JSON.parse(whole.toString('utf8', 0, end));
  if (!Array.isArray(list)) throw new Error('the seed has no list of files');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  let at = end + 1;
  for (const [path, size] of list) {
    if (typeof path !== 'string') throw new Error('the seed names no file');
    if (typeof size !== 'number') mkdirSync(join(folder, path), { recursive: true, mode: 0o700 });
    else {
      writeFileSync(join(folder, path), whole.subarray(at, at + size), { mode: 0o600 });
      at += size;
    }
  }
}
