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
