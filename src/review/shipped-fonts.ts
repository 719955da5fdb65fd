import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** The shipped font files: nothing else may appear in a document or a picture. */
const fontFiles = [
  '@expo-google-fonts/source-sans-3/400Regular/SourceSans3_400Regular.ttf',
  '@expo-google-fonts/source-sans-3/400Regular_Italic/SourceSans3_400Regular_Italic.ttf',
  '@expo-google-fonts/source-sans-3/600SemiBold/SourceSans3_600SemiBold.ttf',
  '@embedpdf/fonts-sc/fonts/NotoSansHans-Regular.otf',
  '@embedpdf/fonts-sc/fonts/NotoSansHans-Bold.otf',
];

/** The families of the shipped fonts, by their exact names. */
export const families = 'Source Sans 3, Noto Sans S Chinese';

/** Where the font files lie on this machine. */
export function shippedFonts(): readonly string[] {
  return fontFiles.map(packageFile);
}

/** A drawing with the shipped fonts in place of those of a reader's screen. */
export function withShippedFonts(svg: string): string {
  return svg.replace(/font-family="[^"]*"/g, `font-family="${families}"`);
}

/** Where a file of a package lies: looked for as Node does, because font packages do not export their font files. */
function packageFile(file: string): string {
  const folders = createRequire(import.meta.url).resolve.paths(file) ?? [];
  const found = folders.map((folder) => join(folder, file)).find((path) => existsSync(path));
  if (found === undefined) throw new Error(`the font ${file} is not installed; run npm install`);
  return found;
}
