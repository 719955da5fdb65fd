/** The smallest pieces of prose: a number as written, a word, a run of Chinese characters, a mark. */
export interface Token {
  readonly kind: 'number' | 'word' | 'han' | 'mark';
  readonly text: string;
  readonly lower: string;
  readonly start: number;
  readonly end: number;
}

const digit = (code: number) => code >= 48 && code <= 57;
const space = (code: number) => code === 32 || code === 9 || code === 10 || code === 160 || code === 0x3000;

function han(code: number): boolean {
  return (code >= 0x4e00 && code <= 0x9fff) || (code >= 0x3400 && code <= 0x4dbf) || code === 0x3007;
}

/** Letters of alphabets, and the signs that are written inside words: superscripts, the micro sign. */
function letter(code: number): boolean {
  if ((code >= 65 && code <= 90) || (code >= 97 && code <= 122)) return true;
  if (code < 128) return false;
  if (code === 0xb2 || code === 0xb3 || code === 0xb5 || code === 0xb9 || code === 0x2070) return true;
  if (code >= 0x2074 && code <= 0x209c) return true;
  return (
    (code >= 0xc0 && code <= 0x24f && code !== 0xd7 && code !== 0xf7) || (code >= 0x370 && code <= 0x52f)
  );
}

/** Full-width digits, signs and letters as their plain forms, one for one, so that offsets stay. */
export function plainWidth(text: string): string {
  return text.replace(/[\uff01-\uff5e]/g, (wide) => {
    const plain = String.fromCharCode(wide.charCodeAt(0) - 0xfee0);
    return '，；：！？（）'.includes(wide) ? wide : plain;
  });
}

/**
 * Splits a text into tokens in one pass, by hand: the time is linear in the length whatever the text holds. Emphasis
 * marks, tags and addresses of pages are passed over; a number keeps its thousands separators and decimal point.
 */
export function tokensOf(source: string): Token[] {
  const text = plainWidth(source);
  const tokens: Token[] = [];
  const push = (kind: Token['kind'], start: number, end: number) => {
    const words = text.slice(start, end);
    tokens.push({ kind, text: words, lower: words.toLowerCase(), start, end });
  };
  const at = (index: number) => text.charCodeAt(index);
  let i = 0;
  while (i < text.length) {
    const code = at(i);
    if (space(code) || code === 42 || code === 95) {
      i += 1;
    } else if (code === 60 && /[a-z/!]/i.test(text.charAt(i + 1))) {
      const end = text.indexOf('>', i);
      i = end < 0 || end - i > 300 ? i + 1 : end + 1;
    } else if (digit(code)) {
      const end = numberEnd(text, i);
      push('number', i, end);
      i = end;
    } else if (han(code)) {
      let end = i + 1;
      while (end < text.length && han(at(end))) end += 1;
      push('han', i, end);
      i = end;
    } else if (letter(code)) {
      if (text.startsWith('http://', i) || text.startsWith('https://', i) || text.startsWith('www.', i)) {
        while (i < text.length && !space(at(i)) && at(i) !== 62 && at(i) !== 41) i += 1;
        continue;
      }
      const end = moneyEnd(text, i) ?? wordEnd(text, i);
      push('word', i, end);
      i = end;
    } else {
      push('mark', i, i + 1);
      i += 1;
    }
  }
  return tokens;
}

function numberEnd(text: string, start: number): number {
  let i = start;
  let grouped = false;
  while (i < text.length) {
    const code = text.charCodeAt(i);
    if (digit(code)) i += 1;
    else if (code === 44 && threeDigits(text, i + 1) && (grouped || i - start <= 3)) {
      grouped = true;
      i += 4;
    } else break;
  }
  if (text.charCodeAt(i) === 46 && digit(text.charCodeAt(i + 1))) {
    i += 1;
    while (i < text.length && digit(text.charCodeAt(i))) i += 1;
  }
  return i;
}

function threeDigits(text: string, i: number): boolean {
  return (
    digit(text.charCodeAt(i)) &&
    digit(text.charCodeAt(i + 1)) &&
    digit(text.charCodeAt(i + 2)) &&
    !digit(text.charCodeAt(i + 3))
  );
}

/** `RMB10.00 billion`: the money ends where its amount begins. */
function moneyEnd(text: string, start: number): number | null {
  const name = text.slice(start, start + 3).toUpperCase();
  return (name === 'RMB' || name === 'USD' || name === 'CNY') && digit(text.charCodeAt(start + 3))
    ? start + 3
    : null;
}

function wordEnd(text: string, start: number): number {
  let i = start + 1;
  while (i < text.length) {
    const code = text.charCodeAt(i);
    const next = text.charCodeAt(i + 1);
    if (letter(code) || digit(code)) i += 1;
    else if ((code === 39 || code === 0x2019) && letter(next)) i += 1;
    else if (code === 45 && letter(next)) i += 1;
    else if (code === 46 && digit(text.charCodeAt(i - 1)) && digit(next)) i += 1;
    else if (code === 38 && letter(next)) i += 1;
    else break;
  }
  return i;
}

/** Whether b follows a without a space between. */
export const touches = (a: Token | undefined, b: Token | undefined): boolean =>
  a !== undefined && b !== undefined && a.end === b.start;
