import { formatNumber } from '../../language/index.ts';
import type { Language, Localized } from '../../model/index.ts';

/** How a model's unit is shown: its text, and what a value is multiplied by. */
export interface ShownUnit {
  readonly text: string;
  readonly scale: number;
}

interface Entry {
  readonly text: Localized;
  /** Chinese readers expect 亿 and 万 where English ones expect billion and million. */
  readonly scale?: { readonly en: number; readonly zh: number };
}

const plain = (en: string, zh: string): Entry => ({ text: { en, zh } });
const scaled = (en: string, zh: string, scaleEn: number, scaleZh: number): Entry => ({
  text: { en, zh },
  scale: { en: scaleEn, zh: scaleZh },
});

const entries: Readonly<Record<string, Entry>> = {
  '1/year': scaled('% a year', '%/年', 100, 100),
  'yuan/t': plain('yuan/t', '元/吨'),
  year: plain('years', '年'),
  person: plain('people', '人'),
  'person/year': plain('people a year', '人/年'),
  Gyuan: scaled('billion yuan', '亿元', 1, 10),
  'Gyuan/year': scaled('billion yuan a year', '亿元/年', 1, 10),
  'yuan/person': plain('yuan a person', '元/人'),
  't/person/year': plain('t a person a year', '吨/人·年'),
  'Mt/year': scaled('Mt a year', '万吨/年', 1, 100),
  Mt: scaled('Mt', '万吨', 1, 100),
  'Mt/year/year': scaled('Mt a year, each year', '万吨/年，逐年', 1, 100),
  Mm2: scaled('million m²', '万平方米', 1, 100),
  'Mm2/year': scaled('million m² a year', '万平方米/年', 1, 100),
  'm2/person': plain('m² a person', '平方米/人'),
  't/m2': plain('t/m²', '吨/平方米'),
  'Mt/Gyuan/year': plain('Mt per billion yuan', '百万吨/十亿元'),
  'Mtce/Gyuan/year': plain('Mtce per billion yuan', '百万吨标准煤/十亿元'),
  'Mtce/year': scaled('Mtce a year', '万吨标准煤/年', 1, 100),
  'tce/person/year': plain('tce a person a year', '吨标准煤/人·年'),
  GW: scaled('GW', '万千瓦', 1, 100),
  'GW/year': scaled('GW a year', '万千瓦/年', 1, 100),
  'h/year': plain('hours a year', '小时/年'),
  'GW*h/year': scaled('GWh a year', '亿千瓦时/年', 1, 0.01),
  'MtCO2/year': scaled('Mt CO₂e a year', '万吨CO₂当量/年', 1, 100),
  MtCO2: scaled('Mt CO₂e', '万吨CO₂当量', 1, 100),
  'MtCO2/Mt': plain('t CO₂ per t', '吨CO₂/吨'),
  'MtCO2/Mtce': plain('t CO₂ per tce', '吨CO₂/吨标准煤'),
  'Mm3/year': scaled('million m³ a year', '亿立方米/年', 1, 0.01),
  'm3/person/year': plain('m³ a person a year', '立方米/人·年'),
  'Mm3/Gyuan/year': scaled('m³ per 10,000 yuan', '立方米/万元', 10, 10),
  'yuan*year/t': plain('yuan for a t a year', '元/（吨/年）'),
  'yuan*year/tce': plain('yuan for a tce a year', '元/（吨标准煤/年）'),
  'yuan/m3': plain('yuan/m³', '元/立方米'),
  'person*year/Mt': plain('jobs for a Mt a year', '人/（百万吨/年）'),
  'tce/wanyuan/year': plain('tce per 10,000 yuan', '吨标准煤/万元'),
  'MtCO2*t/(Mt*person*year)': plain('t CO₂e a person', '吨CO₂当量/人'),
  'Mtce/Mt': plain('tce per t', '吨标准煤/吨'),
  'day/year': plain('days a year', '天/年'),
};

/** Variables without a unit that are indices or weights; every other one is a share and shown in per cent. */
const indexLike = /index|effect|kaya|spare|elasticity|maturity|over_carbon|january|level|aimed_at|residual/;

/**
 * The unit in which a variable is shown.
 *
 * @param units the unit of the model file, `dmnl` for a plain ratio, empty where nothing is said
 * @param key the variable's canonical name: it tells shares from indices
 * @param most the greatest value that will be shown: large counts are told in millions (万 in Chinese)
 */
export function shownUnit(units: string, key: string, most: number, language: Language): ShownUnit {
  if (units === '') return { text: '', scale: 1 };
  if (units === 'dmnl') return indexLike.test(key) ? { text: '', scale: 1 } : { text: '%', scale: 100 };
  const entry = Object.hasOwn(entries, units) ? entries[units] : undefined;
  if (entry === undefined) return { text: units, scale: 1 };
  if (units.startsWith('person') && units !== 'person*year/Mt') {
    if (language === 'zh' && most >= 1e5) return { text: `万${entry.text.zh}`, scale: 1e-4 };
    if (language === 'en' && most >= 1e6) return { text: `million ${entry.text.en}`, scale: 1e-6 };
  }
  return { text: entry.text[language], scale: entry.scale?.[language] ?? 1 };
}

/** Decimals such that the greatest value shown has about four significant digits. */
export function decimalsFor(most: number): number {
  const size = Math.abs(most);
  if (!(size > 0) || size >= 1000) return 0;
  return Math.min(6, Math.max(0, 2 - Math.floor(Math.log10(size))));
}

/** A number with its unit, as the language sets them: a space that does not break in English, none in Chinese. */
export function withUnit(number: string, unit: string, language: Language): string {
  if (unit === '') return number;
  return language === 'zh' && !/^[A-Za-z]/.test(unit) ? `${number}${unit}` : `${number}\u00a0${unit}`;
}

/** A double as a number of the page's language. Simulation uses doubles; they are rounded here and nowhere earlier. */
export function shownNumber(value: number, decimals: number, language: Language, signed = false): string {
  if (!Number.isFinite(value)) return language === 'zh' ? '无法计算' : 'not computable';
  return formatNumber(value.toFixed(decimals), { language, decimals, signed });
}
