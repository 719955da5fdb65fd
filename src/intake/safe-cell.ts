/**
 * A spreadsheet runs a cell that begins with = + - @ (or a tab or line end before them) as a formula. Text that others
 * typed must not run on the desk of whoever opens our export, so such a cell gets an apostrophe in front, as OWASP's
 * "CSV injection" page asks. Loss-free: reading takes away exactly the apostrophe that writing put there; text that
 * itself begins with apostrophes before such a character gets one more.
 */
const dangerous = /^'*[=+\-@\t\r\n＝＋－＠]/;
const guarded = /^'+[=+\-@\t\r\n＝＋－＠]/;

export function toSafeCell(text: string): string {
  return dangerous.test(text) ? `'${text}` : text;
}

export function fromSafeCell(cell: string): string {
  return guarded.test(cell) ? cell.slice(1) : cell;
}
