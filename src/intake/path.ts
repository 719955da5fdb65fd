import type { Finding } from '../model/index.ts';
import { limits } from './limits.ts';
import { modelPart } from './model-file.ts';
import { quote } from './quote.ts';

/** What a file of a workspace is, by its path. */
export type FileKind =
  | {
      readonly kind:
        | 'city'
        | 'indicators'
        | 'observations'
        | 'targets'
        | 'claims'
        | 'framework'
        | 'plan'
        | 'register'
        | 'selection'
        | 'examination'
        | 'portfolio'
        | 'boundary'
        | 'model'
        | 'emblem'
        | 'photo';
    }
  | { readonly kind: 'review'; readonly folder: string }
  | {
      readonly kind: 'chapter';
      readonly folder: string;
      readonly chapter: string;
      readonly language: 'en' | 'zh';
    };

/** What the file at this path holds; null when the format has no such file. */
export function fileKind(path: string): FileKind | null {
  if (path === 'city.yaml') return { kind: 'city' };
  if (path === 'plan.yaml') return { kind: 'plan' };
  if (path === 'emblem.svg' || path === 'emblem.png') return { kind: 'emblem' };
  const parts = path.split('/');
  const [folder = '', name = '', third] = parts;
  if (parts.length === 2) {
    if (folder === 'indicators' && name.endsWith('.yaml')) return { kind: 'indicators' };
    if (folder === 'frameworks' && name.endsWith('.yaml')) return { kind: 'framework' };
    if (folder === 'registers' && name.endsWith('.yaml')) return { kind: 'register' };
    if (folder === 'selection' && name.endsWith('.yaml')) return { kind: 'selection' };
    if (folder === 'projects' && name.endsWith('.yaml')) return { kind: 'portfolio' };
    if (folder === 'examinations' && name.endsWith('.yaml')) return { kind: 'examination' };
    if (folder === 'plans' && name.endsWith('.yaml')) return { kind: 'plan' };
    if (folder === 'boundaries' && /\.(?:geo|topo)json$/.test(name)) return { kind: 'boundary' };
    if (folder === 'photos' && /^[0-9a-f]{64}\.jpg$/.test(name)) return { kind: 'photo' };
    if (folder === 'models' && modelPart(name) !== null) return { kind: 'model' };
    if (!name.endsWith('.csv')) return null;
    if (folder === 'observations' || folder === 'targets' || folder === 'claims') return { kind: folder };
  }
  if (parts.length === 3 && folder === 'review' && third !== undefined) {
    if (third === 'review.yaml') return { kind: 'review', folder: name };
    const chapter = /^([a-z0-9]+(?:[._-][a-z0-9]+)*)\.(en|zh)\.md$/.exec(third);
    if (chapter !== null)
      return {
        kind: 'chapter',
        folder: name,
        chapter: chapter[1] ?? '',
        language: chapter[2] === 'zh' ? 'zh' : 'en',
      };
  }
  return null;
}

/** Names that Windows gives to devices, with any ending: opening `con.csv` there never ends. */
const deviceName = /^(?:con|prn|aux|nul|clock\$|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i;

/**
 * Why a path may not stand in a workspace; null when it may. A path is relative, with `/`, in normal form (NFC),
 * and can be written on every file system: what loads on one machine loads on all.
 */
export function pathFault(path: string): string | null {
  if (path === '') return 'the path is empty';
  if (Buffer.byteLength(path) > limits.pathBytes) return `it is longer than ${limits.pathBytes} bytes`;
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path)) return 'it is absolute: it leads out of the workspace';
  if (path.includes('\\')) return 'it has a backslash, which leads into another folder on Windows';
  if (/\p{Cs}/u.test(path)) return 'it is not valid Unicode';
  if (path.normalize('NFC') !== path)
    return 'its accents are written in pieces (not Unicode NFC), so that two names can look the same';
  if (/[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]/u.test(path))
    return 'it has invisible or direction-changing characters';
  if (/[<>:"|?*]/.test(path)) return 'it has one of < > : " | ? *, which some systems refuse in names';
  const parts = path.split('/');
  if (parts.length > limits.depth) return `it lies more than ${limits.depth} folders deep`;
  for (const part of parts) {
    if (part === '..' || part === '.') return `it has '${part}', which leads out of its folder`;
    if (part === '') return 'it has an empty name between two /';
    if (Buffer.byteLength(part) > limits.nameBytes)
      return `a name in it is longer than ${limits.nameBytes} bytes`;
    if (/^[\s.]|[\s.]$/u.test(part))
      return `the name ${quote(part)} begins or ends with a space or full stop`;
    if (deviceName.test(part)) return `${quote(part)} is the name of a device on Windows`;
  }
  return null;
}

export function pathFinding(path: string, fault: string): Finding {
  return {
    rule: 'path.refused',
    severity: 'error',
    where: { file: quote(path).slice(1, -1) },
    what: `the path ${quote(path)} is refused`,
    why: fault,
    mend: 'rename the file or folder with letters, digits, - and _, inside the workspace',
  };
}

/** A path with letter case and width taken away: two paths with one such form are one file on some systems. */
export function foldedPath(path: string): string {
  return path.normalize('NFKC').toLowerCase();
}
