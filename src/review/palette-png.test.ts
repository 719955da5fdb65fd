import sharp from 'sharp';
import { expect, it } from 'vitest';
import { palettePng } from './palette-png.ts';

const decoded = async (png: Uint8Array) => {
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data, info };
};

it('says the colours of a flat drawing again, within what 15 bits leave', async () => {
  const [width, height] = [61, 17];
  const pixels = new Uint8Array(width * height * 4);
  for (let at = 0; at < width * height; at += 1)
    pixels.set(
      [
        [252, 251, 248],
        [31, 111, 92],
        [27, 31, 36],
      ][(at * 7) % 3] ?? [],
      at * 4,
    );
  const { data, info } = await decoded(palettePng(pixels, width, height));
  expect([info.width, info.height]).toEqual([width, height]);
  for (let at = 0; at < width * height; at += 1)
    expect([...data.subarray(at * 3, at * 3 + 3)]).toEqual([...pixels.subarray(at * 4, at * 4 + 3)]);
});

it('brings a drawing of many colours to 256, none far from its own', async () => {
  const [width, height] = [128, 64];
  const pixels = new Uint8Array(width * height * 4);
  for (let at = 0; at < width * height; at += 1)
    pixels.set([(at * 37) % 256, (at * 11) % 256, (at >> 5) % 256, 255], at * 4);
  const png = palettePng(pixels, width, height);
  const { data } = await decoded(png);
  let worst = 0;
  for (let at = 0; at < width * height; at += 1)
    for (let part = 0; part < 3; part += 1)
      worst = Math.max(worst, Math.abs((data[at * 3 + part] ?? 0) - (pixels[at * 4 + part] ?? 0)));
  expect(worst).toBeLessThan(64);
  expect(palettePng(pixels, width, height)).toEqual(png);
});

it('refuses pixels that are not as many as it was told', () => {
  expect(() => palettePng(new Uint8Array(8), 2, 2)).toThrow(RangeError);
});
