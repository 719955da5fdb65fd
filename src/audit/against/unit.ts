import { convert, parseUnit, type Rational, type Unit } from '../../model/index.ts';
import type { Quantity } from '../read/quantity.ts';

const codes: Readonly<Record<string, string>> = {
  'm²': 'm2',
  'km²': 'km2',
  'm³': 'm3',
  'Nm³': 'm3',
  µg: 'ug',
  '‰': '[ppth]',
  year: 'a',
  day: 'd',
  day1: 'd',
  hour: 'h',
  person: '{person}',
  capita: '{person}',
  household: '{household}',
  人: '{person}',
  户: '{household}',
  天: 'd',
  日: 'd',
  年: 'a',
  小时: 'h',
};

/** The unit of a number of a text in the workspace's grammar; null for a bare count and for units it has none of. */
export function modelUnit({ unit }: Quantity): Unit | null {
  if (unit === '') return null;
  const parts = unit.split('/').map((part) => {
    const [, factor, name = ''] = /^(?:(\d+) )?(.*)$/.exec(part) ?? [];
    const code = codes[name] ?? name;
    if (factor === undefined) return code;
    const zeros = /^1(0+)$/.exec(factor)?.[1]?.length;
    return `${zeros === undefined ? factor : `10*${zeros}`}/${code}`;
  });
  return parseUnit(parts.join('/'));
}

/** A number of a text stated in the unit of a record; null when the two measure different things. */
export function statedIn(value: Rational, quantity: Quantity, code: string): Rational | null {
  const to = parseUnit(code);
  if (to === null) return null;
  const from = modelUnit(quantity);
  if (from !== null) return convert(value, from, to);
  if (quantity.unit !== '' || !isCount(to)) return null;
  return { n: value.n * to.factor.d, d: value.d * to.factor.n };
}

/** Things counted one by one: `{project}`, `10*4.{household}`; a plain number. */
const isCount = ({ dimension, code }: Unit): boolean =>
  (dimension.size === 1 &&
    [...dimension].every(([base, exponent]) => base.startsWith('{') && exponent === 1)) ||
  code === 'unit';
