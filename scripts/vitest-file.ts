// Runs for each test file: files share a process, so that each leaves it as it was.
import { afterAll, vi } from 'vitest';
import { cleanUp } from './test-cleanups.ts';

afterAll(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await cleanUp();
});
