import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The workspaces under a folder: the folder itself when it holds a `city.yaml`, otherwise those of its direct
 * sub-folders that do (a *portfolio*, such as examples/), in the order of their names. Empty when there is none.
 */
export async function findWorkspaces(directory: string): Promise<readonly string[]> {
  if (await isWorkspace(directory)) return [directory];
  const entries = await readdir(directory, { withFileTypes: true }).catch(() => []);
  const folders = entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => join(directory, name))
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const found = await Promise.all(folders.map(isWorkspace));
  return folders.filter((_, at) => found[at] === true);
}

async function isWorkspace(directory: string): Promise<boolean> {
  const entries = await readdir(directory, { withFileTypes: true }).catch(() => []);
  return entries.some(({ name }) => name === 'city.yaml');
}
