import { Resvg } from '@resvg/resvg-js';
import { palettePng } from './palette-png.ts';
import { shippedFonts, withShippedFonts } from './shipped-fonts.ts';

/**
 * A drawing as PNG, `width` pixels wide, on white: for programs that read no SVG. Only the shipped fonts are used, so the
 * same drawing gives the same bytes on every machine.
 */
export function pngOf(svg: string, width: number): Uint8Array {
  const drawn = new Resvg(withShippedFonts(svg), {
    background: '#ffffff',
    fitTo: { mode: 'width', value: width },
    font: {
      loadSystemFonts: false,
      fontFiles: [...shippedFonts()],
      defaultFontFamily: 'Source Sans 3',
    },
  });
  return drawn.render().asPng();
}

/**
 * A drawing without letters as PNG of few colours, `width` pixels wide, on a ground of `background` (`#rrggbb`). The same
 * drawing gives the same bytes on every machine.
 */
export function flatPngOf(svg: string, width: number, background: string): Uint8Array {
  const drawn = new Resvg(svg, {
    background,
    fitTo: { mode: 'width', value: width },
    font: { loadSystemFonts: false },
  }).render();
  return palettePng(drawn.pixels, drawn.width, drawn.height);
}
