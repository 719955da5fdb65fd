/** Rows as CSV (RFC 4180) with a byte order mark, so that a spreadsheet reads the Chinese. */
export function csvText(rows: readonly (readonly string[])[]): string {
  return `\ufeff${csvRows(rows)}`;
}

/** Rows of such a table without its beginning, each with its end of line. */
export function csvRows(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** A number as we write it. What only begins like one, such as `-1+1`, is a formula to a spreadsheet. */
const plainNumber = /^-?\d+(?:\.\d+)?$/;

/** What a spreadsheet runs (see src/intake/safe-cell.ts); here too, since this writes tables in a browser as well. */
const formula = /^'*[=+\-@\t\r\n＝＋－＠]/;

/** A cell; one that a spreadsheet would take for a formula is kept as text, numbers excepted. */
function cell(text: string): string {
  const safe = formula.test(text) && !plainNumber.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
