import type { CityModel } from '../../simulate/index.ts';

/**
 * A variable's equation as the file has it, a line a part: of an array whose elements have their own all of them, of a
 * stock its flows too. What the place sets in place of the file's number stands last.
 */
export function equationTexts({ compiled, history }: CityModel, key: string): readonly string[] {
  const declaration = compiled.document.root.declarations.get(key);
  if (declaration === undefined) return [];
  const { equation, elements, list, inflows, outflows, kind } = declaration;
  const own =
    elements.length > 0
      ? elements.map((one) => `${one.subscripts.join(', ')}: ${one.equation?.text.trim() ?? ''}`)
      : [equation?.text.trim() ?? list.map((one) => one.text).join(', ')];
  const flows =
    kind === 'stock'
      ? [...inflows.map(({ text }) => `+ ${text}`), ...outflows.map(({ text }) => `− ${text}`)]
      : [];
  const set = Object.entries(history.values)
    .filter(
      ([name]) =>
        name
          .replace(/\[.*$/, '')
          .trim()
          .toLowerCase()
          .replace(/[\s_]+/g, '_') === key,
    )
    .map(([name, value]) => `${/\[(.*)\]/.exec(name)?.[1] ?? ''} := ${value}`.trim());
  return [...own, ...flows, ...set];
}
