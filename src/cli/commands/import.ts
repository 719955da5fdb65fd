import type { Command } from '../command.ts';
import { exitCode } from '../exit.ts';
import { importOpenSdgCommand } from '../import/open-sdg.ts';
import { refuse } from '../place-command.ts';

const help = `modelcity import KIND …

  open-sdg DIR --out WORKSPACE        a data repository of Open SDG

'modelcity import KIND --help' tells the options of each. docs/import.md says what becomes of what.
`;

const kinds: Readonly<Record<string, Command>> = {
  'open-sdg': importOpenSdgCommand,
};

export const importCommand: Command = async (args) => {
  const [kind, ...rest] = args;
  if (kind === undefined || kind === '--help' || kind === '-h') {
    process.stdout.write(help);
    return kind === undefined ? exitCode.badInput : exitCode.done;
  }
  const command = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  if (command === undefined)
    return refuse('import', `there is no kind '${kind}'; known are ${Object.keys(kinds).join(', ')}`);
  return command(rest);
};
