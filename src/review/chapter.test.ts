import { describe, expect, it } from 'vitest';
import { parseChapter } from './chapter.ts';
import { handTyped } from './hand-typed.ts';

const typed = (text: string) => handTyped(text).map((each) => each.text);
const rules = (text: string) =>
  parseChapter(text, { file: 'c.en.md', language: 'en' }).findings.map(({ rule, severity, where }) => [
    rule,
    severity,
    where.row,
    where.column,
  ]);

describe('numbers typed by hand', () => {
  it('are quantities', () => {
    expect(typed('It fell by 39.1 % to 0.28, over 1,234 households and 12 parks.')).toEqual([
      '39.1 %',
      '0.28',
      '1,234',
      '12',
    ]);
    expect(typed('下降39.1%，建成12个，约三成的企业，十二万人')).toEqual(['39.1%', '12', '三成', '十二万']);
    expect(typed('three million people')).toEqual(['three']);
  });
  it('are not years, goal numbers, or digits in words', () => {
    expect(
      typed(
        'From 2015 to 2021, in 2015–2021, SDG 7, SDGs 7, 10, 12 and 17, Goal 11.6, PM2.5, CO2, 1+X, 14th',
      ),
    ).toEqual([]);
    expect(typed('2015年至2021年，目标7，第14届，PM2.5，“十四五”')).toEqual([]);
  });
  it('include a year-like number with a unit', () => {
    expect(typed('2000 tonnes and 2050 km')).toEqual(['2000', '2050']);
  });
  it('are told with line and column', () => {
    expect(rules('# T\n\nFirst line\nand **bold** then 45 % of it.\n')).toEqual([
      ['number.typed', 'warning', 4, 19],
    ]);
  });
  it('may be marked as part of a name', () => {
    expect(rules('# T\n\nThe {% say %}Forum of 100 Cities{% /say %} met.\n')).toEqual([]);
  });
});

describe('tags', () => {
  it('that are unknown, incomplete or in the wrong place are errors', () => {
    expect(rules('# T\n\n{% valeu indicator="x" /%}\n')).toEqual([['tag.unknown', 'error', 3, 1]]);
    expect(rules('# T\n\nA {% value indicator="x" /%}\n')).toEqual([['tag.attribute', 'error', 3, 3]]);
    expect(rules('# T\n\nA {% chart indicators="x" /%} b\n')).toEqual([['tag.place', 'error', 3, 3]]);
    expect(rules('# T\n\n{% change indicator="x" from="2015" to="2020" as="odd" /%}\n')).toEqual([
      ['tag.attribute', 'error', 3, 1],
    ]);
  });
  it('that are not closed are told', () => {
    expect(rules('# T\n\n{% value indicator="x"\n').map(([rule]) => rule)).toEqual(['chapter.syntax']);
  });
  it('have their digits taken for no number', () => {
    expect(rules('# T\n\nIn {% value indicator="a5" period="2020-Q3" /%} we.\n')).toEqual([]);
  });
});

describe('a chapter', () => {
  it('begins with its title', () => {
    expect(rules('Text\n')).toEqual([['chapter.no-title', 'error', 1, 1]]);
  });
  it('may hold no images', () => {
    expect(rules('# T\n\n![x](y.png)\n').map(([rule]) => rule)).toEqual(['chapter.unknown-inline']);
  });
  it('of hostile depth is refused, not crashed on', () => {
    const deep = `# T\n\n${'> '.repeat(500)}x\n`;
    expect(() => parseChapter(deep, { file: 'c', language: 'en' })).not.toThrow();
    const long = parseChapter('x'.repeat(1_000_001), { file: 'c', language: 'en' });
    expect(long.findings.map(({ rule }) => rule)).toEqual(['chapter.too-long']);
  });
});
