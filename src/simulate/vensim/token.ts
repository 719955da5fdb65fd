import { canonical, spoken } from '../xmile/name.ts';
import { type Token, TokenFault } from '../xmile/token.ts';

const number = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
/** Blanks, line ends after a backslash, and comments. */
const blank = /(?:\s|\u00a0|\\(?=\s*\n)|\{[^}]*\})+/y;
/** A name may hold blanks and goes on over line ends; it starts with a letter and ends with none of them. */
const word =
  /[A-Za-z_$\u0080-\u{10ffff}][A-Za-z0-9_$'%&#?\u0080-\u{10ffff}]*(?:(?:\s|\\(?=\s*\n)|\{[^}]*\})+[A-Za-z0-9_$\u0080-\u{10ffff}][A-Za-z0-9_$'%&#?\u0080-\u{10ffff}]*)*/uy;
const quoted = /"(?:[^"\\]|\\[\s\S])*"/y;
const string = /'[^']*'/y;
const keyword =
  /:(?:AND|OR|NOT|NA|EXCEPT|INTERPOLATE|RAW|HOLD BACKWARD|LOOK FORWARD|IS|SUPPLEMENTARY|SUP|TEST INPUT|THE CONDITION|IMPLIES):/iy;
const sign = /<->|->|:=|==|<>|<=|>=|[-+*/^()[\],;:=<>!|]/y;

const logical: Readonly<Record<string, string>> = { ':and:': 'and', ':or:': 'or', ':not:': 'not' };

/** Vensim's mark of a missing number. */
const missing = -(2 ** 109);

/**
 * Splits Vensim's text into the tokens of the XMILE parser: names keep their blanks, logical operators become words, and
 * `DimA!` becomes `*:DimA`. Other keywords stay signs of their own.
 */
export function vensimTokens(text: string): Token[] {
  const found: Token[] = [];
  let at = 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };
  while (at < text.length) {
    const skipped = take(blank);
    if (skipped !== undefined) {
      at += skipped.length;
      continue;
    }
    const digits = take(number);
    if (digits !== undefined) {
      found.push({ kind: 'number', value: Number(digits), text: digits, at });
      at += digits.length;
      continue;
    }
    const key = take(keyword);
    if (key !== undefined) {
      found.push(keywordToken(key.toLowerCase(), at));
      at += key.length;
      continue;
    }
    const name = take(word) ?? take(quoted);
    if (name !== undefined) {
      found.push(nameToken(name, at));
      at += name.length;
      continue;
    }
    const literal = take(string);
    if (literal !== undefined) {
      found.push({ kind: 'sign', text: literal, at });
      at += literal.length;
      continue;
    }
    const mark = take(sign);
    if (mark === undefined) throw new TokenFault(`'${text.slice(at, at + 8)}' is not understood`, at);
    const last = found.at(-1);
    if (mark === '!' && last?.kind === 'name') {
      found.splice(
        -1,
        1,
        { kind: 'sign', text: '*', at: last.at },
        { kind: 'sign', text: ':', at: last.at },
        last,
      );
    } else found.push({ kind: 'sign', text: mark, at });
    at += mark.length;
  }
  found.push({ kind: 'end', text: 'the end of the equation', at: text.length });
  return found;
}

function keywordToken(key: string, at: number): Token {
  if (key === ':na:') return { kind: 'number', value: missing, text: key, at };
  const operator = logical[key];
  return operator === undefined
    ? { kind: 'sign', text: key, at }
    : { kind: 'name', name: operator, quoted: false, text: key, at };
}

/** Names count as quoted, so that none of them is taken for an operator of XMILE. */
function nameToken(text: string, at: number): Token {
  const plain = text.startsWith('"') ? text : text.replace(/\{[^}]*\}/g, ' ').replace(/\\(?=\s*\n)/g, ' ');
  return { kind: 'name', name: canonical(plain), quoted: true, text: spoken(plain), at };
}

export function isSign(token: Token | undefined, text: string): boolean {
  return token?.kind === 'sign' && token.text === text;
}

/** The place after the bracket that closes the one at `open`; refuses what never closes. */
export function closing(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let at = open; at < tokens.length; at++) {
    const token = tokens[at];
    if (token?.kind !== 'sign') continue;
    if (token.text === '(' || token.text === '[') depth++;
    if (token.text === ')' || token.text === ']') depth--;
    if (depth === 0) return at;
  }
  throw new TokenFault('a bracket is not closed', tokens[open]?.at ?? 0);
}
