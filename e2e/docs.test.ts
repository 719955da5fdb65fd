import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const pages = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  ...(await readdir(join(root, 'docs'))).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`),
];
const texts = new Map(
  await Promise.all(pages.map(async (page) => [page, await readFile(join(root, page), 'utf8')] as const)),
);

/** Commands that a page tells a reader to type: lines of ```sh blocks that call modelcity. */
const commands = [...texts].flatMap(([page, text]) =>
  [...text.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block = '']) =>
    block
      .split('\n')
      .map((line) => line.trim().replace(/\s+#.*$/, ''))
      .filter((line) => line.startsWith('npx modelcity ') && !/ serve\b/.test(line))
      .map((line) => [page, line] as const),
  ),
);

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modelcity-docs-'));
  for (const name of ['examples', 'models', 'frameworks', 'docs/samples'])
    await cp(join(root, name), join(folder, name), {
      recursive: true,
      filter: (path) => !path.includes('.modelcity'),
    });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('every command in the docs runs as printed', () => {
  it.each(commands)('%s: %s', async (_page, line) => {
    const { code, errors } = await shell(
      line.replace('npx modelcity', `"${process.execPath}" "${join(root, 'bin/modelcity.js')}"`),
      folder,
    );
    // 1 means findings: a page may show what an audit or a check finds.
    expect([0, 1], errors).toContain(code);
  });

  it('there are some', () => {
    expect(commands.length).toBeGreaterThan(2);
  });
});

describe('every link in the docs leads somewhere', () => {
  const links = [...texts].flatMap(([page, text]) =>
    [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, target = '']) => [page, target] as const),
  );
  it.each(links)('%s → %s', (page, target) => {
    expect(existsSync(join(root, dirname(page), target))).toBe(true);
  });
});

function shell(
  command: string,
  cwd: string,
): Promise<{ readonly code: number | null; readonly errors: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, { cwd, shell: true, stdio: ['ignore', 'ignore', 'pipe'] });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => {
      errors += chunk.toString();
    });
    child.on('close', (code) => resolve({ code, errors }));
  });
}
