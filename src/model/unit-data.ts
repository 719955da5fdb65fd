import type { Localized } from './localized.ts';

/** One atom of the unit grammar: its size in base units and where the size comes from. */
export interface UnitAtom {
  readonly name: Localized;
  /** How it is printed beside a number, per language. */
  readonly symbol: Localized;
  /** Exact decimal or fraction `a/b`: how many of `base` one of this unit is. */
  readonly factor: string;
  /** Base dimensions with exponents. */
  readonly base: Readonly<Record<string, number>>;
  /** Whether k, M, G … may stand before it. */
  readonly metric?: true;
  readonly source: string;
}

const si = 'SI Brochure, 9th edition (BIPM 2019)';
const ucum = 'UCUM 2.1 (Regenstrief Institute)';

const same = (symbol: string): Localized => ({ en: symbol, zh: symbol });

/**
 * Units by code. Codes follow UCUM where UCUM has one; `tce`, `kgce`, `mu`, `pp` and currencies are ours. A currency,
 * a percentage point and every count noun is a dimension of its own: nothing converts into them.
 */
export const unitAtoms: Readonly<Record<string, UnitAtom>> = {
  m: {
    name: { en: 'metre', zh: '米' },
    symbol: same('m'),
    factor: '1',
    base: { L: 1 },
    metric: true,
    source: si,
  },
  g: {
    name: { en: 'gram', zh: '克' },
    symbol: same('g'),
    factor: '1',
    base: { M: 1 },
    metric: true,
    source: si,
  },
  t: {
    name: { en: 'tonne', zh: '吨' },
    symbol: { en: 't', zh: '吨' },
    factor: '1000000',
    base: { M: 1 },
    metric: true,
    source: si,
  },
  s: {
    name: { en: 'second', zh: '秒' },
    symbol: { en: 's', zh: '秒' },
    factor: '1',
    base: { T: 1 },
    metric: true,
    source: si,
  },
  min: {
    name: { en: 'minute', zh: '分钟' },
    symbol: { en: 'min', zh: '分钟' },
    factor: '60',
    base: { T: 1 },
    source: si,
  },
  h: {
    name: { en: 'hour', zh: '小时' },
    symbol: { en: 'h', zh: '小时' },
    factor: '3600',
    base: { T: 1 },
    source: si,
  },
  d: {
    name: { en: 'day', zh: '天' },
    symbol: { en: 'days', zh: '天' },
    factor: '86400',
    base: { T: 1 },
    source: si,
  },
  mo: {
    name: { en: 'month', zh: '个月' },
    symbol: { en: 'months', zh: '个月' },
    factor: '1',
    base: { month: 1 },
    source: 'calendar month, not a fixed number of days',
  },
  a: {
    name: { en: 'year', zh: '年' },
    symbol: { en: 'years', zh: '年' },
    factor: '12',
    base: { month: 1 },
    source: 'twelve calendar months',
  },
  K: { name: { en: 'kelvin', zh: '开尔文' }, symbol: same('K'), factor: '1', base: { K: 1 }, source: si },
  Cel: {
    name: { en: 'degree Celsius', zh: '摄氏度' },
    symbol: same('°C'),
    factor: '1',
    base: { Cel: 1 },
    source: 'a scale with its own zero: not converted',
  },
  W: {
    name: { en: 'watt', zh: '瓦' },
    symbol: same('W'),
    factor: '1000',
    base: { M: 1, L: 2, T: -3 },
    metric: true,
    source: si,
  },
  J: {
    name: { en: 'joule', zh: '焦耳' },
    symbol: same('J'),
    factor: '1000',
    base: { M: 1, L: 2, T: -2 },
    metric: true,
    source: si,
  },
  Wh: {
    name: { en: 'watt-hour', zh: '瓦时' },
    symbol: same('Wh'),
    factor: '3600000',
    base: { M: 1, L: 2, T: -2 },
    metric: true,
    source: '1 W × 3600 s',
  },
  V: {
    name: { en: 'volt', zh: '伏' },
    symbol: same('V'),
    factor: '1',
    base: { V: 1 },
    metric: true,
    source: si,
  },
  Wp: {
    name: { en: 'watt-peak', zh: '峰瓦' },
    symbol: same('Wp'),
    factor: '1',
    base: { Wp: 1 },
    metric: true,
    source: 'rated power of a module; not the power delivered',
  },
  l: {
    name: { en: 'litre', zh: '升' },
    symbol: { en: 'L', zh: '升' },
    factor: '0.001',
    base: { L: 3 },
    metric: true,
    source: si,
  },
  ha: {
    name: { en: 'hectare', zh: '公顷' },
    symbol: { en: 'ha', zh: '公顷' },
    factor: '10000',
    base: { L: 2 },
    source: si,
  },
  mu: {
    name: { en: 'mu', zh: '亩' },
    symbol: { en: 'mu', zh: '亩' },
    factor: '2000/3',
    base: { L: 2 },
    source: 'State Council of China 1984: 15 mu are one hectare',
  },
  Nm3: {
    name: { en: 'normal cubic metre', zh: '标准立方米' },
    symbol: same('Nm³'),
    factor: '1',
    base: { normalVolume: 1 },
    source: 'gas at 0 °C and 101.325 kPa; not a geometric volume',
  },
  tce: {
    name: { en: 'tonne of coal equivalent', zh: '吨标准煤' },
    symbol: { en: 'tce', zh: '吨标准煤' },
    factor: '29307600000000',
    base: { M: 1, L: 2, T: -2 },
    metric: true,
    source: '7,000,000 kcal(IT) of 4.1868 kJ; GB/T 2589-2020 prints 29,307 kJ/kg',
  },
  kgce: {
    name: { en: 'kilogram of coal equivalent', zh: '千克标准煤' },
    symbol: { en: 'kgce', zh: '千克标准煤' },
    factor: '29307600000',
    base: { M: 1, L: 2, T: -2 },
    source: '7,000 kcal(IT) of 4.1868 kJ; GB/T 2589-2020 prints 29,307 kJ/kg',
  },
  '%': { name: { en: 'per cent', zh: '百分比' }, symbol: same('%'), factor: '0.01', base: {}, source: ucum },
  '[ppth]': {
    name: { en: 'per mille', zh: '千分比' },
    symbol: same('‰'),
    factor: '0.001',
    base: {},
    source: ucum,
  },
  pp: {
    name: { en: 'percentage point', zh: '百分点' },
    symbol: { en: 'points', zh: '个百分点' },
    factor: '1',
    base: { percentagePoint: 1 },
    source: 'the difference of two percentages; never a per cent',
  },
  CNY: {
    name: { en: 'yuan', zh: '元' },
    symbol: { en: 'yuan', zh: '元' },
    factor: '1',
    base: { CNY: 1 },
    source: 'ISO 4217',
  },
  USD: {
    name: { en: 'US dollar', zh: '美元' },
    symbol: { en: 'US$', zh: '美元' },
    factor: '1',
    base: { USD: 1 },
    source: 'ISO 4217',
  },
  JPY: {
    name: { en: 'yen', zh: '日元' },
    symbol: { en: 'yen', zh: '日元' },
    factor: '1',
    base: { JPY: 1 },
    source: 'ISO 4217',
  },
  EUR: {
    name: { en: 'euro', zh: '欧元' },
    symbol: { en: 'EUR', zh: '欧元' },
    factor: '1',
    base: { EUR: 1 },
    source: 'ISO 4217',
  },
  GBP: {
    name: { en: 'pound sterling', zh: '英镑' },
    symbol: { en: 'GBP', zh: '英镑' },
    factor: '1',
    base: { GBP: 1 },
    source: 'ISO 4217',
  },
};

/** SI prefixes as powers of ten. `u` stands for micro, as in UCUM. */
export const unitPrefixes: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  c: -2,
  d: -1,
  h: 2,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
};
