import { lstat, mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { type Finding, findingText, type SubmittedFile } from '../../model/index.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

export interface ImportLine {
  readonly text: (name: string) => string | undefined;
  readonly flag: (name: string) => boolean;
  readonly words: readonly string[];
}

/** Reads the words of an import; the text of what is wrong with them otherwise. */
export function readImportLine(args: readonly string[], options: Options): ImportLine | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { ...options, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    });
    const given = new Map<string, unknown>(Object.entries(values));
    return {
      text: (name) => {
        const found = given.get(name);
        return typeof found === 'string' ? found : undefined;
      },
      flag: (name) => given.get(name) === true,
      words: positionals,
    };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Whether a folder can be written into without touching anything of anyone's: it is not there, or empty. */
export async function isFree(directory: string): Promise<boolean> {
  try {
    return (await lstat(directory)).isDirectory() && (await readdir(directory)).length === 0;
  } catch {
    return true;
  }
}

/** Writes files that are known to be safe paths, making folders as needed. */
export async function writeFiles(directory: string, files: readonly SubmittedFile[]): Promise<void> {
  for (const { path, bytes } of files) {
    const place = join(directory, path);
    await mkdir(dirname(place), { recursive: true });
    await writeFile(place, bytes);
  }
}

export function findingLines(findings: readonly Finding[]): string {
  return findings.map((finding) => `${findingText(finding)}\n`).join('');
}
