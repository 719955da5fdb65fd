import type { Draft } from '../finding.ts';
import { placeIn, type TextPlace } from '../text.ts';
import type { Aligned } from './align.ts';
import type { Term } from './terms.ts';

interface Rendering {
  readonly term: Term;
  readonly wrong: string;
  readonly places: readonly TextPlace[];
  /** Whether the right English for the term stands somewhere else in the text. */
  readonly mixed: boolean;
}

/**
 * Terms that the text renders now rightly and now wrongly: one finding each. Terms that are wrong throughout, by the term
 * base, are told together in one finding.
 */
export function termDrafts(aligned: readonly Aligned[], terms: readonly Term[]): Draft[] {
  const found = renderings(aligned, terms);
  const drafts: Draft[] = found
    .filter(({ mixed }) => mixed)
    .map(({ term, wrong, places }) => ({
      rule: 'pair.term',
      places: places.slice(0, 12),
      values: { wrong, zh: term.zh[0] ?? '', right: term.en[0] ?? '' },
    }));
  const rest = found.filter(({ mixed }) => !mixed);
  if (rest.length > 0)
    drafts.push({
      rule: 'pair.terms',
      places: rest.flatMap(({ places }) => places.slice(0, 1)).slice(0, 60),
      values: {
        count: String(rest.length),
        first: `${rest
          .slice(0, 6)
          .map(({ term, wrong }) => `${term.zh[0] ?? ''}: ${wrong} → ${term.en[0] ?? ''}`)
          .join('; ')}${rest.length > 6 ? '; …' : ''}`,
        list: rest.map(({ term, wrong }) => `${term.zh[0] ?? ''}: ${wrong} → ${term.en[0] ?? ''}`).join('; '),
      },
    });
  return drafts;
}

function renderings(aligned: readonly Aligned[], terms: readonly Term[]): Rendering[] {
  const pairs = aligned.flatMap(({ en, zh }) => {
    const [a, b] = [en[0], zh[0]];
    return a === undefined || b === undefined ? [] : [{ a, b, lower: a.text.toLowerCase() }];
  });
  const found: Rendering[] = [];
  for (const term of terms) {
    const beside = pairs.filter(({ b }) => term.zh.some((name) => b.text.includes(name)));
    if (beside.length === 0) continue;
    const right = beside.some(({ lower }) => term.en.some((name) => wordAt(lower, name.toLowerCase()) >= 0));
    for (const wrong of term.avoid.filter(
      (words) => /[a-z]{3,}[ -][a-z]{3,}|^[a-z]{12,}$/i.test(words) && !/^(?:more|less|no) \w+$/.test(words),
    )) {
      if (term.en.some((name) => name.toLowerCase().includes(wrong.toLowerCase()))) continue;
      const places = beside.flatMap(({ a, lower }) => {
        if (term.en.some((name) => wordAt(lower, name.toLowerCase()) >= 0)) return [];
        const at = wordAt(lower, wrong.toLowerCase());
        return at < 0 ? [] : [placeIn(a, at, at + wrong.length)];
      });
      if (places.length > 0) found.push({ term, wrong, places, mixed: right });
    }
  }
  return found;
}

function wordAt(text: string, words: string): number {
  let at = text.indexOf(words);
  while (at >= 0) {
    const [before, after] = [text.charAt(at - 1), text.charAt(at + words.length)];
    if (!/[a-z]/.test(before) && !/[a-z]/.test(after)) return at;
    at = text.indexOf(words, at + 1);
  }
  return -1;
}
