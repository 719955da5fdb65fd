import { readFileSync } from 'node:fs';
import type { Command } from '../command.ts';
import { exitCode } from '../exit.ts';

export function productVersion(): string {
  const manifest: { version: string } = JSON.parse(
    readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'),
  );
  return manifest.version;
}

export const version: Command = async () => {
  process.stdout.write(`modelcity ${productVersion()}\n`);
  return exitCode.done;
};
