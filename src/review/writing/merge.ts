import { diff3Merge } from 'node-diff3';

/** A place that both changed, each in another way. */
export interface Clash {
  readonly base: string;
  readonly mine: string;
  readonly theirs: string;
}

export interface Merged {
  /** Both texts in one. Where they clash, theirs stands first and mine after it, so that neither is lost. */
  readonly text: string;
  readonly clashes: readonly Clash[];
}

/**
 * Puts two texts together that began as the same one, paragraph by paragraph (Khanna, Kunal, Pierce: A Formal
 * Investigation of Diff3, 2007). Blank lines between paragraphs count as pieces of their own: changes to neighbouring
 * paragraphs do not clash.
 */
export function mergeTexts(base: string, mine: string, theirs: string): Merged {
  const clashes: Clash[] = [];
  const pieces: string[] = [];
  for (const region of diff3Merge(piecesOf(mine), piecesOf(base), piecesOf(theirs), {
    excludeFalseConflicts: true,
  })) {
    if (region.ok !== undefined) pieces.push(...region.ok);
    else if (region.conflict !== undefined) {
      const { a, o, b } = region.conflict;
      clashes.push({ mine: joined(a), base: joined(o), theirs: joined(b) });
      pieces.push(...b, ...a);
    }
  }
  return { text: joined(pieces), clashes };
}

/** The blocks of a text that blank lines part. */
export function paragraphsOf(text: string): readonly string[] {
  return text
    .replace(/\r\n?/g, '\n')
    .split(/\n(?:[ \t]*\n)+/)
    .map((paragraph) => paragraph.trimEnd())
    .filter((paragraph) => paragraph.trim() !== '');
}

const piecesOf = (text: string): string[] => paragraphsOf(text).flatMap((each) => [each, '']);

const joined = (pieces: readonly string[]): string => pieces.filter((piece) => piece !== '').join('\n\n');
