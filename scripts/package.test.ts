import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { temporaryFolder } from './test-stores.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string): unknown => JSON.parse(readFileSync(join(root, path), 'utf8'));

it('what is packed holds no database, key or edition of who packed it', () => {
  const folder = temporaryFolder();
  copyFileSync(join(root, 'package.json'), join(folder, 'package.json'));
  const kept = ['dist/cli/main.js', 'examples/place/city.yaml', 'assets/seed.br'];
  for (const path of [
    ...kept,
    'examples/.modelcity/keys/signing.pem',
    'examples/place/.modelcity/database/base',
  ]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), 'x');
  }
  const listed = z.array(z.object({ files: z.array(z.object({ path: z.string() })) })).parse(
    JSON.parse(
      execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
        cwd: folder,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
        shell: process.platform === 'win32',
      }),
    ),
  );
  const paths = listed.flatMap(({ files }) => files.map(({ path }) => path));
  expect(paths).toEqual(expect.arrayContaining(kept));
  expect(paths.filter((path) => path.includes('.modelcity'))).toEqual([]);
});

it('the rooms that the package offers are built, and its database starts from the seed that is shipped', () => {
  const { exports, dependencies } = z
    .object({ exports: z.record(z.string(), z.string()), dependencies: z.record(z.string(), z.string()) })
    .parse(read('package.json'));
  expect(Object.values(exports).filter((path) => !existsSync(join(root, path)))).toEqual([]);
  // A seed of another release is not used, and the first start takes seconds longer: so the release is pinned.
  expect(existsSync(join(root, `assets/pglite-${dependencies['@electric-sql/pglite']}.br`))).toBe(true);
});
