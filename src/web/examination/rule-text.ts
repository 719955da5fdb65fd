import { comma, formatNumber, formatValue } from '../../language/index.ts';
import type { ExaminationItem, Language } from '../../model/index.ts';
import { fill } from '../words.ts';
import { examinationWords } from './words.ts';

const sign = { '>=': '≥', '<=': '≤' } as const;

export const decimalsIn = (value: string): number =>
  value.includes('.') ? value.length - value.indexOf('.') - 1 : 0;

/** How the points of an item are earned, in words. */
export function ruleText({ rule, unit }: ExaminationItem, language: Language): string {
  const w = examinationWords[language];
  const text = (value: string): string => formatValue({ value, unit, decimals: decimalsIn(value) }, language);
  if (rule.kind === 'each')
    return fill(w.each, { off: formatNumber(rule.off, { language, decimals: decimalsIn(rule.off) }) });
  if (rule.kind === 'reach') return fill(w.reach, { sign: sign[rule.comparator], target: text(rule.target) });
  if (rule.kind === 'share') return fill(w.share, { target: text(rule.target), zero: text(rule.zero) });
  const bands = rule.bands.map(({ limit, share }) =>
    fill(w.band, { sign: sign[rule.comparator], limit: text(limit), share }),
  );
  return fill(w.bands, { bands: bands.join(comma(language)) });
}
