/** Most texts: tested first, because the full test costs ten times as much. */
const plain = /^[ -~\u3400-\u9fff]*$/;

/**
 * The first character of a text that has no place in a name or note, named by its code; null when there is none. Tabs and
 * line feeds may stand; other control characters, characters that turn the direction of writing, and halves of
 * surrogate pairs may not: they deceive a reader or break a database.
 */
export function textFault(text: string): string | null {
  if (plain.test(text)) return null;
  const match = /(?![\t\n])\p{Cc}|[\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]|\p{Cs}/u.exec(text);
  if (match === null) return null;
  const code = match[0].codePointAt(0) ?? 0;
  return `the character U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}
