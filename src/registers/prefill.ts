import {
  add,
  compare,
  decimal,
  type Field,
  parseDecimal,
  type Rational,
  type RegisterDeclaration,
  rational,
  toDecimal,
} from '../model/index.ts';
import { type Book, fieldNamed } from './book.ts';
import type { FormValues } from './form.ts';
import { ownName } from './projection.ts';
import { localDay } from './working-days.ts';

/** A value that other records give, and the addresses of those records. */
export interface Suggestion {
  readonly value: string;
  readonly records: readonly string[];
}

/** What the fields of a form can be filled with from what is recorded already. */
export function suggestions(
  all: Book,
  declaration: RegisterDeclaration,
  fields: readonly Field[],
  values: FormValues,
): ReadonlyMap<string, Suggestion> {
  const found = new Map<string, Suggestion>();
  for (const field of fields) {
    const { prefill } = field;
    if (prefill === undefined) continue;
    const suggestion =
      'match' in prefill ? fromRecords(all, prefill, values) : fromFlows(all, declaration, prefill, values);
    if (suggestion !== null) found.set(field.id, suggestion);
  }
  return found;
}

type OfRecords = Extract<NonNullable<Field['prefill']>, { match: unknown }>;
type OfFlows = Exclude<NonNullable<Field['prefill']>, { match: unknown }>;

function fromRecords(
  all: Book,
  { register, field, match, take }: OfRecords,
  values: FormValues,
): Suggestion | null {
  const wanted = Object.entries(match).map(([theirs, ours]) => [theirs, values[ours]] as const);
  if (wanted.some(([, value]) => value === undefined)) return null;
  const records: string[] = [];
  let sum: Rational = rational(0n);
  let latest: string | null = null;
  for (const each of all.projection.cases(register)) {
    const value = each.values[field];
    if (value === undefined || !wanted.every(([theirs, ours]) => each.values[theirs] === ours)) continue;
    records.push(`event/${each.area}/${each.stream}/${each.steps.at(-1)?.seq ?? 1}`);
    latest = value;
    const number = parseDecimal(value);
    if (take === 'sum' && number === null) return null;
    if (number !== null) sum = add(sum, number);
  }
  if (latest === null) return null;
  return { value: take === 'sum' ? toDecimal(sum) : latest, records };
}

function fromFlows(
  all: Book,
  declaration: RegisterDeclaration,
  { register, items, from, to, steps, year }: OfFlows,
  values: FormValues,
): Suggestion | null {
  const of = all.declaration(register);
  const wantedYear = values[year];
  const holder = (id: string | undefined): string | null | undefined => {
    if (id === undefined) return undefined;
    const field = fieldNamed(declaration, id);
    const value = values[id];
    return field === undefined || value === undefined
      ? null
      : (all.named(declaration, field, value)?.stream ?? null);
  };
  const [source, target] = [holder(from), holder(to)];
  if (of === undefined || wantedYear === undefined || source === null || target === null) return null;
  const names = new Set(items.map((item) => ownName(of, item)));
  const records: string[] = [];
  let sum: Rational = rational(0n);
  const holderKnown = source ?? target;
  const flows =
    holderKnown === undefined
      ? all.projection.flows(register)
      : all.projection.flowsAt(register, holderKnown);
  for (const flow of flows) {
    if (!names.has(flow.item) || localDay(flow.occurred, all.at.calendar).slice(0, 4) !== wantedYear)
      continue;
    if (source !== undefined && flow.from.holder !== source) continue;
    if (target !== undefined && flow.to.holder !== target) continue;
    if (steps !== undefined && !steps.includes(all.kindOfFlow(register, flow.id) ?? '')) continue;
    sum = add(sum, decimal(flow.quantity));
    records.push(`flow/${flow.from.area}/${flow.id}`);
  }
  return records.length === 0 ? null : { value: toDecimal(sum), records };
}

/** Whether two texts say the same: numbers by their value. */
export function sameValue(a: string, b: string): boolean {
  const [x, y] = [parseDecimal(a), parseDecimal(b)];
  return x !== null && y !== null ? compare(x, y) === 0 : a === b;
}
