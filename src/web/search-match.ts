/** How a query meets a text: the server and the script of a site of files use the same. Pure, no search runs long. */

/** Longest query that is looked at, in characters. */
export const longestQuery = 200;
/** Most things that a search lists. */
export const mostHits = 60;

/** Lower case, no accents, full-width digits and letters made plain. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim();
}

/** 0 when some word of the query is nowhere in the text; more the closer the text is to it. Both are folded. */
export function match(query: string, text: string): number {
  if (text === '') return 0;
  if (text === query) return 10;
  if (text.startsWith(query)) return 8;
  if (text.includes(query)) return 6;
  const words = text.split(/[^\p{L}\p{N}]+/u);
  let score = 5;
  for (const wanted of query.split(' ')) {
    const isHan = /\p{Script=Han}/u.test(wanted);
    if (words.some((word) => word.startsWith(wanted)) || (isHan && text.includes(wanted))) continue;
    if (isHan ? !isNearInOrder(wanted, text) : !words.some((word) => isMisspelt(wanted, word))) return 0;
    score -= 2;
  }
  return Math.max(score, 0.5);
}

/** A word may be wrong by one letter from five letters on, by two from eight on. */
function isMisspelt(wanted: string, word: string): boolean {
  if (wanted.length < 5) return false;
  return isNear(wanted, word) || (wanted.length >= 8 && isWithinTwo(wanted, word));
}

/** Whether two words differ by one letter: changed, missing, added, or two exchanged. */
export function isNear(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  if (at === a.length && at === b.length) return true;
  const [restA, restB] = [a.slice(at), b.slice(at)];
  return (
    restA.slice(1) === restB.slice(1) ||
    restA.slice(1) === restB ||
    restA === restB.slice(1) ||
    (restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2))
  );
}

/** Whether two words differ by at most two letters changed, missing or added (Levenshtein, only the band that can matter). */
function isWithinTwo(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 2 || a.length > 60 || b.length > 60) return false;
  let before = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j += 1) {
      const cell = Math.min(
        (before[j] ?? 99) + 1,
        (row[j - 1] ?? 99) + 1,
        (before[j - 1] ?? 99) + (a[i - 1] === b[j - 1] ? 0 : 1),
      );
      row.push(cell);
      least = Math.min(least, cell);
    }
    if (least > 2) return false;
    before = row;
  }
  return (before[b.length] ?? 99) <= 2;
}

/**
 * Whether the characters of a Chinese query stand in the text in their order, others between them (单位能耗 in 单位GDP能耗); from four characters
 * on one of them may be wrong or missing.
 */
function isNearInOrder(wanted: string, text: string): boolean {
  const characters = [...wanted];
  if (characters.length < 2) return false;
  const stands = (without: number): boolean => {
    let from = 0;
    let first = -1;
    for (let at = 0; at < characters.length; at += 1) {
      if (at === without) continue;
      const found = text.indexOf(characters[at] ?? '', from);
      if (found === -1) return false;
      if (first === -1) first = found;
      from = found + 1;
    }
    // Scattered over a long text the characters mean nothing together.
    return from - first <= characters.length * 3;
  };
  if (stands(-1)) return true;
  return characters.length >= 4 && characters.some((_, without) => stands(without));
}
