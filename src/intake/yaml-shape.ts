import { z } from 'zod';
import type { Place } from '../model/index.ts';
import type { FindingList } from './finding-list.ts';
import { meant } from './nearest.ts';
import { quote } from './quote.ts';
import type { YamlFile, YamlTree } from './yaml-tree.ts';

type Path = readonly PropertyKey[];

/** A value that fits its schema, with the places of its parts. */
export interface Shaped<T> {
  readonly value: T;
  /** Where the part at this path stands; the nearest part around it when it is not written. */
  place(path: Path): Place;
}

/**
 * The meaning of a YAML tree by a schema, or null with every misfit told. Where the schema wants text and YAML saw a
 * number (`value: 0.30`, `period: 2021`), the characters as typed are taken, so no digit is lost to a float.
 */
export function shapeYaml<T>(
  yaml: YamlFile,
  tree: YamlTree,
  schema: z.ZodType<T>,
  findings: FindingList,
): Shaped<T> | null {
  const place = (path: Path): Place => yaml.place(offsetAt(tree, path));
  let result = schema.safeParse(plain(tree));
  for (let round = 0; round < 4 && !result.success; round += 1) {
    const numbers = result.error.issues.flatMap((issue) => textWanted(issue, tree));
    if (numbers.length === 0) break;
    for (const scalar of numbers) scalar.value = scalar.source;
    result = schema.safeParse(plain(tree));
  }
  if (result.success) return { value: result.data, place };
  for (const issue of result.error.issues) tell(issue, tree, schema, yaml, findings);
  return null;
}

type Scalar = Extract<YamlTree, { kind: 'scalar' }>;

/** The tree as plain values. Maps have no prototype, so that no key can reach one. */
export function plain(tree: YamlTree): unknown {
  if (tree.kind === 'scalar') return tree.value;
  if (tree.kind === 'list') return tree.items.map(plain);
  const map: Record<string, unknown> = Object.create(null);
  for (const [key, entry] of tree.entries) map[key] = plain(entry.tree);
  return map;
}

/** Scalars that the issue says should be text. */
function textWanted(issue: z.core.$ZodIssue, tree: YamlTree, from: Path = []): Scalar[] {
  const path = [...from, ...issue.path];
  if (issue.code === 'invalid_union')
    return issue.errors.flatMap((errors) => errors.flatMap((each) => textWanted(each, tree, path)));
  if (issue.code !== 'invalid_type' || issue.expected !== 'string') return [];
  const scalar = treeAt(tree, path);
  return scalar?.kind === 'scalar' && typeof scalar.value !== 'string' ? [scalar] : [];
}

export function treeAt(tree: YamlTree, path: Path): YamlTree | null {
  let at: YamlTree | undefined = tree;
  for (const step of path) {
    if (at?.kind === 'list') at = at.items[Number(step)];
    else if (at?.kind === 'map') at = at.entries.get(String(step))?.tree;
    else return null;
  }
  return at ?? null;
}

function offsetAt(tree: YamlTree, path: Path): number {
  let at = tree;
  let offset = tree.offset;
  for (const step of path) {
    const next: { offset: number; tree: YamlTree } | undefined =
      at.kind === 'map'
        ? at.entries.get(String(step))
        : at.kind === 'list'
          ? itemAt(at.items, step)
          : undefined;
    if (next === undefined) return offset;
    at = next.tree;
    offset = next.tree.kind === 'scalar' ? next.tree.offset : next.offset;
  }
  return offset;
}

function itemAt(
  items: readonly YamlTree[],
  step: PropertyKey,
): { offset: number; tree: YamlTree } | undefined {
  const tree = items[Number(step)];
  return tree === undefined ? undefined : { offset: tree.offset, tree };
}

function pathText(path: Path): string {
  return path.map((step) => (typeof step === 'number' ? `${step + 1}.` : String(step))).join(' › ');
}

function tell(
  issue: z.core.$ZodIssue,
  tree: YamlTree,
  schema: z.ZodType,
  yaml: YamlFile,
  findings: FindingList,
): void {
  const place = (path: Path): Place => yaml.place(offsetAt(tree, path));
  const name = issue.path.length === 0 ? 'the file' : quote(pathText(issue.path));
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, issue.path);
    const parent = treeAt(tree, issue.path);
    for (const key of issue.keys) {
      const entry = parent?.kind === 'map' ? parent.entries.get(key) : undefined;
      findings.error('yaml.unknown-key', yaml.place(entry?.offset ?? offsetAt(tree, issue.path)), {
        what: `there is no key ${quote(key)}${issue.path.length === 0 ? '' : ` in ${name}`}`,
        why: `the keys here are ${known.join(', ')}`,
        mend: `delete the key or correct its name${meant(key, known)}`,
      });
    }
    return;
  }
  const written = treeAt(tree, issue.path);
  const last = issue.path.at(-1);
  if (written === null) {
    findings.error('yaml.missing-key', place(issue.path), {
      what: `the key ${quote(String(last ?? ''))} is missing`,
      why: `it must be there: ${expectation(issue)}`,
      mend: `add ${String(last ?? '')}:`,
    });
    return;
  }
  const typed = written.kind === 'scalar' ? ` ${quote(written.source)}` : '';
  findings.error('yaml.value', place(issue.path), {
    what: `${name}${typed === '' ? '' : ` cannot be${typed}`}${typed === '' ? ' does not fit' : ''}`,
    why: expectation(issue),
    mend: mendFor(issue, written),
  });
}

/** What was expected, in words for a person. */
function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `expected is ${typeNames.get(issue.expected) ?? issue.expected}`;
    case 'invalid_value':
      return `expected is ${issue.values.length === 1 ? '' : 'one of '}${issue.values.map(String).join(', ')}`;
    case 'invalid_union':
      return `expected is ${[...new Set(issue.errors.flatMap((errors) => errors.map(expectation)))].map((each) => each.replace('expected is ', '')).join(', or ')}`;
    case 'custom':
      return issue.message === 'Invalid input' ? 'the value does not fit' : `expected is ${issue.message}`;
    default:
      return issue.message;
  }
}

const typeNames = new Map([
  ['string', 'a text'],
  ['number', 'a number'],
  ['int', 'a whole number'],
  ['boolean', 'true or false'],
  ['array', 'a list (lines that begin with -)'],
  ['object', 'a map (lines such as key: value)'],
]);

function mendFor(issue: z.core.$ZodIssue, written: YamlTree): string {
  if (issue.code === 'invalid_value' && written.kind === 'scalar')
    return `write one of them${meant(written.source, issue.values.map(String))}`;
  if (issue.code === 'invalid_type' && issue.expected === 'object' && written.kind === 'scalar')
    return 'write it as a map; a name is written {en: …, zh: …}';
  return 'write it as expected; docs/workspace.md has an example';
}

/** The keys that the schema knows at a path, through lists, options and defaults. */
function keysAt(schema: z.core.$ZodType, path: Path): readonly string[] {
  let level: readonly z.core.$ZodType[] = [schema];
  for (const step of path) level = level.flatMap((each) => stepInto(each, step));
  return [
    ...new Set(
      level.flatMap(bare).flatMap((each) => (each instanceof z.ZodObject ? Object.keys(each.shape) : [])),
    ),
  ];
}

function stepInto(schema: z.core.$ZodType, step: PropertyKey): readonly z.core.$ZodType[] {
  return bare(schema).flatMap((each) => {
    if (each instanceof z.ZodArray) return [each.element];
    if (!(each instanceof z.ZodObject)) return [];
    const shape: Readonly<Record<string, z.core.$ZodType>> = each.shape;
    const key = String(step);
    const inner = Object.hasOwn(shape, key) ? shape[key] : undefined;
    return inner === undefined ? [] : [inner];
  });
}

/** A schema without its wrappings; every option of a union. */
function bare(schema: z.core.$ZodType): readonly z.core.$ZodType[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    return bare(schema.unwrap());
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(bare);
  return [schema];
}
