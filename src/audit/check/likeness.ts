import { equals } from '../../model/index.ts';
import type { Measured } from './context.ts';

/** How telling each word of a document is: rare words weigh more than those of every sentence. */
export function weights(levels: readonly Measured[]): Map<string, number> {
  const counts = new Map<string, number>();
  const sentences = new Map<number, Set<string>>();
  for (const { sentence, words } of levels) {
    const set = sentences.get(sentence.index) ?? new Set();
    for (const word of words) set.add(word);
    sentences.set(sentence.index, set);
  }
  for (const set of sentences.values()) for (const word of set) counts.set(word, (counts.get(word) ?? 0) + 1);
  // A short text tells too little of which words are common: it is weighed as one of some length.
  const total = Math.max(sentences.size + 1, 300);
  return new Map([...counts].map(([word, count]) => [word, Math.log(total / count)]));
}

/** Two paragraphs of one document. */
const together = (a: Measured, b: Measured): boolean =>
  a.sentence.part === b.sentence.part && a.sentence.block !== b.sentence.block;

/** Pairs that measure the same thing, most alike first. An inverted list of words keeps it far from quadratic. */
export function* alike(
  levels: readonly Measured[],
  weight: ReadonlyMap<string, number>,
  comparable: (a: Measured, b: Measured) => boolean = together,
): Generator<[Measured, Measured, number, number]> {
  const byWord = new Map<string, number[]>();
  const heft = (word: string) => weight.get(word) ?? 0;
  const sum = levels.map(({ words }) => [...words].reduce((total, word) => total + heft(word), 0));
  for (const [index, level] of levels.entries()) {
    const common = new Map<number, number>();
    for (const word of level.words) {
      const others = byWord.get(word) ?? [];
      if (others.length >= 60) continue;
      for (const other of others) common.set(other, (common.get(other) ?? 0) + heft(word));
      others.push(index);
      byWord.set(word, others);
    }
    for (const [other, shared] of common) {
      const before = levels[other];
      if (before === undefined) continue;
      if (before.quantity.dimension !== level.quantity.dimension) continue;
      if (!comparable(before, level)) continue;
      const union = (sum[index] ?? 0) + (sum[other] ?? 0) - shared;
      const likeness = union === 0 ? 0 : shared / union;
      const least = Math.min(sum[index] ?? 0, sum[other] ?? 0);
      const within = shared / least;
      if (likeness < (within > 0.95 ? 0.42 : 0.5) || shared < 7 || within < 0.75) continue;
      const own = [...level.words].filter((word) => !before.words.has(word) && heft(word) > 4);
      const others = [...before.words].filter((word) => !level.words.has(word) && heft(word) > 4);
      if (own.length > 0 && others.length > 0 && within < 0.95) continue;
      const words =
        [...level.words].filter((word) => before.words.has(word)).length +
        (level.words.has('population') ? 1 : 0);
      if (
        words < ((likeness > 0.6 && shared > 9.5) || likeness > 0.95 ? 2 : 3) &&
        !equals(before.quantity.value, level.quantity.value)
      )
        continue;
      yield [before, level, likeness, within];
    }
  }
}
