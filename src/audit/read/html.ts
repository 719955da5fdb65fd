import { characterOf } from '../../language/index.ts';
import type { AuditText, BlockKind, SourceLine } from '../text.ts';
import { raised, Words } from './words.ts';

const blockTags = new Set(
  'p div section article header footer main aside h1 h2 h3 h4 h5 h6 li ul ol dl dt dd table thead tbody tfoot caption figure figcaption blockquote pre br hr title form fieldset legend address details summary'.split(
    ' ',
  ),
);

/** What a reader of the text does not see, or sees on every page: scripts, menus, choices of a form. */
const silent = new Set(
  'script style template noscript svg math head nav button select datalist iframe object textarea'.split(' '),
);

/** A cell that reaches down into further rows, by the column it stands in. */
type Reaching = Map<number, number>;

/** Widest table that is laid out; what lies beyond follows without its place. */
const mostColumns = 200;

/**
 * The words of a web page with their lines, in one pass over the characters. Nothing is loaded, run or resolved: tags
 * are cut away, a table row becomes one line with tabs (cells that reach over columns or rows keep the others in theirs),
 * entities that are not in a short list stay as written. Line and column are those of the file.
 */
export function htmlText(file: string, html: string): AuditText {
  const lines: SourceLine[] = [];
  const words = new Words();
  let [line, column] = [1, 1];
  let inRow = false;
  let cell = 0;
  let reaching: Reaching = new Map();
  let heading: BlockKind | undefined;
  let sup: string | null = null;
  const skip: string[] = [];
  const lower = html.toLowerCase();
  const lastClose = new Map<string, number>();
  /** Whether a tag is closed further on: one that never is would take the rest of the page with it. */
  const isClosed = (tag: string, from: number): boolean => {
    const last = lastClose.get(tag) ?? lower.lastIndexOf(`</${tag}`);
    lastClose.set(tag, last);
    return last >= from;
  };

  const close = () => {
    // A sign of a note that is never closed hides nothing.
    if (sup !== null && sup.trim() !== '') words.add(sup, line, column);
    sup = null;
    lines.push(...words.take(heading));
  };
  const advance = (from: number, to: number) => {
    for (let at = from; at < to; at += 1)
      if (html.charCodeAt(at) === 10) {
        line += 1;
        column = 1;
      } else column += 1;
  };
  /** Leaves the columns empty that cells of rows above reach into. */
  const overReached = () => {
    for (let rows = reaching.get(cell); rows !== undefined && rows > 0; rows = reaching.get(cell)) {
      reaching.set(cell, rows - 1);
      words.add('\t', line, column);
      cell += 1;
    }
  };
  const openCell = (tag: string) => {
    overReached();
    const rows = spanOf(tag, 'rowspan');
    const columns = Math.min(spanOf(tag, 'colspan'), mostColumns - Math.min(cell, mostColumns - 1));
    for (let at = 0; at < columns && rows > 1; at += 1) reaching.set(cell + at, rows - 1);
    cell += columns;
    return columns;
  };
  let columns = 1;

  let i = 0;
  while (i < html.length) {
    const letter = html.charAt(i);
    if (letter === '<' && /[a-zA-Z/!?]/.test(html.charAt(i + 1))) {
      const comment = html.startsWith('<!--', i);
      const found = comment ? html.indexOf('-->', i + 4) : tagEnd(html, i);
      const end = found < 0 ? html.length : found + (comment ? 3 : 1);
      const whole = comment ? '' : html.slice(i, Math.min(end, i + 2000));
      const tag = /^<\/?([a-zA-Z][a-zA-Z0-9]*)/.exec(whole)?.[1]?.toLowerCase() ?? '';
      const closes = html.charAt(i + 1) === '/';
      if (skip.length > 0) {
        if (closes && tag === skip.at(-1)) skip.pop();
        else if (!closes && tag === skip.at(-1) && !isRaw(tag) && skip.length < 50) skip.push(tag);
      } else if ((silent.has(tag) || isHidden(whole)) && !closes && isClosed(tag, end)) {
        skip.push(tag);
      } else if (tag === 'table' || tag === 'tr') {
        close();
        inRow = tag === 'tr' && !closes;
        cell = 0;
        if (tag === 'table') reaching = new Map();
      } else if ((tag === 'td' || tag === 'th') && inRow) {
        if (!closes) columns = openCell(whole);
        else for (let at = 0; at < columns; at += 1) words.add('\t', line, column);
      } else if (tag === 'sup') {
        if (closes && sup !== null) words.add(raised(words.text, sup.trim()), line, column);
        sup = closes ? null : '';
      } else if (blockTags.has(tag)) {
        if (inRow) words.add(' ', line, column);
        else close();
        heading = /^h[1-6]$/.test(tag) && !closes ? 'heading' : undefined;
      }
      advance(i, end);
      i = end;
      continue;
    }
    let text = letter;
    let used = 1;
    if (letter === '&') {
      const entity = /^&(#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,7});/.exec(html.slice(i, i + 12));
      if (entity !== null) {
        text = characterOf(entity[1] ?? '') ?? entity[0];
        used = entity[0].length;
      }
    }
    if (skip.length === 0) {
      if (sup !== null && sup.length < 40) sup += text;
      else words.add(/\s/.test(text) ? ' ' : text, line, column);
    }
    advance(i, i + used);
    i += used;
  }
  close();
  return { file, lines };
}

/** Where a tag ends: the next `>` that stands outside quotes, within reach; else the next `>` at all. */
function tagEnd(html: string, from: number): number {
  const first = html.indexOf('>', from);
  if (first < 0 || !/["']/.test(html.slice(from, Math.min(first, from + 2000)))) return first;
  let quote = '';
  for (let at = from; at < Math.min(html.length, from + 4000); at += 1) {
    const letter = html.charAt(at);
    if (quote !== '') {
      if (letter === quote) quote = '';
    } else if ((letter === '"' || letter === "'") && html.charAt(at - 1) === '=') quote = letter;
    else if (letter === '>') return at;
  }
  return first;
}

const isRaw = (tag: string): boolean => tag === 'script' || tag === 'style' || tag === 'textarea';

/** Whether a tag takes its content off the screen. */
const isHidden = (tag: string): boolean =>
  /^<[a-z]/i.test(tag) && /\shidden(?=[\s>=])|display\s*:\s*none/i.test(tag);

function spanOf(tag: string, name: 'rowspan' | 'colspan'): number {
  const value = Number(new RegExp(`\\b${name}\\s*=\\s*["']?(\\d{1,4})`, 'i').exec(tag)?.[1] ?? 1);
  return Math.min(Math.max(value, 1), mostColumns);
}
