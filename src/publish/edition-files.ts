import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { archiveLimits, isSafePath, readArchive, UnsafeArchive } from './archive.ts';

/** The files of an edition, wherever it lies. */
export interface EditionFiles {
  readonly paths: readonly string[];
  read(path: string): Uint8Array | null;
}

/** Names of the files that describe an edition and are therefore not listed in its own manifest. */
export const manifestFile = 'manifest.json';
export const sealFile = 'seal.json';
export const treeFile = 'tree.txt';
export const unlisted: ReadonlySet<string> = new Set([manifestFile, sealFile, treeFile]);

/**
 * Opens an edition from a folder or a ZIP archive. A folder may be the edition itself or the one that `publish` made around
 * it. Throws {@link UnsafeArchive} for what is not read: links, escapes, sizes beyond the limits, no edition at all.
 */
export function openEdition(path: string): EditionFiles {
  const status = lstatSync(path, { throwIfNoEntry: false });
  if (status === undefined) throw new UnsafeArchive(`${path} does not exist`);
  if (status.isFile()) {
    if (status.size > archiveLimits.totalBytes) throw new UnsafeArchive(`${path} is larger than is read`);
    return inFolderOf(fromArchive(readFileSync(path)));
  }
  if (!status.isDirectory()) throw new UnsafeArchive(`${path} is neither a folder nor an archive`);
  const inner = lstatSync(join(path, 'edition'), { throwIfNoEntry: false });
  const own = lstatSync(join(path, manifestFile), { throwIfNoEntry: false });
  return fromFolder(own === undefined && inner?.isDirectory() === true ? join(path, 'edition') : path);
}

function fromArchive(bytes: Uint8Array): EditionFiles {
  const files = readArchive(bytes);
  return { paths: [...files.keys()].sort(), read: (path) => files.get(path) ?? null };
}

/** An archive that someone packed anew often holds one folder with everything in it. */
function inFolderOf(files: EditionFiles): EditionFiles {
  if (files.paths.includes(manifestFile)) return files;
  const [first] = files.paths
    .filter((path) => path.endsWith(`/${manifestFile}`))
    .sort((a, b) => a.length - b.length);
  if (first === undefined) return files;
  const folder = first.slice(0, -manifestFile.length);
  return {
    paths: files.paths.filter((path) => path.startsWith(folder)).map((path) => path.slice(folder.length)),
    read: (path) => files.read(folder + path),
  };
}

function fromFolder(root: string): EditionFiles {
  const paths: string[] = [];
  let total = 0;
  const walk = (folder: string, depth: number) => {
    if (depth > 40) throw new UnsafeArchive(`${folder} is nested too deep`);
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) walk(path, depth + 1);
      else if (!entry.isFile()) throw new UnsafeArchive(`${path} is a link or a device, not a file`);
      else {
        if (!isSafePath(path))
          throw new UnsafeArchive(`${JSON.stringify(path)} is not a path that an edition has`);
        total += lstatSync(join(root, path)).size;
        paths.push(path);
        if (paths.length > archiveLimits.entries * 4 || total > archiveLimits.totalBytes)
          throw new UnsafeArchive('the folder holds more than is read');
      }
    }
  };
  walk('', 0);
  const known = new Set(paths);
  return {
    paths: paths.sort(),
    read: (path) => (known.has(path) ? readFileSync(join(root, path)) : null),
  };
}
