import { type Attributes, element, escapeXml } from './svg.ts';

/** Advance widths of Source Sans 3 Regular, in thousandths of the size, for U+0020 to U+007E (its hmtx table). */
const ascii =
  '200 289 426 497 497 824 609 249 303 303 418 497 249 311 249 350 497 497 497 497 497 497 497 497 497 497 249 249 497 497 497 425 847 543 588 571 615 527 494 617 652 263 479 579 486 727 647 664 566 664 569 534 536 645 515 786 513 476 539 303 350 303 497 500 542 504 553 456 555 496 292 504 544 246 247 495 255 829 547 542 555 555 347 419 338 544 467 719 446 467 425 303 241 303 497'
    .split(' ')
    .map(Number);

/** Width of a text at a size in px; Han and full-width characters are one size wide. An estimate: to place, not to typeset. */
export function textWidth(text: string, size: number, bold = false): number {
  let thousandths = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    thousandths += code >= 0x2e80 || code === 0x2014 ? 1000 : (ascii[code - 32] ?? 520);
  }
  return (thousandths / 1000) * size * (bold ? 1.05 : 1);
}

const isHan = (character: string): boolean => (character.codePointAt(0) ?? 0) >= 0x2e80;
/** Characters that may not begin a line in Chinese. */
const notFirst = '，。；：、！？）》」』％';

/** Breaks a text into lines no wider than `width`: at spaces, and between Han characters. */
export function wrap(text: string, width: number, size: number, bold = false): readonly string[] {
  const pieces: string[] = [];
  for (const character of text) {
    const last = pieces.at(-1);
    const joins =
      last !== undefined &&
      (notFirst.includes(character) || (!isHan(character) && !last.endsWith(' ') && !isHan(last.slice(-1))));
    if (joins) pieces[pieces.length - 1] = last + character;
    else pieces.push(character);
  }
  const lines: string[] = [];
  let line = '';
  for (const piece of pieces) {
    if (line !== '' && textWidth((line + piece).trimEnd(), size, bold) > width) {
      lines.push(line.trimEnd());
      line = piece.trimStart();
    } else line += piece;
  }
  if (line.trim() !== '') lines.push(line.trimEnd());
  return lines;
}

/** A text cut to a width, with an ellipsis where it was cut. */
export function cut(text: string, width: number, size: number): string {
  if (textWidth(text, size) <= width) return text;
  const characters = [...text];
  while (characters.length > 1 && textWidth(`${characters.join('')}…`, size) > width) characters.pop();
  return `${characters.join('').trimEnd()}…`;
}

export interface TextStyle {
  readonly size: number;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly class: string;
  readonly fill: string;
  readonly weight?: number;
  /** A paper-coloured outline, so that text stays legible over lines. */
  readonly halo?: boolean;
}

export function text(content: string, x: number, y: number, style: TextStyle, more: Attributes = {}): string {
  return element(
    'text',
    {
      x,
      y,
      'font-size': style.size,
      'text-anchor': style.anchor === 'start' ? undefined : style.anchor,
      'font-weight': style.weight,
      class: style.halo === true ? `${style.class} c-halo` : style.class,
      fill: style.fill,
      ...(style.halo === true
        ? { stroke: '#fcfbf8', 'stroke-width': 3, 'stroke-linejoin': 'round', 'paint-order': 'stroke' }
        : {}),
      ...more,
    },
    escapeXml(content),
  );
}
