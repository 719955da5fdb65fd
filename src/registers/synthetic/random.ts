/**
 * Numbers that look random and are the same for the same seed on every machine: the generator sfc32 (Chris Doty-Humphrey,
 * PractRand), seeded by a hash of a text. Only 32-bit integers are used, so no rounding differs.
 */
export class SeededRandom {
  #a: number;
  #b: number;
  #c: number;
  #count = 1;

  constructor(seed: string) {
    const next = hashOf(seed);
    [this.#a, this.#b, this.#c] = [next(), next(), next()];
    for (let at = 0; at < 15; at += 1) this.#next();
  }

  #next(): number {
    const sum = (this.#a + this.#b + this.#count) | 0;
    this.#count = (this.#count + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum;
    this.#c |= 0;
    return sum >>> 0;
  }

  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number {
    return least + Math.floor((this.#next() / 0x1_0000_0000) * (most - least + 1));
  }

  /** True `share` times in a thousand. */
  chance(perMille: number): boolean {
    return this.whole(1, 1000) <= perMille;
  }

  pick<T>(list: readonly T[]): T {
    const found = list[this.whole(0, list.length - 1)];
    if (found === undefined) throw new RangeError('nothing to pick from');
    return found;
  }
}

/** xmur3 (bryc): a text to a row of 32-bit numbers. */
function hashOf(text: string): () => number {
  let hash = 1779033703 ^ text.length;
  for (const character of text) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 3432918353);
    hash = (hash << 13) | (hash >>> 19);
  }
  return () => {
    hash = Math.imul(hash ^ (hash >>> 16), 2246822507);
    hash = Math.imul(hash ^ (hash >>> 13), 3266489909);
    hash ^= hash >>> 16;
    return hash >>> 0;
  };
}

/** Whole parts that add up to `total` exactly, each within about a fifth of its share. Kilograms of tonnes, say. */
export function sharedOut(random: SeededRandom, total: number, parts: number): readonly number[] {
  const weights = Array.from({ length: parts }, () => random.whole(800, 1200));
  const sum = weights.reduce((all, each) => all + each, 0);
  let left = total;
  let weightLeft = sum;
  return weights.map((weight) => {
    const part = Math.round((left * weight) / weightLeft);
    left -= part;
    weightLeft -= weight;
    return part;
  });
}

/** Thousandths as a decimal: kilograms as tonnes. */
export function thousandths(whole: number): string {
  return `${Math.floor(whole / 1000)}.${String(whole % 1000).padStart(3, '0')}`;
}
