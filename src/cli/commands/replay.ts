import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Replayed, replay } from '../../intake/index.ts';
import { findingText } from '../../model/index.ts';
import { openStore, rebuildEmbedded } from '../../store/index.ts';
import type { Command } from '../command.ts';
import { exitCode } from '../exit.ts';
import { openStoreOf } from '../open-places.ts';
import { readLine, refuse } from '../place-command.ts';

const help = `modelcity replay [--workspace DIR] [--into DIR | --into-url URL | --rebuild] [--json]

Rebuilds the database from the source log: reads the files of every submission again, in order, and compares what
comes out with what is stored, position by position.

  --workspace DIR   the folder whose database is read; default: this folder
  --into DIR        write the rebuilt database into this new folder
  --into-url URL    write it into this empty PostgreSQL database (with --into, where its source files go)
  --rebuild         the embedded database cannot be opened any more: make it anew from the log on disk, and put it in its
                    place. The old one is kept aside. People, their keys and the trail are in no log: take them from a
                    backup, or invite people again
  --json            the result as JSON on standard output

Without --into the rebuilt database is made aside, compared and thrown away: a proof that it can be rebuilt.

Exit code: 0 the same, 1 a difference, 2 bad input.
`;

export const replayCommand: Command = async (args) => {
  const line = readLine(args, {
    into: { type: 'string' },
    'into-url': { type: 'string' },
    rebuild: { type: 'boolean', default: false },
  });
  if (typeof line === 'string') return refuse('replay', line);
  const { values } = line;
  if (values.help === true) {
    process.stdout.write(help);
    return exitCode.done;
  }
  const url = typeof values['into-url'] === 'string' ? values['into-url'] : undefined;
  const log = (text: string) => process.stderr.write(`${text}\n`);
  if (values.rebuild === true) {
    if (url !== undefined || values.into !== undefined)
      return refuse(
        'replay',
        '--rebuild puts the database in its own place: leave out --into and --into-url',
      );
    return rebuild(resolve(String(values.workspace)), values.json === true, log);
  }
  const aside = typeof values.into === 'string' ? null : await mkdtemp(join(tmpdir(), 'modelcity-replay-'));
  try {
    const from = await openStoreOf(resolve(String(values.workspace)), log);
    try {
      const to = await openStore({
        directory: aside ?? resolve(String(values.into)),
        ...(url === undefined ? {} : { databaseUrl: url }),
        log,
      });
      try {
        const result = await replay(from, to, {
          compare: from,
          onStep: ({ city, position, head }) => log(`${city} ${position}/${head}`),
        });
        if (values.json === true) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
        else
          process.stdout.write(
            `${result.findings.map((finding) => `${findingText(finding)}\n`).join('')}${result.submissions} submissions replayed, ${result.findings.length} differences\n`,
          );
        return result.findings.length === 0 ? exitCode.done : exitCode.findings;
      } finally {
        await to.close();
      }
    } finally {
      await from.close();
    }
  } catch (error) {
    if (error instanceof Error && error.name === 'DirectoryInUse') return refuse('replay', error.message);
    throw error;
  } finally {
    if (aside !== null) await rm(aside, { recursive: true, force: true });
  }
};

/** The embedded database anew from the log on disk. */
async function rebuild(root: string, json: boolean, log: (text: string) => void): Promise<number> {
  if ((process.env.DATABASE_URL ?? '') !== '')
    return refuse(
      'replay',
      '--rebuild is for the embedded database; of a server, restore a backup (docs/running.md)',
    );
  const directory = join(root, '.modelcity');
  if (!existsSync(join(directory, 'log')))
    return refuse('replay', `${directory} holds no source log: there is nothing to rebuild from`);
  const done: Replayed[] = [];
  let kept: string | null;
  try {
    kept = await rebuildEmbedded(directory, async (from, to) => {
      const result = await replay(from, to, {
        confirmed: from.confirmed,
        onStep: ({ city, position, head }) => log(`${city} ${position}/${head}`),
      });
      done.push(result);
      return result.findings.every(({ severity }) => severity === 'note');
    });
  } catch (error) {
    if (error instanceof Error && error.name === 'DirectoryInUse') return refuse('replay', error.message);
    throw error;
  }
  const { submissions = 0, findings = [] } = done[0] ?? {};
  if (json) process.stdout.write(`${JSON.stringify({ submissions, findings, kept }, null, 2)}\n`);
  else
    process.stdout.write(
      `${findings.map((finding) => `${findingText(finding)}\n`).join('')}${submissions} submissions replayed, ${findings.filter(({ severity }) => severity !== 'note').length} differences; ${
        kept === null ? 'nothing was changed' : `the database before is kept in ${kept}`
      }\n`,
    );
  return kept === null ? exitCode.findings : exitCode.done;
}
