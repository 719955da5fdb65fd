import { spawn } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../scripts/test-stores.ts';
import { sha256 } from '../src/figures/index.ts';
import { openEdition } from '../src/publish/edition-files.ts';
import { openSigningKey, verifyEdition } from '../src/publish/index.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const examples = readdirSync(join(root, 'examples')).filter((name) => !name.startsWith('.'));
/** Those that belong to no other: the districts are published in their city's edition. */
const cities = ['chengdu', 'shanghai', 'shenyang'];

interface Ended {
  readonly text: string;
  readonly error: string;
  readonly code: number | null;
}

/** Runs the built command in a process of its own. */
function modelcity(words: readonly string[], environment: Readonly<Record<string, string>>): Promise<Ended> {
  const child = spawn(process.execPath, [join(root, 'bin/modelcity.js'), ...words], {
    env: { ...process.env, DATABASE_URL: '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { text: '', error: '' };
  child.stdout.on('data', (chunk) => {
    said.text += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    said.error += String(chunk);
  });
  return new Promise((resolve) => {
    child.on('close', (code) => {
      resolve({ ...said, code });
    });
  });
}

/** The archive of each city's edition. */
function archivesOf({ text, error, code }: Ended): ReadonlyMap<string, string> {
  // 1: published, with findings to read.
  if (code !== 0 && code !== 1) throw new Error(`publish ended with ${code}: ${error}`);
  const told: { editions: { city: string; published: { archive: string } }[] } = JSON.parse(text);
  return new Map(told.editions.map(({ city, published }) => [city, published.archive]));
}

/** The same workspace as another person keeps it: rows the other way round, files under other names. */
function retype(folder: string): void {
  for (const kind of ['observations', 'targets', 'claims'])
    for (const name of namesIn(join(folder, kind))) {
      const file = join(folder, kind, name);
      const [head = '', ...rows] = readFileSync(file, 'utf8').trimEnd().split('\n');
      writeFileSync(file, `${[head, ...rows.reverse()].join('\r\n')}\r\n`);
      renameSync(file, join(folder, kind, `z-${name}`));
    }
  for (const name of namesIn(join(folder, 'indicators')))
    renameSync(join(folder, 'indicators', name), join(folder, 'indicators', `a-${name}`));
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

it('the five places are published to the same bytes on another machine, in other files', {
  timeout: 1_800_000,
}, async () => {
  const folders = [temporaryFolder(), temporaryFolder()] as const;
  for (const folder of folders)
    for (const place of examples)
      cpSync(join(root, 'examples', place), join(folder, place), {
        recursive: true,
        filter: (path) => !path.includes('.modelcity'),
      });
  const [here, there] = folders;
  for (const place of examples) retype(join(there, place));
  // One key signs for a city, wherever it is published.
  for (const city of cities) openSigningKey(join(here, '.modelcity'), city);
  cpSync(join(here, '.modelcity'), join(there, '.modelcity'), { recursive: true });
  const home = temporaryFolder();
  const fonts = join(home, '.local/share/fonts');
  mkdirSync(fonts, { recursive: true });
  // A face of our family that we do not ship: were it seen, words would be set in it.
  const font = '@expo-google-fonts/source-sans-3/600SemiBold_Italic/SourceSans3_600SemiBold_Italic.ttf';
  copyFileSync(createRequire(import.meta.url).resolve(font), join(fonts, 'trap.ttf'));
  const publish = async (folder: string, environment: Readonly<Record<string, string>>) =>
    archivesOf(
      await modelcity(['publish', '-w', folder, '--out', join(folder, 'editions'), '--json'], environment),
    );
  const [first, second] = await Promise.all([
    publish(here, { TZ: 'UTC', LC_ALL: 'C' }),
    publish(there, {
      TZ: 'Pacific/Kiritimati',
      LANG: 'tr_TR.UTF-8',
      LC_ALL: 'tr_TR.UTF-8',
      HOME: home,
      XDG_DATA_HOME: join(home, '.local/share'),
    }),
  ]);
  expect([...first.keys()].sort()).toEqual(cities);
  for (const city of cities) {
    const [one, two] = [first.get(city) ?? '', second.get(city) ?? ''];
    const verified = verifyEdition(one);
    expect(verified.findings, city).toEqual([]);
    expect(verified.figures).toBeGreaterThan(20);
    expect(sha256(readFileSync(two)), city).toBe(sha256(readFileSync(one)));
  }
  // The districts stand in their city's edition: their reviews, pages, figures and workspaces.
  const parts = openEdition(first.get('shanghai') ?? '').paths;
  for (const district of ['fengxian', 'songjiang']) {
    expect(parts).toContain(`site/zh/${district}/index.html`);
    expect(parts.filter((path) => path.startsWith(`documents/${district}-`)).length).toBeGreaterThan(3);
  }
});
