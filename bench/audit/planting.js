// What benches that plant faults share: numbers of the command line, and chance that a seed fixes.

/** The number after `--name`. */
export function option(name, otherwise) {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
}

let state = option('seed', 1) >>> 0 || 1;
/** Numbers from 0 to 1 that `--seed` fixes (mulberry32). */
export function random() {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = Math.imul(state ^ (state >>> 15), state | 1);
  t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}

export const pick = (list) => list[Math.floor(random() * list.length)];
