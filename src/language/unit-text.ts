import { type Language, unitAtoms, unitPrefixes } from '../model/index.ts';
import { countNoun } from './nouns.ts';

/** A unit code taken apart for print: the power of ten in front, and the parts over and under the line. */
export interface PrintedUnit {
  /** Power of ten that the code carries in its numerator: 9 for `10*9.CNY`. */
  readonly scale: number;
  readonly over: readonly string[];
  readonly under: readonly string[];
}

export function printedUnit(code: string): PrintedUnit {
  const over: string[] = [];
  const under: string[] = [];
  let scale = 0;
  let target = over;
  for (const piece of code.split(/([./])/)) {
    if (piece === '.') continue;
    if (piece === '/') {
      target = under;
      continue;
    }
    const ten = /^10\*(-?\d+)$/.exec(piece);
    if (ten !== null && target === over) scale += Number(ten[1]);
    else if (piece !== '1') target.push(piece);
    target = over;
  }
  return { scale, over, under };
}

const superscripts: Readonly<Record<string, string>> = { '2': '²', '3': '³', '-': '⁻', '1': '¹' };
const prefixNames: Readonly<Record<string, string>> = {
  k: '千',
  M: '兆',
  G: '吉',
  T: '太',
  m: '毫',
  c: '厘',
  u: '微',
};
/** Chinese names of units that are written out in text; others keep their symbol. */
const chineseWithPrefix: Readonly<Record<string, string>> = {
  km: '公里',
  km2: '平方公里',
  m: '米',
  m2: '平方米',
  m3: '立方米',
  mm: '毫米',
  cm: '厘米',
  kg: '千克',
  g: '克',
  kW: '千瓦',
  MW: '兆瓦',
  GW: '吉瓦',
  W: '瓦',
  kWh: '千瓦时',
  MWh: '兆瓦时',
  GWh: '吉瓦时',
  kV: '千伏',
  kt: '千吨',
  Mt: '百万吨',
  ug: '微克',
  mg: '毫克',
  l: '升',
  ml: '毫升',
};

/** One part of a unit as it stands behind a number. */
function partText(part: string, language: Language, isOne: boolean): string {
  if (part.startsWith('{')) return countNoun(part, isOne)[language];
  if (language === 'zh') {
    const written = chineseWithPrefix[part];
    if (written !== undefined) return written;
  }
  const atom = Object.hasOwn(unitAtoms, part) ? unitAtoms[part] : undefined;
  if (atom !== undefined)
    return language === 'en' && isOne
      ? atom.symbol.en.replace(/s$/, (s) => (part === 'a' || part === 'mo' || part === 'd' ? '' : s))
      : atom.symbol[language];
  const split = /^(.+?)(-?[1-4])?$/.exec(part);
  const [, symbol = part, exponent = ''] = split ?? [];
  const raised = [...exponent].map((digit) => superscripts[digit] ?? digit).join('');
  const bare = Object.hasOwn(unitAtoms, symbol) ? unitAtoms[symbol] : undefined;
  if (bare !== undefined) return bare.symbol[language] + raised;
  const inner = Object.hasOwn(unitAtoms, symbol.slice(1)) ? unitAtoms[symbol.slice(1)] : undefined;
  if (inner !== undefined && Object.hasOwn(unitPrefixes, symbol.charAt(0))) {
    const prefix = symbol.charAt(0);
    const zh = language === 'zh' && !/^[A-Za-z°]/.test(inner.symbol.zh);
    return `${zh ? (prefixNames[prefix] ?? prefix) : prefix === 'u' ? 'µ' : prefix}${inner.symbol[language]}${raised}`;
  }
  return part;
}

const perPeriod: Readonly<Record<string, string>> = {
  d: 'day',
  a: 'year',
  mo: 'month',
  h: 'h',
  s: 's',
  min: 'min',
};
const perPeriodChinese: Readonly<Record<string, string>> = {
  d: '日',
  a: '年',
  mo: '月',
  h: '小时',
  s: '秒',
  min: '分钟',
};

function underText(part: string, language: Language): string {
  const ten = /^10\*(\d)$/.exec(part);
  if (ten !== null)
    return language === 'zh'
      ? ten[1] === '4'
        ? '万'
        : ten[1] === '8'
          ? '亿'
          : `10^${ten[1]}`
      : `1${'0'.repeat(Number(ten[1]))}`.replace(/\B(?=(\d{3})+$)/g, ',');
  if (part === '{person}') return language === 'zh' ? '人' : 'person';
  return (language === 'zh' ? perPeriodChinese[part] : perPeriod[part]) ?? partText(part, language, true);
}

/** The unit behind a number, without its power of ten: `tce/10,000 yuan`, `吨标准煤/万元`. */
export function unitSuffix({ over, under }: PrintedUnit, language: Language, isOne = false): string {
  const above = over
    .map((part) => partText(part, language, isOne && under.length === 0))
    .join(language === 'zh' ? '' : ' ');
  if (under.length === 0) return above;
  const below = under.map((part) => underText(part, language));
  if (language === 'zh') {
    // 万 and 亿 stand before the word they count: 万元, not 万/元.
    return `${above}/${below.reduce((text, part) => (text === '' || /[万亿]$/.test(text) ? text + part : `${text}·${part}`), '')}`;
  }
  return `${above}/${below.reduce((text, part) => (text === '' ? part : /\d$/.test(text) ? `${text} ${part}` : `${text}/${part}`), '')}`;
}

const englishScale: ReadonlyMap<number, string> = new Map([
  [3, 'thousand'],
  [6, 'million'],
  [9, 'billion'],
  [12, 'trillion'],
]);
const chineseScale: ReadonlyMap<number, string> = new Map([
  [4, '万'],
  [8, '亿'],
  [12, '万亿'],
]);

/** A column head also names the powers that running text passes over for 万 and 亿: 百万美元. */
const chineseHeads: ReadonlyMap<number, string> = new Map([
  [2, '百'],
  [3, '千'],
  [5, '十万'],
  [6, '百万'],
  [7, '千万'],
  [9, '十亿'],
  [10, '百亿'],
  [11, '千亿'],
]);

/** The word for a power of ten in a language, where it has one. */
export function scaleWord(scale: number, language: Language): string | undefined {
  return (language === 'zh' ? chineseScale : englishScale).get(scale);
}

/** A unit as a column head: `billion yuan`, `亿元`, `%`, `µg/m³`. A power of ten without a word stays as digits. */
export function unitHead(code: string, language: Language): string {
  const unit = printedUnit(code);
  const suffix = unitSuffix(unit, language);
  if (unit.scale === 0) return suffix;
  const word =
    scaleWord(unit.scale, language) ?? (language === 'zh' ? chineseHeads.get(unit.scale) : undefined);
  if (word !== undefined) return language === 'zh' ? word + suffix : `${word} ${suffix}`;
  const digits = `1${'0'.repeat(unit.scale)}`.replace(/\B(?=(\d{3})+$)/g, ',');
  return language === 'zh' ? `${digits}${suffix}` : `${digits} ${suffix}`;
}
