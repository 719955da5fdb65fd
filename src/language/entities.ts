/** Characters that HTML and XML name, as far as office programs and editors write them; `nbsp` and its kin as a plain space. */
const namedCharacters: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', ' '],
  ['ensp', ' '],
  ['emsp', ' '],
  ['thinsp', ' '],
  ['ndash', '–'],
  ['mdash', '—'],
  ['minus', '−'],
  ['times', '×'],
  ['middot', '·'],
  ['bull', '•'],
  ['sup2', '²'],
  ['sup3', '³'],
  ['deg', '°'],
  ['micro', 'µ'],
  ['mu', 'μ'],
  ['permil', '‰'],
  ['plusmn', '±'],
  ['le', '≤'],
  ['ge', '≥'],
  ['hellip', '…'],
  ['ldquo', '“'],
  ['rdquo', '”'],
  ['lsquo', '‘'],
  ['rsquo', '’'],
  ['euro', '€'],
  ['pound', '£'],
]);

/** The character behind the inside of `&…;`, by name or number (`deg`, `#176`, `#xB0`); null where it is none of these. */
export function characterOf(entity: string): string | null {
  if (!entity.startsWith('#')) return namedCharacters.get(entity) ?? null;
  const code = entity.charAt(1) === 'x' ? Number.parseInt(entity.slice(2), 16) : Number(entity.slice(1));
  if (!Number.isFinite(code) || code < 32 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
    return null;
  return String.fromCodePoint(code);
}
