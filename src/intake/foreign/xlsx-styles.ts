/** How a cell style shows the number that is stored under it. */
export type NumberForm = 'date' | 'percent';

/** Formats that every workbook has without declaring them: ECMA-376 part 1, 18.8.30. */
function builtIn(id: number): NumberForm | null {
  if ((id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47)) return 'date';
  return id === 9 || id === 10 ? 'percent' : null;
}

/** What a format code makes of a number, by what stands outside its quotes: `yyyy/m/d`, `0.00%`. */
export function numberForm(id: number, code: string): NumberForm | null {
  const plain = code.replace(/"[^"]*"|\\.|\[[^\]]*\]/g, '');
  const own = builtIn(id);
  if (own !== null) return own;
  if (plain.includes('%')) return 'percent';
  return /[ymdhs]/i.test(plain) ? 'date' : null;
}

/** A share as a sheet stores it, as it is shown: `0.4125` → `41.25%`, with every digit that is stored. */
export function asPercent(stored: string): string {
  const parts = /^(-?)(\d+)(?:\.(\d+))?$/.exec(stored);
  if (parts === null) {
    const number = Number(stored);
    return Number.isFinite(number) ? `${Number((number * 100).toPrecision(15))}%` : stored;
  }
  const [, sign = '', whole = '', fraction = ''] = parts;
  const digits = `${whole}${fraction.padEnd(2, '0').slice(0, 2)}`.replace(/^0+(?=\d)/, '');
  const rest = fraction.slice(2).replace(/0+$/, '');
  return `${sign}${digits}${rest === '' ? '' : `.${rest}`}%`;
}
