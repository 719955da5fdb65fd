import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { makeApiKey } from '../api-keys.ts';
import type { Command } from '../command.ts';
import { exitCode } from '../exit.ts';

const help = `modelcity api-key --name NAME [--workspace DIR]

Makes a key with which another system may file reports (Open311 GeoReport, docs/registers.md) and prints it once; only
its hash is kept. A new key for the same name replaces the old one. The server reads the keys when it starts.

  --name NAME       whose key it is
  --workspace DIR   the workspace, or a folder of several; default: this folder

Exit code: 0 done, 2 bad input.
`;

export const apiKey: Command = async (args) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      name: { type: 'string' },
      workspace: { type: 'string', short: 'w', default: '.' },
      help: { type: 'boolean', short: 'h', default: false },
    },
    strict: false,
  });
  if (values.help === true) {
    process.stdout.write(help);
    return exitCode.done;
  }
  if (typeof values.name !== 'string' || !/^[\w .-]{1,60}$/.test(values.name)) {
    process.stderr.write('modelcity api-key: say whose key it is: --name fixmystreet\n');
    return exitCode.badInput;
  }
  process.stdout.write(`${makeApiKey(join(resolve(String(values.workspace)), '.modelcity'), values.name)}\n`);
  return exitCode.done;
};
