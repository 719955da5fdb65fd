import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, join, resolve } from 'node:path';
import { checkLog, findWorkspaces, parseWorkspace, readFolder } from '../../intake/index.ts';
import { type Finding, findingText } from '../../model/index.ts';
import type { Command } from '../command.ts';
import {
  checkBackup,
  checkHome,
  checkKeys,
  checkMail,
  checkServer,
  checkSettings,
} from '../doctor-office.ts';
import { good, type Result } from '../doctor-result.ts';
import { exitCode } from '../exit.ts';
import { checkFormulas } from '../formula-check.ts';
import { openStoreOf } from '../open-places.ts';
import { readLine, refuse } from '../place-command.ts';

const help = `modelcity doctor [--workspace DIR] [--json]

Looks at everything modelcity needs and keeps: the settings in the environment, the mail server, the workspaces, the database
(its login, clock, connections, replicas) and its lock, the source log and the hashes of its files, the database against the
log, who administers, mail that waits, files with secrets, fonts, free disk space, and a browser for tests (not needed otherwise).

  --workspace DIR   the workspace, or a folder of several; default: this folder
  --backup DIR      look at this backup too: whether it is whole, how old it is, what it lacks
  --json            the results as JSON on standard output

Exit code: 0 all is well, 1 something is not.
`;

export const doctor: Command = async (args) => {
  const line = readLine(args, { backup: { type: 'string' } });
  if (typeof line === 'string') return refuse('doctor', line);
  if (line.values.help === true) {
    process.stdout.write(help);
    return exitCode.done;
  }
  const json = line.values.json === true;
  const root = resolve(String(line.values.workspace));
  const results: Result[] = [];
  const tell = (result: Result): void => {
    results.push(result);
    if (json) return;
    process.stdout.write(`${result.state.padEnd(7)}  ${result.check}: ${result.text}\n`);
    for (const finding of result.findings) process.stdout.write(`${findingText(finding)}\n`);
  };
  tell(checkNode());
  tell(checkSettings(process.env));
  tell(await checkMail(process.env));
  tell(await checkFolders(root));
  const home = join(root, '.modelcity');
  tell(await checkHome(home));
  tell(checkKeys(home));
  const backup = line.values.backup;
  for (const result of await checkDatabase(root, backup === undefined ? null : String(backup))) tell(result);
  tell(checkFonts());
  tell(await checkDisk(root));
  tell(checkBrowser());
  if (json) process.stdout.write(`${JSON.stringify({ results }, null, 2)}\n`);
  return results.some(({ state }) => state === 'bad') ? exitCode.findings : exitCode.done;
};

function checkNode(): Result {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const fits = major > 20 || (major === 20 && minor >= 19);
  return { ...good('Node.js', `${process.version}; 20.19 or later is needed`), state: fits ? 'good' : 'bad' };
}

async function checkFolders(root: string): Promise<Result> {
  const folders = await findWorkspaces(root);
  if (folders.length === 0) return { ...good('workspaces', `none in ${root}`), state: 'warning' };
  const findings: Finding[] = [];
  for (const folder of folders) {
    process.stderr.write(`reading ${folder} …\n`);
    const read = await readFolder(folder);
    const parsed = parseWorkspace(read.files);
    const inFolder = [...read.findings, ...parsed.findings, ...checkFormulas(parsed)];
    findings.push(
      ...inFolder
        .filter(({ severity }) => severity === 'error')
        .map((each) => ({ ...each, where: { ...each.where, file: join(folder, each.where.file) } })),
    );
  }
  const text = `${folders.length} read, ${findings.length} errors`;
  return { check: 'workspaces', state: findings.length === 0 ? 'good' : 'bad', text, findings };
}

async function checkDatabase(root: string, backup: string | null): Promise<readonly Result[]> {
  const isServer = (process.env.DATABASE_URL ?? '') !== '';
  if (!isServer && !existsSync(join(root, '.modelcity')))
    return [{ ...good('database', `none yet in ${join(root, '.modelcity')}`), state: 'warning' }];
  let described = '';
  try {
    const store = await openStoreOf(root, (text) => {
      described = text;
    });
    try {
      const log = await checkLog(store, (text) => process.stderr.write(`${text}\n`));
      return [
        good('database', described),
        {
          check: 'source log',
          state: log.findings.length === 0 ? 'good' : 'bad',
          text: `${log.submissions} submissions of ${log.cities} places, ${log.files} files, ${log.bytes} bytes: positions, hashes, newest state against its files`,
          findings: log.findings,
        },
        ...(await checkServer(store)),
        ...(backup === null ? [] : [await checkBackup(store, backup, new Date())]),
      ];
    } finally {
      await store.close();
    }
  } catch (error) {
    return [{ ...good('database', error instanceof Error ? error.message : String(error)), state: 'bad' }];
  }
}

const fontPackages = [
  '@embedpdf/fonts-sc',
  '@expo-google-fonts/source-sans-3',
  '@fontsource-variable/source-sans-3',
];

function checkFonts(): Result {
  const require = createRequire(import.meta.url);
  const missing = fontPackages.filter((name) => {
    try {
      return !existsSync(require.resolve(`${name}/package.json`));
    } catch {
      return !(require.resolve.paths(name) ?? []).some((path) => existsSync(join(path, name)));
    }
  });
  return missing.length === 0
    ? good('fonts', `${fontPackages.length} packages are there`)
    : { ...good('fonts', `missing: ${missing.join(', ')}; run npm install`), state: 'bad' };
}

/** Below this a load or a publication may not find room. */
const leastFree = 1024 ** 3;

async function checkDisk(root: string): Promise<Result> {
  const { bavail, bsize } = await statfs(existsSync(root) ? root : '.');
  const free = bavail * bsize;
  const text = `${(free / 1024 ** 3).toFixed(1)} GiB free; at least 1 GiB is wise`;
  return { ...good('disk', text), state: free < leastFree ? 'warning' : 'good' };
}

const browsers = ['chromium', 'chromium-browser', 'google-chrome'];

function checkBrowser(): Result {
  const places = (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((path) => browsers.map((name) => join(path, name)));
  const found = places.find((path) => existsSync(path));
  return good('browser', found ?? 'no Chromium; only the page tests need one');
}
