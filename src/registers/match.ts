import type { Localized } from '../model/index.ts';
import type { Book } from './book.ts';
import type { CaseRecord } from './case-record.ts';

/** What a declared match finds: pairs by number, and what has no partner on either side. */
export interface Match {
  readonly id: string;
  readonly name: Localized;
  readonly register: string;
  readonly pairs: readonly (readonly [mine: string, theirs: string])[];
  readonly onlyHere: readonly string[];
  readonly onlyThere: readonly string[];
}

/** Pairs the cases or entities of a register with those of others by equal fields. */
export function matchesOf(book: Book, register: string): readonly Match[] {
  const declaration = book.declaration(register);
  if (declaration === undefined) return [];
  return declaration.matches.map(({ id, name, register: other, of, with: theirType, on }) => {
    const fields = Object.entries(on);
    const mine = ofType(book, register, of);
    const theirs = ofType(book, other, theirType);
    const byKey = new Map<string, CaseRecord[]>();
    for (const each of theirs) {
      const key = keyOf(
        each,
        fields.map(([, field]) => field),
      );
      if (key !== null) byKey.set(key, [...(byKey.get(key) ?? []), each]);
    }
    const met = new Set<string>();
    const pairs: (readonly [string, string])[] = [];
    const onlyHere: string[] = [];
    for (const each of mine) {
      const key = keyOf(
        each,
        fields.map(([field]) => field),
      );
      const partners = key === null ? [] : (byKey.get(key) ?? []);
      if (partners.length === 0) onlyHere.push(each.number);
      for (const partner of partners) {
        met.add(partner.number);
        pairs.push([each.number, partner.number]);
      }
    }
    return {
      id,
      name,
      register: other,
      pairs,
      onlyHere,
      onlyThere: theirs.filter(({ number }) => !met.has(number)).map(({ number }) => number),
    };
  });
}

function ofType(book: Book, register: string, type: string | undefined): readonly CaseRecord[] {
  const declaration = book.declaration(register);
  if (declaration === undefined) return [];
  const wanted = type ?? declaration.cases[0]?.id ?? null;
  return book.projection.cases(register).filter((each) => book.caseOf(declaration, each).type === wanted);
}

function keyOf({ number, values }: CaseRecord, fields: readonly string[]): string | null {
  const parts = fields.map((field) => (field === 'case_number' ? number : values[field]));
  return parts.some((part) => part === undefined || part === '') ? null : JSON.stringify(parts);
}
