import { StaError } from './model.ts';

/** What bytes say as text in UTF-8. Throws a StaError where they say none. */
export function textOf(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new StaError(400, 'the body is no text in UTF-8');
  }
}

/** What bytes say as JSON in UTF-8. Throws a StaError where they say nothing. */
export function jsonOf(bytes: ArrayBuffer | Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new StaError(400, 'the body is no JSON in UTF-8');
  }
}
