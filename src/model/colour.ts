/** The pages' own paper and accent in each theme; src/web/styles says the same. */
export const papers = { light: '#fcfbf8', dark: '#15181b' } as const;
const ownAccents = { light: '#1f6f5c', dark: '#6cc3aa' } as const;
/** Least contrast of text (WCAG 2.2, 1.4.3 level AA). */
export const leastContrast = 4.5;

/** Red, green, blue of `#rrggbb`, each 0–255. */
function channels(colour: string): readonly [number, number, number] {
  const at = (from: number) => Number.parseInt(colour.slice(from, from + 2), 16);
  return [at(1), at(3), at(5)];
}

/** Relative luminance, 0–1 (WCAG 2.2, definition of relative luminance). */
function luminance(colour: string): number {
  const [red, green, blue] = channels(colour).map((channel) => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}

/** Contrast ratio of two colours, 1–21 (WCAG 2.2, definition of contrast ratio). */
export function contrastOf(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

/** A colour with a share (0–1) of another. */
export function mixed(colour: string, other: string, share: number): string {
  const to = channels(other);
  return `#${channels(colour)
    .map((channel, at) =>
      Math.round(channel + ((to[at] ?? 0) - channel) * share)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}

/**
 * The accents a place's pages use: its own where they can be read on the paper of the theme, else the product's. Without a dark one, the
 * light one is mixed with white until it can be read.
 */
export function accentsOf(
  brand: { readonly accent?: string | undefined; readonly accentDark?: string | undefined } | undefined,
): { readonly light: string; readonly dark: string } {
  const readable = (colour: string | undefined, theme: 'light' | 'dark'): boolean =>
    colour !== undefined && contrastOf(colour, papers[theme]) >= leastContrast;
  const light = readable(brand?.accent, 'light') ? (brand?.accent ?? ownAccents.light) : ownAccents.light;
  if (readable(brand?.accentDark, 'dark')) return { light, dark: brand?.accentDark ?? ownAccents.dark };
  if (brand?.accentDark !== undefined || light === ownAccents.light) return { light, dark: ownAccents.dark };
  for (let share = 0; share < 1; share += 0.05) {
    const dark = mixed(light, '#ffffff', share);
    if (contrastOf(dark, papers.dark) >= leastContrast + 1) return { light, dark };
  }
  return { light, dark: ownAccents.dark };
}
