import { canonical, spoken } from './name.ts';

export type Token =
  | { readonly kind: 'number'; readonly value: number; readonly text: string; readonly at: number }
  | {
      readonly kind: 'name';
      readonly name: string;
      readonly quoted: boolean;
      readonly text: string;
      readonly at: number;
    }
  | { readonly kind: 'sign'; readonly text: string; readonly at: number }
  | { readonly kind: 'end'; readonly text: string; readonly at: number };

/** A piece of an equation that is no XMILE token. */
export class TokenFault extends Error {
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

const number = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const space = /[\s\u00a0]+/y;
/** XMILE 1.0 §3.2.1: letters, underscore, dollar and everything beyond ASCII; digits not in front. */
const word = /[A-Za-z_$\u0080-\u{10ffff}][A-Za-z0-9_$\u0080-\u{10ffff}]*/uy;
const quoted = /"(?:[^"\\]|\\[\s\S])*"/y;
const sign = /<>|<=|>=|\/\/|[-+*/^()[\],.:=<>;@']/y;

/** Splits an equation into tokens; braces hold comments (§3.2.2). Linear in the text's length. */
export function tokens(text: string): Token[] {
  const found: Token[] = [];
  let at = 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    return match?.[0];
  };
  while (at < text.length) {
    const blank = take(space);
    if (blank !== undefined) {
      at += blank.length;
      continue;
    }
    if (text[at] === '{') {
      const end = text.indexOf('}', at);
      if (end < 0) throw new TokenFault('a comment is opened with { and never closed', at);
      at = end + 1;
      continue;
    }
    const digits = take(number);
    if (digits !== undefined) {
      found.push({ kind: 'number', value: Number(digits), text: digits, at });
      at += digits.length;
      continue;
    }
    const name = take(word);
    if (name !== undefined) {
      found.push({ kind: 'name', name: canonical(name), quoted: false, text: name, at });
      at += name.length;
      continue;
    }
    const inQuotes = take(quoted);
    if (inQuotes !== undefined) {
      found.push({ kind: 'name', name: canonical(inQuotes), quoted: true, text: spoken(inQuotes), at });
      at += inQuotes.length;
      continue;
    }
    const mark = take(sign);
    if (mark === undefined) throw new TokenFault(`'${text.slice(at, at + 8)}' is not XMILE`, at);
    found.push({ kind: 'sign', text: mark, at });
    at += mark.length;
  }
  found.push({ kind: 'end', text: 'the end of the equation', at: text.length });
  return found;
}
