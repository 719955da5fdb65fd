import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { replay } from '../../intake/index.ts';
import { findingText } from '../../model/index.ts';
import { openStore } from '../../store/index.ts';
import type { Command } from '../command.ts';
import { exitCode } from '../exit.ts';
import { openStoreOf } from '../open-places.ts';
import { readLine, refuse } from '../place-command.ts';

const help = `modelcity replay [--workspace DIR] [--into DIR | --into-url URL] [--json]

Rebuilds the database from the source log: reads the files of every submission again, in order, and compares what
comes out with what is stored, position by position.

  --workspace DIR   the folder whose database is read; default: this folder
  --into DIR        write the rebuilt database into this new folder
  --into-url URL    write it into this empty PostgreSQL database (with --into, where its source files go)
  --json            the result as JSON on standard output

Without --into the rebuilt database is made aside, compared and thrown away: a proof that it can be rebuilt.

Exit code: 0 the same, 1 a difference, 2 bad input.
`;

export const replayCommand: Command = async (args) => {
  const line = readLine(args, { into: { type: 'string' }, 'into-url': { type: 'string' } });
  if (typeof line === 'string') return refuse('replay', line);
  const { values } = line;
  if (values.help === true) {
    process.stdout.write(help);
    return exitCode.done;
  }
  const url = typeof values['into-url'] === 'string' ? values['into-url'] : undefined;
  const log = (text: string) => process.stderr.write(`${text}\n`);
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
