import { sha256Hex } from '../../store/index.ts';

const letters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  ø: 'o',
  œ: 'oe',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

/**
 * A text as an id: lower-case Latin letters and digits, `-` for all else. Text without any Latin letter or digit (Armenian, Chinese) and long
 * text gets a hash of itself, so that equal texts have equal ids and others have others.
 */
export function identifierOf(text: string, longest = 60): string {
  const plain = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[ßæøœłđðþı]/g, (letter) => letters[letter] ?? '')
    .replace(/\p{M}/gu, '');
  const foreign = /[^\x20-\x7e£€¥°²³–—‘’“”…≤≥<>µ×]/u.test(plain);
  const id = plain
    .replace(/%/g, ' percent ')
    .replace(/\+/g, ' plus ')
    .replace(/</g, ' under ')
    .replace(/>/g, ' over ')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  if (id === '' || foreign) return `x${sha256Hex(text).slice(0, 10)}`;
  return id.length <= longest
    ? id
    : `${id.slice(0, longest - 9).replace(/-$/, '')}-${sha256Hex(text).slice(0, 8)}`;
}

/** An area code as ours are written: letters, digits, single `-` and `_` between. */
export function areaIdOf(code: string): string {
  const id = code
    .trim()
    .replace(/[^A-Za-z0-9_]+/g, '-')
    .replace(/[-_]{2,}/g, '-')
    .replace(/^[-_]+|[-_]+$/g, '');
  return id === '' || id.length > 60 ? `X${sha256Hex(code).slice(0, 10)}` : id;
}

/** Gives each label its own id: labels that come to one id are told apart by a hash of the later one. */
export class Identifiers {
  readonly #byLabel = new Map<string, string>();
  readonly #taken = new Set<string>();
  readonly #make: (label: string) => string;

  constructor(
    make: (label: string) => string = (label) => identifierOf(label),
    taken: Iterable<string> = [],
  ) {
    this.#make = make;
    for (const id of taken) this.#taken.add(id);
  }

  of(label: string): string {
    const known = this.#byLabel.get(label);
    if (known !== undefined) return known;
    let id = this.#make(label);
    if (this.#taken.has(id)) id = `${id}-${sha256Hex(label).slice(0, 6)}`;
    this.#taken.add(id);
    this.#byLabel.set(label, id);
    return id;
  }

  get entries(): readonly (readonly [label: string, id: string])[] {
    return [...this.#byLabel];
  }
}
