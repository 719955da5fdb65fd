/** A field of a row in COPY's text format. */
export type Field = string | number | boolean | null;

/** Text that PostgreSQL can't keep unchanged: U+0000, or half of a surrogate pair. */
export class UnstorableText extends Error {
  override readonly name = 'UnstorableText';
}

const special = /[\\\t\n\r\0\p{Cs}]/u;
const chunkSize = 1 << 20;

/** Rows as chunks of COPY text (PostgreSQL manual, COPY, "Text Format"), about a megabyte each, cut at line ends. */
export function* copyText(rows: Iterable<readonly Field[]>): Generator<Uint8Array> {
  let text = '';
  for (const row of rows) {
    for (let at = 0; at < row.length; at += 1) {
      if (at > 0) text += '\t';
      text += fieldText(row[at] ?? null);
    }
    text += '\n';
    if (text.length >= chunkSize) {
      yield Buffer.from(text);
      text = '';
    }
  }
  if (text !== '') yield Buffer.from(text);
}

function fieldText(field: Field): string {
  if (field === null) return '\\N';
  if (typeof field !== 'string') return String(field);
  return special.test(field) ? escaped(field) : field;
}

function escaped(text: string): string {
  assertStorable(text);
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll('\t', '\\t')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r');
}

/** Throws {@link UnstorableText} when PostgreSQL would refuse or silently change the text. */
function assertStorable(text: string): void {
  if (/[\0\p{Cs}]/u.test(text))
    throw new UnstorableText(
      `the text ${JSON.stringify(text.slice(0, 60))} holds a character that can't be stored`,
    );
}

/** JSON for a jsonb column; throws {@link UnstorableText} for a string that jsonb can't hold. */
export function storableJson(value: unknown): string {
  return JSON.stringify(value, (key, each: unknown) => {
    if (special.test(key)) assertStorable(key);
    if (typeof each === 'string' && special.test(each)) assertStorable(each);
    return each;
  });
}
