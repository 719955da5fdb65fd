import { setFlagsFromString } from 'node:v8';
import type { Command } from './command.ts';
import { commands } from './commands.ts';
import { exitCode } from './exit.ts';
import { usage } from './usage.ts';

/**
 * Commands that may keep the embedded database busy for minutes. Its WebAssembly is made fast where it is much used; all others
 * are over before that pays, and would spend a third of their time on it.
 */
const longWork: ReadonlySet<string> = new Set([
  'import',
  'load',
  'replay',
  'restore',
  'serve',
  'simulate-city',
]);

/** Errors that say what is wrong with a database, and what to do. */
const ofDatabase: ReadonlySet<string> = new Set([
  'DatabaseUnreadable',
  'DatabaseUnreachable',
  'DatabaseNotRenewed',
]);

/** Runs one command line and returns the exit code: 0 done, 1 findings, 2 bad input, 3 fault. */
export async function main(args: readonly string[]): Promise<number> {
  // `modelcity … | head` closes the pipe early: that is no fault.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(exitCode.done);
    throw error;
  });
  const [first, ...rest] = args;
  const name = first === '--version' || first === '-v' ? 'version' : first;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    process.stdout.write(usage());
    return exitCode.done;
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (load === undefined) {
    process.stderr.write(`modelcity: there is no command '${name}'. Try: modelcity help\n`);
    return exitCode.badInput;
  }
  // Before the embedded database is compiled.
  setFlagsFromString(longWork.has(name) ? '--wasm-tiering-budget=18000000' : '--liftoff-only');
  try {
    const command: Command = await load.load();
    return await command(rest);
  } catch (error) {
    if (process.env.MODELCITY_DEBUG !== undefined) throw error;
    const text = error instanceof Error ? error.message : String(error);
    if (error instanceof Error && error.name === 'DirectoryInUse') {
      process.stderr.write(`modelcity ${name}: ${text}\n`);
      return exitCode.badInput;
    }
    const isOfDatabase = error instanceof Error && ofDatabase.has(error.name);
    process.stderr.write(`modelcity ${name}: ${isOfDatabase ? '' : 'a fault in the program: '}${text}\n`);
    return exitCode.fault;
  }
}
