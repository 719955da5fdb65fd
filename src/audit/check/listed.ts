import { compare, multiply, type Rational, rational, subtract } from '../../model/index.ts';
import type { Quantity } from '../read/quantity.ts';
import { type Sentence, wordsBetween } from '../read/reading.ts';

/** `covers 120 hectares: 45 of woodland, 40 of water and 35 of lawn.`: a colon opens the list, `and` closes it, and nothing follows. */
export function isListed(sentence: Sentence, list: readonly Quantity[], between: string): boolean {
  const [before, last] = list.slice(-2);
  if (list.length < 3 || before === undefined || last === undefined || !/[:：]\s*$/.test(between))
    return false;
  return (
    /\band\b|[和及]/.test(wordsBetween(sentence, before.end, last.start)) &&
    /^(?: of)?(?: [a-z-]+){0,3}[.;]?\s*$|^\p{Script=Han}{0,8}[。；]?$/u.test(
      wordsBetween(sentence, last.end, sentence.text.length),
    )
  );
}

const sources =
  /\b(?:state|central|national|provincial|municipal|city|district|county|town|government|enterprises?|companies|private|social|self-raised|own)\b|中央|国家|省级|市级|区级|县级|省|市财政|区财政|企业|自筹|社会资本|镇级/g;

/** Three parts or more that leave a small rest: under a twentieth, or an eighth where those who pay are named one by one. */
export function leavesLittle(
  sentence: Sentence,
  whole: Quantity,
  list: readonly Quantity[],
  sum: Rational,
  total: Rational,
): boolean {
  if (list.length < 3 || list.some(({ hedge }) => hedge !== 'exact') || whole.hedge !== 'exact') return false;
  const last = list.at(-1);
  if (last === undefined || compare(sum, total) >= 0) return false;
  const words = wordsBetween(sentence, whole.end, last.end + 40);
  if (/\b(?:mainly|respectively|such as|major)\b|主要|重点|分别|前[三五十]/.test(words)) return false;
  const payers = new Set(words.match(sources) ?? []).size >= list.length && whole.dimension !== 'count';
  const missing = multiply(subtract(total, sum), rational(payers ? 8n : 20n));
  return compare(missing, total) <= 0;
}

/** `12 members (8 of them women and 5 from abroad)`: parts told by properties of which one thing may have both. */
export function mayOverlap(sentence: Sentence, list: readonly Quantity[]): boolean {
  const property = ({ dimension, end }: Quantity) =>
    dimension === 'count' &&
    /^(?: (?!with|from|who)[a-z]+){0,2} (?:with|from|aged|who|that|under the age|over the age|living|having)\b/.test(
      wordsBetween(sentence, end, end + 40),
    );
  const told = list.filter(property);
  return told.length > 0 && told.length < list.length;
}

/** Whether each part of a bracket has a word or a unit of its own. */
export function sameNouns(sentence: Sentence, list: readonly Quantity[]): boolean {
  return list.every(
    (part) =>
      part.unit !== '' || /^\s*[a-z\p{Script=Han}]/iu.test(wordsBetween(sentence, part.end, part.end + 3)),
  );
}
