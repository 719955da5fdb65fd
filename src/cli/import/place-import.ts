import { readFile, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { accountFolder, importOpenSdg, type Repository, tally } from '../../intake/index.ts';
import type { Command } from '../command.ts';
import { exitCode } from '../exit.ts';
import { refuse } from '../place-command.ts';
import { findingLines, type ImportLine, isFree, readImportLine, writeFiles } from './options.ts';

/** Largest file that is read whole. */
const most = 256 * 1024 * 1024;

/** What a way in has to say: its words, its help, and how its files become a repository. */
export interface PlaceImport {
  readonly name: string;
  readonly help: string;
  readonly options?: Readonly<Record<string, { readonly type: 'string' | 'boolean' }>>;
  readonly files: readonly [least: number, most: number];
  /** A text is a refusal; null: everything was done, nothing is to be written. */
  read(
    line: ImportLine,
    files: readonly InputFile[],
  ): Promise<Repository | string | null> | Repository | string | null;
}

export interface InputFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

export const sharedHelp = `  --out WORKSPACE   a new or empty folder
  --name NAME       name of the place; --name-zh its name in Chinese; --id the id of the workspace
  --area CODE       code of the place itself: rows without an area are about it
  --licence TEXT    licence of the data
  --json            the account as JSON on standard output
`;

/** A command that makes a workspace of files by one way in. */
export function placeImport(way: PlaceImport): Command {
  return async (args) => {
    const name = `import ${way.name}`;
    const line = readImportLine(args, {
      out: { type: 'string' },
      id: { type: 'string' },
      name: { type: 'string' },
      'name-zh': { type: 'string' },
      area: { type: 'string' },
      licence: { type: 'string' },
      ...way.options,
    });
    if (typeof line === 'string') return refuse(name, line);
    if (line.flag('help')) {
      process.stdout.write(way.help);
      return exitCode.done;
    }
    const [least, mostFiles] = way.files;
    if (line.words.length < least || line.words.length > mostFiles)
      return refuse(
        name,
        `it takes ${least === mostFiles ? least : `${least} to ${mostFiles}`} files; see --help`,
      );
    const files: InputFile[] = [];
    for (const path of line.words) {
      try {
        const { size } = await stat(path);
        if (size > most) return refuse(name, `${path} has ${size} bytes; up to ${most} are read`);
        files.push({ path, bytes: new Uint8Array(await readFile(path)) });
      } catch (error) {
        return refuse(name, error instanceof Error ? error.message : String(error));
      }
    }
    const out = line.text('out');
    if (out !== undefined && !(await isFree(out))) return refuse(name, `${out} is not empty`);
    const repository = await way.read(line, files);
    if (typeof repository === 'string') return refuse(name, repository);
    if (repository === null) return exitCode.done;
    if (out === undefined) return refuse(name, 'name a new folder: --out WORKSPACE');
    const [en, zh] = [line.text('name'), line.text('name-zh')];
    const {
      files: made,
      account,
      findings,
    } = importOpenSdg(repository, {
      repository: basename(resolve(line.words[0] ?? '')).replace(/\.[a-z]+$/i, ''),
      id: line.text('id'),
      name: en === undefined && zh === undefined ? undefined : { en: en ?? '', zh: zh ?? '' },
      area: line.text('area'),
      licence: line.text('licence'),
    });
    if (account === null) {
      process.stderr.write(findingLines(findings));
      return exitCode.badInput;
    }
    await writeFiles(out, made);
    await writeFiles(
      join(out, accountFolder, 'originals'),
      files.map(({ path, bytes }) => ({ path: basename(path), bytes })),
    );
    await writeFiles(join(out, accountFolder, 'tables'), repository.files);
    const { outcomes, reasons } = tally(account);
    if (line.flag('json'))
      process.stdout.write(
        `${JSON.stringify({ outcomes, reasons, counts: account.counts, oddities: account.oddities, chosen: account.chosen }, null, 1)}\n`,
      );
    else
      process.stdout.write(
        `${[
          ...account.chosen.map(({ en }) => en),
          `${account.rows.length} rows: ${Object.entries(outcomes)
            .filter(([, rows]) => rows > 0)
            .map(([outcome, rows]) => `${rows} ${outcome}`)
            .join(', ')}`,
          ...reasons.slice(0, 12).map(([reason, rows]) => `  ${rows} left out: ${reason.en}`),
          Object.entries(account.counts)
            .map(([noun, count]) => `${count} ${noun}`)
            .join(', '),
          `All of it: ${join(out, accountFolder, 'account.md')}`,
        ].join('\n')}\n`,
      );
    return exitCode.done;
  };
}
