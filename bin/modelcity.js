#!/usr/bin/env node
import { existsSync } from 'node:fs';

// In a checkout the sources lie beside this file: build what changed, so the command is never stale.
if (existsSync(new URL('../src', import.meta.url))) {
  const { isFresh, build } = await import('../scripts/build.js');
  if (!isFresh()) await build();
}
const { main } = await import('../dist/cli/main.js');
process.exitCode = await main(process.argv.slice(2));
