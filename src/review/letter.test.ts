import { getDocumentProxy } from 'unpdf';
import { expect, it } from 'vitest';
import { keptTogether } from './kept-together.ts';
import { type LetterDocument, renderLetter } from './letter.ts';

const whole = (text: string): readonly string[] =>
  keptTogether(text).flatMap((piece) => (piece.whole ? [piece.text] : []));

it('a number keeps its sign and its unit', () => {
  expect(whole('Energy: ≥ 0.68 tce/10⁴ CNY · 2020')).toEqual(['≥ 0.68 tce/10⁴', '2020']);
  expect(whole('能耗：约12.5万吨标准煤，2020年')).toEqual(['约12.5万吨标准煤', '2020年']);
  expect(whole('−3.1 % in 2015, 1,200 km² more')).toEqual(['−3.1 %', '2015', '1,200 km²']);
  for (const text of ['', 'no number', '≥', '《计划》 2.', 'a1b2 1 2 3', '12 000 t'])
    expect(
      keptTogether(text)
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text);
});

/** Rows whose words before the number grow, so that the line would end at each place of it in some of them. */
function letter(language: 'en' | 'zh'): LetterDocument {
  const row = (at: number) =>
    language === 'en'
      ? `Energy ${'m'.repeat(at)}: ≥ ${100 + at} tce · 2020`
      : `能耗${'能'.repeat(at)}：≥ ${100 + at}万吨标准煤 · 2020年`;
  return {
    ...{ language, title: 'T', subtitle: 'S', issuer: 'I', date: '2015-01-01', number: '2015-1' },
    ...{ opening: 'O', closing: 'C', signers: ['A'], head: ['a', 'b', 'c', 'd'] },
    rows: Array.from({ length: 30 }, (_, at) => ['goal', row(at), '2020', '1']),
  };
}

it.each(['en', 'zh'] as const)('in a letter no line ends between them (%s)', async (language) => {
  const { pdf, findings } = renderLetter(letter(language));
  expect(findings).toEqual([]);
  const document = await getDocumentProxy(new Uint8Array(pdf ?? []));
  const lines: string[] = [];
  for (let at = 1; at <= document.numPages; at += 1) {
    const byHeight = new Map<string, string>();
    for (const item of (await (await document.getPage(at)).getTextContent()).items)
      if ('str' in item) {
        const height = String(Math.round(Number(item.transform[5])));
        byHeight.set(height, `${byHeight.get(height) ?? ''}${item.str}`);
      }
    lines.push(...byHeight.values());
  }
  const unit = language === 'en' ? ' ?tce' : ' ?万吨标准煤';
  for (let at = 100; at < 130; at += 1)
    expect(
      lines.some((line) => new RegExp(`≥ ?${at}${unit}`).test(line)),
      `${at}: ${lines.filter((line) => line.includes(String(at))).join(' | ')}`,
    ).toBe(true);
});
