type Cleanup = () => Promise<void> | void;

const cleanups: Cleanup[] = [];

/** To be done after the test file that is running. */
export function afterFile(cleanup: Cleanup): void {
  cleanups.push(cleanup);
}

/** Does what was asked for, the last first. */
export async function cleanUp(): Promise<void> {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
}
