/**
 * What stands beside a live chart follows the choice: the files of what is shown, and the lines to embed it. A site of files has
 * no server that would answer a query; there all of it stays as it is.
 */
export function followChoice(query: string): void {
  const asked = query === '' ? '' : `?${query}`;
  for (const link of document.querySelectorAll<HTMLAnchorElement>('li.asked a')) link.search = asked;
  for (const lines of document.querySelectorAll('.embed-code code'))
    lines.textContent = (lines.textContent ?? '').replace(
      /(src="[^"?]*\/)(?:\?[^"]*)?"/g,
      (_, address: string) => `${address}${asked}"`,
    );
}
