import { lstat, readdir, readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { Localized } from '../../model/index.ts';

/** One file of a repository; the bytes are read when asked for. */
export interface RepositoryFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Why something in the folder was not read. */
export interface PassedOver {
  readonly path: string;
  readonly reason: Localized;
}

export interface Repository {
  readonly files: readonly RepositoryFile[];
  readonly passedOver: readonly PassedOver[];
}

/** Enough for any deployment known (the largest has 4,500 files and 120 MB), too little to exhaust the machine. */
const most = { files: 20_000, bytes: 512 * 1024 * 1024, fileBytes: 64 * 1024 * 1024, depth: 8 };

/** Folders that build tools make or keep: copies of what is read from its origin. */
const made = /^(?:_site|_build|_docs|node_modules|vendor|__pycache__|venv|\.[^/]*)$/;

/** Reads a folder whole, following no link. Throws a RangeError where it is larger than any repository. */
export async function readRepository(directory: string): Promise<Repository> {
  const root = await realpath(directory);
  const files: RepositoryFile[] = [];
  const passedOver: PassedOver[] = [];
  let total = 0;
  const walk = async (folder: string, depth: number): Promise<void> => {
    const entries = (await readdir(join(root, folder), { withFileTypes: true })).sort((a, b) =>
      a.name < b.name ? -1 : 1,
    );
    for (const entry of entries) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (made.test(entry.name)) {
        if (entry.isDirectory() && !entry.name.startsWith('.'))
          passedOver.push({
            path,
            reason: { en: 'a folder that build tools make', zh: '构建工具生成的文件夹' },
          });
        continue;
      }
      if (entry.isDirectory()) {
        if (depth >= most.depth) passedOver.push({ path, reason: { en: 'nested too deep', zh: '层级过深' } });
        else await walk(path, depth + 1);
        continue;
      }
      if (!entry.isFile()) {
        passedOver.push({
          path,
          reason: { en: 'a link or a device, not a file', zh: '是链接或设备，不是文件' },
        });
        continue;
      }
      const { size } = await lstat(join(root, path));
      if (size > most.fileBytes) {
        passedOver.push({
          path,
          reason: {
            en: `a file of ${size} bytes; up to ${most.fileBytes} are read`,
            zh: `文件有${size}字节，最多读取${most.fileBytes}字节`,
          },
        });
        continue;
      }
      total += size;
      if (files.length >= most.files || total > most.bytes)
        throw new RangeError(
          `${directory} holds more than ${most.files} files or ${most.bytes} bytes: it is no data repository`,
        );
      files.push({ path, bytes: new Uint8Array(await readFile(join(root, path))) });
    }
  };
  await walk('', 0);
  return { files, passedOver };
}

/** A pattern as the configuration writes it (`data/*-*.csv`, `meta/**\/*.yml`) as a test of paths. */
export function pathPattern(pattern: string): (path: string) => boolean {
  const source = pattern
    .replace(/^\.?\//, '')
    .split(/(\*\*\/|\*|\?)/)
    .map((piece) =>
      piece === '**/'
        ? '(?:[^/]+/)*'
        : piece === '*'
          ? '[^/]*'
          : piece === '?'
            ? '[^/]'
            : piece.replace(/[.+^${}()|[\]\\]/g, '\\$&'),
    )
    .join('');
  const whole = new RegExp(`^${source}$`);
  return (path) => whole.test(path);
}
