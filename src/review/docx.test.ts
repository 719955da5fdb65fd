import { strFromU8, unzipSync } from 'fflate';
import { SaxesParser } from 'saxes';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { bindReview } from './bind.ts';
import { renderDocx } from './docx.ts';
import { sampleInput } from './sample.ts';

const chapter = `# Energy 能源

The share was {% value indicator="nonfossil-share" period="2020" /%} {% cite source="vlr" locator="line 315" /%}, see [the site](https://example.org/a?b=1&c=2).

1. first
2. second
   - inner

{% chart indicators="nonfossil-share" /%}

{% chart indicators="energy-per-gdp" /%}

{% key-indicators goal="7" /%}

{% case id="roofs" %}
*Roofs* pay & <earn>.
{% /case %}
`;
const { document } = bindReview(sampleInput(chapter));

describe('a review as a Word document', () => {
  it('is the same bytes each time, in another time zone too', async () => {
    const first = await renderDocx(document);
    const zone = process.env.TZ;
    process.env.TZ = 'Pacific/Kiritimati';
    const second = await renderDocx(document);
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
    expect(Buffer.compare(first, second)).toBe(0);
  });

  it('holds well-formed parts, the text, the code and the date of the review', async () => {
    const entries = unzipSync(await renderDocx(document));
    for (const [name, bytes] of Object.entries(entries)) {
      if (!/\.(?:xml|rels)$/.test(name)) continue;
      const parser = new SaxesParser();
      parser.on('error', (error) => expect.fail(`${name}: ${error.message}`));
      parser.write(strFromU8(bytes)).close();
    }
    const body = strFromU8(entries['word/document.xml'] ?? new Uint8Array());
    expect(body).toContain('18.3\u00a0%');
    expect(body).toContain('Roofs');
    expect(body).toContain('&lt;earn&gt;');
    expect(body).toContain(`F·${document.figures[0]?.figure.code}`);
    expect(strFromU8(entries['docProps/core.xml'] ?? new Uint8Array())).toContain('2022-10-31T00:00:00Z');
  });

  it('names every relation that its text uses, and every bookmark that it points to', async () => {
    const entries = unzipSync(await renderDocx(document));
    const body = strFromU8(entries['word/document.xml'] ?? new Uint8Array());
    const rels = strFromU8(entries['word/_rels/document.xml.rels'] ?? new Uint8Array());
    const ids = new Set([...rels.matchAll(/ Id="([^"]+)"/g)].map((match) => match[1]));
    for (const [, id] of body.matchAll(/r:(?:id|embed)="([^"]+)"/g)) expect(ids).toContain(id);
    const marks = new Set(
      [...body.matchAll(/<w:bookmarkStart[^>]*w:name="([^"]+)"/g)].map((match) => match[1]),
    );
    for (const [, anchor] of body.matchAll(/w:anchor="([^"]+)"/g)) expect(marks).toContain(anchor);
  });

  it('has the drawing of each chart as SVG with an alternative text', async () => {
    const entries = unzipSync(await renderDocx(document));
    const drawings = Object.keys(entries).filter((name) => name.endsWith('.svg'));
    expect(drawings).toHaveLength(2);
    expect(strFromU8(entries['word/document.xml'] ?? new Uint8Array())).toMatch(/descr="[^"]*Non-fossil/);
  });

  it('has each chart as a picture too, for programs that show no SVG', async () => {
    const entries = unzipSync(await renderDocx(document));
    const pictures = Object.entries(entries).filter(([name]) => name.endsWith('.png'));
    expect(pictures).toHaveLength(2);
    for (const [name, bytes] of pictures) {
      const { width, height } = await sharp(bytes).metadata();
      expect([width, height], name).toEqual([1200, 600]);
      const { entropy } = await sharp(bytes).stats();
      expect(entropy, name).toBeGreaterThan(0.1);
    }
  });
});
