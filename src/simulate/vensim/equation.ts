import type { Place } from '../../model/index.ts';
import { refuse } from '../fault.ts';
import type { Declaration, Equation } from '../xmile/document.ts';
import type { GraphFunction } from '../xmile/graph-function.ts';
import { parseTokenList, parseTokens } from '../xmile/parse.ts';
import type { Expression } from '../xmile/syntax.ts';
import { type Token, TokenFault } from '../xmile/token.ts';
import type { RangeEntry } from './dimension.ts';
import type { Entry } from './entry.ts';
import { readLookup } from './lookup.ts';
import { closing, isSign, vensimTokens } from './token.ts';

const longest = 200_000;

/** The left side of an equation: a variable, perhaps for some elements, perhaps without others. */
export interface Left {
  readonly name: string;
  readonly text: string;
  readonly subscripts: readonly string[];
  readonly except: readonly (readonly string[])[];
}

/** One equation of a variable. */
export interface Line {
  readonly left: Left;
  readonly entry: Entry;
  readonly body:
    | { readonly kind: 'value'; readonly equation: Equation; readonly expression: Expression }
    /** Numbers for the elements in order. */
    | { readonly kind: 'values'; readonly equation: Equation; readonly list: readonly Expression[] }
    | { readonly kind: 'lookup'; readonly graph: GraphFunction };
}

export type Parsed = Line | { readonly range: RangeEntry };

/** Refuses an entry for a reason, at an offset of its text. */
export function faulty(entry: Entry, at: number, what: string, why: string, mend: string): never {
  return refuse({ rule: 'mdl.equation', where: placeOf(entry, at), what, why, mend });
}

function placeOf({ text, where }: Entry, at: number): Place {
  const before = text.slice(0, at);
  const rows = before.split('\n').length - 1;
  const column = rows > 0 ? at - before.lastIndexOf('\n') : Number(where.column ?? 1) + at;
  return { ...where, row: (where.row ?? 1) + rows, column };
}

/** What an entry says. `makeLookup` keeps the table of a WITH LOOKUP and gives the name under which it is called. */
export function parseEntry(entry: Entry, makeLookup: (graph: GraphFunction) => string): Parsed {
  try {
    return new EntryReader(entry, makeLookup).read();
  } catch (error) {
    if (!(error instanceof TokenFault)) throw error;
    return faulty(
      entry,
      error.at,
      `the equation is not understood: ${error.message}`,
      `it reads: ${entry.text.replace(/\s+/g, ' ').trim().slice(0, 120)}`,
      'write it in the Vensim equation language',
    );
  }
}

class EntryReader {
  readonly #entry: Entry;
  readonly #makeLookup: (graph: GraphFunction) => string;
  readonly #tokens: Token[];
  #next = 0;

  constructor(entry: Entry, makeLookup: (graph: GraphFunction) => string) {
    this.#entry = entry;
    this.#makeLookup = makeLookup;
    if (entry.text.length > longest) throw new TokenFault('the equation is too long', 0);
    this.#tokens = vensimTokens(entry.text);
  }

  read(): Parsed {
    const name = this.#tokens[this.#next++];
    if (name?.kind !== 'name') throw new TokenFault('a name is expected', name?.at ?? 0);
    const same = isSign(this.#tokens[this.#next], '<->');
    if (same || isSign(this.#tokens[this.#next], ':')) {
      const rest = this.#tokens.slice(this.#next + 1);
      const tokens = rest.filter((token) => token.kind !== 'end' && !isSupplement(token));
      return { range: { name, where: this.#entry.where, tokens, same } };
    }
    const subscripts = isSign(this.#tokens[this.#next], '[') ? this.#names() : [];
    const except: string[][] = [];
    if (isSign(this.#tokens[this.#next], ':except:')) {
      this.#next++;
      do except.push(this.#names());
      while (this.#skip(','));
    }
    const left: Left = { name: name.name, text: name.text, subscripts, except };
    const entry = this.#entry;
    const sign = this.#tokens[this.#next];
    if (isSign(sign, '(')) return { left, entry, body: { kind: 'lookup', graph: this.#lookup(this.#next) } };
    if (isSign(sign, ':=') || sign?.kind === 'end' || (sign?.kind === 'sign' && /^:[a-z]/.test(sign.text))) {
      return faulty(
        entry,
        sign?.at ?? 0,
        `'${left.text}' is read from data`,
        'a .mdl file holds no data, and other files are not opened from a model',
        'give it an equation or a lookup',
      );
    }
    if (!this.#skip('==') && !this.#skip('=')) throw new TokenFault("'=' is expected", sign?.at ?? 0);
    return { left, entry, body: this.#body(left) };
  }

  #skip(text: string): boolean {
    if (!isSign(this.#tokens[this.#next], text)) return false;
    this.#next++;
    return true;
  }

  /** `[A, DimB]`. */
  #names(): string[] {
    const names: string[] = [];
    if (!this.#skip('[')) throw new TokenFault("'[' is expected", this.#tokens[this.#next]?.at ?? 0);
    do {
      const token = this.#tokens[this.#next++];
      if (token?.kind === 'name') names.push(token.name);
      else if (token?.kind === 'number') names.push(token.text);
      else throw new TokenFault('a subscript is expected', token?.at ?? 0);
    } while (this.#skip(','));
    if (!this.#skip(']')) throw new TokenFault("']' is expected", this.#tokens[this.#next]?.at ?? 0);
    return names;
  }

  #lookup(open: number): GraphFunction {
    const close = closing(this.#tokens, open);
    return readLookup(this.#tokens.slice(open + 1, close), this.#tokens[open]?.at ?? 0);
  }

  #body(left: Left): Line['body'] {
    const from = this.#tokens[this.#next]?.at ?? 0;
    const equation: Equation = {
      text: this.#entry.text.slice(from),
      where: placeOf(this.#entry, from),
    };
    let right = this.#withLookups(this.#tokens.slice(this.#next)).map((token) => ({
      ...token,
      at: token.at - from,
    }));
    const string = right.find((token) => token.kind === 'sign' && token.text.startsWith("'"));
    const [first] = right;
    if (first === undefined || first.kind === 'end') {
      faulty(this.#entry, from, `'${left.text}' has no equation`, 'its value is not given', 'give one');
    }
    if (first.kind === 'name' && first.name.startsWith('a_function_of')) {
      faulty(
        this.#entry,
        from,
        `'${left.text}' has no equation yet`,
        'A FUNCTION OF lists what it will depend on',
        'write the equation',
      );
    }
    if (string !== undefined) {
      faulty(
        this.#entry,
        string.at + from,
        `'${left.text}' names a file or text: ${string.text}`,
        'other files are not opened from a model, and text has no value',
        'write the values into the model',
      );
    }
    if (first.kind === 'name' && first.name === 'tabbed_array' && isSign(right[1], '('))
      right = tabbed(right);
    const list = parseTokenList(right);
    const [expression] = list;
    if (list.length > 1) return { kind: 'values', equation, list };
    return { kind: 'value', equation, expression: expression ?? parseTokens(right) };
  }

  /** `WITH LOOKUP(x, (points))` becomes a call of a table of its own; the innermost first. */
  #withLookups(tokens: readonly Token[]): Token[] {
    const list = [...tokens];
    for (let at = list.length - 1; at >= 0; at--) {
      const token = list[at];
      if (token?.kind !== 'name' || token.name !== 'with_lookup' || !isSign(list[at + 1], '(')) continue;
      const close = closing(list, at + 1);
      let comma = at + 2;
      for (let depth = 0; comma < close; comma++) {
        const part = list[comma];
        if (isSign(part, '(') || isSign(part, '[')) depth++;
        if (isSign(part, ')') || isSign(part, ']')) depth--;
        if (depth === 0 && isSign(part, ',')) break;
      }
      if (!isSign(list[comma + 1], '('))
        throw new TokenFault('WITH LOOKUP(x, (points)) is expected', token.at);
      const graph = readLookup(list.slice(comma + 2, closing(list, comma + 1)), token.at);
      const name: Token = { ...token, name: this.#makeLookup(graph) };
      list.splice(at, close - at + 1, name, ...list.slice(at + 1, comma), {
        kind: 'sign',
        text: ')',
        at: token.at,
      });
    }
    return list;
  }
}

function isSupplement(token: Token): boolean {
  return isSign(token, ':supplementary:') || isSign(token, ':sup:');
}

/** TABBED ARRAY( 1 2 3 … ): numbers between blanks, row by row. */
function tabbed(tokens: readonly Token[]): Token[] {
  const close = closing(tokens, 1);
  const list: Token[] = [];
  for (const token of tokens.slice(2, close)) {
    const sign = isSign(token, '-') || isSign(token, '+');
    const after = list.at(-1);
    if (list.length > 0 && !isSign(token, ',') && !isSign(token, ';') && after?.kind === 'number') {
      list.push({ kind: 'sign', text: ',', at: token.at });
    }
    if (token.kind !== 'number' && !sign && !isSign(token, ',') && !isSign(token, ';'))
      throw new TokenFault('TABBED ARRAY holds numbers only', token.at);
    list.push(token);
  }
  return [...list, ...tokens.slice(close + 1)];
}

/** An empty declaration, to be filled. */
export function emptyDeclaration(name: string, text: string, where: Place): Declaration {
  return {
    kind: 'aux',
    name,
    text,
    where,
    dimensions: [],
    equation: undefined,
    list: [],
    initial: undefined,
    elements: [],
    graph: undefined,
    graphOf: undefined,
    inflows: [],
    outflows: [],
    nonNegative: false,
    holder: undefined,
    leak: undefined,
    overflow: false,
    multiplier: undefined,
    units: undefined,
    doc: undefined,
  };
}
