import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { auditTexts, documentOf } from '../index.ts';

/** What the audit finds in a file, as rule, place and quoted words. */
async function found(file: string, bytes: Uint8Array): Promise<readonly string[]> {
  const document = await documentOf(file, bytes);
  if ('refused' in document) return [document.refused];
  return auditTexts([document]).findings.map(
    ({ rule, places: [place] }) => `${rule} ${place?.line}:${place?.column} ${place?.text}`,
  );
}
const rulesOf = (told: readonly string[]): string[] => told.map((one) => one.split(' ')[0] ?? '');

const chinese = [
  '清洁能源占比由2015年的20%提高到2021年的25%，提高5%。',
  '单位生产总值能耗由2015年的0.46吨标准煤下降到2021年的0.28吨标准煤，下降42.5%。',
  '条例自2021年2月30日起施行，公园绿地面积120公顷（12平方公里）。',
].join('\n');
const chineseRules = [
  'change.points',
  'unit.missing',
  'change.endpoints',
  'value.impossible',
  'unit.conversion',
];

describe('a text in another encoding', () => {
  /** 清洁能源占比 … as GB 2312 has it. */
  const gbk = Uint8Array.from(
    ('c9adc1d6b8b2b8c7c2cab4efb5bd3131392e3425a1a3' + 'cee5c4eab6bcd4dac9cfc9fda1a3').match(/../g) ?? [],
    (pair) => Number.parseInt(pair, 16),
  );
  const utf16 = (text: string, big: boolean): Uint8Array => {
    const bytes = new Uint8Array(text.length * 2);
    const view = new DataView(bytes.buffer);
    for (let at = 0; at < text.length; at += 1) view.setUint16(at * 2, text.charCodeAt(at), !big);
    return bytes;
  };

  test('is read as the same words', async () => {
    const plain = await found('a.txt', strToU8(chinese));
    expect(rulesOf(plain).sort()).toEqual([...chineseRules].sort());
    for (const big of [false, true])
      for (const mark of ['', '\ufeff'])
        expect(await found('a.txt', utf16(mark + chinese, big))).toEqual(plain);
    expect(await found('a.txt', gbk)).toEqual(['value.impossible 1:8 119.4%']);
    expect(await found('a.html', Uint8Array.from([...strToU8('<p>'), ...gbk]))).toEqual([
      'value.impossible 1:11 119.4%',
    ]);
  });

  test('of Windows keeps its quotes apart from Chinese', async () => {
    const words = strToU8('The city\u0092s forest coverage rate reached 119.4%.', true);
    expect(await found('a.txt', words)).toEqual(['value.impossible 1:41 119.4%']);
  });

  test('that is none is refused', async () => {
    expect(
      await found(
        'a.txt',
        Uint8Array.from({ length: 4096 }, (_, at) => (at * 7) % 256),
      ),
    ).toEqual(['it is not text']);
  });
});

describe('spaces between Chinese and digits, and lines that end in mid-sentence', () => {
  test('change nothing; the quoted words and their place are those of the file', async () => {
    const spaced = chinese
      .replace(/(?<=[\p{Script=Han}])(?=\d)|(?<=[\d%])(?=\p{Script=Han})/gu, ' ')
      .replace('下降到 2021', '下降到\n2021');
    const told = await found('a.txt', strToU8(spaced));
    expect(rulesOf(told)).toEqual(expect.arrayContaining(chineseRules));
    expect(told).toContain('value.impossible 4:5 2021 年 2 月 30 日');
  });
});

describe('pages of a PDF as text', () => {
  const column = [
    'Energy used per 10,000 yuan of GDP',
    'decreased by 42.5% from 0.46 tonnes of coal',
    'equivalent in 2015 to 0.28 tonnes of coal',
    'equivalent in 2021, says the department.',
    'The work was carried on with regard to the',
    'needs of residents who had asked for it over',
    'a long time, and to those of the districts.',
    'The forest coverage rate reached 119.4%, as',
  ];
  const other = [
    'the statistical office of the city reports.',
    'The share of clean energy rose by 5% from',
    '20% in 2015 to 25% in 2021 as the coal-fired',
    'boilers were replaced one after the other in',
    'every quarter. Nothing else of this kind was',
    'reported in the course of the years that are',
    'under review here, and nothing is planned in',
    'the years to come by any of the offices.',
  ];
  const page = (number: number, rows: readonly string[]) =>
    ['Voluntary Local Review 2022', ...rows, `                Page ${number}`].join('\n');
  const sideBySide = column.map((left, at) => `${left.padEnd(48)}${other[at] ?? ''}`);

  test('are read column by column, without running heads', async () => {
    const text = [page(1, sideBySide), page(2, ['Waste is']), page(3, ['Water is'])].join('\n\f');
    expect(await found('a.txt', strToU8(text))).toEqual([
      'change.endpoints 3:14 42.5% from 0.46 tonnes of coal equivalent in 2015 to 0.28 tonnes of coal equivalent',
      'change.points 3:83 5% from 20% in 2015 to 25%',
      'value.impossible 9:34 119.4%',
    ]);
  });

  test('join the sentence that runs over the page', async () => {
    const long = 'In the course of the years under review the share of clean energy in all energy rose by 5%';
    const text = [page(1, [long]), page(2, ['from 20% in 2015 to 25% in 2021.']), page(3, [])].join('\n\f');
    expect(rulesOf(await found('a.txt', strToU8(text)))).toEqual(['change.points']);
  });
});

describe('a web page', () => {
  const words = `<nav>Forest 150%</nav><div hidden>The forest share reached 181%.</div>
<h2>Bulletin: what happened.</h2>
<p>Energy use <b>decreased by 42.5%</b> from <i>0.46</i>&nbsp;tonnes in 2015 to 0.28&nbsp;tonnes in 2021<sup>1</sup>.</p>
<p>The built-up area grew from 100 km<sup>2</sup> in 2015 to 120 km<sup>2</sup> in 2021<sup>2</sup>, an increase of 30%.</p>
<table><tr><th rowspan="2">District<th colspan="2">Area<tr><td>3</td><td>the share of
 forest reached 130%</td></tr></table>`;

  test('is read without menus and signs of notes, with the places of the file', async () => {
    expect(await found('a.html', strToU8(words))).toEqual([
      'change.endpoints 3:31 42.5% from 0.46 tonnes in 2015 to 0.28 tonnes',
      'change.endpoints 4:32 100 km² in 2015 to 120 km² in 2021, an increase of 30%',
      'value.impossible 6:17 130%',
    ]);
  });

  test('keeps cells in their columns where others reach over rows', async () => {
    const table =
      '<table><tr><th rowspan=2>A</th><th colspan=2>B</th></tr><tr><td>1</td><td>2</td></tr></table>';
    expect(await documentOf('a.html', strToU8(table))).toMatchObject({
      lines: [{ text: 'A\tB\t\t' }, { text: '\t1\t2\t' }],
    });
  });

  test.each(['<nav>', '<sup>1', '<a title="', '<div>', '<td rowspan=9999>', '&#x'])(
    'of nothing but %s ends at once, and never hides what follows',
    async (piece) => {
      const told = await found('a.html', strToU8(`${piece.repeat(100_000)}>\n<p>Forest coverage is 119.4%.`));
      expect(rulesOf(told)).toEqual(['value.impossible']);
    },
  );
});

describe('a word file', () => {
  const names = (main: string) =>
    `xmlns:w="${main}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"`;
  const transitional = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
  const run = (words: string, raised = false) =>
    `<w:r><w:rPr>${raised ? '<w:vertAlign w:val="superscript"/>' : ''}</w:rPr><w:t xml:space="preserve">${words}</w:t></w:r>`;
  const p = (inner: string, style = '') => `<w:p><w:pPr><w:pStyle w:val="${style}"/></w:pPr>${inner}</w:p>`;
  const boxed = p(run('The forest coverage rate reached 119.4%.'));
  const body = [
    p(run('1. Energy 3'), 'toc'),
    p(run('What became of energy, in short.'), '1'),
    p(
      `${run('The share of clean energy rose by ')}<w:del><w:r><w:delText>15%</w:delText></w:r></w:del><w:ins>${run('5%')}</w:ins>${run(' from 20% in 2015 to 25% in 2021')}${run('1', true)}${run('.')}`,
    ),
    p(
      `${run('The built-up area grew from 100 km')}${run('2', true)}${run(' in 2015 to 120 km')}${run('2', true)}${run(' in 2021, an increase of 30%.')}`,
    ),
    `<w:p><w:moveFrom>${run('Forest coverage is 160%.')}</w:moveFrom></w:p>`,
    `<w:p><w:r><mc:AlternateContent><mc:Choice>${boxed}</mc:Choice><mc:Fallback>${boxed}</mc:Fallback></mc:AlternateContent></w:r></w:p>`,
    `<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>${p(run('A'))}</w:tc><w:tc>${p(run('the share of forest reached 130%'))}</w:tc></w:tr></w:tbl>`,
  ].join('');
  const note = p(run('On February 30, 2021 the regulation entered into force.'));
  const styles =
    '<w:style w:styleId="1"><w:name w:val="heading 1"/></w:style><w:style w:styleId="toc"><w:name w:val="toc 1"/></w:style>';
  const file = (write: (xml: string) => string = (xml) => xml, main = 'word/document.xml') =>
    zipSync({
      [main]: strToU8(write(`<w:document ${names(transitional)}><w:body>${body}</w:body></w:document>`)),
      'word/footnotes.xml': strToU8(write(`<w:footnotes ${names(transitional)}>${note}</w:footnotes>`)),
      'word/styles.xml': strToU8(write(`<w:styles ${names(transitional)}>${styles}</w:styles>`)),
    });
  const told = [
    'change.points 3:35 5% from 20% in 2015 to 25%',
    'change.endpoints 4:29 100 km² in 2015 to 120 km² in 2021, an increase of 30%',
    'value.impossible 6:34 119.4%',
    'value.impossible 8:32 130%',
    'value.impossible 9:4 February 30, 2021',
  ];

  test('is read as it stands with its changes accepted: boxes once, notes, rows, no signs of notes', async () => {
    expect(await found('a.docx', file())).toEqual(told);
    expect(await documentOf('a.docx', file())).toMatchObject({
      lines: expect.arrayContaining([
        expect.objectContaining({ text: 'What became of energy, in short.', kind: 'heading' }),
        expect.objectContaining({ text: '1. Energy 3', kind: 'contents' }),
        expect.objectContaining({ text: 'A\t\tthe share of forest reached 130%\t' }),
      ]),
    });
  });

  test('is read by its names, whatever letters a program gives them and whichever edition of the standard', async () => {
    const renamed = (xml: string) => xml.replace(/(<\/?|\s)w:/g, '$1ns0:').replace('xmlns:w=', 'xmlns:ns0=');
    expect(await found('a.docx', file(renamed, 'word/document2.xml'))).toEqual(told);
    const strict = (xml: string) =>
      xml.replaceAll(transitional, 'http://purl.oclc.org/ooxml/wordprocessingml/main');
    expect(await found('a.docx', file(strict))).toEqual(told);
  });

  test('that is a bomb is refused', async () => {
    const deep = `<w:document ${names(transitional)}>${'<w:tbl>'.repeat(5000)}`;
    expect(await found('a.docx', zipSync({ 'word/document.xml': strToU8(deep) }))).toEqual([
      'its XML is broken: elements are nested more than 400 deep',
    ]);
    const large = zipSync({ 'word/document.xml': new Uint8Array(50_000_001) }, { level: 1 });
    expect(await found('a.docx', large)).toEqual(['its text is larger than 50 MB unpacked']);
  });
});
