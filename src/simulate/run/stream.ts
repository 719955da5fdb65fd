/**
 * A stream of random numbers: sfc32, seeded from a run's seed and the place of the call in the model, so that a run can
 * be repeated to the last digit and one call's draws do not shift another's.
 */
export class Stream {
  #a: number;
  #b: number;
  #c: number;
  #d = 1;
  #spare: number | undefined;

  constructor(seed: number, place: number) {
    this.#a = mix(seed | 0);
    this.#b = mix((Math.floor(seed / 4294967296) | 0) ^ 0x9e3779b9);
    this.#c = mix(place ^ 0x85ebca6b);
    for (let i = 0; i < 15; i++) this.uniform();
  }

  /** In [0, 1), 32 bits. */
  uniform(): number {
    const t = (((this.#a + this.#b) | 0) + this.#d) | 0;
    this.#d = (this.#d + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (this.#c << 21) | (this.#c >>> 11);
    this.#c = (this.#c + t) | 0;
    return (t >>> 0) / 4294967296;
  }

  /** Standard normal, Marsaglia's polar method. */
  normal(): number {
    if (this.#spare !== undefined) {
      const value = this.#spare;
      this.#spare = undefined;
      return value;
    }
    for (;;) {
      const u = 2 * this.uniform() - 1;
      const w = 2 * this.uniform() - 1;
      const s = u * u + w * w;
      if (s > 0 && s < 1) {
        const factor = Math.sqrt((-2 * Math.log(s)) / s);
        this.#spare = w * factor;
        return u * factor;
      }
    }
  }

  /** Knuth's product for small means, a rounded normal above 500 (its error there is below one part in a thousand). */
  poisson(mean: number): number {
    if (!(mean > 0)) return 0;
    if (mean > 500) return Math.max(0, Math.round(mean + Math.sqrt(mean) * this.normal()));
    const least = Math.exp(-mean);
    let count = 0;
    let product = this.uniform();
    while (product > least) {
      count++;
      product *= this.uniform();
    }
    return count;
  }

  binomial(n: number, p: number): number {
    const trials = Math.max(0, Math.floor(n));
    if (trials > 10_000) {
      const value = Math.round(trials * p + Math.sqrt(trials * p * (1 - p)) * this.normal());
      return Math.min(trials, Math.max(0, value));
    }
    let count = 0;
    for (let i = 0; i < trials; i++) if (this.uniform() < p) count++;
    return count;
  }
}

/** Murmur3's finaliser. */
function mix(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
