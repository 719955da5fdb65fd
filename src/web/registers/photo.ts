import sharp from 'sharp';

/** Longest side of a kept photograph, in pixels. */
const longestSide = 1600;
const mostPixels = 60_000_000;
/** What phones and cameras write; drawings that are programs, such as SVG, are not pictures here. */
const kinds: ReadonlySet<string> = new Set(['jpeg', 'png', 'webp', 'heif', 'tiff', 'gif']);

/**
 * A photograph made anew: turned upright, at most 1,600 pixels, JPEG, without any metadata (place, device, time). Null
 * when the bytes are no picture that can be read.
 */
export async function cleanPhoto(bytes: Uint8Array): Promise<Uint8Array | null> {
  try {
    const { format } = await sharp(bytes, { limitInputPixels: mostPixels }).metadata();
    if (!kinds.has(format)) return null;
    return await sharp(bytes, { limitInputPixels: mostPixels, failOn: 'error', animated: false })
      .rotate()
      .resize({ width: longestSide, height: longestSide, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: 80 })
      .toBuffer();
  } catch {
    return null;
  }
}
