import { writeFileSync } from 'node:fs';
import { type Finding, findingText } from '../model/index.ts';

/** Writes a text to a file, or to standard output without one; false and told where it cannot be written. */
export function put(text: string, file: string | undefined): boolean {
  if (file === undefined) {
    process.stdout.write(text);
    return true;
  }
  try {
    writeFileSync(file, text);
    return true;
  } catch (error) {
    process.stderr.write(
      `modelcity assess: cannot write ${file}: ${error instanceof Error ? error.message : error}\n`,
    );
    return false;
  }
}

/** A setting as the command line gives it: `name=value`. */
export function splitPair(pair: string): [string, string] {
  const at = pair.indexOf('=');
  return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
}

/** Findings on standard error. */
export function report(findings: readonly Finding[]): void {
  for (const finding of findings) process.stderr.write(`${findingText(finding)}\n`);
}

/** A cell of a result table; numbers with 17 significant digits. */
export function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return digits17(value);
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

/** A double with 17 significant digits, enough to tell it from every other, without trailing zeros. */
function digits17(value: number): string {
  // Most cells: counts, ranks, ones and noughts.
  if (Number.isSafeInteger(value) && !Object.is(value, -0)) return String(value);
  const text = value.toPrecision(17);
  const [mantissa = '', exponent] = text.split('e');
  const short = mantissa.includes('.') ? mantissa.replace(/\.?0+$/, '') : mantissa;
  return exponent === undefined ? short : `${short}e${exponent}`;
}
