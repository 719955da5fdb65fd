import type { Reading } from '../read/reading.ts';
import { type Block, placeIn } from '../text.ts';
import { emptyReport, type Report } from './report.ts';

interface Roster {
  readonly block: Block;
  readonly names: readonly string[];
  readonly start: number;
  readonly end: number;
}

/** Two lists of the same names, of which one is written another way: Meilong and Meilung, 华漕镇 and 华曹镇. */
export function checkRosters(reading: Reading): Report {
  const report = emptyReport();
  const rosters = reading.blocks
    .flatMap((block) => (block.kind === 'contents' ? [] : rostersIn(block)))
    .slice(0, mostLists);
  const told = new Set<string>();
  for (const [index, a] of rosters.entries())
    for (const b of rosters.slice(index + 1)) {
      const pair = oddPair(a.names, b.names);
      if (pair === null || told.has(pair.join())) continue;
      told.add(pair.join());
      report.findings.push({
        rule: 'name.spelling',
        places: [placeIn(a.block, a.start, a.end), placeIn(b.block, b.start, b.end)],
        values: { one: pair[0], other: pair[1] },
      });
    }
  return report;
}

/** Lists of names of a long report; each is held against each. */
const mostLists = 600;
const english = /\b\p{Lu}\p{Ll}{2,14}(?:, \p{Lu}\p{Ll}{2,14}){1,11},? and \p{Lu}\p{Ll}{2,14}\b/gu;
const chinese =
  /[^\P{Script=Han}和及与]{2,6}(?:、[^\P{Script=Han}和及与]{2,6}){1,11}(?:[和及与][^\P{Script=Han}和及与]{2,6})?/gu;
const trailing = /^.{1,3}?(?:街道|[区县市镇乡村])/u;
const placed = /^(.{1,4})(?:区|县|市|镇|乡|村|街道|河|湖|路)$/u;

function rostersIn(block: Block): Roster[] {
  const text = block.text.slice(0, 20_000);
  const found = [
    ...[...text.matchAll(english)].map((match) => ({ match, names: match[0].split(/, and | and |, /) })),
    ...[...text.matchAll(chinese)].flatMap((match) => {
      // Behind the last name the sentence goes on: 浦江镇参加试点.
      const parts = match[0].split(/[、和及与]/);
      const names = parts.map((name) => trailing.exec(name)?.[0] ?? name);
      return names.filter((name) => placed.test(name)).length === names.length ? [{ match, names }] : [];
    }),
  ];
  return found
    .filter(({ names }) => names.length >= 3 && new Set(names).size === names.length)
    .map(({ match, names }) => ({ block, names, start: match.index, end: match.index + match[0].length }));
}

/** The one name of each list that the other lacks, where they are a slip apart and all the rest is shared. */
function oddPair(a: readonly string[], b: readonly string[]): [string, string] | null {
  if (a.length !== b.length) return null;
  const [one, other] = [a.filter((name) => !b.includes(name)), b.filter((name) => !a.includes(name))];
  const [x, y] = [one[0], other[0]];
  if (one.length !== 1 || other.length !== 1 || x === undefined || y === undefined) return null;
  if (a.indexOf(x) !== b.indexOf(y) && a.length < 4) return null;
  if (/\p{Script=Han}/u.test(x)) {
    const apart = [...x].filter((letter, at) => letter !== y.charAt(at)).length;
    return x.length === y.length && x.length >= 3 && apart === 1 ? [x, y] : null;
  }
  return near(x, y) ? [x, y] : null;
}

/** One letter more, less or other, or two that changed places. */
function near(x: string, y: string): boolean {
  if (Math.abs(x.length - y.length) > 1 || Math.min(x.length, y.length) < 5) return false;
  let from = 0;
  while (from < x.length && x[from] === y[from]) from += 1;
  const [p, q] = [x.slice(from), y.slice(from)];
  return (
    p.slice(1) === q.slice(1) ||
    p.slice(1) === q ||
    p === q.slice(1) ||
    (p.length > 1 && p[0] === q[1] && p[1] === q[0] && p.slice(2) === q.slice(2))
  );
}
