import { readFileSync } from 'node:fs';
import type { Command } from '../command.ts';
import { exitCode } from '../exit.ts';

export const version: Command = async () => {
  const manifest: { version: string } = JSON.parse(
    readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'),
  );
  process.stdout.write(`modelcity ${manifest.version}\n`);
  return exitCode.done;
};
