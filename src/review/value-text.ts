import {
  type Language,
  type ObservationStatus,
  parseDecimal,
  periodBounds,
  type Qualifier,
  toFixed,
  unitAtoms,
} from '../model/index.ts';

const qualifiers = {
  over: { en: 'over ', zh: '超过' },
  nearly: { en: 'nearly ', zh: '近' },
  about: { en: 'about ', zh: '约' },
  under: { en: 'under ', zh: '不足' },
  'at-least': { en: 'at least ', zh: '不少于' },
  'at-most': { en: 'at most ', zh: '不超过' },
} as const;

/** A decimal with grouped thousands and a true minus sign: `-1234.5` at 1 decimal is `−1,234.5`. */
export function numberText(value: string, decimals: number): string {
  const exact = parseDecimal(value);
  if (exact === null) throw new RangeError(`not a decimal: ${value.slice(0, 40)}`);
  const fixed = toFixed(exact, decimals);
  const [whole = '', fraction] = fixed.replace('-', '').split('.');
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  const negative = fixed.startsWith('-') && /[1-9]/.test(fixed);
  return `${negative ? '−' : ''}${grouped}${fraction === undefined ? '' : `.${fraction}`}`;
}

export function unitText(code: string, language: Language): string {
  const known = Object.hasOwn(unitAtoms, code) ? unitAtoms[code] : undefined;
  if (known !== undefined) return known.symbol[language];
  return code === '1' ? '' : code;
}

/** A value as a reader reads it, with unit and qualifier. */
export function valueText(
  input: {
    value: string;
    unit: string;
    decimals: number;
    qualifier: Qualifier | null;
    status: ObservationStatus;
  },
  language: Language,
): string {
  const unit = unitText(input.unit, language);
  const before = input.qualifier === null ? '' : qualifiers[input.qualifier][language];
  const gap = unit === '' || unit === '%' || (language === 'zh' && /^\p{Script=Han}/u.test(unit)) ? '' : ' ';
  return `${before}${numberText(input.value, input.decimals)}${gap}${unit}`;
}

export function periodWords(code: string, language: Language): string {
  const bounds = periodBounds(code);
  if (bounds === 'undated') return language === 'zh' ? '未注明日期' : 'undated';
  return code.replace('/', '–');
}
