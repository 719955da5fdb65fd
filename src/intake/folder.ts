import { constants } from 'node:fs';
import { type FileHandle, lstat, open, readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { Finding, SubmittedFile } from '../model/index.ts';
import { FindingList } from './finding-list.ts';
import { limits } from './limits.ts';
import { fileKind, foldedPath, pathFault, pathFinding } from './path.ts';

/** Names that live beside the data without being data: read by people and tools, not by us. */
const beside = /^(?:readme|licen[cs]e|changelog|contributing|notice)(?:\.[a-z]{2,3})?(?:\.(?:md|txt))?$/i;
const formatFolders = new Set([
  'indicators',
  'observations',
  'targets',
  'claims',
  'frameworks',
  'plans',
  'review',
  'registers',
  'selection',
  'examinations',
  'projects',
  'boundaries',
  'models',
  'photos',
]);

/** A folder's files in the order of their paths, and what is wrong with the folder itself. */
export interface ReadFolder {
  readonly files: readonly SubmittedFile[];
  readonly findings: readonly Finding[];
}

/**
 * Reads the files of a workspace folder. Links are never followed, devices never opened, nothing outside is read;
 * a file that is too large is refused before it is in memory. Hidden names (`.git`, `.modelcity`) are passed over.
 */
export async function readFolder(directory: string): Promise<ReadFolder> {
  const findings = new FindingList();
  const files: SubmittedFile[] = [];
  const root = await resolveFolder(directory, findings);
  if (root === null) return { files, findings: findings.toArray() };

  const waiting = [''];
  const paths: string[] = [];
  for (let at = 0; at < waiting.length; at += 1) {
    const folder = waiting[at] ?? '';
    for (const entry of (await readdir(join(root, folder), { withFileTypes: true })).sort(byName)) {
      if (entry.name.startsWith('.') || entry.name.startsWith('~$')) continue;
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (!isOfFormat(path)) {
        if (!entry.isDirectory() && !beside.test(entry.name)) passedOver(path, findings);
        continue;
      }
      const fault = pathFault(path);
      if (fault !== null) findings.add(pathFinding(path, fault));
      else if (entry.isDirectory()) waiting.push(path);
      else if (entry.isFile()) paths.push(path);
      else notAFile(path, entry.isSymbolicLink() ? 'a link' : 'a device, pipe or socket', findings);
      if (paths.length + waiting.length > limits.files) {
        tooMany(findings);
        return { files: [], findings: findings.toArray() };
      }
    }
  }

  let total = 0;
  const seen = new Map<string, string>();
  for (const path of paths.sort(byText)) {
    const twin = seen.get(foldedPath(path));
    if (twin !== undefined) sameName(path, twin, findings);
    seen.set(foldedPath(path), path);
    if (fileKind(path) === null) {
      if (!beside.test(path.slice(path.lastIndexOf('/') + 1))) wrongName(path, findings);
      continue;
    }
    const bytes = await readBounded(root, path, limits.totalBytes - total, findings);
    if (bytes === null) continue;
    total += bytes.length;
    files.push({ path, bytes });
  }
  return { files, findings: findings.toArray() };
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return byText(a.name, b.name);
}

/** Whether a path lies where the format looks: the rest of a folder is not ours. */
function isOfFormat(path: string): boolean {
  const first = path.split('/')[0] ?? '';
  return formatFolders.has(first) || fileKind(path) !== null;
}

async function resolveFolder(directory: string, findings: FindingList): Promise<string | null> {
  try {
    const root = await realpath(directory);
    if ((await lstat(root)).isDirectory()) return root;
  } catch {}
  findings.error(
    'folder.missing',
    { file: directory },
    {
      what: 'there is no folder of this name',
      why: 'a workspace is a folder with a city.yaml',
      mend: 'name the folder that holds city.yaml',
    },
  );
  return null;
}

/** Reads a regular file, following no link, and stops as soon as a limit is passed. */
async function readBounded(
  root: string,
  path: string,
  left: number,
  findings: FindingList,
): Promise<Uint8Array | null> {
  const ending = path.endsWith('.csv')
    ? 'csv'
    : path.endsWith('.md')
      ? 'md'
      : path.endsWith('json')
        ? 'geojson'
        : path.endsWith('.jpg')
          ? 'jpg'
          : 'yaml';
  const most = Math.min(limits.fileBytes[ending], left);
  let handle: FileHandle;
  try {
    handle = await open(join(root, path), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    findings.error(
      'file.unreadable',
      { file: path },
      {
        what: 'the file cannot be opened',
        why:
          error instanceof Error && 'code' in error
            ? `the system says ${String(error.code)}`
            : 'the system refused',
        mend: 'make it a plain file that the account running modelcity may read',
      },
    );
    return null;
  }
  try {
    const { size } = await handle.stat();
    if (size > most) {
      tooLarge(path, size, most, findings);
      return null;
    }
    const bytes = Buffer.alloc(size);
    let at = 0;
    let line = 0;
    while (at < size) {
      const { bytesRead } = await handle.read(bytes, at, Math.min(size - at, 1 << 20), at);
      if (bytesRead === 0) break;
      const started = lastLineStart(bytes, line, at + bytesRead);
      if (started === null && ending !== 'geojson' && ending !== 'jpg') {
        longLine(path, bytes, findings);
        return null;
      }
      line = started ?? at + bytesRead;
      at += bytesRead;
    }
    return new Uint8Array(bytes.buffer, bytes.byteOffset, at);
  } finally {
    await handle.close();
  }
}

const lineFeed = 10;
const carriageReturn = 13;

/**
 * Where the last line begins that starts in `bytes` up to `to`, when the line before began at `start`; null as soon as a
 * stretch without line end is longer than a line may be.
 */
function lastLineStart(bytes: Buffer, start: number, to: number): number | null {
  let at = start;
  while (to - at > limits.lineBytes) {
    const window = bytes.subarray(at, at + limits.lineBytes + 1);
    const feed = window.lastIndexOf(lineFeed);
    const end = feed >= 0 ? feed : window.lastIndexOf(carriageReturn);
    if (end < 0) return null;
    at += end + 1;
  }
  return at;
}

function longLine(path: string, bytes: Uint8Array, findings: FindingList): void {
  let row = 1;
  let start = 0;
  for (;;) {
    const end = bytes.indexOf(lineFeed, start);
    if (end < 0 || end - start > limits.lineBytes) break;
    row += 1;
    start = end + 1;
  }
  findings.error(
    'text.long-line',
    { file: path, row },
    {
      what: `a line is longer than ${limits.lineBytes} bytes`,
      why: 'no row of a table and no line of text is that long: a line end or a closing quote is missing, or the file is not text',
      mend: 'save the file again from the program it came from, one row to a line',
    },
  );
}

function tooLarge(path: string, size: number, most: number, findings: FindingList): void {
  findings.error(
    'file.too-large',
    { file: path },
    {
      what: `the file has ${size} bytes; at most ${most} are read`,
      why: 'a workspace holds yearly statistics; files of this size are something else',
      mend: 'split the table into several files, or take out what does not belong',
    },
  );
}

function tooMany(findings: FindingList): void {
  findings.error(
    'folder.too-many',
    { file: '.' },
    {
      what: `the folder holds more than ${limits.files} files`,
      why: 'a workspace holds some dozens of files',
      mend: 'point at the workspace itself; put several tables into one file',
    },
  );
}

function notAFile(path: string, kind: string, findings: FindingList): void {
  findings.error(
    'file.not-plain',
    { file: path },
    {
      what: `this is ${kind}, not a plain file`,
      why: 'links can lead out of the workspace, so that what is loaded could change without the folder changing',
      mend: 'put a copy of the file itself here',
    },
  );
}

function sameName(path: string, twin: string, findings: FindingList): void {
  findings.error(
    'path.same-name',
    { file: path },
    {
      what: `this name and ${twin} differ only in letter case or width`,
      why: 'on many systems they are one file, and one would be lost',
      mend: 'rename one of them',
    },
  );
}

function passedOver(path: string, findings: FindingList): void {
  findings.warning(
    'file.unknown',
    { file: path },
    {
      what: 'this file is not part of the workspace format and was not read',
      why: 'the format knows city.yaml, plan.yaml and the folders indicators, observations, targets, claims, frameworks, plans, review, boundaries, registers, selection, examinations, projects, models, photos',
      mend: 'move it to its folder, or out of the workspace',
    },
  );
}

function wrongName(path: string, findings: FindingList): void {
  const folder = path.split('/')[0] ?? '';
  const wanted =
    folder === 'review'
      ? 'review/<year>/review.yaml and review/<year>/<chapter>.en.md or .zh.md'
      : folder === 'boundaries'
        ? 'boundaries/<layer>.geojson or .topojson'
        : folder === 'models'
          ? 'models/<name>.place.json, .xmile and .words.json'
          : `${folder}/<name>.${folder === 'observations' || folder === 'targets' || folder === 'claims' ? 'csv' : 'yaml'}`;
  const sheet = /\.(?:xlsx?|ods|et|numbers)$/i.test(path);
  findings.error(
    'file.wrong-name',
    { file: path },
    {
      what: 'this file lies in a folder of the workspace but is not one that can be read',
      why: `the folder holds files named ${wanted}`,
      mend: sheet
        ? 'save the sheet as "CSV UTF-8 (comma delimited)" beside it'
        : 'rename it, or move it elsewhere',
    },
  );
}
