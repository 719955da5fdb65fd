import { diffIndices } from 'node-diff3';

/** A part of a chapter: its beginning, or a heading of the second level with what stands under it. */
export interface Section {
  /** Stays the same while the chapter is written, also when the heading changes. */
  readonly id: string;
  /** The heading as typed; of the beginning, the chapter's title. */
  readonly heading: string;
  /** Without blank lines around it. */
  readonly text: string;
}

/** The text of a chapter in one form: LF, no blank lines around, one line end at its end. */
export function canonicalText(text: string): string {
  return joinSections(splitSections(text).map((part) => ({ id: '', heading: '', text: part })));
}

/** The texts of a chapter's parts, in order; there is always a first one, which may be empty. */
export function splitSections(text: string): readonly string[] {
  const parts: string[][] = [[]];
  for (const line of text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .split('\n')) {
    if (/^##(?!#)\s/.test(line)) parts.push([]);
    parts.at(-1)?.push(line);
  }
  return parts.map((lines) =>
    lines
      .join('\n')
      .replace(/^(?:[ \t]*\n)+/, '')
      .trimEnd(),
  );
}

export function joinSections(sections: readonly Section[]): string {
  const texts = sections.map(({ text }) => text).filter((text) => text !== '');
  return `${texts.join('\n\n')}\n`;
}

/** The line of the chapter, from 1, on which each part begins when they are put together. */
export function sectionLines(sections: readonly Section[]): readonly number[] {
  let line = 1;
  return sections.map(({ text }) => {
    const at = line;
    if (text !== '') line += text.split('\n').length + 1;
    return at;
  });
}

const headingOf = (text: string): string =>
  (text.split('\n', 1)[0] ?? '')
    .replace(/^#+\s*/, '')
    .trim()
    .slice(0, 200);

/**
 * The parts of a text under the ids that the parts of the version before had: by equal headings in their order; between
 * two that are equal, a changed heading is the same part renamed. What is new is named after the version.
 */
export function alignSections(before: readonly Section[], text: string, version: number): readonly Section[] {
  const parts = splitSections(text);
  const [first = '', ...rest] = parts;
  const [known, ...others] = before;
  const ids: string[] = rest.map((_, at) => `s${version}-${at + 1}`);
  let from = 0;
  let to = 0;
  const keep = (upTo: number): void => {
    for (; to < upTo; from += 1, to += 1) {
      const id = others[from]?.id;
      if (id !== undefined) ids[to] = id;
    }
  };
  for (const { buffer1, buffer2 } of diffIndices(
    others.map(({ heading }) => heading),
    rest.map(headingOf),
  )) {
    keep(buffer2[0]);
    const renamed = Math.min(buffer1[1], buffer2[1]);
    for (let each = 0; each < renamed; each += 1) {
      const id = others[buffer1[0] + each]?.id;
      if (id !== undefined) ids[buffer2[0] + each] = id;
    }
    from = buffer1[0] + buffer1[1];
    to = buffer2[0] + buffer2[1];
  }
  keep(rest.length);
  return [
    { id: known?.id ?? 's0', heading: headingOf(first), text: first },
    ...rest.map((part, at) => ({ id: ids[at] ?? '', heading: headingOf(part), text: part })),
  ];
}
