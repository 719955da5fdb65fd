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
  return report;
}

/** `14 suburban counties (cities)`: how many there are in all. */
function totalOf({ text }: Block, noun: string): number | null {
  const match = new RegExp(`(?<![\\d.,])(\\d{1,4}) (?:[a-z-]+ ){0,2}${noun}`).exec(text);
  return match === null ? null : Number(match[1]);
}

const itemsOf = (list: string): number =>
  list.split(/, (?:and )?| and /).filter((item) => item.trim() !== '').length;
