/** A command takes the words after its name and returns an exit code (see exit.ts). */
export type Command = (args: readonly string[]) => Promise<number>;
