import { Book, type BookAt } from './book.ts';
import { Register } from './register.ts';

/** All registers of one city. */
export class Registers extends Book {
  readonly #registers: ReadonlyMap<string, Register>;

  constructor(at: BookAt, from?: Registers) {
    super(at, from);
    this.#registers = new Map(this.declarations().map((each) => [each.id, new Register(each, this)]));
  }

  get(id: string): Register | undefined {
    return this.#registers.get(id);
  }

  all(): readonly Register[] {
    return [...this.#registers.values()];
  }
}
