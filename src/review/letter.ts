import type { Language } from '../model/index.ts';
import { keptTogether } from './kept-together.ts';
import { type PdfOutcome, typesetPdf } from './pdf.ts';
import { pageLayout, typstString } from './typst.ts';
import { isoDateParts, longDate } from './words.ts';

/** A document of one or two pages that is signed: who promises what to whom, as a table, and where the parties sign. */
export interface LetterDocument {
  readonly language: Language;
  readonly title: string;
  readonly subtitle: string;
  readonly issuer: string;
  /** ISO day: the date of the document, in its text and in its file. */
  readonly date: string;
  /** Number of the letter, in the foot of each page. */
  readonly number: string;
  readonly opening: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly closing: string;
  /** Lines to sign on. */
  readonly signers: readonly string[];
}

/** The letter as PDF/UA-1. Same letter, same bytes; a font that is not ours, or a character that ours lack, is a finding. */
export function renderLetter(letter: LetterDocument): PdfOutcome {
  return typesetPdf(`letter-${letter.number}.${letter.language}.pdf`, letterSource(letter), 'ua-1');
}

function letterSource(letter: LetterDocument): string {
  const { language, title, subtitle, issuer, date, number, opening, head, rows, closing, signers } = letter;
  const { year, month, day } = isoDateParts(date);
  const chinese = language === 'zh';
  const text = (value: string): string =>
    keptTogether(value)
      .map(({ text, whole }) => (whole ? `#box(text(${typstString(text)}))` : `#text(${typstString(text)})`))
      .join('');
  const cells = (values: readonly string[]): string =>
    `(${values.map((value) => `[${text(value)}],`).join(' ')})`;
  return `${pageLayout}
#set document(title: ${typstString(title)}, author: ${typstString(issuer)}, date: datetime(year: ${year}, month: ${month}, day: ${day}))
#set text(font: families(${chinese}), fallback: false, lang: ${typstString(language)}, region: ${typstString(chinese ? 'cn' : 'gb')}, size: 10.4pt, fill: ink, number-type: "lining", cjk-latin-spacing: auto)
#set par(justify: false, leading: 0.62em, spacing: 1.1em)
#set page(paper: "a4", margin: (x: 24mm, top: 26mm, bottom: 24mm), footer: context text(size: 8pt, fill: quiet, ${typstString(number)} + h(1fr) + counter(page).display("1 / 1", both: true)))
#block(above: 0pt, below: 6mm, text(fill: jade, weight: 600, ${typstString(issuer)}))
#show heading.where(level: 1): it => block(below: 4mm, text(size: 20pt, weight: 600, it.body))
#heading(level: 1)[${text(title)}]
#block(below: 6mm, text(fill: quiet, ${typstString(subtitle)}))
#par[${text(opening)}]
#data-table((${['1fr', '1.2fr', 'auto', 'auto'].slice(0, head.length).join(', ')}), (${head.map(() => 'left').join(', ')}), (${head.map((each) => `${typstString(each)},`).join(' ')}), (${rows.map((row) => `${cells(row)},`).join('\n')}))
#par[${text(closing)}]
#par[${text(longDate(date, language))}]
#v(12mm)
#grid(columns: (${signers.map(() => '1fr').join(', ')}), column-gutter: 12mm, ${signers
    .map(
      (signer) =>
        `[#line(length: 100%, stroke: 0.5pt + ink) #v(-2mm) #text(size: 9pt, fill: quiet, ${typstString(signer)})]`,
    )
    .join(', ')})
`;
}
