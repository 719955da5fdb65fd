import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bindReview } from './bind.ts';
import { renderPdf } from './pdf.ts';
import { foreignFonts, pdfFonts } from './pdf-fonts.ts';
import { sampleInput } from './sample.ts';
import { typstSource, typstString } from './typst.ts';

const chapter = `# Energy 能源

The share was {% value indicator="nonfossil-share" period="2020" /%}.

{% chart indicators="nonfossil-share" /%}

{% key-indicators goal="7" /%}

{% case id="roofs" %}
*Roofs* pay.
{% /case %}
`;
const { document } = bindReview(sampleInput(chapter));

describe('a review as PDF', () => {
  for (const [standard, mark] of [
    ['ua-1', 'pdfuaid'],
    ['a-2a', 'pdfaid'],
  ] as const)
    it(`conforms to ${standard} and holds our fonts only`, () => {
      const { pdf, findings } = renderPdf(document, { standard });
      expect(findings).toEqual([]);
      const bytes = Buffer.from(pdf ?? []);
      expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
      expect(bytes.toString('latin1')).toContain(`<${mark}:part>`);
      const fonts = pdfFonts(bytes).map((name) => name.replace(/^[A-Z]{6}\+/, ''));
      expect(fonts).toContain('SourceSans3-Regular');
      expect(fonts.some((name) => name.startsWith('NotoSansHans'))).toBe(true);
      expect(foreignFonts(bytes)).toEqual([]);
    });
  it('is the same bytes each time, in another time zone too', () => {
    const first = renderPdf(document, { standard: 'ua-1' }).pdf;
    const zone = process.env.TZ;
    process.env.TZ = 'Pacific/Kiritimati';
    const second = renderPdf(document, { standard: 'ua-1' }).pdf;
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
    expect(Buffer.compare(Buffer.from(first ?? []), Buffer.from(second ?? []))).toBe(0);
  });
  it('carries the date of the review and no other', () => {
    const text = Buffer.from(renderPdf(document, { standard: 'ua-1' }).pdf ?? []).toString('latin1');
    const dates = [...text.matchAll(/D:(\d{8})|(\d{4}-\d{2}-\d{2})T/g)].map((match) =>
      (match[1] ?? match[2] ?? '').replaceAll('-', ''),
    );
    expect(new Set(dates)).toEqual(new Set(['20221031']));
  });
  it('refuses a character that no shipped font has, and names it', () => {
    const { document: emoji } = bindReview(sampleInput('# Energy\n\nGreat 🎉 year.\n'));
    const { pdf, findings } = renderPdf(emoji, { standard: 'ua-1' });
    expect(pdf).toBeNull();
    expect(findings[0]?.what).toContain('🎉');
  });
  it('would notice a font that is not ours', () => {
    const require = createRequire(import.meta.url);
    const { NodeCompiler } = require('@myriaddreamin/typst-ts-node-compiler');
    const compiler = NodeCompiler.create();
    const compiled = compiler.compile({ mainFileContent: '#set document(date: none)\nPlain text and $x^2$' });
    expect(foreignFonts(compiler.pdf(compiled.result)).length).toBeGreaterThan(0);
  });
});

describe('text in Typst source', () => {
  it('is never code: whatever is typed stays inside its string', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (typed) => {
        const literal = typstString(typed);
        expect(literal.slice(1, -1).replace(/\\[\\"]/g, '')).not.toMatch(/["\\\n\r]/);
      }),
    );
  });
  it('is shown as it was typed', () => {
    const { document: hostile } = bindReview(
      sampleInput('# A\n\n\\#read("/etc/passwd") #panic("x") \\\\ "q" ] [ } { $x$ `c` @y <z> //w /* v */\n'),
    );
    const { pdf, findings } = renderPdf(hostile, { standard: 'ua-1' });
    expect(findings).toEqual([]);
    expect(pdf).not.toBeNull();
    const source = typstSource(hostile);
    const layout = readFileSync(new URL('./review.typ', import.meta.url), 'utf8');
    const outside = source.slice(layout.length).replace(/"(?:[^"\\]|\\.)*"/g, '');
    expect(outside).not.toMatch(/panic|read|passwd/);
  });
});
