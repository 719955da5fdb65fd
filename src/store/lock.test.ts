import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../scripts/test-stores.ts';
import { DirectoryInUse, openStore } from './index.ts';
import { holdLock } from './lock.ts';

const writer = fileURLToPath(new URL('../../scripts/store-writer.js', import.meta.url));

describe('the lock of a directory', () => {
  test('is held once, also within one process, and free again after release', () => {
    const directory = temporaryFolder();
    const lock = holdLock(directory);
    expect(() => holdLock(directory)).toThrow(DirectoryInUse);
    expect(() => holdLock(directory)).toThrow(`is open in process ${process.pid}`);
    lock.release();
    holdLock(directory).release();
  });

  test.each([
    ['of a process that is gone', { pid: 2 ** 22 + 1, began: '1', host: '' }],
    ['of an earlier process with the number of a living one', { pid: process.pid, began: '1', host: '' }],
  ])('left by the file %s is taken over', (_, holder) => {
    const directory = temporaryFolder();
    const path = join(directory, 'lock');
    holdLock(directory).release();
    const mine = holdLock(directory);
    const { host } = JSON.parse(readFileSync(path, 'utf8'));
    mine.release();
    writeFileSync(path, JSON.stringify({ ...holder, host }));
    const lock = holdLock(directory);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ pid: process.pid });
    lock.release();
  });

  test('is taken over also when a process was killed while it took it over', () => {
    const directory = temporaryFolder();
    const path = join(directory, 'lock');
    writeFileSync(path, JSON.stringify({ pid: 2 ** 22 + 1, began: '1', host: hostname() }));
    mkdirSync(`${path}.judging`);
    const before = (Date.now() - 9_700) / 1000;
    utimesSync(`${path}.judging`, before, before);
    holdLock(directory).release();
    expect(readdirSync(directory)).toEqual([]);
  });

  test('that another machine keeps fresh is respected; a torn file is not', () => {
    const directory = temporaryFolder();
    const path = join(directory, 'lock');
    writeFileSync(path, JSON.stringify({ pid: 1, began: '1', host: 'elsewhere' }));
    expect(() => holdLock(directory)).toThrow('process 1 on elsewhere');
    writeFileSync(path, '{"pid":');
    holdLock(directory).release();
  });

  test('a second process is refused with a plain line, and gets in when the first was killed', async () => {
    const directory = temporaryFolder();
    const child = spawn(process.execPath, [writer, 'pglite', directory, '-'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const closed = new Promise((resolve) => child.once('close', resolve));
    await new Promise<void>((resolve) => {
      createInterface({ input: child.stdout }).on('line', (line) => {
        if (line.startsWith('stored')) resolve();
      });
    });
    await expect(openStore({ directory })).rejects.toThrow(`${directory} is open in process ${child.pid} on`);
    child.kill('SIGKILL');
    await closed;
    const store = await openStore({ directory });
    expect((await store.cities())[0]?.head).toBeGreaterThan(0);
    await store.close();
  }, 180_000);
});
