import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** Every reading of the 6,763 characters of GB 2312, by syllable without tone (ü as v). */
const readingsSchema = z.record(z.string(), z.string());

interface Readings {
  readonly syllables: ReadonlyMap<string, ReadonlySet<string>>;
  readonly longest: number;
}

let held: Readings | null = null;

function readings(): Readings {
  if (held !== null) return held;
  const all = readingsSchema.parse(
    JSON.parse(readFileSync(new URL('./pinyin.json', import.meta.url), 'utf8')),
  );
  const syllables = new Map(Object.entries(all).map(([key, letters]) => [key, new Set(letters)]));
  // 吕, 绿 and 女 are written Lv, Lu, Lyu and Nv, Nu, Nyu.
  for (const [plain, forms] of [
    ['lv', ['lu', 'lyu']],
    ['nv', ['nu', 'nyu']],
  ] as const)
    for (const form of forms)
      syllables.set(form, new Set([...(syllables.get(form) ?? []), ...(syllables.get(plain) ?? [])]));
  held = { syllables, longest: Math.max(...[...syllables.keys()].map(({ length }) => length)) };
  return held;
}

/** Longest name that is spelled out; no place or street has more syllables than fit in it. */
const longestName = 30;

/** Ways to cut a Latin name into syllables: `Xian` is xian and xi'an. Empty for a word that is no pinyin. */
export function syllablesOf(name: string): string[][] {
  const letters = name
    .toLowerCase()
    .replace(/[ü]/g, 'v')
    .replace(/[\s'’-]/g, '');
  if (letters === '' || letters.length > longestName || !/^[a-z]+$/.test(letters)) return [];
  const { syllables, longest } = readings();
  const from: string[][][] = Array.from({ length: letters.length + 1 }, () => []);
  from[letters.length] = [[]];
  for (let at = letters.length - 1; at >= 0; at -= 1)
    for (let end = at + 1; end <= Math.min(letters.length, at + longest); end += 1) {
      const syllable = letters.slice(at, end);
      if (!syllables.has(syllable)) continue;
      for (const rest of from[end] ?? [])
        if ((from[at]?.length ?? 0) < 8) from[at]?.push([syllable, ...rest]);
    }
  return from[0] ?? [];
}

/** Where a Chinese text writes a name of two syllables or more, or -1; `Longtan` is found in 龙潭区. */
export function spelledAt(cuts: readonly (readonly string[])[], han: string): number {
  const { syllables } = readings();
  for (const cut of cuts) {
    if (cut.length < 2) continue;
    const first = syllables.get(cut[0] ?? '');
    if (first === undefined) continue;
    for (let at = 0; at + cut.length <= han.length; at += 1)
      if (
        first.has(han.charAt(at)) &&
        cut.every((syllable, index) => syllables.get(syllable)?.has(han.charAt(at + index)) === true)
      )
        return at;
  }
  return -1;
}
