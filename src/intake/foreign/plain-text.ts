/** Elements whose end is the end of a paragraph or a line. */
const blocks = /<\/?(?:p|div|br|li|ul|ol|h[1-6]|tr|table|section|blockquote|hr)\b[^<>]*>/gi;
/** Tags that office programs and editors write; other text between angle brackets, such as `<5>`, stays. */
const tags =
  /<\/?(?:p|div|br|li|ul|ol|h[1-6]|tr|td|th|table|thead|tbody|section|blockquote|hr|a|b|i|u|em|strong|span|sup|sub|small|font|img|figure|figcaption|code|pre)\b[^<>]*>/gi;

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  hellip: '…',
  deg: '°',
  micro: 'µ',
  euro: '€',
  pound: '£',
};

/** Text that may be HTML, as plain text: a line a paragraph. Text without tags stays as it is. */
export function plainText(text: string): string {
  if (!new RegExp(tags.source, 'i').test(text) && !/&(?:#\d{1,6}|[a-z]{2,6});/i.test(text)) return text;
  return text
    .replace(/[\r\n]+/g, ' ')
    .replace(blocks, '\n')
    .replace(tags, '')
    .replace(
      /&(?:#(\d{1,6})|([a-z]{2,6}));/gi,
      (whole, number: string | undefined, name: string | undefined) =>
        number === undefined
          ? (entities[(name ?? '').toLowerCase()] ?? whole)
          : letter(Number(number), whole),
    )
    .replace(/[ \t\u00a0]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{2,}/g, '\n')
    .trim();
}

function letter(code: number, otherwise: string): string {
  return code >= 32 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
    ? String.fromCodePoint(code)
    : otherwise;
}
