/** A number that was damaged on its way into the text. */
export interface Broken {
  readonly start: number;
  readonly end: number;
  /** The number as it must have stood, when that is certain. */
  readonly repair: string | null;
}

/**
 * What machine translation and recognition do to numbers: split digits (`20 13`, `1 150 1`), the traces `65438+0` and
 * `/kloc-0` that stand for the digit 1 in one family of crawled translations, digits glued to the word before, the money
 * 元 read as the dynasty.
 */
const patterns: readonly {
  readonly form: RegExp;
  readonly repair: (match: RegExpExecArray) => string | null;
}[] = [
  { form: /2065438\+20(0\d)/g, repair: ([, tail = '']) => `20${Number(tail) + 10}` },
  { form: /2065438\+20[1-9]\d/g, repair: () => null },
  { form: /2065438\+0(\d)/g, repair: ([, tail = '']) => `201${tail}` },
  {
    form: /\d*654\.?38\+0[\d.]*/g,
    repair: ([all = '']) => (all.startsWith('654.38+0.') ? `1.${all.slice(9)}` : null),
  },
  { form: /(?<![\d.,])\d\.\d \d\.\d{3}\b/g, repair: () => null },
  { form: /Yuan dynasty \(1206-? ?1368\)/g, repair: () => 'yuan' },
  {
    form: /\bGB ?((?:19|20)\d\d)-(\d{3,5})\b/g,
    repair: ([, year = '', number = '']) => `GB${number}-${year}`,
  },
  { form: /\/kloc(?:-0\/)?/g, repair: () => null },
  // A word that a filter of the site masked.
  { form: /(?<=\p{L} )\* \* \*(?= \p{L})/gu, repair: () => null },
  {
    form: /(?<![\d.,])(20|19) (\d\d)(?!\d|,\d|\.\d|%)(?! ?(?:million|billion|km|m²|years? old))/g,
    repair: ([, a = '', b = '']) => (/^(?:0\d|1\d|2\d|9\d)$/.test(b) ? `${a}${b}` : null),
  },
  { form: /(?<![\d.,])\d{1,3} \d{3} \d{1,2}\b(?![.,]\d)/g, repair: ([all = '']) => all.replaceAll(' ', '') },
  { form: /(?<![\d.,])\d{2,3} \d{1,2}\. ?\d(?:\d|\b)/g, repair: ([all = '']) => all.replaceAll(' ', '') },
  { form: /(?<![\d.,])\d{1,2}\. \d(?=\*|\b(?! ?\p{L}))/gu, repair: ([all = '']) => all.replace(' ', '') },
  {
    form: /(?<![\d.,])\d\.\d{1,3} \d{1,2}\b(?!\.\d)(?![\d.,]*\s?(?:%|\p{L}))/gu,
    repair: ([all = '']) => all.replace(' ', ''),
  },
  {
    form: /(?<![\d.,])\d \d{1,2}\.\d\*?(?!\d)/g,
    repair: ([all = '']) => all.replace(' ', '').replace('*', ''),
  },
  { form: /(?<![\d.,])\d{1,3} \d{2}%/g, repair: () => null },
  {
    form: /\b\d \d{2} (?=towns|villages|streets|enterprises|households|projects)/g,
    repair: ([all = '']) => all.replaceAll(' ', ''),
  },
  {
    form: /[a-z]{2}(\d{1,3}(?:,\d{3}){0,4}(?:\.\d{1,6})?%?)(?=[\s,.;]|$)/g,
    repair: ([, number = '']) => number,
  },
];

/** What any pattern needs: without it there is nothing to look for. */
const suspicious = /\d \d|\* \* \*|\d\. \d|654\.?38|kloc|[a-z]{2}\d|1206|GB ?[12]/;

/** The broken numbers of a text, in order, at most forty. */
export function brokenNumbers(text: string): Broken[] {
  const found: Broken[] = [];
  if (!suspicious.test(text)) return found;
  for (const { form, repair } of patterns) {
    form.lastIndex = 0;
    for (let match = form.exec(text); match !== null; match = form.exec(text)) {
      const [start, end] = [match.index, match.index + match[0].length];
      if (match[0].length === 0) form.lastIndex += 1;
      if (found.some((other) => start < other.end && other.start < end)) continue;
      if (inName(text, start, end, match[0])) continue;
      const glued = /^[a-z]{2}\d/.test(match[0])
        ? (/\p{L}*$/u.exec(text.slice(Math.max(0, start - 20), start))?.[0].length ?? 0)
        : 0;
      const word = text.slice(start - glued, start) + (glued > 0 ? match[0].slice(0, 2) : '');
      const fixed = repair(match);
      found.push({
        start: start - glued,
        end,
        repair: glued > 0 && fixed !== null ? `${word.slice(0, -1)} ${fixed}` : fixed,
      });
      if (found.length >= 40) return found.sort((a, b) => a.start - b.start);
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

/** Digits that belong to a name, an address, a date or a table's columns are not broken. */
function inName(text: string, start: number, end: number, words: string): boolean {
  if (words.startsWith('GB')) return false;
  const around = text.slice(Math.max(0, start - 12), end + 3);
  if (/https?:|www\.|[_/=]\S*$/.test(text.slice(Math.max(0, start - 40), start)) && !words.includes('kloc'))
    return true;
  if (/^[a-z]{2}\d/.test(words)) {
    const word = /[\p{L}-]+$/u.exec(text.slice(Math.max(0, start - 20), start + 2))?.[0] ?? '';
    return !/^(?:of|was|were|is|up|by|to|than|reached|about|over|from|increase|kloc|at)$/i.test(word);
  }
  if (
    /(?:\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\.? )$/i.test(
      text.slice(Math.max(0, start - 12), start),
    )
  )
    return true;
  return /\bDB\d|\bGB\/?T?\s?\d|No\. ?\d/.test(around) && !/^20 1/.test(words);
}
