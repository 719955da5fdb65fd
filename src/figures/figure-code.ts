import { hash } from 'node:crypto';
import { breakdownKey, type FigureKey, type Measure } from '../model/index.ts';

/** Crockford's base 32: no I, L, O, U, so that a code read from paper is not misread. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const codeLength = 12;
/** Codes printed by earlier releases: the beginning of today's. */
export const shortCodeLength = 7;

/** One text for one key; also what {@link figureCode} hashes. */
export function figureKeyText({ city, indicator, area, breakdown, measure }: FigureKey): string {
  return [city, indicator, area, breakdownKey(breakdown), measureText(measure)].join(' ');
}

/** One text for one measure: `value 2021`, `relative 2015 2021`, `share 2021 waste`. */
export function measureText(measure: Measure): string {
  switch (measure.kind) {
    case 'value':
    case 'rank':
      return `${measure.kind} ${measure.period}`;
    case 'share':
      return `share ${measure.period} ${measure.of}`;
    case 'count':
      return `count ${measure.of}${measure.goal === null ? '' : ` ${measure.goal}`}`;
    default:
      return `${measure.kind} ${measure.from} ${measure.to}`;
  }
}

/**
 * The code of a figure: 60 bits of the sha-256 of its key. Stable for as long as the key is; among a million figures two
 * meet with a chance of one in two million. Its first seven letters are the whole code of earlier releases, which still
 * names the figure where no other of the place begins so.
 */
export function figureCode(key: FigureKey): string {
  return codeOfKeyText(figureKeyText(key));
}

const pairs = [...alphabet].flatMap((first) => [...alphabet].map((second) => first + second));

/** {@link figureCode} where the key's text is at hand. */
export function codeOfKeyText(text: string): string {
  const digest = hash('sha256', text, 'hex');
  const high = Number.parseInt(digest.slice(0, 5), 16) & 0x7fff;
  const low = Number.parseInt(digest.slice(5, 10), 16);
  const more = Number.parseInt(digest.slice(10, 17), 16) & 0x1ffffff;
  return `${alphabet.charAt(high >> 10)}${pairs[high & 1023]}${pairs[low >> 10]}${pairs[low & 1023]}${alphabet.charAt(more >> 20)}${pairs[(more >> 10) & 1023]}${pairs[more & 1023]}`;
}

/** Whether a code, of today's length or an earlier release's, is that of a figure whose full code this is. */
export function isCodeOf(code: string, full: string): boolean {
  return code === full || (code.length === shortCodeLength && full.startsWith(code));
}

/** A code as a person may type it: any case, spaces and hyphens, O for 0, I and L for 1; null when it is not one. */
export function readFigureCode(text: string): string | null {
  const cleaned = text
    .toUpperCase()
    .replace(/^F[·.:-]/, '')
    .replace(/[\s-]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  return [codeLength, shortCodeLength].includes(cleaned.length) &&
    [...cleaned].every((letter) => alphabet.includes(letter))
    ? cleaned
    : null;
}
