import type { Drawing } from '../../chart/index.ts';

/** Hands a file to the reader. */
function save(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The browser has taken the bytes over by then.
  window.setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

export function saveText(text: string, type: string, name: string): void {
  save(new Blob([text], { type: `${type};charset=utf-8` }), name);
}

/** The faces of the page as rules that a picture can carry along; empty where the page does not have them or may not read them again. */
async function lettersOfPage(): Promise<string> {
  const faces = performance
    .getEntriesByType('resource')
    .filter(({ name }) => /\/source-sans-3[^/]*\.woff2$/.test(name));
  const rules = await Promise.all(faces.map(({ name }) => ruleOf(name)));
  return `<style>${rules.join('')}</style>`;
}

async function ruleOf(file: string): Promise<string> {
  const range = file.includes('-extended') ? ';unicode-range:U+0100-02BA,U+1E00-1EFF' : '';
  try {
    const bytes = await (await fetch(file)).blob();
    const address = await new Promise<string>((done, fail) => {
      const reader = new FileReader();
      reader.onload = () => done(String(reader.result));
      reader.onerror = fail;
      reader.readAsDataURL(new Blob([bytes], { type: 'font/woff2' }));
    });
    return `@font-face{font-family:'Source Sans 3';src:url(${address}) format('woff2');font-weight:200 900${range}}`;
  } catch {
    return '';
  }
}

/** Paints a drawing at twice its size, sharp in print and in the letters of the page, and hands it over as PNG. */
export async function savePng({ svg, width, height }: Drawing, name: string): Promise<void> {
  const image = new Image();
  const letters = await lettersOfPage();
  const lettered = svg.replace(/^<svg[^>]*>/, (head) => `${head}${letters}`);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(lettered)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width * 2;
  canvas.height = height * 2;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
  if (blob !== null) save(blob, name);
}
