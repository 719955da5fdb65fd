import { parseDecimal } from '../model/index.ts';

/** Digits before and after the point: more than any statistic has, few enough that no cell makes work. */
const mostWhole = 40;
const mostPlaces = 40;

/**
 * The normal form of a decimal as typed: no `+`, no leading zeros, no exponent, no `-0`. Trailing zeros stay: `18.0` says
 * that the source printed one decimal. Null when the text is not a decimal, or one with absurdly many digits.
 */
export function normalDecimal(text: string): string | null {
  if (/^(?:0|-?[1-9]\d{0,14})(?:\.\d{1,15})?$/.test(text)) return text;
  const match = /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/.exec(text);
  if (match === null || parseDecimal(text) === null) return null;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  if (point > mostWhole + digits.length || digits.length - point > mostPlaces) return null;
  const padded = point > 0 ? digits.padEnd(point, '0') : '0'.repeat(1 - point) + digits;
  const at = Math.max(point, 1);
  const before = padded.slice(0, at).replace(/^0+(?=\d)/, '');
  const after = padded.slice(at);
  if (before.length > mostWhole) return null;
  const isZero = /^0*$/.test(before + after);
  return `${sign === '-' && !isZero ? '-' : ''}${before}${after === '' ? '' : `.${after}`}`;
}

export interface ValueFault {
  readonly rule: string;
  readonly why: string;
  readonly mend: string;
}

const marks: readonly (readonly [RegExp, ValueFault])[] = [
  [
    /^[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i,
    {
      rule: 'value.too-many-digits',
      why: `at most ${mostWhole} digits before and ${mostPlaces} after the point are read`,
      mend: 'state the value in a larger unit, such as 10*8.CNY (亿元) for yuan',
    },
  ],
  [
    /^[-–—―/.…*]+$|^(?:n\/?a|nan|null|none|nil|无|暂无|缺|不详|未知|\.\.)\.?$/i,
    {
      rule: 'value.placeholder',
      why: 'a missing value is not a number and not a dash: it is blank, with a status and a reason',
      mend: 'leave the cell blank, set status to O (missing), L (exists, not collected), M (cannot exist) or Q (suppressed), and say why in reason_en or reason_zh',
    },
  ],
  [
    /^[+-]?\d{1,3}(?:[,， '’\u00a0\u202f]\d{3})+(?:\.\d+)?$/u,
    {
      rule: 'value.thousands',
      why: 'separators between thousands mean different things in different countries',
      mend: 'write the number without them: 12300, not 12,300',
    },
  ],
  [
    /^[+-]?\d+,\d+$/,
    {
      rule: 'value.decimal-comma',
      why: 'the decimal sign is a full stop in every language',
      mend: 'write 12.5, not 12,5',
    },
  ],
  [
    /^[+-]?[\d.,]+\s*[%％‰]$/u,
    {
      rule: 'value.sign',
      why: 'the unit stands in its own column',
      mend: 'write the number alone, and % in the column unit',
    },
  ],
  [
    /^[０-９．＋－]+$/u,
    {
      rule: 'value.full-width',
      why: 'the digits are full-width characters, as a Chinese input method types them',
      mend: 'type the number with ordinary digits',
    },
  ],
  [
    /^[−–]\s*\d/u,
    {
      rule: 'value.minus',
      why: 'the minus is a typographic one (−), not the one of the keyboard',
      mend: 'write -12.5 with the minus of the keyboard',
    },
  ],
  [
    /^#(?:REF|N\/A|VALUE|DIV\/0|NAME|NUM|NULL|SPILL)[!?]?/i,
    {
      rule: 'value.sheet-error',
      why: 'this is an error of a spreadsheet formula that was saved as if it were a value',
      mend: 'mend the formula in the spreadsheet and save again, or leave the cell blank with a status and a reason',
    },
  ],
  [
    /^[=@]/,
    {
      rule: 'value.sheet-formula',
      why: 'a table holds values; formulas belong to indicators/*.yaml, where they are checked',
      mend: 'save the values, not the formulas',
    },
  ],
  [
    /^(?:over|more than|nearly|almost|about|around|approx\w*|under|less than|at least|at most|[<>≤≥~≈约超近逾])\W*\s*[\d.,]+/iu,
    {
      rule: 'value.qualifier',
      why: 'the words before a number are kept in their own column',
      mend: 'write the number alone, and over, nearly, about, under, at-least or at-most in the column qualifier',
    },
  ],
  [
    /^[+-]?[\d.,]+\s*\p{L}/u,
    {
      rule: 'value.unit-inside',
      why: 'the unit stands in its own column',
      mend: 'write the number alone, and the unit in the column unit (万元 is 10*4.CNY)',
    },
  ],
];

/** Why a text is not a value, as exactly as can be told. */
export function valueFault(text: string): ValueFault {
  const told = marks.find(([pattern]) => pattern.test(text.slice(0, 200)));
  return (
    told?.[1] ?? {
      rule: 'value.text',
      why: 'a value is a plain decimal number',
      mend: 'write a number such as 12.5; words belong in the column note',
    }
  );
}
