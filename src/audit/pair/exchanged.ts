import type { Draft } from '../finding.ts';
import { placeIn } from '../text.ts';
import type { Anchor } from './anchor.ts';
import { blockOf, clauseAround, type Matched, type Sides } from './matched.ts';
import type { Term } from './terms.ts';

interface Hit {
  readonly term: number;
  readonly at: number;
  readonly name: string;
}

/**
 * One number told of two things: `the forest coverage rate reached 34.8%` and 绿化覆盖率达到34.8%. Both names are terms of the base,
 * neither text has the other's fellow, and they share part of their words, as terms do that are mistaken for each other.
 */
export function exchangedDrafts(
  { en, zh }: Sides,
  matched: readonly Matched[],
  terms: readonly Term[],
): Draft[] {
  const names = { en: index(terms, 'en'), zh: index(terms, 'zh') };
  const told = new Set<string>();
  return matched.flatMap(({ en: one, zh: other }): Draft[] => {
    if (one.kind === 'year' || one.kind === 'day' || one.kind === 'class' || one.key.length < 2) return [];
    const [a, b] = [blockOf(en, one), blockOf(zh, other)];
    if (a === undefined || b === undefined) return [];
    const [x, y] = [termBefore(a.text, one, names.en, 'en'), termBefore(b.text, other, names.zh, 'zh')];
    if (x === null || y === null || x.term === y.term) return [];
    const [english, chinese] = [terms[x.term], terms[y.term]];
    if (english === undefined || chinese === undefined || !isNear(english, chinese, x.name, y.name))
      return [];
    const lower = a.text.toLowerCase();
    if (english.zh.some((name) => b.text.includes(name)) && !overlaps(english.zh, y.name)) return [];
    if (chinese.en.some((name) => lower.includes(name.toLowerCase())) && !overlaps(chinese.en, x.name))
      return [];
    const key = `${one.block}:${x.at}:${y.at}`;
    if (told.has(key)) return [];
    told.add(key);
    return [
      {
        rule: 'pair.word',
        places: [placeIn(a, x.at, x.at + x.name.length), placeIn(b, y.at, y.at + y.name.length)],
        values: { one: x.name, other: y.name },
      },
    ];
  });
}

/** 化石能源 stands inside 非化石能源: finding the short one is no proof that it is meant. */
const overlaps = (names: readonly string[], name: string): boolean =>
  names.some((other) => name !== other && (name.includes(other) || other.includes(name)));

/** Terms of one kind that differ in what they are of: 森林覆盖率 and 绿化覆盖率 end alike in both languages. */
function isNear(a: Term, b: Term, x: string, y: string): boolean {
  const words = (name: string): readonly string[] => name.toLowerCase().match(/[a-z]{4,}/g) ?? [];
  const ends = (name: string) => name.slice(-2);
  return (
    b.en.some((name) => words(name).some((word) => words(x).includes(word))) &&
    a.zh.some((name) => ends(name) === ends(y)) &&
    !overlaps([x], y) &&
    !b.en.some((name) => name.toLowerCase().includes(x)) &&
    !a.zh.some((name) => y.includes(name))
  );
}

function index(terms: readonly Term[], language: 'en' | 'zh'): { term: number; name: string }[] {
  return terms
    .flatMap((term, at) => term[language].map((name) => ({ term: at, name: name.toLowerCase() })))
    .filter(({ name }) => name.length > (language === 'en' ? 5 : 2))
    .sort((a, b) => b.name.length - a.name.length);
}

/** The longest term in the clause of a number, before it. */
function termBefore(
  text: string,
  anchor: Anchor,
  names: readonly { readonly term: number; readonly name: string }[],
  language: 'en' | 'zh',
): Hit | null {
  const [from] = clauseAround(text, anchor);
  const clause = text.slice(from, anchor.start).toLowerCase();
  for (const { term, name } of names) {
    const at = clause.lastIndexOf(name);
    if (at < 0) continue;
    if (
      language === 'en' &&
      (/[a-z-]/.test(clause.charAt(at - 1)) || /[a-z]/.test(clause.charAt(at + name.length)))
    )
      continue;
    return { term, at: from + at, name };
  }
  return null;
}
