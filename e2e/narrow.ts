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
