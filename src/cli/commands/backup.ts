import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findingText } from '../../model/index.ts';
import { type BackedUp, backUp, openLogFolder } from '../../store/index.ts';
import type { Command } from '../command.ts';
import { exitCode } from '../exit.ts';
import { openStoreOf } from '../open-places.ts';
import { readLine, refuse } from '../place-command.ts';

const help = `modelcity backup --out DIR [--workspace DIR] [--json]

Copies the log of every city and the files it names into a folder: all that a database can be rebuilt from. It is
consistent while others go on submitting, also beside a running server, and checks every byte against its hash.
Run again into the same folder it adds what is new.

  --out DIR         a new folder, or one with an older backup of the same log
  --workspace DIR   the folder whose .modelcity is backed up; default: this folder
  --json            what was copied as JSON on standard output

Not in it, on purpose: keys (.modelcity/keys and the keys of persons), accounts, published editions. See docs/storage.md.

Exit code: 0 done, 1 the source files are damaged or the folder holds another log, 2 bad input.
`;

export const backup: Command = async (args) => {
  const line = readLine(args, { out: { type: 'string' } });
  if (typeof line === 'string') return refuse('backup', line);
  const { values } = line;
  if (values.help === true) {
    process.stdout.write(help);
    return exitCode.done;
  }
  if (typeof values.out !== 'string') return refuse('backup', 'name a folder: --out DIR');
  const root = resolve(String(values.workspace));
  const directory = join(root, '.modelcity');
  const isServer = (process.env.DATABASE_URL ?? '') !== '';
  if (!isServer && !existsSync(join(directory, 'log')))
    return refuse('backup', `${directory} holds no log: there is nothing to back up`);
  const log = (text: string): void => {
    process.stderr.write(`${text}\n`);
  };
  const result = await run(root, directory, resolve(values.out), isServer, log);
  if (values.json === true) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  else
    process.stdout.write(
      `${result.findings.map((finding) => `${findingText(finding)}\n`).join('')}${result.submissions} submissions, ${result.files} files; ${result.copied} copied, ${result.bytes} bytes\n`,
    );
  return result.findings.length === 0 ? exitCode.done : exitCode.findings;
};

/** The embedded database may be open in another process: its log on disk says how far it has committed. */
async function run(
  root: string,
  directory: string,
  out: string,
  isServer: boolean,
  log: (line: string) => void,
): Promise<BackedUp> {
  const onDisk = isServer ? null : await openLogFolder(directory);
  if (onDisk !== null) return backUp(onDisk, out, log);
  const store = await openStoreOf(root, log);
  try {
    return await backUp(store, out, log);
  } finally {
    await store.close();
  }
}
