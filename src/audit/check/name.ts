import type { Reading } from '../read/reading.ts';
import { type Block, placeIn } from '../text.ts';
import { knownPlaces } from './gazetteer.ts';
import { emptyReport, type Report } from './report.ts';

interface Name {
  readonly block: Block;
  readonly at: number;
  readonly name: string;
  readonly kind: string;
  /** The words after the name, when they say where it lies. */
  readonly next: string;
}

const form =
  /\b([A-Z][a-z]{4,14}) (Town|Village|District|County|City|Province|Prefecture|Subdistrict|Sub-district|Community|Road|River|Lake|Park|Wetland|Island|Port|Bay|Bridge|Canal|Reservoir|Mountain)\b( (?:in|of|under|,) [A-Za-z]+ [A-Za-z]+(?: [A-Za-z]+){0,3})?/g;

const mostNames = 20_000;

/** One place under two spellings: names a letter apart, of one kind, and a reason to think that one of them is a slip. */
export function checkNames(reading: Reading): Report {
  const report = emptyReport();
  const names: Name[] = [];
  for (const block of reading.blocks) {
    if (block.kind === 'contents' || block.text.length < 10) continue;
    for (const match of block.text.matchAll(form)) {
      const [, name = '', kind = '', next = ''] = match;
      names.push({
        block,
        at: match.index,
        name,
        kind,
        next: next.trim().split(' ').slice(0, 5).join(' ').toLowerCase(),
      });
    }
    if (names.length > mostNames) break;
  }
  const byName = grouped(names);
  const kinds = new Map<string, string[]>();
  for (const key of byName.keys()) {
    const kind = key.split(' ')[1] ?? '';
    kinds.set(kind, [...(kinds.get(kind) ?? []), key]);
  }
  const words = wordCounts(reading);
  for (const keys of kinds.values())
    for (const [index, a] of keys.slice(0, 1500).entries())
      for (const b of keys.slice(index + 1, 1500)) {
        const [one, other] = [byName.get(a) ?? [], byName.get(b) ?? []];
        if (one[0] === undefined || other[0] === undefined) continue;
        if (knownPlaces.has(one[0].name) && knownPlaces.has(other[0].name)) continue;
        if (!oneSlip(one[0].name, other[0].name) || !isSlip(one, other, words)) continue;
        const [first, second] = [one[0], other[0]];
        report.findings.push({
          rule: 'name.spelling',
          places: [first, second].map(({ block, at, name, kind }) =>
            placeIn(block, at, at + name.length + kind.length + 1),
          ),
          values: { one: `${first.name} ${first.kind}`, other: `${second.name} ${second.kind}` },
        });
      }
  lines(reading, report);
  return report;
}

function grouped(names: readonly Name[]): Map<string, Name[]> {
  const groups = new Map<string, Name[]>();
  for (const name of names) {
    const key = `${name.name} ${name.kind}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [name]);
    else group.push(name);
  }
  return groups;
}

/** How often each capitalised word stands in the text, with any word after it. */
function wordCounts(reading: Reading): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { text, kind } of reading.blocks) {
    if (kind === 'contents') continue;
    for (const [word] of text.matchAll(/\b[A-Z][a-z]{4,14}\b/g))
      counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}

/** Two names followed by the same words, or a name that stands once or twice beside one that stands often. */
function isSlip(one: readonly Name[], other: readonly Name[], words: ReadonlyMap<string, number>): boolean {
  if (one.some(({ next }) => next !== '' && other.some((name) => name.next === next))) return true;
  const count = (group: readonly Name[]) => words.get(group[0]?.name ?? '') ?? group.length;
  const [few, many] = [count(one), count(other)].sort((a, b) => a - b);
  return few !== undefined && many !== undefined && few <= 2 && many >= 3;
}

/** One letter put for another, or two neighbours exchanged, left out or added; not at the end, where grammar changes words. */
function oneSlip(a: string, b: string): boolean {
  if (near(a, b)) return true;
  return a.length === b.length && a.length >= 6 && a.slice(1) === b.slice(1);
}

/** One letter put for another, left out or added, not at the beginning. */
export function near(a: string, b: string): boolean {
  if (a === b || a.charAt(0) !== b.charAt(0) || Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && start < b.length && a.charAt(start) === b.charAt(start)) start += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  return Math.max(a.length, b.length) - start - end <= 1;
}

/** A line that stands often, `ENVIRONMENTAL PROTECTION BUREAU`, and once with a letter wrong. */
function lines(reading: Reading, report: Report): void {
  const seen = new Map<string, Block[]>();
  for (const block of reading.blocks.slice(0, mostNames)) {
    if (block.kind === 'row' || block.text.length < 12 || block.text.length > 90 || /\d/.test(block.text))
      continue;
    seen.set(block.text, [...(seen.get(block.text) ?? []).slice(0, 4), block]);
  }
  const often = [...seen].filter(([, blocks]) => blocks.length >= 3).slice(0, 60);
  for (const [text, [first]] of often)
    for (const [other, [block]] of seen) {
      if (first === undefined || block === undefined || other === text || other.length - text.length > 1)
        continue;
      const [a, b] = [text.split(' '), other.split(' ')];
      const apart = a.flatMap((word, at) => (word === b[at] ? [] : [[word, b[at] ?? ''] as const]));
      const [pair] = apart;
      if (a.length !== b.length || a.length < 3 || apart.length !== 1 || pair === undefined) continue;
      if (pair[0].length < 5 || !/^\p{Script=Latin}+$/u.test(pair[0] + pair[1]) || !near(pair[0], pair[1]))
        continue;
      // A plural is no slip.
      if (
        `${pair[0]}s`.toLowerCase() === pair[1].toLowerCase() ||
        `${pair[1]}s`.toLowerCase() === pair[0].toLowerCase()
      )
        continue;
      report.findings.push({
        rule: 'name.spelling',
        places: [first, block].map((line) => placeIn(line, 0, line.text.length)),
        values: { one: pair[0], other: pair[1] },
      });
    }
}
