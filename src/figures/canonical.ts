import { hash } from 'node:crypto';

/** A value that JSON can hold without loss: numbers only where they are whole and small. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json | undefined };

/**
 * One text for one value: keys in order of their code units, no spaces, undefined left out (RFC 8785 for the values
 * used here: whole numbers and strings). What is hashed and signed is always this text in UTF-8.
 */
export function canonicalJson(value: Json): string {
  if (typeof value === 'string') return jsonText(value);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value))
      throw new RangeError('canonical JSON holds whole numbers; a decimal is a string');
    return String(value);
  }
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  let text = '';
  for (const key of Object.keys(value).sort()) {
    const member = value[key];
    if (member !== undefined) text += `${text === '' ? '' : ','}${jsonText(key)}:${canonicalJson(member)}`;
  }
  return `{${text}}`;
}

const needsEscape = /["\\]|[^\u0020-\ud7ff\ue000-\uffff]/;

/** A string as JSON; the same text as JSON.stringify gives, sooner for the many that need no escape. */
export function jsonText(text: string): string {
  return needsEscape.test(text) ? JSON.stringify(text) : `"${text}"`;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** sha-256 of the UTF-8 text, in hex. */
export function sha256(text: string | Uint8Array): string {
  return hash('sha256', text, 'hex');
}
