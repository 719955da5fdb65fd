import type { Reading, Sentence } from '../read/reading.ts';
import { hanDigits } from '../read/units.ts';
import { placeIn } from '../text.ts';
import { emptyReport, type Report } from './report.ts';

/** Chinese counts that stand behind their list, `装备制造、汽车产业等四个行业`, and lists told by 一是、二是. */
export function checkHanCounts(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) {
    if (!/[、]|一是/.test(sentence.text)) continue;
    hanCounted(sentence, report);
    ones(sentence, report);
    behind(sentence, report);
    told(sentence, report);
  }
  return report;
}

const number = '(?:[两二三四五六七八九十]|(?<!\\d)\\d{1,2}(?!\\d))';
/** At most a dozen short items without a comma between them, then the count with its measure word. */
const listed = new RegExp(
  `((?:[^，。；：、（）()“”]{1,24}、){1,11}[^，。；：、（）()“”\\d]{2,30}?)(等)?(${number})(?:(?:个|项|家|大|种|类|条|方面|座|处)(?=\\p{Script=Han})|(?:种|类|项|大类|方面|部分)(?=[，。；])|[省市区县镇村](?=[共联之均都合协签、，]))`,
  'gu',
);

function behind(sentence: Sentence, report: Report): void {
  for (const match of sentence.text.matchAll(listed)) {
    const [words, list = '', open, word = ''] = match;
    const stated = hanDigits.get(word) ?? Number(word);
    if (!Number.isFinite(stated) || stated < 2) continue;
    // 参与 is one word.
    const items = list.replaceAll('参与', '参加').split('、');
    const last = items.at(-1) ?? '';
    // 第三个、前四个 and the like count something else; a digit inside an item is its own.
    if (/[第前后近约每各的了是这那]$/.test(last) || items.some((item) => /\d/.test(item))) continue;
    const joins = last.split(/[和及与]|以及/).length - 1;
    const least = items.length + (joins > 0 ? 1 : 0);
    const most =
      items.length +
      items.slice(0, -1).reduce((sum, item) => sum + item.split(/[和及与]/).length - 1, 0) +
      joins;
    const place = placeIn(
      sentence.block,
      sentence.start + match.index,
      sentence.start + match.index + words.length,
    );
    const values = { stated: word, counted: least === most ? String(least) : `${least}–${most}` };
    // 有害垃圾、湿垃圾和干垃圾: what `和` joins ends as the item before it ends, so that it joins two items.
    const sides = last.split(/[和及与]|以及/);
    const end = (sides[1] ?? '').slice(-2);
    const two =
      sides.length === 2 && end.length === 2 && sides[0]?.endsWith(end) && items.at(-2)?.endsWith(end);
    if (stated >= (two === true ? least : Math.min(least, items.length)) && stated <= most) {
      report.checked.push({ rule: 'count.list', places: [place], values });
      continue;
    }
    const short = stated - most;
    if (short > 0 && short <= (open === undefined ? 2 : 1))
      report.findings.push({
        rule: 'count.list',
        severity: open === undefined ? 'contradiction' : 'gap',
        places: [place],
        values,
      });
    else if (short < 0 && least - stated <= 2 && least === most)
      report.findings.push({ rule: 'count.list', places: [place], values });
  }
}

const order = '一二三四五六七八九十';

/** 五项制度：一是……；二是……；三是……。 */
function told(sentence: Sentence, report: Report): void {
  const form = new RegExp(`(${number})(?:个|项|大|种|条|件|步|点|方面)[^：。；]{0,16}[：，]\\s*一是`, 'gu');
  for (const match of sentence.text.matchAll(form)) {
    const word = match[1] ?? '';
    const stated = hanDigits.get(word) ?? Number(word);
    const rest = sentence.text.slice(match.index);
    let last = 1;
    while (last < 10 && rest.includes(`${order.charAt(last)}是`)) last += 1;
    if (last < 2) continue;
    const values = { stated: word, counted: String(last) };
    const places = [
      placeIn(sentence.block, sentence.start + match.index, sentence.start + match.index + match[0].length),
    ];
    if (last === stated) report.checked.push({ rule: 'count.list', places, values });
    else report.findings.push({ rule: 'count.list', places, values });
  }
}

const longestCount = 20;

/** 包括五个方面：平台、业务、数据和系统 */
function hanCounted(sentence: Sentence, report: Report): void {
  const form =
    /([两二三四五六七八九十]|\d{1,2})(?:个|项|大|类|种|条|家|部分)([\p{Script=Han}]{0,10})(?:：|，?(?:分别为|分别是|即|包括)：?)([^。；：]{4,200})/gu;
  for (let match = form.exec(sentence.text); match !== null; match = form.exec(sentence.text)) {
    const [all, word = '', , list = ''] = match;
    const number = hanDigits.get(word) ?? Number(word);
    if (
      !Number.isFinite(number) ||
      number < 2 ||
      number > longestCount ||
      !list.includes('、') ||
      /等/.test(list)
    )
      continue;
    const span = list.replace(/，(?=以及|和|及|与)/g, '').split('，')[0] ?? list;
    const items = span.split(/、|和|及|以及|与/).filter((item) => item !== '').length;
    const pieces = span.split('、');
    const joiner = /和|及|以及|与/;
    // 政府与市场相结合、城市与农村相结合: a joiner inside every item joins no items.
    const inside = pieces.slice(0, -1).some((piece) => joiner.test(piece));
    const least = pieces.length + (!inside && joiner.test(pieces.at(-1) ?? '') ? 1 : 0);
    const lengths = span.split('、').map((item) => item.length);
    const usual = [...lengths].sort((a, b) => a - b)[Math.floor(lengths.length / 2)] ?? 0;
    if ((lengths.at(-1) ?? 0) >= usual * 2 + 2 && /各|都|均|有|是|为/.test(span.split('、').at(-1) ?? ''))
      continue;
    const places = [
      placeIn(sentence.block, sentence.start + match.index, sentence.start + match.index + all.length),
    ];
    const values = { stated: word, counted: String(least) };
    if (number >= Math.min(least, items) && number <= items)
      report.checked.push({ rule: 'count.list', places, values });
    else if (!all.includes('包括')) report.findings.push({ rule: 'count.list', places, values });
  }
}

/** “五个一”工程，即一个平台、一张网络、一套标准、一支队伍: as many ones as announced. */
function ones(sentence: Sentence, report: Report): void {
  const match =
    /[“"]([两二三四五六七八九十])个一[”"][^，。；：]{0,10}[，：:]?(?:即|包括|：)?[：:]?((?:一[^，。；、]{1,14}、)+一[^，。；、]{1,14})/.exec(
      sentence.text.slice(0, 4000),
    );
  const stated = hanDigits.get(match?.[1] ?? '');
  if (match === null || stated === undefined) return;
  const counted = (match[2] ?? '').split(/、|和(?=一)/).length;
  const place = placeIn(
    sentence.block,
    sentence.start + match.index,
    sentence.start + match.index + match[0].length,
  );
  const values = { stated: match[1] ?? '', counted: String(counted) };
  (counted === stated ? report.checked : report.findings).push({
    rule: 'count.list',
    places: [place],
    values,
  });
}
