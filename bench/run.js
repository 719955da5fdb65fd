// npm run bench -- NAME…: bundles bench/NAME.ts and runs it in a fresh process each; prints one JSON object a bench.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, 'out');
mkdirSync(out, { recursive: true });
const [name, ...rest] = process.argv.slice(2);
if (name === undefined || !/^[a-z0-9-]+$/.test(name) || !existsSync(join(here, `${name}.ts`))) {
  console.error('usage: npm run bench -- NAME [words for it]; NAME is a file of bench/ without .ts');
  process.exit(2);
}
const bundle = join(out, `${name}.mjs`);
await build({
  entryPoints: [join(here, `${name}.ts`)],
  outfile: bundle,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  jsx: 'automatic',
  jsxImportSource: 'hono/jsx',
});
const script = `const bench = Object.values(await import(${JSON.stringify(bundle)})).find((value) => typeof value === 'function');
const result = await bench(process.argv.slice(1));
console.log(JSON.stringify({ bench: ${JSON.stringify(name)}, node: process.version, cores: ${cpus().length}, ...result }, null, 2));`;
const { status } = spawnSync(process.execPath, ['--input-type=module', '-e', script, ...rest], {
  stdio: 'inherit',
  cwd: join(here, '..'),
});
process.exitCode = status ?? 1;
