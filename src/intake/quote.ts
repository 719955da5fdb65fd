const longest = 60;

/**
 * A piece of someone's input as it may stand in a message: one line, at most 60 characters, invisible and
 * direction-changing characters shown by their code, so that a hostile cell cannot rewrite the terminal.
 */
export function quote(text: string): string {
  const cut = text.length > longest ? `${text.slice(0, longest)}…` : text;
  const plain = cut.replace(
    /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
  return `'${plain}'`;
}
