import { resolve } from 'node:path';
import { replay } from '../../intake/index.ts';
import { type Finding, findingText } from '../../model/index.ts';
import { openBackup, openStore } from '../../store/index.ts';
import type { Command } from '../command.ts';
import { exitCode } from '../exit.ts';
import { readLine, refuse } from '../place-command.ts';

const help = `modelcity restore BACKUP --into DIR [--into-url URL] [--json]
modelcity restore BACKUP --check

Builds a database from a backup: every submission takes the position it had, and every figure comes out with the value
and the root it had. Nothing is written when a byte of the backup is missing or changed.

  --into DIR        a new folder, as --workspace of other commands: the store goes into DIR/.modelcity
  --into-url URL    write the database into this empty PostgreSQL database; source files go into DIR
  --check           only look whether the backup is whole
  --json            the result as JSON on standard output

Exit code: 0 done, 1 the backup is damaged or comes out otherwise, 2 bad input.
`;

export const restore: Command = async (args) => {
  const line = readLine(
    args,
    {
      into: { type: 'string' },
      'into-url': { type: 'string' },
      check: { type: 'boolean', default: false },
    },
    'own',
  );
  if (typeof line === 'string') return refuse('restore', line);
  const { values, words } = line;
  if (values.help === true) {
    process.stdout.write(help);
    return exitCode.done;
  }
  const [folder, ...more] = words;
  if (folder === undefined || more.length > 0) return refuse('restore', 'name the folder of one backup');
  if (values.check !== true && typeof values.into !== 'string')
    return refuse('restore', 'say where to: --into DIR');
  const log = (text: string): void => {
    process.stderr.write(`${text}\n`);
  };
  const tell = (submissions: number, findings: readonly Finding[]): number => {
    if (values.json === true) process.stdout.write(`${JSON.stringify({ submissions, findings }, null, 2)}\n`);
    else
      process.stdout.write(
        `${findings.map((finding) => `${findingText(finding)}\n`).join('')}${submissions} submissions ${values.check === true ? 'are there' : 'restored'}, ${findings.length} faults\n`,
      );
    return findings.length === 0 ? exitCode.done : exitCode.findings;
  };
  const opened = await openBackup(resolve(folder));
  const cities = await opened.log.cities();
  const held = cities.reduce((sum, { head }) => sum + head, 0);
  if (values.check === true || opened.findings.length > 0)
    return tell(opened.findings.length > 0 ? 0 : held, opened.findings);
  const url = values['into-url'];
  const store = await openStore({
    directory: resolve(String(values.into), '.modelcity'),
    ...(typeof url === 'string' ? { databaseUrl: url } : {}),
    log,
  });
  try {
    const { submissions, findings } = await replay(opened.log, store, {
      onStep: ({ city, position, head }) => log(`${city} ${position}/${head}`),
    });
    return tell(submissions, findings);
  } finally {
    await store.close();
  }
};
