/** Rows as CSV (RFC 4180) with a byte order mark, so that a spreadsheet reads the Chinese. */
export function csvText(rows: readonly (readonly string[])[]): string {
  return `\ufeff${csvRows(rows)}`;
}

/** Rows of such a table without its beginning, each with its end of line. */
export function csvRows(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** A cell; one that a spreadsheet would take for a formula is kept as text, numbers excepted. */
function cell(text: string): string {
  const safe = /^[=+@\t\r]/.test(text) || /^-(?![\d.])/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
