import type { Finding } from '../../model/index.ts';
import type { MethodInput } from '../method.ts';
import type { Recipe } from './build.ts';
import { compositeOptions, recipeOf } from './recipe-of.ts';
import type { Structure } from './structure.ts';
import type { Alternatives } from './uncertainty.ts';

/** What may be left open, and the settings that the numbers behind a word stand for. */
const open: Readonly<Record<string, readonly string[]>> = {
  treat: ['winsorise-most'],
  normalise: ['low', 'high'],
  aggregate: ['power'],
};

/** Why a word of `--vary` is not understood. */
export interface Unread {
  readonly unread: string;
}

/**
 * The alternatives that words leave open: `treat=none|winsorise-log:3`, `normalise=minmax:1:100|zscore:10:2`,
 * `aggregate=arithmetic|generalised:0.3`, `weights=0.25` (every weight times 1 ± a quarter) or `weights=0|0.25` (by height,
 * indicators first). A stage that no word names stays as the recipe has it.
 */
export function alternativesOf(
  words: readonly string[],
  input: MethodInput,
  structure: Structure,
  recipe: Recipe,
): Alternatives | Unread {
  const made = new Map<string, Recipe[]>();
  let weightNoise: number[] = [0];
  for (const word of words) {
    const at = word.indexOf('=');
    const [name, list] = [word.slice(0, at).trim(), word.slice(at + 1).split('|')];
    if (name === 'weights') {
      weightNoise = list.map(Number);
      if (weightNoise.some((one) => !(one >= 0 && one < 1)))
        return { unread: `'${word}': a share of noise is a number from 0 to below 1` };
      continue;
    }
    const numbers = open[name];
    const allowed = compositeOptions.find((option) => option.name === name)?.values;
    if (numbers === undefined || allowed === undefined || allowed === 'number')
      return { unread: `'${word}': what can be left open is ${Object.keys(open).join(', ')}, weights` };
    const recipes: Recipe[] = [];
    for (const one of list) {
      const [kind = '', ...given] = one.split(':').map((part) => part.trim());
      if (!allowed.includes(kind)) return { unread: `'${one}': ${name} is one of ${allowed.join(', ')}` };
      if (
        given.length > numbers.length ||
        given.some((part) => part === '' || !Number.isFinite(Number(part)))
      )
        return { unread: `'${one}': ${kind} is followed by ${numbers.join(' and ')} at most, as numbers` };
      const own = new Map(input.settings).set(name, kind);
      if (name === 'aggregate') own.set('aggregate-above', 'same').set('aggregate-top', 'same');
      for (const [place, part] of given.entries()) own.set(numbers[place] ?? '', part);
      recipes.push(recipeOf({ ...input, settings: own }, structure));
    }
    made.set(name, recipes);
  }
  return {
    treatments: made.get('treat')?.map(({ treat }) => treat) ?? [recipe.treat],
    normalisations: made.get('normalise')?.map(({ normalise }) => normalise) ?? [recipe.normalise],
    aggregations: made.get('aggregate')?.map(({ aggregate }) => aggregate) ?? [recipe.aggregate],
    weightNoise,
  };
}

/** The finding for words of a study that are not understood. */
export function unreadWord({ unread }: Unread, file: string): Finding {
  return {
    rule: 'study.words',
    severity: 'error',
    where: { file },
    what: unread,
    why: 'a study needs to know what is left open',
    mend: 'see docs/methods/composite.md, Studies',
  };
}
