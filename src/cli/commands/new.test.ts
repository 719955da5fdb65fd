import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it, vi } from 'vitest';
import { parseWorkspace, readFolder } from '../../intake/index.ts';
import { exitCode } from '../exit.ts';
import { newPlace } from './new.ts';

const base = mkdtempSync(join(tmpdir(), 'modelcity-new-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));
afterEach(() => vi.restoreAllMocks());

async function run(...words: string[]): Promise<{ code: number; told: string }> {
  let told = '';
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      told += String(text);
      return true;
    });
  return { code: await newPlace(words), told };
}

it('begins a city that is in order and holds no value', async () => {
  const root = join(base, 'city');
  const { code } = await run(
    root,
    '--name',
    'Poznań',
    '--name-zh',
    '波兹南',
    '--districts',
    'Stare Miasto/老城，Grunwald',
  );
  expect(code).toBe(exitCode.done);
  const { workspace, findings } = parseWorkspace((await readFolder(root)).files);
  expect(findings).toEqual([]);
  expect(workspace?.city).toMatchObject({
    id: 'poznan',
    name: { en: 'Poznań', zh: '波兹南' },
    areas: [
      { id: 'POZNAN', kind: 'city' },
      { id: 'POZNAN-01', name: { en: 'Stare Miasto', zh: '老城' }, parent: 'POZNAN' },
      { id: 'POZNAN-02', name: { en: 'Grunwald', zh: 'Grunwald' }, parent: 'POZNAN' },
    ],
  });
  expect([workspace?.observations, workspace?.targets]).toEqual([[], []]);
});

it('writes names as names, whatever stands in them', async () => {
  const root = join(base, 'hostile');
  const name = 'a"b: {x}\n- &a [*a] # \u2028';
  expect((await run(root, '--name', name, '--id', 'h')).code).toBe(exitCode.done);
  expect(parseWorkspace((await readFolder(root)).files).workspace?.city.name.en).toBe(name.trim());
});

it('refuses what it cannot name or would write over, and writes nothing', async () => {
  const root = join(base, 'taken');
  await run(root, '--name', '昆明', '--id', 'kunming');
  const before = readFileSync(join(root, 'city.yaml'), 'utf8');
  const again = await run(root, '--name', 'Other');
  expect([again.code, again.told]).toEqual([
    exitCode.badInput,
    expect.stringContaining('holds something already'),
  ]);
  expect(readFileSync(join(root, 'city.yaml'), 'utf8')).toBe(before);
  for (const words of [
    [],
    [join(base, 'x')],
    [join(base, 'x'), '--name', 'X', '--id', '../etc'],
    [join(base, 'x'), '--name', 'X', '--areas', 'a b'],
    [join(base, 'x'), 'y', '--name', 'X'],
  ])
    expect([words, (await run(...words)).code]).toEqual([words, exitCode.badInput]);
  expect(existsSync(join(base, 'x'))).toBe(false);
});
