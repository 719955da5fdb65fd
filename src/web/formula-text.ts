import { formatNumber } from '../language/index.ts';
import type { Figure } from '../model/index.ts';
import { valueText } from './parts/figure.tsx';
import { named, type PlaceView } from './view.ts';

/** Signs as they are printed. */
const printed: Readonly<Record<string, string>> = { '*': '×', '/': '÷', '-': '−', '+': '+' };

/** Longest sum that is written out with its numbers; longer ones are told by their records. */
const longest = 400;

/** The computation with the records' quantities in place: `(0.28 − 0.46) ÷ 0.46 = −39.1 %`. */
export function formulaWithRecords(figure: Figure, view: PlaceView): string {
  const { expression } = figure.formula;
  const filled = expression
    .replace(/#(\d+)|(\d+(?:\.\d+)?)'([^']*)'|\s([-+*/])\s/g, (whole, index, number, unit, sign) => {
      if (typeof sign === 'string') return ` ${printed[sign] ?? sign} `;
      if (typeof number === 'string') return unit === 'a' && number === '1' ? '1' : `${number} ${unit}`;
      const quantity = figure.contributions[Number(index)]?.quantity;
      if (quantity == null) return whole;
      const decimals = quantity.includes('.') ? quantity.length - quantity.indexOf('.') - 1 : 0;
      return formatNumber(quantity, { language: view.language, decimals });
    })
    .replace(/points\(([^(),]+), ([^(),]+)\)/g, '$1 − $2')
    .replace(/^(.*) ÷ 1$/, '$1');
  const told = gathered(filled);
  const shown = told.length > longest ? `${filled.slice(0, longest)}…` : filled;
  return `${shown} = ${valueText(figure, view)}`;
}

/** Equal terms of a sum told by how many they are: `sum(1, 1, 1, 1)` of four cases as `(4 × 1)`; other terms stay as they are. */
export function gathered(text: string): string {
  return text.replace(/\bsum\(([^()]*)\)/g, (whole, list: string) => {
    const runs: { term: string; times: number }[] = [];
    for (const term of list.split(', ')) {
      const last = runs.at(-1);
      if (last?.term === term) last.times += 1;
      else runs.push({ term, times: 1 });
    }
    if (!runs.some(({ times }) => times > 3)) return whole;
    const terms = runs.flatMap(({ term, times }) =>
      times > 3
        ? [`${formatNumber(String(times), { language: 'en', decimals: 0 })} × ${term}`]
        : Array.from({ length: times }, () => term),
    );
    return runs.length === 1 ? `(${terms[0] ?? ''})` : `sum(${terms.join(', ')})`;
  });
}

/** A declared formula with the names of indicators in place of their ids. */
export function formulaInNames(formula: string, view: PlaceView): string {
  return formula
    .replace(/[a-z0-9]+(?:[._-][a-z0-9]+)*/g, (id) => {
      const known = view.here.entries.get(id)?.indicator;
      return known === undefined ? id : named(known.name, view);
    })
    .replace(/\s([-+*/])\s/g, (_, sign: string) => ` ${printed[sign] ?? sign} `);
}
