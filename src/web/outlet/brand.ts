import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { cleanEmblem } from '../../intake/index.ts';
import { accentsOf, type Brand, mixed, papers } from '../../model/index.ts';
import type { Catalogue } from '../catalogue.ts';

const pngStart = 'data:image/png;base64,';
/** An emblem is shown at most this high, at twice the density. */
const mostPixels = 256;

/** A place's colours as a style sheet that restates the product's; null when it keeps them. */
export function brandSheet(brand: Brand | undefined): string | null {
  if (brand?.accent === undefined && brand?.accentDark === undefined) return null;
  const { light, dark } = accentsOf(brand);
  return `:root{--accent:${light};--accent-soft:${mixed(light, papers.light, 0.88)}}
@media (prefers-color-scheme:dark){:root{--accent:${dark};--accent-soft:${mixed(dark, papers.dark, 0.8)}}}
@media print{:root{--accent:${light};--accent-soft:${mixed(light, '#ffffff', 0.88)}}}
`;
}

/** Addresses of what a place's brand adds to a page; they name their content. Null where it adds nothing. */
export function brandAddresses({ city, place }: Catalogue): {
  readonly sheet: string | null;
  readonly emblem: string | null;
} {
  const { brand } = place.workspace.city;
  const sheet = brandSheet(brand);
  const at = (name: string, content: string, ending: string) =>
    `/brand/${encodeURIComponent(city)}/${name}-${createHash('sha256').update(content).digest('hex').slice(0, 10)}.${ending}`;
  const emblem = brand?.emblem;
  return {
    sheet: sheet === null ? null : at('colours', sheet, 'css'),
    emblem: emblem === undefined ? null : at('emblem', emblem, emblem.startsWith(pngStart) ? 'png' : 'svg'),
  };
}

/** The bytes of an emblem as it is served: an SVG of shapes only, or a PNG made anew from its pixels. */
export async function emblemFile(
  brand: Brand | undefined,
): Promise<{ readonly type: string; readonly bytes: Uint8Array<ArrayBuffer> } | null> {
  const clean = brand?.emblem === undefined ? null : cleanEmblem(brand.emblem);
  if (clean === null) return null;
  if (!clean.startsWith(pngStart))
    return { type: 'image/svg+xml; charset=utf-8', bytes: new Uint8Array(Buffer.from(clean, 'utf8')) };
  try {
    const bytes = await sharp(Buffer.from(clean.slice(pngStart.length), 'base64'), {
      limitInputPixels: 40_000_000,
      failOn: 'error',
    })
      .resize({ width: mostPixels, height: mostPixels, fit: 'inside', withoutEnlargement: true })
      .png({ compressionLevel: 9 })
      .toBuffer();
    return { type: 'image/png', bytes: new Uint8Array(bytes) };
  } catch {
    return null;
  }
}
