import type { Page } from 'playwright-core';

/** A half-width mark that a Chinese reader would call wrong, with the Han letter beside it. */
const wrong =
  /\p{Script=Han} ?[:;,!?](?=\s|\p{Script=Han}|$)|[:;,] ?\p{Script=Han}|\(\p{Script=Han}|\p{Script=Han}\(|\p{Script=Han} [，。：；）]|[，。：；、] (?=\p{Script=Han})/u;

/**
 * Places of a Chinese page where the product's own words stand with half-width marks (`来源: …`) or with a space that a
 * full-width mark already brings. Code, addresses and formulas are left out.
 */
export async function hanMarkFaults(page: Page): Promise<readonly string[]> {
  const text = await page.evaluate(() => {
    const kept = document.body.cloneNode(true);
    if (!(kept instanceof HTMLElement)) return '';
    for (const each of kept.querySelectorAll('script, style, pre, code, svg, textarea, [lang="en"]'))
      each.remove();
    // A block ends a line; the copy is not laid out, so its text has no lines of its own.
    for (const each of kept.querySelectorAll('*'))
      if (!/^(?:A|B|EM|I|SMALL|SPAN|STRONG|ABBR|MARK|SUB|SUP|CITE)$/.test(each.tagName)) each.append('\n');
    return kept.textContent;
  });
  return text
    .split('\n')
    .map((line) => line.replaceAll(/\s+/g, ' ').trim())
    .flatMap((line) => {
      const found = wrong.exec(line);
      return found === null ? [] : [line.slice(Math.max(0, found.index - 15), found.index + 20)];
    });
}
