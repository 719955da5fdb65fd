import type { Reading } from '../read/reading.ts';
import { hanDigits, numberWords } from '../read/units.ts';
import { type Block, placeIn } from '../text.ts';
import { emptyReport, type Report } from './report.ts';

/** Announced numbers of things against the numbers of their list: `three aspects: 1) … 2) … 3) …`, 三个方面：①……②……. */
export function checkEnumerated(reading: Reading): Report {
  const report = emptyReport();
  for (const block of reading.blocks) enumerated(reading, block, report);
  return report;
}

const announced =
  /\b(two|three|four|five|six|seven|eight|nine|ten|\d{1,2}) ((?:[a-z][a-z’'-]+ ){0,4}[a-z][a-z’'-]+)(?: (?:of|in|for|to) [^.:;]{3,80})?: ?(?:\(1\)|1\)|1\.|①|\(a\)|a\))/gi;
const announcedHan =
  /(?<![第\d])([两二三四五六七八九十]|\d{1,2})(?:个|项|大|类|种|条|点)(方面|\p{Script=Han}{1,12})[：:]\s*(?:（1）|\(1\)|1）|1\)|①|（一）|1[.、])/gu;
const circled = '①②③④⑤⑥⑦⑧⑨⑩';
const hanOrder = '一二三四五六七八九十';
/** The mark of item `at` in the style of the mark that a list begins with. */
function markOf(opening: string): (at: number) => string {
  const first = /[(（]?(?:1|a|A|①|一)[)）.、]?$/.exec(opening)?.[0] ?? '1.';
  return (at) =>
    first.replace(/1|a|A|①|一/, (sign) => {
      if (sign === '1') return String(at);
      if (sign === '①') return circled.charAt(at - 1) || '⑳';
      if (sign === '一') return hanOrder.charAt(at - 1) || '百';
      return String.fromCharCode(sign.charCodeAt(0) + at - 1);
    });
}

/** `the following three aspects: 1) … 2) … 3) …`, over as many paragraphs as the numbering runs. */
function enumerated(reading: Reading, block: Block, report: Report): void {
  if (block.kind === 'row' || block.kind === 'contents' || !/1[)）.、]|①|a\)|（一）/i.test(block.text))
    return;
  for (const match of [...block.text.matchAll(announced), ...block.text.matchAll(announcedHan)]) {
    const [words, stated = '', noun = ''] = match;
    if (/\b(?:years?|months?|days?|percent|million|billion)\b/.test(noun)) continue;
    const number = numberWords.get(stated.toLowerCase()) ?? hanDigits.get(stated) ?? Number(stated);
    const mark = markOf(words);
    // A page break may cut the list anywhere: it goes on to the next heading or the next list.
    let text = block.text.slice(match.index + words.length, match.index + 6000);
    for (const next of reading.blocks.slice(block.index + 1, block.index + 12)) {
      if (next.kind === 'heading' || /^(?:case|figure|table) \d/i.test(next.text)) break;
      text += `\n${next.text.slice(0, 4000)}`;
    }
    const again = text.indexOf(mark(1));
    if (again >= 0) text = text.slice(0, again);
    let last = 1;
    for (let at = text.indexOf(mark(2)); at >= 0 && last < 20; at = text.indexOf(mark(last + 1), at))
      last += 1;
    if (last < 2) continue;
    const places = [placeIn(block, match.index, match.index + words.length)];
    const values = { stated, counted: String(last) };
    if (last === number) report.checked.push({ rule: 'count.list', places, values });
    else if (Math.abs(last - number) <= 3) report.findings.push({ rule: 'count.list', places, values });
  }
}
