import { strFromU8, strToU8, unzipSync, type Zippable, zipSync } from 'fflate';

/** The date of every entry of a written archive: the earliest a ZIP can hold. What a file says of time stands inside it. */
const zipDate = '1980-01-01T00:00:00';

/**
 * Takes everything accidental out of a Word file: the clock, random names of relations, counters that run on from
 * one document to the next, the order and dates of the archive. What is left depends on the content alone.
 */
export function settle(docx: Uint8Array, date: string): Uint8Array {
  const entries = unzipSync(docx);
  const names = Object.keys(entries).sort();
  const texts = new Map<string, string>();
  for (const name of names) {
    const bytes = entries[name];
    if (bytes !== undefined && /\.(?:xml|rels)$/.test(name)) texts.set(name, strFromU8(bytes));
  }
  const instant = `${date.padEnd(10, '-01').slice(0, 10)}T00:00:00Z`;
  for (const [name, text] of texts) {
    let settled = text.replace(/(<dcterms:(?:created|modified)[^>]*>)[^<]*/g, `$1${instant}`);
    settled = renumber(settled, /(<(?:wp:docPr|pic:cNvPr) [^>]*?\bid=")(\d+)(")/g);
    settled = renumber(settled, /(<w:bookmark(?:Start|End) [^>]*?w:id=")(\d+)(")/g);
    texts.set(name, settled);
  }
  for (const [name, text] of texts) {
    const part = /^(.*)_rels\/([^/]+)\.rels$/.exec(name);
    if (part === null) continue;
    const owner = `${part[1] ?? ''}${part[2] ?? ''}`;
    const { rels, body } = renameRelations(text, texts.get(owner) ?? '');
    texts.set(name, rels);
    if (texts.has(owner)) texts.set(owner, body);
  }
  const files: Zippable = {};
  for (const name of names) {
    const text = texts.get(name);
    const bytes = text === undefined ? entries[name] : strToU8(text);
    if (bytes !== undefined && !name.endsWith('/')) files[name] = bytes;
  }
  return zipSync(files, { level: 6, mtime: zipDate, os: 3 });
}

/** Numbers found by a pattern, replaced by 1, 2 … in order of first appearance; equal ones stay equal. */
function renumber(text: string, pattern: RegExp): string {
  const seen = new Map<string, number>();
  return text.replace(pattern, (_, before: string, id: string, after: string) => {
    const known = seen.get(id) ?? seen.size + 1;
    seen.set(id, known);
    return `${before}${known}${after}`;
  });
}

/** Relations with random names (`rIdqk3…`) get names in order of their use in the part that they belong to. */
function renameRelations(rels: string, body: string): { rels: string; body: string } {
  const random = /"(rId(?!\d+")[\w-]+)"/g;
  const names = new Map<string, string>();
  for (const text of [body, rels])
    for (const [, id = ''] of text.matchAll(random))
      if (!names.has(id)) names.set(id, `rIdLink${names.size + 1}`);
  const rename = (text: string) => text.replace(random, (whole, id: string) => `"${names.get(id) ?? whole}"`);
  const head = /^[\s\S]*?(?=<Relationship )/.exec(rels)?.[0] ?? '';
  const relations = rename(rels).match(/<Relationship [^>]*?\/>/g) ?? [];
  return {
    rels: relations.length === 0 ? rename(rels) : `${head}${relations.sort().join('')}</Relationships>`,
    body: rename(body),
  };
}
