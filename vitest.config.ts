import { defineConfig } from 'vitest/config';
import { SlowFirst } from './scripts/slow-first.ts';

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'e2e/**/*.test.ts', 'scripts/**/*.test.ts'],
    globalSetup: ['scripts/vitest-setup.js'],
    setupFiles: ['scripts/vitest-file.ts'],
    // The product is read once by each worker, not once for each file: a third of the time of a run.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: 'forks',
    maxWorkers: 2,
    sequence: { sequencer: SlowFirst },
    // Half of what opening an embedded database takes is optimising its WebAssembly, which a test is over before it can use.
    execArgv: ['--liftoff-only'],
  },
});
