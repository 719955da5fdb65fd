import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  accountFolder,
  importOpenSdg,
  pathFault,
  type Repository,
  readRepository,
  tally,
} from '../../intake/index.ts';
import type { Localized, SubmittedFile } from '../../model/index.ts';
import type { Command } from '../command.ts';
import { exitCode } from '../exit.ts';
import { refuse } from '../place-command.ts';
import { findingLines, isFree, readImportLine, writeFiles } from './options.ts';
import { sdgNames } from './sdg-names.ts';

const help = `modelcity import open-sdg DIR --out WORKSPACE [options]

Makes a workspace of an Open SDG data repository: data, metadata, translations and map layers. Every row of every table is
accounted for in WORKSPACE/import: rows.csv names the record each became, or why it became none.

  --out WORKSPACE      a new or empty folder
  --id ID              id of the workspace, such as bristol; default: made of the name
  --name NAME          name of the place in English; default: from the repository's own title
  --name-zh NAME       its name in Chinese
  --area CODE          official code of the place, such as E06000023: rows without a code are about it
  --licence TEXT       licence of the data; default: the repository's LICENSE file
  --translations DIR   a copy of a repository of translations, such as sdg-translations
  --no-originals       do not keep a copy of the repository's files in WORKSPACE/import/originals
  --json               the account as JSON on standard output

Exit code: 0 done (also with rows left out: the account tells them), 2 bad input.
`;

export const importOpenSdgCommand: Command = async (args) => {
  const line = readImportLine(args, {
    out: { type: 'string' },
    id: { type: 'string' },
    name: { type: 'string' },
    'name-zh': { type: 'string' },
    area: { type: 'string' },
    licence: { type: 'string' },
    translations: { type: 'string' },
    'no-originals': { type: 'boolean' },
  });
  if (typeof line === 'string') return refuse('import open-sdg', line);
  if (line.flag('help')) {
    process.stdout.write(help);
    return exitCode.done;
  }
  const [directory] = line.words;
  const out = line.text('out');
  if (directory === undefined || out === undefined)
    return refuse(
      'import open-sdg',
      'name the repository and a new folder: modelcity import open-sdg DIR --out WORKSPACE',
    );
  if (!(await isFree(out))) return refuse('import open-sdg', `${out} is not empty`);
  let repository: Repository;
  let translations: Repository['files'] = [];
  try {
    repository = await readRepository(directory);
    const folder = line.text('translations');
    if (folder !== undefined) translations = languageFiles((await readRepository(folder)).files);
  } catch (error) {
    return refuse('import open-sdg', error instanceof Error ? error.message : String(error));
  }
  const [en, zh] = [line.text('name'), line.text('name-zh')];
  const name: Localized | undefined =
    en === undefined && zh === undefined ? undefined : { en: en ?? '', zh: zh ?? '' };
  const { files, account, findings } = importOpenSdg(repository, {
    repository: resolve(directory).replace(/^.*[\\/]/, ''),
    id: line.text('id'),
    name,
    area: line.text('area'),
    licence: line.text('licence'),
    translations,
    names: sdgNames(readFileSync(new URL('../../../frameworks/sdg.yaml', import.meta.url), 'utf8')),
  });
  if (account === null) {
    process.stderr.write(findingLines(findings));
    return exitCode.badInput;
  }
  await writeFiles(out, files);
  if (!line.flag('no-originals'))
    await writeFiles(join(out, accountFolder, 'originals'), originals(repository));
  const { outcomes, reasons } = tally(account);
  if (line.flag('json'))
    process.stdout.write(
      `${JSON.stringify({ outcomes, reasons, counts: account.counts, oddities: account.oddities, chosen: account.chosen }, null, 1)}\n`,
    );
  else {
    const counts = Object.entries(account.counts).map(([noun, count]) => `${count} ${noun}`);
    process.stdout.write(
      [
        ...account.chosen.map(({ en }) => en),
        `${account.rows.length} rows: ${Object.entries(outcomes)
          .map(([outcome, rows]) => `${rows} ${outcome}`)
          .join(', ')}`,
        ...reasons.slice(0, 12).map(([reason, rows]) => `  ${rows} left out: ${reason.en}`),
        `${counts.join(', ')}`,
        `${account.oddities.length} oddities. All of it: ${join(out, accountFolder, 'account.md')}`,
        '',
      ].join('\n'),
    );
  }
  return exitCode.done;
};

/** A repository of translations has `translations/<language>/…`, or the languages at its top. */
function languageFiles(files: Repository['files']): Repository['files'] {
  return files.flatMap(({ path, bytes }) => {
    const inner = /^(?:translations\/)?([a-z]{2,3}(?:-\w+)?\/[^/]+\.(?:ya?ml|csv))$/i.exec(path)?.[1];
    return inner === undefined ? [] : [{ path: inner, bytes }];
  });
}

/** The files as they were; a name that some system cannot write is written with `_`. */
function originals({ files }: Repository): readonly SubmittedFile[] {
  return files.map(({ path, bytes }) => ({
    path: pathFault(path) === null ? path : path.normalize('NFC').replace(/[<>:"|?*\\\p{C}]/gu, '_'),
    bytes,
  }));
}
