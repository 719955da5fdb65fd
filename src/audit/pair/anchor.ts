import { multiply, type Rational, rational, toDecimal } from '../../model/index.ts';
import type { Hedge } from '../read/quantity.ts';
import type { Reading } from '../read/reading.ts';
import { type Block, placeIn, type TextPlace } from '../text.ts';

/** Something in a text that a translation must keep: a number, a year, a day, a class. */
export interface Anchor {
  readonly kind: 'number' | 'percent' | 'money' | 'year' | 'day' | 'class';
  /** Equal keys are equal things in both languages. */
  readonly key: string;
  readonly unit: string;
  /** What the unit measures, without its base; `` for a bare count. */
  readonly dimension?: string;
  readonly hedge: Hedge;
  /** Whether the other language may well leave it out: it can prove agreement, never a difference. */
  readonly soft: boolean;
  readonly written: string;
  readonly block: number;
  readonly start: number;
  readonly end: number;
}

const moneys = new Set(['CNY', 'USD', 'EUR', 'GBP', 'JPY']);

/** A paragraph of more numbers is no paragraph: what lies beyond is not compared, so that any text takes bounded time. */
const mostAnchors = 1500;

/** `CNY/person` is money all the same: what it is told for is compared apart (see counted.ts). */
const moneyPart = (unit: string): string => unit.split('/')[0] ?? unit;

/** The anchors of every block of a text, by block index. */
export function anchorsOf(reading: Reading): Map<number, Anchor[]> {
  const all = new Map<number, Anchor[]>();
  const put = (anchor: Anchor) => {
    const list = all.get(anchor.block) ?? [];
    if (
      list.length < mostAnchors &&
      !list.some(({ start, end, kind }) => kind === anchor.kind && start < anchor.end && anchor.start < end)
    )
      list.push(anchor);
    all.set(anchor.block, list);
  };
  for (const sentence of reading.sentences) {
    const { block } = sentence;
    for (const mark of sentence.marks) {
      const at = { block: block.index, start: sentence.start + mark.start, end: sentence.start + mark.end };
      const written = sentence.text.slice(mark.start, mark.end).replace(/[*_]/g, '');
      if (mark.kind === 'time') {
        const years = mark.first === mark.last ? [mark.first] : [mark.first, mark.last];
        for (const year of years)
          put({
            kind: 'year',
            key: `y${year}`,
            unit: '',
            hedge: 'exact',
            soft: false,
            written,
            ...at,
            // Both years of a span stand in one place of the text: each takes a part of it.
            start: at.start + (year === mark.first ? 0 : 1),
            end: years.length === 2 && year === mark.first ? at.start + 1 : at.end,
          });
        if (mark.month !== undefined && mark.day !== undefined)
          put({
            kind: 'day',
            key: `d${mark.month}-${mark.day}`,
            unit: '',
            hedge: 'exact',
            soft: false,
            written,
            ...at,
          });
        continue;
      }
      const base = keyOf(multiply(mark.value, baseFactor(mark.unit, mark.factor)));
      const kind = /^percent(?:\/|$)/.test(mark.dimension)
        ? 'percent'
        : moneys.has(moneyPart(mark.unit))
          ? 'money'
          : 'number';
      if (
        /<li>\s*$/.test(block.text.slice(Math.max(0, at.start - 8), at.start)) &&
        /^\.\s/.test(block.text.slice(at.end))
      )
        continue;
      if (kind === 'number' && mark.unit === '' && /^(?:19|20)\d\d$/.test(mark.written)) {
        put({ kind: 'year', key: `y${mark.written}`, unit: '', hedge: 'exact', soft: false, written, ...at });
        continue;
      }
      put({
        kind,
        key: kind === 'percent' ? `${base}%` : base,
        unit: kind === 'money' ? moneyPart(mark.unit) : mark.unit,
        dimension: mark.unit === '' ? '' : moneyPart(mark.dimension),
        hedge: mark.hedge,
        soft:
          isName(block.text, at) ||
          isScale(block.text, at) ||
          /^类/.test(block.text.slice(at.end)) ||
          /\b[Gg]oals? (?:\d{1,2}(?:, | and ))*$/.test(
            block.text.slice(Math.max(0, at.start - 60), at.start),
          ),
        written,
        ...at,
      });
    }
  }
  for (const block of reading.blocks)
    if (block.kind !== 'contents') for (const anchor of patterns(block)) put(anchor);
  for (const list of all.values()) list.sort((a, b) => a.start - b.start);
  return all;
}

/** `Nine Trees`, `“five …”` inside a name: a number word with a capital that begins no sentence. */
const isName = (text: string, { start, end }: { readonly start: number; readonly end: number }): boolean =>
  /^(?:Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten)$/.test(text.slice(start, end)) &&
  /^ [A-Z]/.test(text.slice(end));

/** `Population (10,000)` at the head of a table, where Chinese has 万人: a scale, no number of anything. */
const isScale = (text: string, { start, end }: { readonly start: number; readonly end: number }): boolean =>
  /[(（]\s*$/.test(text.slice(0, start)) &&
  /^10+(?:,0+)*$/.test(text.slice(start, end).replace(/ \p{L}.*$/u, ''));

/** Sizes of one thing are compared in its base unit, whatever the language counts in; counts as they are. */
const baseFactor = (unit: string, factor: Rational): Rational =>
  unit === '' || unit === 'times' || unit === 'year' || unit === 'day' ? rational(1n) : factor;

const keyOf = (value: Rational): string => toDecimal(value);

const months = 'january february march april may june july august september october november december'.split(
  ' ',
);
const ordinals = 'second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth'.split(' ');
const classes: Readonly<Record<string, string>> = {
  Ⅰ: '1',
  Ⅱ: '2',
  Ⅲ: '3',
  Ⅳ: '4',
  Ⅴ: '5',
  I: '1',
  II: '2',
  III: '3',
  IV: '4',
  V: '5',
};
const small = 'two three four five six seven eight nine ten'.split(' ');
const per: Readonly<Record<string, string>> = { 百: '100', 千: '1000', 万: '10000', 十万: '100000' };
const measure = '个|项|大|家|名|区|城|轴|环|湖|年|所|届|种|支|带|街|批|级|层|步|位|类';

/** Days without a year, classes of water, numbers in words: what the number reader leaves. */
function* patterns(block: Block): Generator<Anchor> {
  const { text, index } = block;
  const make = (kind: Anchor['kind'], key: string, match: RegExpMatchArray, soft = false): Anchor => ({
    kind,
    key,
    unit: '',
    hedge: 'exact',
    soft,
    written: match[0],
    block: index,
    start: match.index ?? 0,
    end: (match.index ?? 0) + match[0].length,
  });
  for (const match of text.matchAll(
    /\b(January|February|March|April|May|June|July|August|September|October|November|December) (\d{1,2})(?!\d|,? \d{4})/g,
  ))
    yield make('day', `d${months.indexOf((match[1] ?? '').toLowerCase()) + 1}-${match[2]}`, match);
  for (const match of text.matchAll(
    /\b(\d{1,2}) (January|February|March|April|May|June|July|August|September|October|November|December)\b(?! \d{4})/g,
  ))
    yield make('day', `d${months.indexOf((match[2] ?? '').toLowerCase()) + 1}-${match[1]}`, match);
  for (const match of text.matchAll(/(?<!年)(?<!\d)(\d{1,2})月(\d{1,2})日/g))
    yield make('day', `d${match[1]}-${match[2]}`, match);
  for (const match of text.matchAll(
    /\b(?:[Cc]lass|[Gg]rade|[Cc]ategory) (I{1,3}|IV|V|[ⅠⅡⅢⅣⅤ]|[1-6])(?![\w])/g,
  ))
    yield make('class', `class ${classes[match[1] ?? ''] ?? match[1]}`, match);
  for (const match of text.matchAll(/(I{1,3}V?|IV|V|[ⅠⅡⅢⅣⅤ]|(?<!\d)[1-6])类/g))
    yield make('class', `class ${classes[match[1] ?? ''] ?? match[1]}`, match, /\d/.test(match[1] ?? ''));
  for (const match of text.matchAll(/(?<=\b(?:[Ll]ine|[Rr]oute|[Pp]hase) )\d{1,2}(?!\d|\.\d)/g))
    yield make('number', match[0], match);
  for (const match of text.matchAll(/第(\d{1,3})(?=[位名届批次期轮个座家])/g))
    yield make('number', match[1] ?? '', match);
  for (const match of text.matchAll(/\b(?:both|twice|double|pair)\b/gi))
    yield make('number', '2', match, true);
  for (const match of text.matchAll(/\b(\d{1,3})(?:st|nd|rd|th)\b/g))
    yield make('number', match[1] ?? '', match);
  for (const match of text.matchAll(
    /\b(second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth)\b/gi,
  ))
    yield make('number', String(ordinals.indexOf((match[1] ?? '').toLowerCase()) + 2), match, true);
  for (const match of text.matchAll(/(?<![\d.] )\bhundred (?=[a-z])/g)) yield make('number', '100', match);
  for (const match of text.matchAll(new RegExp(`([一二两三四五六七八九十百]{1,4})(?=${measure})`, 'g'))) {
    const value = hanNumber(match[1] ?? '');
    const idle = /^两[种者地岸国侧份]/.test(text.slice(match.index, match.index + 2));
    if (value !== null && value > 1) yield make('number', String(value), match, idle);
  }
  for (const match of text.matchAll(
    /(?<![一二三四五六七八九十百千万亿第.\d])([二两三四五六七八九十])(?=[\p{Script=Han}”])/gu,
  ))
    yield make('number', String(hanNumber(match[1] ?? '')), match, true);
  // What things are counted per (每万人, per 10,000 people) and spans in words (a five-year plan, 五年规划).
  for (const match of text.matchAll(/每(百|千|万|十万)(?=[人元户名])/g))
    yield make('number', per[match[1] ?? ''] ?? '', match, true);
  for (const match of text.matchAll(/(?<![\d.一二两三四五六七八九十百千亿几数] ?)万元/g))
    yield { ...make('money', '10000', match, true), unit: 'CNY' };
  for (const match of text.matchAll(
    /\b(two|three|four|five|six|seven|eight|nine|ten)-(?:year|month|day)\b/gi,
  ))
    yield make('number', String(small.indexOf((match[1] ?? '').toLowerCase()) + 2), match, true);
  for (const match of text.matchAll(/(?<![\d.])百亿/g)) yield make('number', '10000000000', match);
}

const digits: Readonly<Record<string, number>> = {
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};

/** 二十三 → 23, 百 → 100; null for anything else. */
export function hanNumber(word: string): number | null {
  if (word === '百') return 100;
  const match = /^([一二两三四五六七八九])?(十)?([一二三四五六七八九])?$/.exec(word);
  if (match === null || word === '') return null;
  const [, tens, ten, ones] = match;
  if (ten === undefined) return ones === undefined && tens !== undefined ? (digits[tens] ?? null) : null;
  return 10 * (tens === undefined ? 1 : (digits[tens] ?? 1)) + (ones === undefined ? 0 : (digits[ones] ?? 0));
}

export function anchorPlace(reading: Reading, anchor: Anchor): TextPlace {
  const block = reading.blocks[anchor.block];
  if (block === undefined) return { file: reading.file, line: 1, column: 1, text: anchor.written };
  const from = Math.max(0, block.text.lastIndexOf(' ', Math.max(0, anchor.start - 24)) + 1);
  const place = placeIn(block, anchor.start, anchor.end);
  return {
    ...place,
    text: placeIn(block, Math.min(from, anchor.start), Math.min(block.text.length, anchor.end + 24)).text,
  };
}
