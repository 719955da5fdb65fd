/** What an exit code means, the same for every command. */
export const exitCode = { done: 0, findings: 1, badInput: 2, fault: 3 } as const;
