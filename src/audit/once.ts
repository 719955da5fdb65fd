import type { CheckedClaim } from './finding.ts';
import type { TextPlace } from './text.ts';

/** Rules that hold numbers of one passage against each other: two checks of one of them may see the same. */
const arithmetic = new Set<string>([
  'share.parts',
  'sum.parts',
  'sum.subset',
  'change.endpoints',
  'change.annual',
  'bound.value',
  'record.beaten',
  'series.value',
]);

/** An amount a head is a mean too; it is told as what it is. */
const apiece = ['ratio.parts', 'average.list'];

/** A difference in points that is told in percent: heard by its ends, by one of them, or by its words alone. */
const points = ['change.points', 'change.difference', 'change.ambiguous'];

/**
 * Each disagreement once: of findings, or statements that hold, whose passages overlap and that say the same numbers of
 * each other, the one that quotes most stays; of equals the first. The order is kept.
 */
export function once<T extends CheckedClaim>(claims: readonly T[]): T[] {
  const kept: T[] = [];
  const seen = new Map<string, number[]>();
  for (const claim of claims) {
    const key = keyOf(claim);
    const before = key === null ? undefined : seen.get(key)?.find((at) => isSame(kept[at], claim));
    if (before !== undefined) {
      const other = kept[before];
      if (other !== undefined && weightOf(claim) > weightOf(other)) kept[before] = claim;
      continue;
    }
    if (key !== null) seen.set(key, [...(seen.get(key) ?? []), kept.length]);
    kept.push(claim);
  }
  return kept;
}

/** What is computed and what is stated, with the line they stand on; of other rules all that is said. */
function keyOf({ rule, places, values }: CheckedClaim): string | null {
  const [first] = places;
  const family = apiece.includes(rule) ? apiece[0] : arithmetic.has(rule) ? rule : undefined;
  if (first === undefined) return null;
  if (points.includes(rule)) return ['points', first.file, first.line].join('\n');
  if (family === undefined) return JSON.stringify([rule, first.file, first.line, values]);
  const computed = values.computed ?? values.sum ?? values.part ?? values.value ?? values.now ?? values.one;
  const stated = values.stated ?? values.whole ?? values.bound ?? values.before ?? values.other;
  if (computed === undefined || stated === undefined) return null;
  const bare = (text: string) => text.replace(/[\s,，%％]/g, '');
  return [family, first.file, first.line, bare(computed), bare(stated)].join('\n');
}

const end = ({ column, text }: TextPlace): number => column + text.length;
const weightOf = ({ rule, places }: CheckedClaim): number =>
  places.reduce((sum, { text }) => sum + text.length, 0) + (rule === apiece[0] ? 0.5 : 0);

/** Of points told in percent two rules hear one fault, one rule two. */
const isSame = (one: CheckedClaim | undefined, other: CheckedClaim): boolean =>
  overlap(one, other) && !(points.includes(other.rule) && one?.rule === other.rule);

/** Whether two claims quote some of the same characters. */
function overlap(one: CheckedClaim | undefined, other: CheckedClaim): boolean {
  return (
    one?.places.some((a) =>
      other.places.some(
        (b) => a.file === b.file && a.line === b.line && a.column < end(b) && b.column < end(a),
      ),
    ) ?? false
  );
}
