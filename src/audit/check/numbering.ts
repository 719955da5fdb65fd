import type { Reading } from '../read/reading.ts';
import { type Block, bareHeading, placeIn } from '../text.ts';
import { emptyReport, type Report } from './report.ts';

const kinds: readonly { readonly name: string; readonly form: RegExp }[] = [
  { name: 'Case', form: /^(?:\*{0,2})Case (\d{1,3})(?![\d.,])/ },
  { name: 'Figure', form: /^(?:\*{0,2})Fig(?:ure|\.) ?(\d{1,3})(?![\d.,])/ },
  { name: 'Table', form: /^(?:\*{0,2})Table (\d{1,3})(?![\d.,])/ },
  { name: 'Box', form: /^(?:\*{0,2})Box (\d{1,3})(?![\d.,])/ },
  { name: '案例', form: /^(?:\*{0,2})案例 ?(\d{1,3})/ },
  { name: '图', form: /^(?:\*{0,2})图 ?(\d{1,3})(?![\d.-])/ },
  { name: '表', form: /^(?:\*{0,2})表 ?(\d{1,3})(?![\d.-])/ },
  { name: '专栏', form: /^(?:\*{0,2})专栏 ?(\d{1,3})/ },
];

/** Cases, figures and tables whose numbers skip; a count that starts again at 1 begins a new document. */
export function checkNumbering(reading: Reading): Report {
  const report = emptyReport();
  for (const { name, form } of kinds) {
    let last: { number: number; block: Block } | null = null;
    for (const block of reading.blocks) {
      if (block.kind === 'row' || block.kind === 'contents') continue;
      const match = form.exec(block.text);
      if (match === null || block.text.length > 260) continue;
      const number = Number(match[1]);
      if (
        last !== null &&
        number > last.number + 1 &&
        number - last.number < 12 &&
        part(reading, block) === part(reading, last.block)
      ) {
        const missing = Array.from({ length: number - last.number - 1 }, (_, step) =>
          String((last?.number ?? 0) + 1 + step),
        );
        report.findings.push({
          rule: 'numbering.gap',
          places: [placeIn(block, 0, match[0].length)],
          values: {
            name,
            missing: missing.join(', '),
            before: `${name} ${last.number}`,
            after: `${name} ${number}`,
          },
        });
      }
      if (
        last === null ||
        number > last.number ||
        number === 1 ||
        part(reading, block) !== part(reading, last.block)
      )
        last = { number, block };
    }
  }
  sections(reading, report);
  lettered(reading, report);
  unnumbered(reading, report);
  return report;
}

const part = (reading: Reading, block: Block): number => reading.parts[block.index] ?? 0;

/** Numbered headings `1.`, `2,` … in a text without a table of contents: a number passed over. */
function sections(reading: Reading, report: Report): void {
  let last: { number: number; block: Block } | null = null;
  let run = 0;
  for (const block of reading.blocks) {
    if (block.kind !== 'heading' || bareHeading(block.text).length > 120) continue;
    const match = /^(?:[#*\s]*)(\d{1,2})[.,、] ?(?=[\p{L}\d])/u.exec(block.text);
    if (match === null) continue;
    const number = Number(match[1]);
    if (last !== null && number === last.number + 2 && run >= 2) {
      report.findings.push({
        rule: 'numbering.gap',
        places: [placeIn(block, 0, Math.min(block.text.length, 60))],
        values: {
          name: '§',
          missing: String(last.number + 1),
          before: String(last.number),
          after: String(number),
        },
      });
    }
    run = last !== null && number === last.number + 1 ? run + 1 : 1;
    last = { number, block };
  }
}

/** Headings A., B., C. and then (4), where D. belongs: the style of a numbering that changes on its way. */
function lettered(reading: Reading, report: Report): void {
  let count = 0;
  let last = '';
  let digits = 0;
  for (const block of reading.blocks) {
    if (block.kind === 'row' || block.kind === 'contents' || block.text.length > 200) continue;
    const match = /^[#*\s]*([(（]?)([A-Z]|\d{1,2})([)）.、])(?=\s?\p{L})/u.exec(block.text);
    if (match === null) continue;
    const [mark, open = '', sign = ''] = match;
    if (/[A-Z]/.test(sign)) {
      const number = sign.charCodeAt(0) - 64;
      count = number === 1 || number === count + 1 ? number : 0;
      last = mark.trim();
      digits = 0;
      continue;
    }
    // Numbers below a letter begin with 1.
    if (Number(sign) === 1) digits = 1;
    if (count >= 2 && digits === 0 && open !== '' && Number(sign) === count + 1) {
      report.findings.push({
        rule: 'numbering.style',
        places: [placeIn(block, 0, mark.length)],
        values: { before: last, after: mark.trim() },
      });
      count = 0;
    }
  }
}

/** A heading without a number whose text is told in the form of the text under the numbered heading before it. */
function unnumbered(reading: Reading, report: Report): void {
  const headings = reading.blocks.filter(
    ({ kind, text }) => kind !== 'row' && kind !== 'contents' && text.length <= 160,
  );
  let last: { number: number; block: Block; form: string } | null = null;
  for (const [index, block] of headings.entries()) {
    const match = /^(?:[#*\s]*)(\d{1,2})[.,、] ?(?=\p{L})/u.exec(block.text);
    if (match !== null) {
      last = { number: Number(match[1]), block, form: formOf(reading, block) };
      continue;
    }
    if (last === null || last.form === '' || block.kind !== 'heading' || /\d/.test(block.text)) continue;
    if (formOf(reading, block) !== last.form || block.index - last.block.index > 30) continue;
    const next = headings
      .slice(index + 1)
      .find(({ text }) => /^(?:[#*\s]*)\d{1,2}[.,、] ?(?=\p{L})/u.test(text));
    const number = Number(/\d{1,2}/.exec(next?.text ?? '')?.[0]);
    if (number !== last.number + 1) continue;
    report.findings.push({
      rule: 'numbering.style',
      places: [placeIn(block, 0, block.text.length)],
      values: { before: bareHeading(last.block.text), after: block.text },
    });
    last = null;
  }
}

/** The last six words of the first sentence below a heading, with its first word: texts made to one form share them. */
function formOf(reading: Reading, { index }: Block): string {
  const below = reading.blocks[index + 1];
  if (below === undefined || below.kind !== 'paragraph') return '';
  const first = /^.{20,400}?[.。](?=\s|$)/u.exec(below.text)?.[0] ?? below.text.slice(0, 400);
  const words = first.replace(/[.。]$/, '').split(/\s+/);
  return words.length < 10 ? '' : `${words[0]} ${words.slice(-6).join(' ')}`;
}
