import type { Place } from '../../model/index.ts';
import { refuse } from '../fault.ts';

/** One entry of a .mdl file: `equation ~ units ~ comment |`. */
export interface Entry {
  readonly text: string;
  readonly where: Place;
  readonly units: string | undefined;
  readonly doc: string | undefined;
}

/** A macro's head, `:MACRO: name(inputs : outputs)`, and its entries. */
export interface MacroEntries {
  readonly head: string;
  readonly where: Place;
  readonly entries: readonly Entry[];
}

export interface Entries {
  readonly main: readonly Entry[];
  readonly macros: readonly MacroEntries[];
  /** The lines after the drawing: `15:0,0,0,0,0,0` and the like. */
  readonly settings: readonly string[];
}

const mostEntries = 200_000;
const sketch = '\\\\\\---///';

/**
 * Splits a Vensim model (.mdl, text format) into its entries. What stands after the mark of the sketch is drawing, but
 * for the settings at the end. Bars and tildes in quoted names are part of the name. Linear in the text's length.
 */
export function readEntries(text: string, file: string): Entries {
  const end = text.indexOf(sketch);
  const body = end < 0 ? text : text.slice(0, end);
  const main: Entry[] = [];
  const macros: MacroEntries[] = [];
  let open: { head: string; where: Place; entries: Entry[] } | undefined;
  let row = 1;
  let counted = 0;
  let lineStart = 0;
  const placeAt = (at: number): Place => {
    for (; counted < at; counted++) {
      if (body[counted] !== '\n') continue;
      row++;
      lineStart = counted + 1;
    }
    return { file, row, column: at - lineStart + 1 };
  };
  for (let at = skipBlank(body, 0); at < body.length; at = skipBlank(body, at)) {
    const where = placeAt(at);
    if (startsWith(body, at, ':MACRO:')) {
      const close = body.indexOf(')', at);
      if (close < 0 || open !== undefined) unended(where, 'a macro');
      open = { head: body.slice(at + 7, close + 1), where, entries: [] };
      at = close + 1;
      continue;
    }
    if (startsWith(body, at, ':END OF MACRO:')) {
      if (open === undefined) unended(where, ':END OF MACRO:');
      else macros.push(open);
      open = undefined;
      at += 14;
      continue;
    }
    const bar = entryEnd(body, at);
    if (bar < 0)
      unended(
        where,
        `'${body
          .slice(at, at + 40)
          .replace(/\s+/g, ' ')
          .trim()}'`,
      );
    const tilde = outsideQuotes(body, at, bar, '~');
    const equation = body.slice(at, tilde < 0 ? bar : tilde);
    const [units = '', doc = '', ...more] = tilde < 0 ? [] : body.slice(tilde + 1, bar).split('~');
    // A bar that was forgotten makes one entry of two.
    if (/\*{3,}/.test(units) || more.length > 1)
      unended(where, `'${equation.replace(/\s+/g, ' ').trim().slice(0, 40)}'`);
    at = bar + 1;
    // Groups stand between rows of stars.
    if (/^\*{3,}/.test(equation) || equation.trim() === '') continue;
    const entry = {
      text: equation,
      where,
      units: unitOf(units),
      doc: doc.replace(/\\\s*\n/g, ' ').trim() || undefined,
    };
    (open?.entries ?? main).push(entry);
    if (main.length > mostEntries) {
      refuse({
        rule: 'mdl.size',
        where,
        what: `more than ${mostEntries} equations`,
        why: 'a run of that size is not bounded in time and memory',
        mend: 'split the model',
      });
    }
  }
  if (open !== undefined) unended(open.where, 'a macro');
  const settings = end < 0 ? [] : text.slice(end).split('///---\\\\\\').slice(1).join('').split(/\r?\n/);
  return { main, macros, settings };
}

function unended(where: Place, what: string): never {
  return refuse({
    rule: 'mdl.entry',
    where,
    what: `${what} does not end`,
    why: 'an equation ends with a bar, a macro with :END OF MACRO:',
    mend: 'check that the file is whole',
  });
}

function startsWith(text: string, at: number, mark: string): boolean {
  return text.slice(at, at + mark.length).toUpperCase() === mark;
}

/** Past blanks and comments in braces; `{UTF-8}` at the start is one. */
function skipBlank(text: string, from: number): number {
  let at = from;
  for (;;) {
    while (at < text.length && /[\s\ufeff]/.test(text[at] ?? '')) at++;
    if (text[at] !== '{') return at;
    const close = text.indexOf('}', at);
    if (close < 0) return text.length;
    at = close + 1;
  }
}

/** The bar that ends the entry: after the first tilde any, before it only one outside quotes and comments. */
function entryEnd(text: string, from: number): number {
  const tilde = outsideQuotes(text, from, text.length, '~|');
  if (tilde < 0 || text[tilde] === '|') return tilde;
  return text.indexOf('|', tilde);
}

/** The first of some characters that stands neither in quotes nor in braces. */
function outsideQuotes(text: string, from: number, to: number, wanted: string): number {
  let quoted = false;
  for (let at = from; at < to; at++) {
    const sign = text[at] ?? '';
    if (quoted && sign === '\\') at++;
    else if (sign === '"') quoted = !quoted;
    else if (!quoted && sign === '{') {
      const close = text.indexOf('}', at);
      if (close < 0) return -1;
      at = close;
    } else if (!quoted && wanted.includes(sign)) return at;
  }
  return -1;
}

/** `Month [0,?,1]`: the unit without its range. */
function unitOf(text: string): string | undefined {
  return (
    text
      .replace(/\[[^\]]*\]\s*$/, '')
      .replace(/\\\s*\n/g, ' ')
      .trim() || undefined
  );
}
