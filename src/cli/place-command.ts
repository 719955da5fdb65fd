import { type ParseArgsConfig, parseArgs } from 'node:util';
import { type Finding, findingText } from '../model/index.ts';
import { exitCode } from './exit.ts';
import { NoWorkspace, type OpenPlaces, openPlaces } from './open-places.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

/** The words of a command line, read: `values` by option name, the rest as `words`. */
export interface Line {
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
  readonly words: readonly string[];
}

const shared: Options = {
  workspace: { type: 'string', short: 'w', default: '.' },
  'as-of': { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
};

/**
 * Reads a command line with the options that every command on a workspace shares, opens the workspace, runs the
 * command and closes the database again whatever happens. Bad words, no workspace, a database in use: a line, exit 2.
 */
export async function onPlaces(
  command: {
    readonly name: string;
    readonly help: string;
    readonly options?: Options;
    /** What words beside the options are; see {@link readLine}. */
    readonly words?: Words;
    /** Whether observations are held packed; see {@link openPlaces}. */
    readonly packed?: boolean;
    /** Where lines about the progress go; default: standard error. */
    readonly log?: (line: Line) => ((text: string) => void) | undefined;
  },
  args: readonly string[],
  run: (opened: OpenPlaces, line: Line) => Promise<number>,
): Promise<number> {
  const line = readLine(args, command.options ?? {}, command.words);
  if (typeof line === 'string') return refuse(command.name, line);
  if (line.values.help === true) {
    process.stdout.write(command.help);
    return exitCode.done;
  }
  const asOf = line.values['as-of'];
  if (typeof asOf === 'string' && !/^[1-9]\d{0,14}$/.test(asOf))
    return refuse(command.name, `--as-of takes a position of the log, a whole number from 1, not '${asOf}'`);
  let opened: OpenPlaces;
  try {
    opened = await openPlaces({
      directory: String(line.values.workspace),
      ...(typeof asOf === 'string' ? { asOf: Number(asOf) } : {}),
      stored: line.values.stored === true,
      packed: command.packed === true,
      log: command.log?.(line) ?? ((text) => process.stderr.write(`${text}\n`)),
    });
  } catch (error) {
    if (error instanceof NoWorkspace || (error instanceof Error && error.name === 'DirectoryInUse'))
      return refuse(command.name, error.message);
    throw error;
  }
  try {
    const errors = opened.findings.filter(({ severity }) => severity === 'error');
    if (errors.length > 0) {
      process.stderr.write(errors.map((finding: Finding) => `${findingText(finding)}\n`).join(''));
      return exitCode.badInput;
    }
    return await run(opened, line);
  } finally {
    await opened.store.close();
  }
}

/** Beside its options a command takes one word, the folder of the workspace, or words of its `own`. */
type Words = 'folder' | 'own';

/** Reads the words of a command; the text of what is wrong with them otherwise. */
export function readLine(args: readonly string[], options: Options, words: Words = 'folder'): Line | string {
  try {
    const { values, positionals, tokens } = parseArgs({
      args: [...args],
      allowPositionals: true,
      tokens: true,
      options: { ...shared, ...options },
    });
    const isNamed = tokens.some((token) => token.kind === 'option' && token.name === 'workspace');
    const [folder, ...more] = words === 'own' ? [] : isNamed ? [undefined, ...positionals] : positionals;
    if (more[0] !== undefined)
      return `'${more[0]}' is one word too many: it takes one folder, given by itself or with --workspace`;
    const plain = Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name,
        typeof value === 'string' || typeof value === 'boolean' ? value : undefined,
      ]),
    );
    return {
      values: folder === undefined ? plain : { ...plain, workspace: folder },
      words: words === 'own' ? positionals : [],
    };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** One line to stderr, exit code 2. */
export function refuse(name: string, what: string): number {
  process.stderr.write(`modelcity ${name}: ${what}\n`);
  return exitCode.badInput;
}
