import { decimalsOf, formatValue, periodText } from '../language/index.ts';
import type { Language, Qualifier } from '../model/index.ts';

/** A stated value (a target, a threshold, a claim) with the decimals it was stated with. */
export function statedText(
  stated: { readonly value: string; readonly unit: string; readonly qualifier?: Qualifier | null },
  language: Language,
): string {
  const decimals = decimalsOf(stated.value);
  return formatValue({ ...stated, decimals }, language);
}

const signs = { '=': '', '>=': '≥ ', '<=': '≤ ', '>': '> ', '<': '< ' } as const;

/** A target or threshold with its comparator in front. */
export function boundText(
  stated: { readonly comparator: keyof typeof signs; readonly value: string; readonly unit: string },
  language: Language,
): string {
  return `${signs[stated.comparator]}${statedText(stated, language)}`;
}

/** A period as it heads a column: the bare year in both languages, anything else in words. */
export function periodHead(period: string, language: Language): string {
  return /^\d{4}$/.test(period) ? period : periodText(period, language);
}
