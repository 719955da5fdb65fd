import { parseUnit } from '../../model/index.ts';
import { composedUnit } from './unit-phrase.ts';

/** A unit as others write it, read: our code, and whether it is one that is known or only its words in braces. */
export interface UnitRead {
  readonly code: string;
  readonly known: boolean;
}

/** SDMX codes of CL_UNIT_MEASURE that the SDG data structure uses, and words for the same. */
const exact = new Map<string, string>([
  ...[
    '%',
    'percent',
    'per cent',
    'percentage',
    'percentage (%)',
    'percent (%)',
    'pt',
    'pct',
    'pc',
    'pa',
    '% percentage',
    '% percent',
    'prozent',
    'in prozent',
    'porcentaje',
    'percentatge',
    'percentagem',
    'procent',
    'pourcentage',
    'percentuale',
    'ehunekoa',
    'տոկոս',
    'процент',
    'проценты',
    '百分比',
    '%的人口',
  ].map((each) => [each, '%'] as const),
  ...[
    'number',
    'num',
    'no',
    'no.',
    'nr',
    'count',
    'numeric',
    'units',
    'unit',
    'anzahl',
    'número',
    'numero',
    'nombre',
    'numeroa',
    'total number',
    'nombre total',
    'número total',
    'gesamtzahl',
    'aantal',
    'количество',
    '数量',
    '个',
  ].map((each) => [each, '{count}'] as const),
  ...[
    'person',
    'persons',
    'people',
    'ps',
    'per',
    'number of people',
    'number of individuals',
    'personen',
    'personas',
    'personnes',
    'persones',
    'inhabitants',
    'residents',
    'einwohner',
    'habitantes',
    'habitants',
    '人',
  ].map((each) => [each, '{person}'] as const),
  ...['household', 'households', '户'].map((each) => [each, '{household}'] as const),
  ...[
    'index',
    'ix',
    'indices',
    'ratio',
    'ratio_ix',
    'gini coefficient',
    'coefficient',
    'score',
    'index (0-1)',
    '指数',
  ].map((each) => [each, '1'] as const),
  ...['percentage points', 'percentage point', 'pp', 'prozentpunkte', '百分点'].map(
    (each) => [each, 'pp'] as const,
  ),
  ...['per_1000_pop', 'per 1,000 population', 'per 1000 population', 'per 1000', 'per 1,000'].map(
    (each) => [each, '{per 1,000 population}'] as const,
  ),
  ...[
    'per_100000_pop',
    'per_100000_emp',
    'per 100,000 population',
    'rate per 100,000 population',
    'per 100 000 population',
    'per 100,000',
    'je 100.000 einwohner',
    'je 100 000 einwohner',
  ].map((each) => [each, '{per 100,000 population}'] as const),
  ...['per_1000_live_births', 'per 1,000 live births', 'rate per 1000 live births', '1000 live births'].map(
    (each) => [each, '{per 1,000 live births}'] as const,
  ),
  ...['per_100000_live_births'].map((each) => [each, '{per 100,000 live births}'] as const),
  ['gperm3', 'ug/m3'],
  ['ug/m3', 'ug/m3'],
  ['µg/m3', 'ug/m3'],
  ['μg/m3', 'ug/m3'],
  ['micrograms per cubic metre', 'ug/m3'],
  ['micrograms per cubic meter', 'ug/m3'],
  ['kg', 'kg'],
  ['kilograms', 'kg'],
  ['t', 't'],
  ['tonnes', 't'],
  ['tonne', 't'],
  ['tons', 't'],
  ['tonnen', 't'],
  ['toneladas', 't'],
  ['tn', 't'],
  ['tones', 't'],
  ['metric tons', 't'],
  ['metric tonnes', 't'],
  ['kilogramm', 'kg'],
  ['吨', 't'],
  ['‰', '[ppth]'],
  ['µg/m3', 'ug/m3'],
  ['μg/m3', 'ug/m3'],
  ['µg/m³', 'ug/m3'],
  ['μg/m³', 'ug/m3'],
  ['ug_m3', 'ug/m3'],
  ['micrograms per cubic metre', 'ug/m3'],
  ['微克/立方米', 'ug/m3'],
  ['毫克/升', 'mg/L'],
  ['公斤', 'kg'],
  ['千克', 'kg'],
  ['吨标准煤', 'tce'],
  ['公顷', 'ha'],
  ['平方公里', 'km2'],
  ['平方千米', 'km2'],
  ['平方米', 'm2'],
  ['立方米', 'm3'],
  ['公里', 'km'],
  ['千米', 'km'],
  ['米', 'm'],
  ['毫米', 'mm'],
  ['千瓦时', 'kWh'],
  ['千瓦', 'kW'],
  ['天', 'd'],
  ['小时', 'h'],
  ['岁', 'a'],
  ['年', 'a'],
  ['辆', '{vehicle}'],
  ['件', '{piece}'],
  ['家', '{organisation}'],
  ['所', '{institution}'],
  ['次', '{time}'],
  ['张', '{bed}'],
  ['thousand tonnes', '10*3.t'],
  ['kt', 'kt'],
  ['mt', 'Mt'],
  ['million tonnes', '10*6.t'],
  ['ha', 'ha'],
  ['hectares', 'ha'],
  ['hectare', 'ha'],
  ['hektar', 'ha'],
  ['hectáreas', 'ha'],
  ['km2', 'km2'],
  ['km²', 'km2'],
  ['square kilometres', 'km2'],
  ['m2', 'm2'],
  ['m3', 'm3'],
  ['quadratmeter', 'm2'],
  ['square metres', 'm2'],
  ['square meters', 'm2'],
  ['kubikmeter', 'm3'],
  ['cubic metres', 'm3'],
  ['cubic meters', 'm3'],
  ['quadratkilometer', 'km2'],
  ['kilowatt hours', 'kWh'],
  ['megawatt hours', 'MWh'],
  ['gigawatt hours', 'GWh'],
  ['stunden', 'h'],
  ['tage', 'd'],
  ['jahre', 'a'],
  ['minuten', 'min'],
  ['years', 'a'],
  ['year', 'a'],
  ['hours', 'h'],
  ['days', 'd'],
  ['minutes', 'min'],
  ['kwh', 'kWh'],
  ['mwh', 'MWh'],
  ['gwh', 'GWh'],
  ['tj', 'TJ'],
  ['mj', 'MJ'],
  ['gj', 'GJ'],
  ['kw', 'kW'],
  ['mw', 'MW'],
  ['ths_per', '10*3.{person}'],
  ['ths_t', '10*3.t'],
  ['mio_eur', '10*6.EUR'],
  ['mio_nac', '{million units of national currency}'],
  ['cp_meur', '10*6.EUR'],
  ['cp_eur_hab', 'EUR/{person}'],
  ['eur_hab', 'EUR/{person}'],
  ['kg_hab', 'kg/{person}'],
  ['t_hab', 't/{person}'],
  ['gbp', 'GBP'],
  ['£', 'GBP'],
  ['£ gbp', 'GBP'],
  ['pounds', 'GBP'],
  ['£ billion', '10*9.GBP'],
  ['£billion', '10*9.GBP'],
  ['£ million', '10*6.GBP'],
  ['£m', '10*6.GBP'],
  ['gbp (million)', '10*6.GBP'],
  ['gbp (thousands)', '10*3.GBP'],
  ['eur', 'EUR'],
  ['euro', 'EUR'],
  ['euros', 'EUR'],
  ['€', 'EUR'],
  ['million euro', '10*6.EUR'],
  ['millions of euros', '10*6.EUR'],
  ['usd', 'USD'],
  ['us dollars', 'USD'],
  ['us$', 'USD'],
  ['$', 'USD'],
  ['usd (millions)', '10*6.USD'],
  ['元', 'CNY'],
  ['cny', 'CNY'],
  ['万元', '10*4.CNY'],
  ['亿元', '10*8.CNY'],
  ['litres', 'l'],
  ['liters', 'l'],
  ['kilometres', 'km'],
  ['kilometers', 'km'],
  ['km', 'km'],
  ['mm', 'mm'],
]);

const longestNoun = 60;

/** Words that are one unit, powers written small or large. */
const simpleUnit = (plain: string): string | null =>
  exact.get(plain) ?? exact.get(plain.replaceAll('²', '2').replaceAll('³', '3')) ?? null;

/** Reads a unit's words. What is not known becomes a count noun with the same words, so that it is never taken for something else. */
export function readUnit(text: string): UnitRead {
  const words = text.normalize('NFC').trim().replace(/\s+/g, ' ');
  const plain = words.toLowerCase();
  const known = simpleUnit(plain);
  if (known !== null) return { code: known, known: true };
  if (
    /^(?:%|percent(?:age)?\b|per cent\b|proportion \(%\)|prozent\b)/.test(plain) ||
    /\(%\)$|\(percent\)$|\(in %\)$|[,;] %$/.test(plain)
  ) {
    if (!/point|punkt/.test(plain)) return { code: '%', known: true };
  }
  // 万吨, 亿立方米: a power of ten before a unit that is known.
  const [, power, counted] = /^([千万亿])(.+)$/u.exec(words) ?? [];
  if (power !== undefined && counted !== undefined) {
    const unit = readUnit(counted);
    const whole = unit.known ? multipliedUnit(unit.code, { 千: '3', 万: '4', 亿: '8' }[power] ?? '') : null;
    if (whole !== null) return { code: whole, known: true };
  }
  // A share of something, by Eurostat: PC_GDP, PC_ACT, PC_POP.
  if (/^PC_[A-Z0-9_]{1,20}$/.test(words)) return { code: '%', known: true };
  const amount = moneyOf(plain) ?? composedUnit(plain, (each) => simpleUnit(each) ?? moneyOf(each));
  if (amount !== null) return { code: amount, known: true };
  // `Adopted Budget (Million $)`, `Emissions (tonnes)`: what it is, and in brackets its unit.
  const [, inner] = /^[^()]+\(([^()]+)\)$/.exec(words) ?? [];
  if (inner !== undefined) {
    const unit = readUnit(inner);
    // A letter in brackets is as often the mark of a footnote.
    const sure = inner.length > 1 || exact.has(inner.toLowerCase());
    if (sure && unit.known && unit.code !== '{count}') return unit;
  }
  if (/^[A-Za-z%/.*0-9-]{1,20}$/.test(words) && parseUnit(words) !== null && !/^\d/.test(words))
    return { code: words, known: true };
  return { code: nounOf(words), known: false };
}

/** Units of time also tell when something is counted (`by year`), so they name no unit among other words. */
const times = new Set(['a', 'd', 'h', 'min']);

/** Whether words that are no unit as a whole hold one: `kWh per household`, `number of cars`, `£ a week`. */
export function namesUnit(text: string): boolean {
  return (text.toLowerCase().match(/[£€$]|[\p{L}\p{N}²³]+/gu) ?? []).some((word) => {
    const code = exact.get(word);
    return code !== undefined && code !== '1' && !times.has(code);
  });
}

const currencies = new Map([
  ...['$', 'us$', 'usd', 'dollars', 'us dollars', 'u.s. dollars', 'dollar'].map(
    (each) => [each, 'USD'] as const,
  ),
  ...['€', 'eur', 'euro', 'euros'].map((each) => [each, 'EUR'] as const),
  ...['£', 'gbp', 'pounds', 'pounds sterling'].map((each) => [each, 'GBP'] as const),
]);

/** `Million $`, `$ billions`, `thousands of euros`, `US$ (million)` as a power of ten of a currency; null when it is none. */
function moneyOf(plain: string): string | null {
  const [, before = '', power = '', after = ''] =
    /^([^\s()]*(?: [a-z$]+)?) ?\(?(thousand|million|billion)s?\)?(?: of)? ?(.*)$/.exec(plain) ?? [];
  const bare = currencies.get(power === '' ? plain : `${before}${after}`.trim());
  if (bare === undefined) return null;
  return power === '' ? bare : multipliedUnit(bare, power);
}

/** The words as a count noun in braces: only what a unit code may hold, at most 60 letters. */
function nounOf(words: string): string {
  const noun = words
    .replaceAll(/US ?\$/g, 'USD ')
    .replaceAll('£', 'GBP ')
    .replaceAll('€', 'EUR ')
    .replaceAll('$', 'USD ')
    .replaceAll('%', 'percent')
    .replaceAll('²', '2')
    .replaceAll('³', '3')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[/]/g, ' per ')
    .replace(/[^A-Za-z0-9 _'()&,-]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, longestNoun)
    .trim();
  return `{${noun === '' ? 'unit of the source' : noun}}`;
}

const powers = new Map<string, number>([
  ['', 0],
  ['units', 0],
  ['unit', 0],
  ['0', 0],
  ['one', 0],
  ['tens', 1],
  ['1', 1],
  ['hundreds', 2],
  ['2', 2],
  ['thousands', 3],
  ['thousand', 3],
  ['3', 3],
  ['ten thousands', 4],
  ['4', 4],
  ['millions', 6],
  ['million', 6],
  ['6', 6],
  ['hundred millions', 8],
  ['8', 8],
  ['billions', 9],
  ['billion', 9],
  ['9', 9],
  ['trillions', 12],
  ['12', 12],
]);

/** A unit multiplier (SDMX UNIT_MULT, by code or word) put before a unit; null when it is not known. */
export function multipliedUnit(code: string, multiplier: string): string | null {
  const power = powers.get(multiplier.trim().toLowerCase());
  if (power === undefined) return null;
  return power === 0 ? code : `10*${power}.${code}`;
}
