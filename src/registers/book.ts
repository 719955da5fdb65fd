import {
  type Area,
  type Field,
  type Localized,
  type RegisterDeclaration,
  toDecimal,
} from '../model/index.ts';
import type { Store } from '../store/index.ts';
import { type Case, caseOf } from './case.ts';
import type { Piece } from './case-order.ts';
import type { CaseRecord } from './case-record.ts';
import type { Facts } from './compute.ts';
import { withEntitySteps } from './entity.ts';
import { walkingMinutes } from './network.ts';
import { parameterOf } from './parameter.ts';
import type { PersonKeys } from './personal.ts';
import { ownName, Projection } from './projection.ts';
import { rowsOf } from './rows.ts';
import { localDay, type WorkCalendar } from './working-days.ts';

export interface BookAt {
  readonly city: string;
  /** The city's own area, which common funds belong to. */
  readonly area: string;
  readonly areas: readonly Area[];
  /** Said in every source of a place that a program made up. */
  readonly synthetic?: Localized;
  readonly store: Store;
  readonly keys: PersonKeys;
  readonly calendar: WorkCalendar;
  readonly declarations: readonly RegisterDeclaration[];
}

/** What the registers of one city share: one picture of the log, so that one may ask another. */
export class Book {
  readonly at: BookAt;
  readonly projection: Projection;
  readonly #declarations: ReadonlyMap<string, RegisterDeclaration>;
  readonly #cases: WeakMap<CaseRecord, Case>;
  readonly #pieces: WeakMap<Piece, readonly Case[]>;
  readonly #lists = new WeakMap<readonly CaseRecord[], readonly Case[]>();
  readonly #kinds = new Map<string, string>();
  #line: Promise<unknown> = Promise.resolve();

  /** `from`: one of the same declarations and calendar on the same log, whose work is taken over. */
  constructor(at: BookAt, from?: Book) {
    this.at = at;
    this.projection = new Projection(at.store, at.city, from?.projection);
    this.#cases = from === undefined ? new WeakMap() : from.#cases;
    this.#pieces = from === undefined ? new WeakMap() : from.#pieces;
    this.#declarations = new Map(at.declarations.map((each) => [each.id, withEntitySteps(each)]));
  }

  /** A register's declaration, with the steps of its entities. */
  declaration(id: string): RegisterDeclaration | undefined {
    return this.#declarations.get(id);
  }

  declarations(): readonly RegisterDeclaration[] {
    return [...this.#declarations.values()];
  }

  /** Brings what is known up to the log; gives its head. */
  refresh(): Promise<number> {
    return this.projection.refresh();
  }

  /** All cases and entities of a register; the same list as long as none of them changed. */
  casesOf(declaration: RegisterDeclaration): readonly Case[] {
    const records = this.projection.cases(declaration.id);
    const known = this.#lists.get(records);
    if (known !== undefined) return known;
    const cases = this.piecesOf(declaration).flat();
    this.#lists.set(records, cases);
    return cases;
  }

  /** The same in pieces, each of which stays the same list as long as none of its cases changed. */
  piecesOf(declaration: RegisterDeclaration): readonly (readonly Case[])[] {
    return this.projection.pieces(declaration.id).map((piece) => {
      const known = this.#pieces.get(piece);
      if (known !== undefined) return known;
      const cases = piece.map((each) => this.caseOf(declaration, each));
      this.#pieces.set(piece, cases);
      return cases;
    });
  }

  /** One after another: two who begin a case in one process never draw one number. */
  inLine<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#line.then(work, work);
    this.#line = next.catch(() => undefined);
    return next;
  }

  /** The record that a field of type `entity` or `case` names; null when there is none. */
  named(declaration: RegisterDeclaration, field: Field, value: string): CaseRecord | null {
    return this.projection.case(
      field.register ?? declaration.id,
      this.streamNamed(declaration, field, value),
    );
  }

  /** The stream that a field of type `entity` or `case` names, whether there is one or not. */
  streamNamed(declaration: RegisterDeclaration, field: Field, value: string): string {
    const number = field.type === 'entity' ? `${field.of ?? ''}.${value}` : value;
    return `${field.register ?? declaration.id}.${number}`;
  }

  /** The step that wrote a flow, from the flow's id. */
  kindOfFlow(register: string, id: string): string | null {
    const [stream = '', seq = ''] = id.split(':');
    const record = this.projection.case(register, stream);
    return record?.steps.find((each) => each.seq === Number(seq))?.kind ?? null;
  }

  /** What kind of holder a name of the store is: a declared holder's id, an entity's kind, or `case`. */
  holderKind(declaration: RegisterDeclaration, holder: string): string {
    const known = this.#kinds.get(holder);
    if (known !== undefined) return known;
    const kind = this.#kindOf(declaration, holder);
    this.#kinds.set(holder, kind);
    return kind;
  }

  #kindOf(declaration: RegisterDeclaration, holder: string): string {
    const [register = '', second = '', ...rest] = holder.split('.');
    if (
      register === declaration.id &&
      rest.length === 0 &&
      declaration.holders.some(({ id }) => id === second)
    )
      return second;
    const entities = this.declaration(register)?.entities ?? [];
    return rest.length > 0 && entities.some(({ id }) => id === second) ? second : 'case';
  }

  caseOf(register: RegisterDeclaration, record: CaseRecord): Case {
    const known = this.#cases.get(record);
    if (known !== undefined) return known;
    const made = caseOf(register, record, this.at.calendar);
    this.#cases.set(record, made);
    return made;
  }

  /** What a holder has of an item. */
  balance(register: RegisterDeclaration, item: string, holder: string): string {
    return toDecimal(this.projection.balance(ownName(register, item), holder));
  }

  /** What formulas over a case may ask for. */
  facts(
    declaration: RegisterDeclaration,
    { stream, values }: { readonly stream: string; readonly values: Readonly<Record<string, string>> },
    row: Readonly<Record<string, string>> = {},
  ): Facts {
    const field = (id: string): Field | undefined => fieldNamed(declaration, id);
    return {
      value: ([name = '', property]) => {
        if (property === undefined) {
          if (Object.hasOwn(row, name)) return row[name] ?? null;
          if (name === 'case_number') return stream.slice(declaration.id.length + 1);
          return Object.hasOwn(values, name) ? (values[name] ?? null) : null;
        }
        const known = field(name);
        const value = Object.hasOwn(values, name) ? values[name] : undefined;
        if (known === undefined || value === undefined) return null;
        return this.named(declaration, known, value)?.values[property] ?? null;
      },
      valueOn: ([name = '', property = ''], day) => {
        const known = field(name);
        const value = Object.hasOwn(values, name) ? values[name] : undefined;
        const record =
          known === undefined || value === undefined ? null : this.named(declaration, known, value);
        return record === null ? null : (this.#valuesOn(record, day)?.[property] ?? null);
      },
      column: (name, column) => rowsOf(values[name] ?? '[]').map((each) => each[column] ?? '0'),
      parameter: (id, year) => parameterOf(declaration, id, year),
      balance: (item, holder) =>
        this.balance(declaration, item, this.#holderNamed(declaration, holder, stream, values)),
      walk: (id, from, to) => {
        const network = declaration.networks.find((each) => each.id === id);
        return network === undefined ? null : walkingMinutes(network, from, to);
      },
      children: (type, step) =>
        this.projection
          .children(declaration.id, stream)
          .filter(
            (each) =>
              this.caseOf(declaration, each).type === type && each.steps.some(({ kind }) => kind === step),
          ).length,
    };
  }

  /** What an entity said at the end of a local day; null when it was not entered by then. */
  #valuesOn({ steps, past = [], values }: CaseRecord, day: string): CaseRecord['values'] | null {
    const dayOf = (instant: string): string => localDay(instant, this.at.calendar);
    const [first] = steps;
    if (first === undefined || dayOf(first.occurred) > day) return null;
    return past.find(({ until }) => dayOf(until) > day)?.values ?? values;
  }

  /** In `balance('item', 'name')` the name is `own`, a field with an entity, or a declared holder. */
  #holderNamed(
    declaration: RegisterDeclaration,
    name: string,
    stream: string,
    values: Readonly<Record<string, string>>,
  ): string {
    if (name === 'own') return stream;
    const known = fieldNamed(declaration, name);
    const value = values[name];
    if (known !== undefined && value !== undefined)
      return this.named(declaration, known, value)?.stream ?? '';
    return ownName(declaration, name);
  }
}

/** The field of this name in any form or entity of a register. */
export function fieldNamed({ forms, entities }: RegisterDeclaration, id: string): Field | undefined {
  for (const { fields } of [...forms, ...entities]) {
    const found = fields.find((each) => each.id === id);
    if (found !== undefined) return found;
  }
  return undefined;
}
