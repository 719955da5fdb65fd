import { diffIndices } from 'node-diff3';

export interface Run {
  readonly kind: 'same' | 'gone' | 'new';
  readonly text: string;
}

/** Words with the space after them, tags of figures whole, and Chinese characters one by one. */
const words = /\{%[^%]*%\}\s*|\p{Script=Han}|[\p{L}\p{N}_]+\s*|[^\p{L}\p{N}\s]\s*|\s+/gu;
/** Pairs of words beyond which two paragraphs are told apart as wholes. */
const most = 4_000_000;

/** What of one text became what of the other, word by word: whole paragraphs first, then the words of changed ones. */
export function diffWords(before: string, after: string): readonly Run[] {
  const runs: Run[] = [];
  const push = (kind: Run['kind'], text: string): void => {
    const last = runs.at(-1);
    if (text === '') return;
    if (last?.kind === kind) runs[runs.length - 1] = { kind, text: last.text + text };
    else runs.push({ kind, text });
  };
  walk(lines(before), lines(after), push, (gone, fresh) => {
    const [a, b] = [gone.match(words) ?? [], fresh.match(words) ?? []];
    if (a.length * b.length > most) {
      push('gone', gone);
      push('new', fresh);
    } else
      walk(a, b, push, (old, now) => {
        push('gone', old);
        push('new', now);
      });
  });
  return runs;
}

const lines = (text: string): string[] => text.match(/[^\n]*\n+|[^\n]+$/g) ?? [];

function walk(
  a: string[],
  b: string[],
  push: (kind: Run['kind'], text: string) => void,
  differ: (gone: string, fresh: string) => void,
): void {
  let at = 0;
  for (const { buffer1, buffer1Content, buffer2Content } of diffIndices(a, b)) {
    push('same', a.slice(at, buffer1[0]).join(''));
    differ(buffer1Content.join(''), buffer2Content.join(''));
    at = buffer1[0] + buffer1[1];
  }
  push('same', a.slice(at).join(''));
}
