/** A list ends with its sentence, at a semicolon, or where a clause with a verb of its own follows. */
export function endOfList(text: string): number {
  const stop =
    /[.;:](?:\s|$)|, (?:the|it|this|these|they|we|there) [^,;.]{0,60}\b(?:has|have|is|are|was|were|will|can|needs?|may)\b|, (?:which|where|while|so as|to |in |thus|and take|and strive|consisting|aiming|providing|making|forming|with |and has|and have|and is|and was|all of which)/.exec(
      text,
    );
  const end = stop?.index ?? text.length;
  const closing = /, and [^,]{2,200}(?=,)/.exec(text.slice(0, end));
  return closing === null ? end : closing.index + closing[0].length;
}

/** A list with what stands in brackets or quotation marks made one `x` a letter: verbs and commas there join nothing. */
export function masked(list: string): string {
  let depth = 0;
  let quoted = false;
  const flat: string[] = [];
  for (const letter of list) {
    if (letter === '(' || letter === '（') depth += 1;
    else if (letter === ')' || letter === '）') depth = Math.max(0, depth - 1);
    else if (letter === '“' || letter === '《') quoted = true;
    else if (letter === '”' || letter === '》') quoted = false;
    else if (letter === '"') quoted = !quoted;
    flat.push(depth > 0 || quoted ? 'x' : letter);
  }
  return flat.join('');
}

/** How many items a list may have: commas are certain, an `and` inside an item is not. */
export function itemsIn(list: string): { least: number; most: number } {
  const text = masked(list);
  const clauses = text.split(';').filter((part) => part.trim() !== '');
  if (clauses.length > 1) return { least: clauses.length, most: clauses.length };
  const parts = text.split(/,\s*(?:and\s+)?|;\s*(?:and\s+)?/).filter((part) => part.trim() !== '');
  const commas = parts.length;
  const last = parts.at(-1) ?? '';
  // `a, b, and c for d and e`: the comma before `and` closes the list; what stands in the last item is its own.
  const closed = /,\s*and\s/.test(text);
  const open = closed && parts.length > 2 ? parts.slice(0, -1) : parts;
  const ands = open.reduce((sum, part) => sum + part.split(/\band\b|\s\+\s|\bas well as\b/).length - 1, 0);
  const joined = !closed && /\band\b|\bas well as\b/.test(last);
  return { least: commas + (joined && isPair(last, parts) ? 1 : 0), most: commas + ands };
}

/** Whether the last piece of a list, `c and d`, is surely two items: both as short as the others, or both names. */
function isPair(last: string, parts: readonly string[]): boolean {
  const sides = last.split(/\band\b|\bas well as\b/).map((side) => side.trim());
  if (sides.length !== 2) return true;
  // A list of three pieces or more needs one `and`; the only one it has is that of the list.
  if (parts.length >= 3 && !parts.slice(0, -1).some((part) => /\band\b/.test(part))) return true;
  const length = (text: string) => text.trim().split(/\s+/).length;
  const longest = Math.max(...parts.slice(0, -1).map(length), 1);
  if (parts.length === 1) return true;
  const named = sides.every((side) => /^\p{Lu}/u.test(side));
  // `power system, motor system and control system`: both sides end in the word that the others end in.
  const end = (text: string) => text.trim().split(/\s+/).at(-1) ?? '';
  const common = parts.slice(0, -1).every((part) => end(part) === end(sides[1] ?? ''));
  const alike = common && sides.every((side) => end(side) === end(parts[0] ?? '') && length(side) > 1);
  return named || alike || (longest <= 1 && sides.every((side) => length(side) <= 1));
}
