const special = /[&<>"']/;

/** Text for an element or a quoted attribute, escaped as the pages' own renderer does. For long tables, which are written as text. */
export function escaped(text: string): string {
  if (!special.test(text)) return text;
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
