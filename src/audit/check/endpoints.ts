import { directionOf } from '../read/direction.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Sentence, wordsBetween } from '../read/reading.ts';

/** Where a change starts and where it ends. */
export interface Endpoints {
  readonly from: Quantity;
  readonly to: Quantity;
  /** Words before the pair, where the verb stands. */
  readonly lead: string;
}

/** `from A to B`, `to B from A`, `B, up from A`, 由A增至B, 从A提高到B. */
export function endpointsOf(sentence: Sentence): Endpoints[] {
  const { quantities } = sentence;
  const pairs: Endpoints[] = [];
  const wordsBefore = (index: number) =>
    wordsBetween(sentence, quantities[index - 1]?.end ?? 0, quantities[index]?.start ?? 0);
  for (let index = 0; index < quantities.length; index += 1) {
    const a = quantities[index];
    const b = quantities[index + 1];
    if (a === undefined) continue;
    const before = wordsBefore(index);
    if (b !== undefined && isDated(sentence, a, b, before)) {
      pairs.push({ from: a, to: b, lead: before });
      continue;
    }
    const startsHere =
      /(?:\bfrom(?: an?| the)?(?: \w+){0,3}|[由从自][^，,。]{0,24}|比[^，,。]{0,16}的)\s*\S{0,4}\s*$/.test(
        before.slice(-60),
      );
    if (!startsHere) continue;
    // `increased by 3.7 % from A to B`: the verb stands before the change.
    const amount = quantities[index - 1];
    const verb =
      amount !== undefined && before.length < 30 && directionOf(before).direction === null
        ? `${wordsBefore(index - 1).slice(-60)} `
        : '';
    if (b !== undefined && sameKind(a, b)) {
      const between = wordsBetween(sentence, a.end, b.start);
      if (
        between.length <= 60 &&
        /(?:\bto\b(?: \S+){0,3}|[到至为]\S{0,6})\s*$/.test(between) &&
        !/\b(?:and|which)\b/.test(between)
      ) {
        pairs.push({
          from: a,
          to: b,
          lead: /\p{Script=Han}/u.test(between) ? `${before}${between}` : `${verb}${before}`,
        });
        continue;
      }
    }
    const earlier = quantities.slice(0, index).findLast((quantity) => sameKind(quantity, a));
    if (earlier === undefined) continue;
    const between = wordsBetween(sentence, earlier.end, a.start);
    // 为67.8万辆，比2015年的5.8万辆增长: the verb stands behind.
    const behind = /比[^，,。]{0,16}的\s*$/.test(between) ? wordsBetween(sentence, a.end, a.end + 6) : '';
    if (
      between.length > 60 ||
      (directionOf(behind).direction === null &&
        directionOf(between).direction === null &&
        !/\bto\b[^,;]{0,20}$/.test(wordsBetween(sentence, earlier.start - 24, earlier.start)))
    )
      continue;
    pairs.push({
      from: a,
      to: earlier,
      lead: `${wordsBetween(sentence, 0, earlier.start)} ${between}${behind}`,
    });
  }
  return pairs;
}

/** `between 2018 (2,400) and 2021 (5,100)`: each value in brackets behind its year. */
function isDated(sentence: Sentence, a: Quantity, b: Quantity, before: string): boolean {
  return (
    sameKind(a, b) &&
    /\b(?:between|from) \d{4}\s*\($/.test(before.slice(-24)) &&
    /^\) (?:and|to) \d{4}\s*\($/.test(wordsBetween(sentence, a.end, b.start)) &&
    wordsBetween(sentence, b.end, b.end + 1) === ')'
  );
}

function sameKind(a: Quantity, b: Quantity): boolean {
  if (a.upper !== undefined || b.upper !== undefined) return false;
  // `from 82.69 years to 84.37 years` is an age; `from 3 years to 5 years` a term.
  if (a.dimension === 'years' && b.dimension === 'years') return a.written.includes('.');
  if (a.dimension === b.dimension) return !['times', 'points', 'duration'].includes(a.dimension);
  return a.dimension === 'count' && b.dimension === 'households';
}
