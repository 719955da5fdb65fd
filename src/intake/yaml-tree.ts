import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { Place } from '../model/index.ts';
import { utf8Text } from './encoding.ts';
import type { FindingList } from './finding-list.ts';
import { limits } from './limits.ts';
import { quote } from './quote.ts';
import { textFault } from './text-fault.ts';

/** A value of a YAML file with its place. */
export type YamlTree =
  | {
      readonly kind: 'scalar';
      readonly offset: number;
      /** What YAML 1.2 (core schema) takes it for. */
      value: string | number | boolean | null;
      /** The characters as typed: `0.30` stays `0.30`. */
      readonly source: string;
    }
  | { readonly kind: 'list'; readonly offset: number; readonly items: readonly YamlTree[] }
  | { readonly kind: 'map'; readonly offset: number; readonly entries: ReadonlyMap<string, YamlEntry> };

export interface YamlEntry {
  /** Where the key stands. */
  readonly offset: number;
  readonly tree: YamlTree;
}

/** A YAML file, read: its root and where an offset lies. */
export interface YamlFile {
  readonly file: string;
  readonly root: YamlTree;
  place(offset: number): Place;
}

/**
 * Reads one YAML 1.2 document of plain data. Refused: more than one document, tags, keys that are not text or that
 * stand twice, aliases beyond a small number, and more depth or values than any honest file has.
 */
export function readYaml(file: string, bytes: Uint8Array, findings: FindingList): YamlFile | null {
  const text = utf8Text(file, bytes, findings);
  if (text === null) return null;
  const source = new TextDecoder('utf-8', { ignoreBOM: true }).decode(text);
  const lines = new LineCounter();
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, row: Math.max(line, 1), column: Math.max(col, 1) };
  };
  if (flowDepth(source) > limits.yamlDepth) {
    tooDeep({ file }, findings);
    return null;
  }
  try {
    const document = parseDocument(source, {
      version: '1.2',
      schema: 'core',
      merge: false,
      resolveKnownTags: false,
      stringKeys: true,
      // Checked below: the library compares every key with every other one, which a hostile file makes slow.
      uniqueKeys: false,
      prettyErrors: false,
      // Not 'silent': a second document would then be passed over in silence.
      logLevel: 'error',
      lineCounter: lines,
    });
    for (const error of document.errors) yamlError(place(error.pos[0]), error.code, error.message, findings);
    for (const warning of document.warnings)
      yamlError(place(warning.pos[0]), warning.code, warning.message, findings);
    if (document.errors.length > 0 || document.warnings.length > 0) return null;
    if (document.contents === null) {
      findings.error(
        'yaml.empty',
        { file },
        {
          what: 'the file says nothing',
          why: 'it holds only comments or blank lines',
          mend: 'fill it, or delete it',
        },
      );
      return null;
    }
    const grower = new Grower(place, findings);
    const root = grower.grow(document.contents, 0);
    if (grower.failed || root === null) return null;
    return { file, root, place };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    tooDeep({ file }, findings);
    return null;
  }
}

/** The deepest nesting of [ and {, counted without regard to quotes: a cheap first look before the parser recurses. */
function flowDepth(source: string): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < source.length; at += 1) {
    const code = source.charCodeAt(at);
    if (code === 91 || code === 123) deepest = Math.max(deepest, ++depth);
    else if (code === 93 || code === 125) depth = Math.max(0, depth - 1);
    else if (code === 10 && depth < limits.yamlDepth) depth = 0;
  }
  return deepest;
}

/** Turns the library's nodes into our tree, with bounds. */
class Grower {
  failed = false;
  #nodes = 0;
  #aliases = 0;
  readonly #anchors = new Map<string, Node>();
  readonly #open = new Set<Node>();
  readonly #place: (offset: number) => Place;
  readonly #findings: FindingList;

  constructor(place: (offset: number) => Place, findings: FindingList) {
    this.#place = place;
    this.#findings = findings;
  }

  grow(node: Node, depth: number): YamlTree | null {
    const offset = node.range?.[0] ?? 0;
    this.#nodes += 1;
    if (depth > limits.yamlDepth) return this.#stop(() => tooDeep(this.#place(offset), this.#findings));
    if (this.#nodes > limits.yamlNodes) return this.#stop(() => bomb(this.#place(offset), this.#findings));
    if (isAlias(node)) return this.#follow(node.source, offset, depth);
    if (node.tag !== undefined && !node.tag.startsWith('tag:yaml.org,2002:'))
      return this.#fault(offset, 'yaml.tag', {
        what: `the tag ${quote(node.tag)} is not read`,
        why: 'a workspace is plain data; tags make programs build things',
        mend: 'delete the tag',
      });
    if ('anchor' in node && typeof node.anchor === 'string') this.#anchors.set(node.anchor, node);
    this.#open.add(node);
    const tree = this.#growPlain(node, offset, depth);
    this.#open.delete(node);
    return tree;
  }

  #growPlain(node: Node, offset: number, depth: number): YamlTree | null {
    if (isMap(node)) {
      const entries = new Map<string, YamlEntry>();
      for (const { key, value } of node.items) {
        const keyNode = isScalar(key) ? key : null;
        const at = keyNode?.range?.[0] ?? offset;
        const name = typeof keyNode?.value === 'string' ? keyNode.value : null;
        if (name === null) {
          this.#fault(at, 'yaml.key', {
            what: 'a key is not plain text',
            why: 'keys are the names that docs/workspace.md lists',
            mend: 'write the key as a word',
          });
          continue;
        }
        const twin = entries.get(name);
        if (twin !== undefined) {
          this.#fault(at, 'yaml.duplicate-key', {
            what: `the key ${quote(name)} stands twice, first in line ${this.#place(twin.offset).row ?? 1}`,
            why: 'it is unclear which of them holds',
            mend: 'delete or rename one of them',
          });
          continue;
        }
        const tree = this.#child(value, at, depth);
        if (tree !== null) entries.set(name, { offset: at, tree });
        if (this.#nodes > limits.yamlNodes) return null;
      }
      return { kind: 'map', offset, entries };
    }
    if (isSeq(node)) {
      const items: YamlTree[] = [];
      for (const item of node.items) {
        const tree = this.#child(item, offset, depth);
        if (tree !== null) items.push(tree);
        if (this.#nodes > limits.yamlNodes) return null;
      }
      return { kind: 'list', offset, items };
    }
    return isScalar(node) ? this.#scalar(node.value, node.source, offset) : null;
  }

  #child(value: unknown, offset: number, depth: number): YamlTree | null {
    if (isAlias(value) || isMap(value) || isSeq(value) || isScalar(value)) return this.grow(value, depth + 1);
    return { kind: 'scalar', offset, value: null, source: '' };
  }

  #scalar(value: unknown, typed: string | undefined, offset: number): YamlTree | null {
    if (typeof value === 'string') {
      const fault = textFault(value);
      if (fault !== null)
        return this.#fault(offset, 'text.character', {
          what: `the text holds ${fault}`,
          why: 'such a character is invisible, or changes what a reader sees',
          mend: 'delete it: type the text again',
        });
      return { kind: 'scalar', offset, value, source: value };
    }
    if (typeof value === 'number' || typeof value === 'boolean' || value === null)
      return { kind: 'scalar', offset, value, source: value === null ? '' : (typed ?? String(value)) };
    return { kind: 'scalar', offset, value: null, source: typed ?? '' };
  }

  #follow(name: string, offset: number, depth: number): YamlTree | null {
    this.#aliases += 1;
    const target = this.#anchors.get(name);
    if (this.#aliases > limits.yamlAliases)
      return this.#stop(() => bomb(this.#place(offset), this.#findings));
    if (target === undefined || this.#open.has(target))
      return this.#fault(offset, 'yaml.alias', {
        what: `the alias ${quote(`*${name}`)} points ${target === undefined ? 'nowhere' : 'into itself'}`,
        why: 'an alias repeats what an anchor (&name) before it marked',
        mend: 'write the value out',
      });
    return this.grow(target, depth + 1);
  }

  #fault(offset: number, rule: string, said: { what: string; why: string; mend: string }): null {
    this.failed = true;
    this.#findings.error(rule, this.#place(offset), said);
    return null;
  }

  #stop(tell: () => void): null {
    if (!this.failed) tell();
    this.failed = true;
    this.#nodes = limits.yamlNodes + 1;
    return null;
  }
}

function tooDeep(where: Place, findings: FindingList): void {
  findings.error('yaml.depth', where, {
    what: `lists and maps lie more than ${limits.yamlDepth} deep inside one another`,
    why: 'no file of the format is that deep; such files are made to exhaust a reader',
    mend: 'write it flatter: the tree of a plan is told by the key parent',
  });
}

function bomb(where: Place, findings: FindingList): void {
  findings.error('yaml.bomb', where, {
    what: `the file unfolds to more than ${limits.yamlNodes} values, or follows more than ${limits.yamlAliases} aliases`,
    why: 'aliases of aliases make a small file unfold without end',
    mend: 'write the values out instead of using anchors (&) and aliases (*)',
  });
}

const errorTexts = new Map([
  ['TAB_AS_INDENT', 'a tab stands where YAML wants spaces'],
  ['BAD_INDENT', 'the indentation does not fit the lines above'],
  ['MULTIPLE_DOCS', 'the file holds more than one document (---)'],
  ['TAG_RESOLVE_FAILED', 'a tag (!) is not read'],
  ['NON_STRING_KEY', 'a key is not plain text'],
  ['MISSING_CHAR', 'a sign is missing: a closing quote, bracket or comma'],
  [
    'MULTILINE_IMPLICIT_KEY',
    'a key runs over several lines: a colon, or quotes round a text with a colon, are missing',
  ],
]);

function yamlError(where: Place, code: string, message: string, findings: FindingList): void {
  const told = errorTexts.get(code);
  const plain = message.split('\n')[0] ?? '';
  findings.error(code === 'TAG_RESOLVE_FAILED' ? 'yaml.tag' : 'yaml.syntax', where, {
    what: told ?? `the file is not valid YAML: ${quote(plain).slice(1, -1)}`,
    why: 'a file that cannot be read for certain is not guessed at (YAML 1.2)',
    mend:
      code === 'TAG_RESOLVE_FAILED'
        ? 'delete the tag: a workspace is plain data'
        : 'indent with spaces, and put texts that hold ": " or begin with * & ! % @ ` [ { in quotes',
  });
}
