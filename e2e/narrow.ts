import type { Page } from 'playwright-core';

/** What a reader with a phone would complain of: a page wider than the screen, words squeezed to a letter or two a line. */
export function narrowFaults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const over = document.documentElement.scrollWidth - window.innerWidth;
    const faults = over > 0 ? [`${over} px too wide`] : [];
    for (const element of document.body.querySelectorAll('main *')) {
      if (element.closest('svg') !== null) continue;
      const own = [...element.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE);
      const words = own.map(({ textContent }) => textContent?.trim() ?? '').join('');
      const { width, height } = element.getBoundingClientRect();
      if (words.length >= 8 && width > 0 && width < 60 && height > 100)
        faults.push(`${Math.round(width)} × ${Math.round(height)} px: ${words.slice(0, 30)}`);
    }
    // A large number whose word breaks in its midst is too large for the screen.
    for (const element of document.body.querySelectorAll<HTMLElement>('main .big')) {
      const words = (element.textContent ?? '').split(/\s+/).filter((word) => /^[a-z]+$/i.test(word));
      const pen = document.createElement('canvas').getContext('2d');
      if (pen === null) continue;
      pen.font = getComputedStyle(element).font;
      for (const word of words)
        if (pen.measureText(word).width > element.clientWidth) faults.push(`broken: ${word}`);
      if (/\u00a0/.test(element.textContent ?? '')) faults.push('a large number is tied to its unit');
    }
    // What a table tells in a row of its own is read without scrolling sideways.
    for (const reason of document.body.querySelectorAll('table.progress .reasons td > div'))
      if (reason.getBoundingClientRect().right > window.innerWidth)
        faults.push(`cut off: ${reason.textContent?.slice(0, 30)}`);
    return faults.slice(0, 5);
  });
}

/** What a reader with a printed page would miss: whatever stands beyond the edge of the sheet. Ask for it with the medium `print`. */
export function paperFaults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const faults: string[] = [];
    for (const element of document.body.querySelectorAll('main *')) {
      if (element.closest('svg, .vh') !== null) continue;
      // What is folded is not printed.
      const folded = element.closest('details:not([open])');
      if (folded !== null && element.closest('summary') === null) continue;
      const { right, width } = element.getBoundingClientRect();
      if (width > 0 && right > window.innerWidth + 1)
        faults.push(
          `${Math.round(right - window.innerWidth)} px cut off: ${element.textContent?.trim().slice(0, 30) ?? ''}`,
        );
    }
    return faults.slice(0, 3);
  });
}
