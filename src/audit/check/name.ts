import type { Reading } from '../read/reading.ts';
import { type Block, placeIn } from '../text.ts';
import { emptyReport, type Report } from './report.ts';

interface Name {
  readonly block: Block;
  readonly at: number;
  readonly name: string;
  readonly kind: string;
  readonly next: string;
}

const form =
  /\b([A-Z][a-z]{4,14}) (Town|Village|District|County|Subdistrict|Sub-district|Community|Road|River|Lake|Park) ((?:in|of|under|,) [A-Za-z]+ [A-Za-z]+(?: [A-Za-z]+){0,3})/g;

/** One place under two spellings: two names a letter apart, followed by the same words. */
export function checkNames(reading: Reading): Report {
  const report = emptyReport();
  const names: Name[] = [];
  for (const block of reading.blocks) {
    form.lastIndex = 0;
    for (let match = form.exec(block.text); match !== null; match = form.exec(block.text))
      names.push({
        block,
        at: match.index,
        name: match[1] ?? '',
        kind: match[2] ?? '',
        next: (match[3] ?? '').split(' ').slice(0, 5).join(' ').toLowerCase(),
      });
    if (names.length > 4000) break;
  }
  const groups = new Map<string, Name[]>();
  for (const name of names) {
    const key = `${name.kind} ${name.next}`;
    groups.set(key, [...(groups.get(key) ?? []), name]);
  }
  const told = new Set<string>();
  for (const group of groups.values()) {
    for (const one of group)
      for (const other of group) {
        if (one.name >= other.name || !near(one.name, other.name)) continue;
        const key = `${one.name} ${other.name}`;
        if (told.has(key)) continue;
        told.add(key);
        report.findings.push({
          rule: 'name.spelling',
          places: [one, other].map(({ block, at, name, kind }) =>
            placeIn(block, at, at + name.length + kind.length + 1),
          ),
          values: { one: `${one.name} ${one.kind}`, other: `${other.name} ${other.kind}` },
        });
      }
  }
  return report;
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
