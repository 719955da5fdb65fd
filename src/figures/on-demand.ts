import type { Figure } from '../model/index.ts';

/** Records up to which a figure's root and expression are made with it. */
export const fewRecords = 64;

/**
 * A figure whose root and expression are made when first asked for: a page that shows the value of tens of thousands of
 * records needs neither, and both cost many times what the value costs. They are members like any other: copied,
 * compared and written as JSON they are there.
 */
export function withEvidence(figure: Figure, expression: () => string, root: () => string): Figure {
  const [printed, hashed] = [once(expression), once(root)];
  return {
    ...figure,
    formula: {
      ...figure.formula,
      get expression() {
        return printed();
      },
    },
    get root() {
      return hashed();
    },
  };
}

function once(make: () => string): () => string {
  let made: string | null = null;
  return () => {
    made ??= make();
    return made;
  };
}
