import { add, decimal, isZero, type Rational, rational, subtract, toDecimal } from '../model/index.ts';
import type { Book } from './book.ts';
import { localDay } from './working-days.ts';

/** What one kind of holder had of an item over a year: opening + in − out = closing, exactly. */
export interface BalanceLine {
  readonly item: string;
  /** A declared holder's id, an entity's kind, or `case`. */
  readonly kind: string;
  readonly opening: string;
  readonly inflow: string;
  readonly outflow: string;
  readonly closing: string;
}

const nothing = rational(0n);

/** Balances of a year by item and kind of holder; what moves between two holders of one kind is in and out. */
export function balanceSheet(book: Book, register: string, year: string): readonly BalanceLine[] {
  const declaration = book.declaration(register);
  if (declaration === undefined) return [];
  const lines = new Map<
    string,
    { item: string; kind: string; opening: Rational; inflow: Rational; outflow: Rational }
  >();
  const post = (
    item: string,
    holder: string,
    flowYear: string,
    quantity: Rational,
    side: 'inflow' | 'outflow',
  ): void => {
    if (flowYear > year) return;
    const kind = book.holderKind(declaration, holder);
    const key = `${item} ${kind}`;
    const line = lines.get(key) ?? { item, kind, opening: nothing, inflow: nothing, outflow: nothing };
    lines.set(key, line);
    if (flowYear === year) line[side] = add(line[side], quantity);
    else line.opening = (side === 'inflow' ? add : subtract)(line.opening, quantity);
  };
  for (const { item, quantity, occurred, from, to } of book.projection.flows(register)) {
    const name = item.slice(register.length + 1);
    const flowYear = localDay(occurred, book.at.calendar).slice(0, 4);
    const amount = decimal(quantity);
    post(name, from.holder, flowYear, amount, 'outflow');
    post(name, to.holder, flowYear, amount, 'inflow');
  }
  return [...lines.values()]
    .filter(({ opening, inflow, outflow }) => ![opening, inflow, outflow].every(isZero))
    .sort((a, b) => (`${a.item} ${a.kind}` < `${b.item} ${b.kind}` ? -1 : 1))
    .map(({ item, kind, opening, inflow, outflow }) => ({
      item,
      kind,
      opening: toDecimal(opening),
      inflow: toDecimal(inflow),
      outflow: toDecimal(outflow),
      closing: toDecimal(subtract(add(opening, inflow), outflow)),
    }));
}

/** The years in which anything of a register flowed, newest first. */
export function flowYears(book: Book, register: string): readonly string[] {
  const years = new Set<string>();
  for (const { occurred } of book.projection.flows(register))
    years.add(localDay(occurred, book.at.calendar).slice(0, 4));
  return [...years].sort().reverse();
}
