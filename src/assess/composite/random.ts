/** A stream of uniform doubles in [0, 1) with 53 bits, the same for the same seed on every machine. */
export type Random = () => number;

/**
 * xoshiro128** (Blackman and Vigna 2018), seeded from two numbers by splitmix32: one for the run, one for the replicate, so
 * that a replicate is the same whichever worker computes it.
 */
export function randomStream(seed: number, replicate: number): Random {
  let state = (Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(replicate + 1, 0xc2b2ae35)) >>> 0;
  const splitmix = () => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  };
  let [a, b, c, d] = [splitmix(), splitmix(), splitmix(), splitmix() | 1];
  const next = () => {
    const product = Math.imul(b, 5);
    const out = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = (d << 11) | (d >>> 21);
    return out;
  };
  return () => ((next() >>> 5) * 67_108_864 + (next() >>> 6)) / 9_007_199_254_740_992;
}
