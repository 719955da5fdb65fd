import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** What a page is held against: WCAG 2.2 at level AA, and what axe calls best practice. */
export const accessibilityTags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * What axe finds on a page: rule and place, at most two places a rule. Of brothers that are made alike (rows of a table,
 * points of a chart) it reads three, since it finds in the hundredth what it finds in the third, and takes minutes for a
 * list of a thousand; what is said of identities is looked for in the whole page. The page is left as it was.
 */
export async function axeFaults(
  page: Page,
  judge: (axe: AxeBuilder) => AxeBuilder = (axe) => axe.withTags(accessibilityTags),
): Promise<readonly string[]> {
  const twice = await page.evaluate(takeAlike);
  try {
    const { violations } = await judge(
      new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] }),
    ).analyze();
    return [
      ...twice,
      ...violations.map(
        ({ id, nodes }) =>
          `${id}: ${nodes
            .slice(0, 2)
            .map(({ html }) => html.slice(0, 160))
            .join(' | ')}`,
      ),
    ];
  } finally {
    await page.evaluate(putBack);
  }
}

declare global {
  interface Window {
    /** What is taken out of the page while axe reads it, with what stood behind it. */
    takenAlike?: readonly (readonly [Element, Node, Node | null])[];
  }
}

/** In the page: takes out what is made like three of its brothers; says which identities are given twice. */
function takeAlike(): readonly string[] {
  const named = new Set<string>();
  const twice = new Set<string>();
  for (const { id } of document.querySelectorAll('[id]')) {
    if (named.has(id)) twice.add(`duplicate-id: ${id}`);
    named.add(id);
  }
  const pointers = [
    'aria-labelledby',
    'aria-describedby',
    'aria-controls',
    'aria-owns',
    'headers',
    'for',
    'list',
  ];
  const pointedAt = new Set(
    pointers.flatMap((name) =>
      [...document.querySelectorAll(`[${name}]`)].flatMap((at) => (at.getAttribute(name) ?? '').split(/\s+/)),
    ),
  );
  // Of these the words are not looked at, only that there are some: what they say does not change what axe finds.
  const worded =
    /^(?:id|href|title|alt|aria-label|value|name|for|d|points|transform|x\d?|y\d?|cx|cy|r|width|height|data-.*|aria-(?:labelledby|describedby|controls|value.*))$/;
  const looks = new Map<Element, string>();
  const keep = new Set<Element>();
  const look = (element: Element): string => {
    const parts = [element.localName];
    for (const { name, value } of element.attributes)
      parts.push(worded.test(name) ? `${name}${value === '' ? '' : '='}` : `${name}=${value}`);
    const inner: string[] = [];
    for (const child of element.childNodes) {
      let each = '';
      if (child instanceof Element) {
        each = look(child);
        if (keep.has(child)) keep.add(element);
      } else if (child.nodeType === Node.TEXT_NODE && (child.nodeValue ?? '').trim() !== '') each = '…';
      if (each !== '' && each !== inner.at(-1)) inner.push(each);
    }
    if (
      element === document.activeElement ||
      pointedAt.has(element.id) ||
      element.localName.includes('-') ||
      element.localName === 'h1'
    )
      keep.add(element);
    const all = `${parts.join(' ')}<${inner.join('')}>`;
    looks.set(element, all);
    return all;
  };
  look(document.body);
  const taken: (readonly [Element, Node, Node | null])[] = [];
  const thin = (parent: Element): void => {
    const seen = new Map<string, number>();
    for (const child of [...parent.children]) {
      const own = looks.get(child) ?? '';
      const count = (seen.get(own) ?? 0) + 1;
      seen.set(own, count);
      if (count > 3 && !keep.has(child)) {
        taken.push([parent, child, child.nextSibling]);
        child.remove();
      } else thin(child);
    }
  };
  thin(document.body);
  window.takenAlike = taken;
  return [...twice].slice(0, 2);
}

/** In the page: what was taken out stands where it stood. */
function putBack(): void {
  for (const [parent, node, next] of [...(window.takenAlike ?? [])].reverse())
    parent.insertBefore(node, next);
  delete window.takenAlike;
}
