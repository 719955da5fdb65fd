import type { Localized, ObservationStatus, Qualifier } from '../../model/index.ts';

/** What a cell says: a number with what stood beside it, that there is none, or why it cannot be read. */
export type ValueRead =
  | {
      readonly kind: 'value';
      readonly value: string;
      readonly qualifier: Qualifier | null;
      readonly status: ObservationStatus | null;
      /** The interval printed behind the number: `9.6 (8.8–10.4)`. */
      readonly interval: { readonly low: string; readonly high: string } | null;
      /** What stood in the cell when it was more than the plain number. */
      readonly as: string | null;
    }
  | { readonly kind: 'missing'; readonly status: 'O' | 'M' | 'L' | 'Q'; readonly says: string }
  | { readonly kind: 'fault'; readonly reason: Localized };

/** Words and signs that statistical offices print where no number is. */
const absent = new Map<string, 'O' | 'M' | 'L' | 'Q'>([
  ...[
    '',
    '-',
    '–',
    '—',
    '--',
    '..',
    '...',
    '…',
    ':',
    'na',
    'n/a',
    'n.a.',
    'nan',
    'null',
    'none',
    '#n/a',
    '.',
    '?',
    'no data',
    'not available',
    'nd',
    'n/d',
    's/d',
    'k.a.',
    'k. a.',
    'nicht verfügbar',
    'no disponible',
    'non disponible',
    'missing',
    'unknown',
    'tba',
    'tbc',
    '暂无',
    '无数据',
    '缺',
  ].map((each) => [each, 'O'] as const),
  ...['x', 'z', 'not applicable', 'entfällt', '不适用'].map((each) => [each, 'M'] as const),
  ...['c', '*', '**', '[c]', '(c)', 's', 'suppressed', 'confidential', 'geheim', '/'].map(
    (each) => [each, 'Q'] as const,
  ),
  ...['not collected', 'l'].map((each) => [each, 'L'] as const),
]);

const signs: readonly (readonly [RegExp, Qualifier])[] = [
  [/^(?:<=|≤|=<|不超过|至多|最多)\s*/, 'at-most'],
  [/^(?:>=|≥|=>|不低于|不少于|至少)\s*/, 'at-least'],
  [/^(?:<|＜|less than|under|fewer than|unter|不到|不足|低于|小于)\s*/i, 'under'],
  [/^(?:>|＞|more than|over|über|超过|超|逾|高于|大于)\s*/i, 'over'],
  [/^(?:nearly|将近|接近|近)\s*/i, 'nearly'],
  [/^(?:~|≈|c\.|ca\.?|approx\.?|about|etwa|大约|约)\s*/i, 'about'],
];

/** Letters that offices put behind a number, as in SDMX. */
const marks: Readonly<Record<string, ObservationStatus>> = { p: 'P', e: 'E', b: 'B', f: 'F', i: 'I', u: 'U' };

/**
 * A reader for one column of numbers. Whether `1,234` is a thousand or a little more than one is decided by the rest of
 * the column (`decimalComma`), which a file divided by semicolons usually settles.
 */
export function valueReader(column: readonly string[], delimiter = ','): (text: string) => ValueRead {
  const decimalComma = hasDecimalComma(column, delimiter);
  return (text) => readValue(text, decimalComma);
}

function hasDecimalComma(column: readonly string[], delimiter: string): boolean {
  let comma = false;
  let grouped = false;
  let point = false;
  for (const cell of column) {
    if (!cell.includes(',')) {
      point ||= /^-?\d+\.(?:\d{1,2}|\d{4,})$/.test(cell.trim()) || /^-?0\.\d+$/.test(cell.trim());
      continue;
    }
    comma ||= /^-?\d{1,3}(?:\.\d{3})+,\d+$|^-?\d+,(?:\d{1,2}|\d{4,})$|^-?0,\d+$/.test(cell.trim());
    grouped ||= /^-?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(cell.trim());
  }
  if (comma) return true;
  return delimiter === ';' && !point && grouped;
}

function readValue(text: string, decimalComma: boolean): ValueRead {
  const cell = text
    .normalize('NFKC')
    .replace(/[\u200b\ufeff]/g, '')
    .trim();
  const missing = absent.get(cell.toLowerCase());
  if (missing !== undefined) return { kind: 'missing', status: missing, says: cell };
  let rest = cell;
  let qualifier: Qualifier | null = null;
  for (const [sign, name] of signs) {
    if (!sign.test(rest)) continue;
    rest = rest.replace(sign, '');
    qualifier = name;
    break;
  }
  let status: ObservationStatus | null = null;
  const marked = /^(.*\d)\s*[([]?([a-z])[)\]]?$/i.exec(rest);
  const letter = marked?.[2]?.toLowerCase() ?? '';
  if (marked !== null && Object.hasOwn(marks, letter)) {
    status = marks[letter] ?? null;
    rest = marked[1] ?? '';
  } else if (marked !== null && letter === 'r') rest = marked[1] ?? '';
  rest = rest.replace(/^[£$€¥]\s*/, '').replace(/\s*(?:%|£|€|[*†‡]+|\[\w{1,2}\]|[¹²³])$/, '');
  const around = /^(.*?)\s*[([]\s*(-?[\d.,]+)\s*(?:-|–|to|,|;)\s*(-?[\d.,]+)\s*[)\]]$/.exec(rest);
  if (around !== null) rest = around[1] ?? '';
  const number = plainNumber(rest, decimalComma);
  if (number === null)
    return {
      kind: 'fault',
      reason: {
        en: `'${cell.slice(0, 40)}' is no number and no sign for a missing one`,
        zh: `“${cell.slice(0, 40)}”不是数字，也不是表示缺失的符号`,
      },
    };
  const low = plainNumber(around?.[2] ?? '', decimalComma);
  const high = plainNumber(around?.[3] ?? '', decimalComma);
  return {
    kind: 'value',
    value: number,
    qualifier,
    status,
    interval: low === null || high === null ? null : { low, high },
    as: cell === number ? null : text,
  };
}

/** `1,234.5`, `1 234,5`, `1'234.5`, `1.2E+03` as a plain decimal; null when it is none for certain. */
function plainNumber(text: string, decimalComma: boolean): string | null {
  let digits = text
    .replace(/^[+]/, '')
    .replace(/^[−–]/, '-')
    .replace(/(?<=\d)[\s'’\u00a0\u202f](?=\d{3}(?!\d))/g, '');
  if (decimalComma && digits.includes(',')) {
    if (!/^-?(?:\d{1,3}(?:\.\d{3})+|\d+),\d+$/.test(digits)) return null;
    digits = digits.replaceAll('.', '').replace(',', '.');
  } else if (decimalComma && /^-?\d{1,3}(?:\.\d{3}){2,}$/.test(digits)) digits = digits.replaceAll('.', '');
  else if (digits.includes(',')) {
    if (!/^-?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(digits)) return null;
    digits = digits.replaceAll(',', '');
  }
  if (/^-?\.\d+$/.test(digits)) digits = digits.replace('.', '0.');
  if (/^-?\d+\.$/.test(digits)) digits = digits.slice(0, -1);
  if (/^-?\d{1,30}(?:\.\d{1,60})?$/.test(digits)) return digits;
  const science = /^(-?)(\d+)(?:\.(\d+))?[eE]([+-]?\d{1,2})$/.exec(digits);
  if (science === null) return null;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = science;
  return sign + shifted(whole, fraction, Number(exponent));
}

function shifted(whole: string, fraction: string, exponent: number): string {
  const digits = whole + fraction;
  const point = whole.length + exponent;
  if (point <= 0) return `0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return (digits + '0'.repeat(point - digits.length)).replace(/^0+(?=\d)/, '');
  return `${digits.slice(0, point).replace(/^0+(?=\d)/, '')}.${digits.slice(point)}`;
}
