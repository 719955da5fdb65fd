import { decimal, type Figure, type Finding, parseUnit, toDecimal } from '../model/index.ts';
import { evaluate, NoValue, type Operand } from './evaluate.ts';
import { figureCode, isCodeOf } from './figure-code.ts';
import { figureRoot, formulaHash } from './figure-root.ts';
import { parseFormula } from './parser.ts';

/**
 * Computes a figure anew from nothing but itself: its code from its key, its root and value from its contributions,
 * its formula's hash from its text. Empty when all agree; what `verify` runs, and what a stranger can.
 */
export function recompute(figure: Figure, file = 'manifest'): readonly Finding[] {
  const findings: Finding[] = [];
  const report = (rule: string, what: string): void => {
    findings.push({
      rule,
      severity: 'error',
      where: { file, pointer: `/figures/${figure.code}` },
      what,
      why: 'the figure was changed after it was computed, or computed by other rules',
      mend: 'take the edition again from its publisher and compare',
    });
  };
  const { formula, contributions, unit } = figure;
  if (!isCodeOf(figure.code, figureCode(figure.key)))
    report('figure.code', `the code ${figure.code} does not belong to the figure's key`);
  const hash = formulaHash(formula, unit);
  if (hash !== formula.sha256)
    report(
      'figure.formula',
      `figure ${figure.code}: the formula's hash is ${hash}, the figure says ${formula.sha256}`,
    );
  const root = figureRoot(contributions);
  if (root !== figure.root)
    report(
      'figure.root',
      `figure ${figure.code}: its contributions give root ${root}, the figure says ${figure.root}`,
    );
  const value = figure.value === null ? null : recomputedValue(figure);
  if (value !== null && value.text !== figure.value)
    report(
      'figure.value',
      `figure ${figure.code}: its contributions give ${value.text}, the figure says ${figure.value}`,
    );
  if ((figure.value === null) !== (figure.missing !== null))
    report(
      'figure.missing',
      `figure ${figure.code}: a figure has either a value or a reason for having none`,
    );
  return findings;
}

function recomputedValue({ contributions, formula, unit }: Figure): { readonly text: string } {
  const target = parseUnit(unit);
  const read = parseFormula(formula.expression);
  if ('error' in read) return { text: `nothing (${read.error.what})` };
  if (target === null) return { text: `nothing (${unit} is not a unit)` };
  const operands: Operand[] = [];
  for (const { quantity, unit: code } of contributions) {
    const each = parseUnit(code);
    if (each === null) return { text: `nothing (${code} is not a unit)` };
    try {
      operands.push({ value: decimal(quantity ?? '0'), unit: each });
    } catch {
      return { text: 'nothing (a contribution is not a decimal)' };
    }
  }
  try {
    return { text: toDecimal(evaluate(read.expression, operands, target)) };
  } catch (error) {
    if (error instanceof NoValue) return { text: `nothing (${error.reason.en})` };
    throw error;
  }
}
