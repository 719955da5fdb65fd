import type { RegisterDeclaration } from '../model/index.ts';
import type { Book } from './book.ts';
import type { Draft } from './draft.ts';
import { ownName } from './projection.ts';
import { Refusal } from './refusal.ts';
import { readSerials, SerialHoldings } from './serials.ts';

interface Kept {
  readonly position: number;
  readonly held: ReadonlyMap<string, SerialHoldings>;
}

const kept = new WeakMap<Book, Map<string, Kept>>();

/** Who holds which serial numbers of a register's items, from the steps that moved them. */
export class SerialCheck {
  readonly #all: Book;
  readonly #declaration: RegisterDeclaration;

  constructor(all: Book, declaration: RegisterDeclaration) {
    this.#all = all;
    this.#declaration = declaration;
  }

  /** Holdings by item, after everything recorded: worked out once for each position of the log. */
  #holdings(): ReadonlyMap<string, SerialHoldings> {
    const known = kept.get(this.#all) ?? new Map<string, Kept>();
    kept.set(this.#all, known);
    const { position } = this.#all.projection;
    const found = known.get(this.#declaration.id);
    if (found?.position === position) return found.held;
    const held = this.#replayed();
    known.set(this.#declaration.id, { position, held });
    return held;
  }

  /** Flows tell from, to and order; the case's step tells the blocks. */
  #replayed(): ReadonlyMap<string, SerialHoldings> {
    const byItem = new Map<string, SerialHoldings>();
    const flows = [...this.#all.projection.flows(this.#declaration.id)].sort(
      (a, b) => a.position - b.position || (a.id < b.id ? -1 : 1),
    );
    for (const flow of flows) {
      const [stream = '', ,] = flow.id.split(':');
      const record = this.#all.projection.case(this.#declaration.id, stream);
      const field = this.#serialField(flow.id, record?.steps ?? []);
      const blocks = field === null ? null : readSerials(record?.values[field] ?? '');
      if (blocks === null) continue;
      const held = byItem.get(flow.item) ?? new SerialHoldings();
      byItem.set(flow.item, held);
      held.move(blocks, flow.from.holder, flow.to.holder, this.#isBoundary(flow.from.holder));
    }
    return byItem;
  }

  /** Throws {@link Refusal} when a draft moves serials that are not where it takes them from. */
  check(draft: Draft): void {
    const held =
      draft.serialHoldings.get(this.#declaration.id) ??
      new Map([...this.#holdings()].map(([item, of]) => [item, of.copy()]));
    draft.serialHoldings.set(this.#declaration.id, held);
    for (const { item, serials, from, to } of draft.takeSerialMoves()) {
      const blocks = readSerials(serials);
      const of = held.get(item) ?? new SerialHoldings();
      held.set(item, of);
      const fault =
        blocks === null
          ? `'${serials}' are no serial blocks`
          : of.move(blocks, from, to, this.#isBoundary(from));
      if (fault !== null)
        throw new Refusal(
          [
            {
              rule: 'serial.held',
              severity: 'error',
              where: { file: this.#declaration.id },
              what: fault,
              why: 'each serial number is in exactly one account',
              mend: 'give blocks that the account holds',
            },
          ],
          [{ field: '', says: { en: fault, zh: `序列号不在该账户中：${serials}` } }],
        );
    }
  }

  #serialField(id: string, steps: readonly { readonly seq: number; readonly kind: string }[]): string | null {
    const seq = Number(id.split(':')[1]);
    const kind = steps.find((each) => each.seq === seq)?.kind;
    const step = this.#declaration.steps.find((each) => each.kind === kind);
    return step?.flows.find(({ serials }) => serials !== undefined)?.serials ?? null;
  }

  #isBoundary(holder: string): boolean {
    return this.#declaration.holders.some(
      ({ id, boundary }) => boundary && ownName(this.#declaration, id) === holder,
    );
  }
}
