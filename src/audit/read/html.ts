import type { AuditText, SourceLine } from '../text.ts';

const blockTags = new Set(
  'p div section article header footer main aside nav h1 h2 h3 h4 h5 h6 li ul ol dl dt dd table thead tbody tfoot caption figure figcaption blockquote pre br hr title'.split(
    ' ',
  ),
);
const silent = new Set(['script', 'style', 'template', 'noscript', 'svg', 'math', 'head']);

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ensp: ' ',
  emsp: ' ',
  ndash: '–',
  mdash: '—',
  times: '×',
  middot: '·',
  sup2: '²',
  sup3: '³',
  micro: 'µ',
  permil: '‰',
  hellip: '…',
  ldquo: '“',
  rdquo: '”',
  lsquo: '‘',
  rsquo: '’',
};

/**
 * The words of a web page with their lines, in one pass over the characters. Nothing is loaded, run or resolved: tags
 * are cut away, a table row becomes one line with tabs, entities that are not in a short list stay as written.
 */
export function htmlText(file: string, html: string): AuditText {
  const lines: SourceLine[] = [];
  let words = '';
  let [line, column] = [1, 1];
  let start: { line: number; column: number } | null = null;
  let inRow = false;
  let skip: string | null = null;
  const close = () => {
    if (start !== null && words.trim() !== '')
      lines.push({ text: words.replace(/[ \u00a0]{2,}/g, ' '), ...start });
    words = '';
    start = null;
  };
  const advance = (text: string) => {
    for (const letter of text) {
      if (letter === '\n') {
        line += 1;
        column = 1;
      } else column += letter.length;
    }
  };
  let i = 0;
  while (i < html.length) {
    const letter = html.charAt(i);
    if (letter === '<') {
      const comment = html.startsWith('<!--', i);
      const found = comment ? html.indexOf('-->', i + 4) : html.indexOf('>', i);
      const end = found < 0 ? html.length : found + (comment ? 3 : 1);
      const tag = comment
        ? ''
        : (/^<\/?([a-zA-Z][a-zA-Z0-9]*)/.exec(html.slice(i, i + 24))?.[1]?.toLowerCase() ?? '');
      const closes = html.charAt(i + 1) === '/';
      if (skip !== null) {
        if (closes && tag === skip) skip = null;
      } else if (silent.has(tag) && !closes && html.charAt(end - 2) !== '/') {
        skip = tag;
      } else if (tag === 'tr') {
        close();
        inRow = !closes;
      } else if ((tag === 'td' || tag === 'th') && inRow) {
        if (closes) words += '\t';
      } else if (blockTags.has(tag) && !inRow) close();
      else if (blockTags.has(tag)) words += ' ';
      advance(html.slice(i, end));
      i = end;
      continue;
    }
    let text = letter;
    let used = 1;
    if (letter === '&') {
      const entity = /^&(#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,7});/.exec(html.slice(i, i + 12));
      if (entity !== null) {
        text = decoded(entity[1] ?? '') ?? entity[0];
        used = entity[0].length;
      }
    }
    if (skip === null) {
      if (start === null && text.trim() !== '') start = { line, column };
      if (start !== null) words += /\s/.test(text) ? ' ' : text;
    }
    advance(html.slice(i, i + used));
    i += used;
  }
  close();
  return { file, lines };
}

function decoded(entity: string): string | null {
  if (!entity.startsWith('#')) return Object.hasOwn(named, entity) ? (named[entity] ?? null) : null;
  const code = entity.charAt(1) === 'x' ? Number.parseInt(entity.slice(2), 16) : Number(entity.slice(1));
  if (!Number.isFinite(code) || code < 32 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
    return null;
  return String.fromCodePoint(code);
}
