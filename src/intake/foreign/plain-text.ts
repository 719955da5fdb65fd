import { characterOf } from '../../language/index.ts';

/** Elements whose end is the end of a paragraph or a line. */
const blocks = /<\/?(?:p|div|br|li|ul|ol|h[1-6]|tr|table|section|blockquote|hr)\b[^<>]*>/gi;
/** Tags that office programs and editors write; other text between angle brackets, such as `<5>`, stays. */
const tags =
  /<\/?(?:p|div|br|li|ul|ol|h[1-6]|tr|td|th|table|thead|tbody|section|blockquote|hr|a|b|i|u|em|strong|span|sup|sub|small|font|img|figure|figcaption|code|pre)\b[^<>]*>/gi;

/** Text that may be HTML, as plain text: a line a paragraph. Text without tags stays as it is. */
export function plainText(text: string): string {
  if (!new RegExp(tags.source, 'i').test(text) && !/&(?:#x?[0-9a-f]{1,6}|[a-z]{2,6}[23]?);/i.test(text))
    return text;
  return text
    .replace(/[\r\n]+/g, ' ')
    .replace(blocks, '\n')
    .replace(tags, '')
    .replace(
      /&(#[0-9]{1,6}|#x[0-9a-f]{1,5}|[a-z]{2,6}[23]?);/gi,
      (whole, entity: string) => characterOf(entity.toLowerCase()) ?? whole,
    )
    .replace(/[ \t\u00a0]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{2,}/g, '\n')
    .trim();
}
