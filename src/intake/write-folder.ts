import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { SubmittedFile } from '../model/index.ts';
import { pathFault } from './path.ts';

/** The folder to write into holds something already. */
export class FolderNotEmpty extends Error {
  override readonly name = 'FolderNotEmpty';
}

/** Writes files into a folder that is new or empty, so that nothing of anyone's is overwritten or mixed in. */
export async function writeFolder(directory: string, files: readonly SubmittedFile[]): Promise<void> {
  const present = await readdir(directory).catch(() => []);
  if (present.length > 0) throw new FolderNotEmpty(`${directory} is not empty`);
  for (const { path, bytes } of files) {
    const fault = pathFault(path);
    if (fault !== null) throw new RangeError(`the path ${path} is refused: ${fault}`);
    const place = join(directory, path);
    await mkdir(dirname(place), { recursive: true });
    await writeFile(place, bytes, { flag: 'wx' });
  }
}
