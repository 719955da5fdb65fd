import { spawn } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { temporaryFolder, testEngines } from '../scripts/test-stores.ts';
import { sha256 } from '../src/figures/index.ts';
import { verifyEdition } from '../src/publish/index.ts';
import { sampleFiles } from '../src/publish/sample.ts';
import { openStore } from '../src/store/index.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

interface Ended {
  readonly text: string;
  readonly error: string;
  readonly code: number | null;
  readonly milliseconds: number;
}

/** Runs the built command in a process of its own; killed after a while when asked for. */
function modelcity(
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  killAfter: number | null = null,
): Promise<Ended> {
  const started = performance.now();
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
  const timer = killAfter === null ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfter);
  return new Promise((resolve) => {
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ ...said, code, milliseconds: performance.now() - started });
    });
  });
}

function archiveOf({ text, error, code }: Ended): string {
  // 1: published, with findings to read.
  if (code !== 0 && code !== 1) throw new Error(`publish ended with ${code}: ${error}`);
  const told: { editions: { published: { archive: string } }[] } = JSON.parse(text);
  return told.editions[0]?.published.archive ?? '';
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

it('a whole real place is published to the same bytes on another machine, in other files', {
  timeout: 1_200_000,
}, async () => {
  const places = [temporaryFolder(), temporaryFolder()] as const;
  for (const place of places)
    cpSync(join(root, 'examples/shenyang'), place, {
      recursive: true,
      filter: (path) => !path.includes('.modelcity'),
    });
  const [here, there] = places;
  const publish = (place: string, environment: Readonly<Record<string, string>>) =>
    modelcity(['publish', '-w', place, '--out', join(place, 'editions'), '--json'], environment);
  const first = archiveOf(await publish(here, { TZ: 'UTC', LC_ALL: 'C' }));

  retype(there);
  // One key signs for the city, wherever it is published.
  cpSync(join(here, '.modelcity/keys'), join(there, '.modelcity/keys'), { recursive: true });
  const home = temporaryFolder();
  const fonts = join(home, '.local/share/fonts');
  mkdirSync(fonts, { recursive: true });
  // A face of our family that we do not ship: were it seen, words would be set in it.
  const font = '@expo-google-fonts/source-sans-3/600SemiBold_Italic/SourceSans3_600SemiBold_Italic.ttf';
  copyFileSync(createRequire(import.meta.url).resolve(font), join(fonts, 'trap.ttf'));
  const second = archiveOf(
    await publish(there, {
      TZ: 'Pacific/Kiritimati',
      LANG: 'tr_TR.UTF-8',
      LC_ALL: 'tr_TR.UTF-8',
      HOME: home,
      XDG_DATA_HOME: join(home, '.local/share'),
    }),
  );
  const [one, two] = [verifyEdition(first), verifyEdition(second)];
  expect([one.findings, two.findings]).toEqual([[], []]);
  expect(one.figures).toBeGreaterThan(20);
  expect(sha256(readFileSync(second))).toBe(sha256(readFileSync(first)));
});

/** Each takes seconds, most of it starting the process: CI asks for more. */
const kills = Math.min(5, Number(process.env.MODELCITY_CRASHES ?? 2));

describe.each(testEngines.filter(({ name }) => name === 'postgres'))(
  'publishing from a server, $name',
  (engine) => {
    it(`killed ${kills} times leaves nothing half-done, in the folder or in the database`, {
      timeout: 1_800_000,
    }, async () => {
      const { databaseUrl = '' } = await engine.place();
      const place = temporaryFolder();
      for (const [path, text] of Object.entries(sampleFiles)) {
        mkdirSync(join(place, path, '..'), { recursive: true });
        writeFileSync(join(place, path), text);
      }
      const out = join(place, 'editions');
      const words = ['publish', '-w', place, '--out', out, '--json'];
      const environment = { DATABASE_URL: databaseUrl };
      const whole = await modelcity(words, environment);
      const bytes = sha256(readFileSync(archiveOf(whole)));
      rmSync(out, { recursive: true });
      let seed = 20221031;
      for (let kill = 0; kill < kills; kill += 1) {
        seed = (seed * 1103515245 + 12345) % 2147483648;
        await modelcity(words, environment, whole.milliseconds * (0.2 + 0.85 * (seed / 2147483648)));
        for (const name of namesIn(out).filter((each) => !each.startsWith('.'))) {
          expect(verifyEdition(join(out, name)).findings).toEqual([]);
          rmSync(join(out, name), { recursive: true });
        }
      }
      expect(sha256(readFileSync(archiveOf(await modelcity(words, environment))))).toBe(bytes);
      expect(readdirSync(out)).toEqual(['shanghai-2022-1']);
      const store = await openStore({ databaseUrl, directory: join(place, '.modelcity') });
      expect(await store.cities()).toEqual([{ id: 'shanghai', head: 1 }]);
      await store.close();
    });
  },
);
