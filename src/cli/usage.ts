import { commands } from './commands.ts';

export function usage(): string {
  const width = Math.max(...Object.keys(commands).map((name) => name.length));
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`);
  return `modelcity <command> [options]\n\n${lines.join('\n')}\n\nCommands on a workspace take its folder, by itself or as --workspace DIR; default: this folder.\nEvery command takes --json. 'modelcity <command> --help' tells its options.\n`;
}
