import type { Field, RegisterDeclaration } from '../model/index.ts';
import type { Book } from './book.ts';
import type { Piece } from './case-order.ts';
import type { CaseRecord } from './case-record.ts';

/** Fields that say what a case was made from. */
function originFields({ forms, entities }: RegisterDeclaration): readonly Field[] {
  return [...forms, ...entities].flatMap(({ fields }) => fields.filter(({ origin }) => origin));
}

function originsOf(book: Book, declaration: RegisterDeclaration, each: CaseRecord): readonly CaseRecord[] {
  return originFields(declaration).flatMap((field) =>
    (each.values[field.id] ?? '')
      .split(',')
      .flatMap((value) => (value === '' ? [] : (book.named(declaration, field, value) ?? []))),
  );
}

const namers = new WeakMap<Piece, ReadonlyMap<string, readonly CaseRecord[]>>();

/** Who of a piece names which streams as its origin. */
function namersIn(
  book: Book,
  declaration: RegisterDeclaration,
  piece: Piece,
): ReadonlyMap<string, readonly CaseRecord[]> {
  const known = namers.get(piece);
  if (known !== undefined) return known;
  const found = new Map<string, CaseRecord[]>();
  for (const each of piece)
    for (const field of originFields(declaration))
      for (const value of (each.values[field.id] ?? '').split(',')) {
        if (value === '') continue;
        const stream = book.streamNamed(declaration, field, value);
        const list = found.get(stream) ?? [];
        if (list.at(-1) !== each) list.push(each);
        found.set(stream, list);
      }
  namers.set(piece, found);
  return found;
}

/** What a case was made from, and what was made from it: one step each way, over all registers. */
export function lineageOf(
  book: Book,
  declaration: RegisterDeclaration,
  each: CaseRecord,
): { readonly before: readonly CaseRecord[]; readonly after: readonly CaseRecord[] } {
  const after: CaseRecord[] = [];
  for (const other of book.declarations()) {
    if (originFields(other).length === 0) continue;
    for (const piece of book.projection.pieces(other.id))
      for (const candidate of namersIn(book, other, piece).get(each.stream) ?? []) {
        // A name is kept as it was given; whether it names a case that exists is seen now.
        if (originsOf(book, other, candidate).some(({ stream }) => stream === each.stream))
          after.push(candidate);
      }
  }
  return { before: originsOf(book, declaration, each), after };
}

/** All that a case goes back to, or has become, through split, merge and make; each once, nearest first. */
export function genealogy(
  book: Book,
  declaration: RegisterDeclaration,
  start: CaseRecord,
  direction: 'before' | 'after',
): readonly CaseRecord[] {
  const found = new Map<string, CaseRecord>();
  const waiting: CaseRecord[] = [start];
  for (let at = 0; at < waiting.length && at < 10_000; at += 1) {
    const each = waiting[at];
    const of = each === undefined ? undefined : (book.declaration(each.register) ?? declaration);
    if (each === undefined || of === undefined) continue;
    for (const next of lineageOf(book, of, each)[direction]) {
      if (found.has(next.stream) || next.stream === start.stream) continue;
      found.set(next.stream, next);
      waiting.push(next);
    }
  }
  return [...found.values()];
}
