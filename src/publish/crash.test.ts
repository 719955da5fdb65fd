import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256 } from '../figures/index.ts';
import { verifyEdition } from './verify.ts';

/** Kills while publishing: a few here, fifty in CI. */
const kills = Number(process.env.MODELCITY_CRASHES ?? 5);

const root = mkdtempSync(join(tmpdir(), 'modelcity-crash-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Publishes the sample in another process, from the built product. */
const built = (name: string) =>
  JSON.stringify(new URL(`../../dist/publish/${name}.js`, import.meta.url).href);
const script = `
import { publishEdition } from ${built('publish')};
import { openSigningKey } from ${built('signing-key')};
import { samplePlace } from ${built('sample')};
const [out, home] = process.argv.slice(-2);
const page = (n) => new Response('<title>' + n + '</title>' + (n < 300 ? '<a href="/en/' + (n + 1) + '/">on</a>' : ''), { headers: { 'content-type': 'text/html' } });
const result = await publishEdition({
  city: 'shanghai', review: '2022', places: [samplePlace()], out, key: openSigningKey(home, 'shanghai'),
  request: (path) => page(Number(/\\d+/.exec(path)?.[0] ?? 0)), starts: ['/en/'],
});
process.stdout.write(JSON.stringify({ archive: result.archive, findings: result.findings }));
`;
const home = join(root, '.modelcity');

function run(
  out: string,
  environment: Readonly<Record<string, string>> = {},
  killAfter: number | null = null,
): Promise<{ text: string; ms: number; code: number | null }> {
  const started = performance.now();
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, out, home], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.on('data', (chunk) => {
    text += String(chunk);
  });
  const timer = killAfter === null ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfter);
  return new Promise((done) => {
    child.on('close', (code) => {
      clearTimeout(timer);
      done({ text, code, ms: performance.now() - started });
    });
  });
}

const archiveOf = (text: string): string => String(JSON.parse(text).archive);

let whole: string;
let duration: number;
beforeAll(async () => {
  const first = await run(join(root, 'whole'));
  whole = sha256(readFileSync(archiveOf(first.text)));
  duration = first.ms;
});

describe('a publish that is killed', () => {
  it(`leaves nothing half-done, ${kills} times`, { timeout: 1_800_000 }, async () => {
    const out = join(root, 'killed');
    mkdirSync(out);
    let seed = 20221031;
    for (let n = 0; n < kills; n += 1) {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      // From the start of the process to a little after it should be done: most kills fall into the writing.
      await run(out, {}, duration * (0.3 + 0.75 * (seed / 2147483648)));
      for (const name of readdirSync(out).filter((each) => !each.startsWith('.'))) {
        expect(verifyEdition(join(out, name)).findings).toEqual([]);
        expect(existsSync(join(out, name, `${name}.zip`))).toBe(true);
        // Published in time: take it away, so that the next run has something to write again.
        rmSync(join(out, name), { recursive: true });
      }
    }
    const { text } = await run(out);
    expect(sha256(readFileSync(archiveOf(text)))).toBe(whole);
    expect(readdirSync(out)).toEqual(['shanghai-2022-1']);
  });
});

describe('the machine', () => {
  it('has no part in an edition: other time zone, locale, and fonts of the same name', {
    timeout: 120_000,
  }, async () => {
    const fonts = join(root, 'home/.local/share/fonts');
    mkdirSync(fonts, { recursive: true });
    trapFont(join(fonts, 'trap.ttf'));
    const machine = {
      TZ: 'Asia/Kathmandu',
      LANG: 'tr_TR.UTF-8',
      LC_ALL: 'tr_TR.UTF-8',
      HOME: join(root, 'home'),
      XDG_DATA_HOME: join(root, 'home/.local/share'),
    };
    const { text } = await run(join(root, 'elsewhere'), machine);
    expect(sha256(readFileSync(archiveOf(text)))).toBe(whole);
  });
});

/** A face of our family that we do not ship: were it seen, the sample's bold italic words would be set in it. */
function trapFont(file: string): void {
  const font = '@expo-google-fonts/source-sans-3/600SemiBold_Italic/SourceSans3_600SemiBold_Italic.ttf';
  copyFileSync(createRequire(import.meta.url).resolve(font), file);
}

it('runs from the built product', () => {
  expect(existsSync(fileURLToPath(new URL('../../dist/publish/publish.js', import.meta.url)))).toBe(true);
});
