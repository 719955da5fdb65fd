import { compare, divide, multiply, rational } from '../../model/index.ts';
import type { Reading } from '../read/reading.ts';
import type { Block } from '../text.ts';
import { placeIn } from '../text.ts';
import { emptyReport, type Report, shown } from './report.ts';

const quota =
  /(\d{1,3})% (?:of (?:the |all )?)?(counties|districts|towns|villages|cities|schools|communities|townships|parks|enterprises)\b/;
const named =
  /((?:[\p{L}-]+(?: [\p{L}-]+){0,3}, ){2,30}(?:[\p{L}-]+(?: [\p{L}-]+){0,3} )?and [\p{L} -]{3,60}?) (?:have|had) (?:passed|reached|been|won|obtained|met)\b/u;

/** `80 % counties have been named`, and under it nine names of fourteen: the share that a list of names gives. */
export function checkQuotas(reading: Reading): Report {
  const report = emptyReport();
  for (const block of reading.blocks) {
    const match = quota.exec(block.text);
    if (match === null || block.text.length > 400 || block.kind === 'row') continue;
    const [words, stated = '', noun = ''] = match;
    for (const under of reading.blocks.slice(block.index, block.index + 3)) {
      const list = named.exec(under.text);
      const whole = totalOf(under, noun);
      if (list === null || whole === null) continue;
      const part = itemsOf(list[1] ?? '');
      const share = multiply(divide(rational(BigInt(part)), rational(BigInt(whole))), rational(100n));
      const at = list.index;
      const places = [
        placeIn(block, match.index, match.index + words.length),
        placeIn(under, at, at + list[0].length),
      ];
      const values = {
        part: String(part),
        whole: String(whole),
        computed: `${shown(share, 1)} %`,
        stated: `${stated}%`,
      };
      if (part > whole) continue;
      if (compare(share, rational(BigInt(stated))) < 0)
        report.findings.push({ rule: 'share.parts', places, values });
      else report.checked.push({ rule: 'share.parts', places, values });
      break;
    }
  }
  for (const block of reading.blocks) namedPlaces(block, report);
  return report;
}

/** `14 suburban counties (cities)`: how many there are in all. */
function totalOf({ text }: Block, noun: string): number | null {
  const match = new RegExp(`(?<![\\d.,])(\\d{1,4}) (?:[a-z-]+ ){0,2}${noun}`).exec(text);
  return match === null ? null : Number(match[1]);
}

const itemsOf = (list: string): number =>
  list.split(/, (?:and )?| and /).filter((item) => item.trim() !== '').length;

const places =
  /(?<![\d.,])(\d{1,2}) (?:[a-z-]+ ){0,2}(?:counties|districts|cities|towns|townships|villages)\b(?: \([a-z, ]{3,40}\))?/;

/** `14 suburban counties will be built. … nine have passed. … four more have`: as many names as announced, or a gap. */
function namedPlaces(block: Block, report: Report): void {
  if (block.kind === 'row' || block.text.length > 4000) return;
  const match = places.exec(block.text);
  if (match === null) return;
  const whole = Number(match[1]);
  const rest = block.text.slice(match.index + match[0].length);
  const sentences = rest.split(/(?<=[a-z)])\. (?=[A-Z])/);
  const names = new Set<string>();
  for (const sentence of sentences) {
    const own = [
      ...sentence.matchAll(/\b([A-Za-z]{4,20}) (?:District|County|City|Town|Township|Village)\b/gi),
    ];
    const list = own.filter(({ index = 0, 0: words }) =>
      /^(?:,| and\b|\s+(?:of [A-Z]\w+ )?(?:have|has|had)\b)/.test(sentence.slice(index + words.length)),
    );
    if (list.length < 3 || /\b(?:including|such as|etc)\b/.test(sentence)) continue;
    for (const [name] of list) names.add(name.toLowerCase());
  }
  if (names.size < 6 || whole > 30) return;
  const values = { stated: String(whole), counted: String(names.size) };
  const at = [placeIn(block, match.index, match.index + match[0].length)];
  if (names.size === whole) report.checked.push({ rule: 'count.list', places: at, values });
  else if (whole - names.size === 1 || whole - names.size === 2)
    report.findings.push({ rule: 'count.list', severity: 'gap', places: at, values });
}
